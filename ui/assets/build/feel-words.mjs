// The FEEL editor has no translation hook for what its lint says: while bundling, these sentences become calls of our own words.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const EXCHANGES = [
  ["`Unrecognized token in <${parent.name}>`", "__w('feel.near', { token: '' })"],
  ["`Unrecognized token <${next.name}> in <${parent.name}>`", "__w('feel.near', { token: next.name })"],
  ["`Incomplete <${ (before || parent).name }>`", "__w('feel.unfinished')"],
  ["'First item is accessed via [1]'", "__w('feel.first')"],
];

export function feelWords(here) {
  const words = JSON.stringify(join(here, "src/studio/properties/words/index.js"));
  return {
    name: "feel-words",
    setup(build) {
      build.onLoad({ filter: /@bpmn-io[\\/]feel-lint[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
        let code = await readFile(path, "utf8");
        for (const [from, to] of EXCHANGES) {
          if (code.split(from).length !== 2) throw new Error(`feel-lint: expected once ${from}; see build/feel-words.mjs`);
          code = code.replace(from, () => to);
        }
        return { contents: `import { w as __w } from ${words};\n${code}`, loader: "js" };
      });
    },
  };
}
