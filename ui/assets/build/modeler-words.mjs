// The popup menu of diagram-js says a few words without asking for a translation: while bundling they become calls of ours.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const EXCHANGES = [
  ["${ title || 'Search' }", "${ title || __t('studio.menu.search') }"],
  ["${ entriesToShow.length } ${ entriesToShow.length === 1 ? 'result' : 'results' } found", "${ __t('studio.menu.found', { n: entriesToShow.length }) }"],
  ["${ title || 'Results' }", "${ title || __t('studio.menu.results') }"],
];

export function modelerWords(here) {
  const words = JSON.stringify(join(here, "src/studio/words.js"));
  return {
    name: "modeler-words",
    setup(build) {
      build.onLoad({ filter: /diagram-js[\\/]lib[\\/]features[\\/]popup-menu[\\/]PopupMenuComponent\.js$/ }, async ({ path }) => {
        let code = await readFile(path, "utf8");
        for (const [from, to] of EXCHANGES) {
          if (code.split(from).length !== 2) throw new Error(`diagram-js: expected once ${from}; see build/modeler-words.mjs`);
          code = code.replace(from, () => to);
        }
        return { contents: `import { t as __t } from ${words};\n${code}`, loader: "js" };
      });
    },
  };
}
