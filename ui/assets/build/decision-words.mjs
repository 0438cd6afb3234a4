// dmn-js asks a service for its words (src/studio/decisions/translate.js). Before bundling, what it can say is compared with
// our table: a text without a word of ours, or a word for a text that is gone, breaks the build. Where it says something
// without asking, the text is exchanged.
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { ZH, ZH_TABLES, ZH_TYPES } from "../src/studio/decisions/editor-zh.js";

const ASKED = /translate\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;
const EXCHANGES = {
  "InputDurationEdit.js": ['createTextVNode("Value")', 'createTextVNode(this._translate("Value"))'],
  // room for the table itself: notes are wide enough at half of that, and can be drawn wider
  "AnnotationHeader.js": ["const MIN_WIDTH = 400;", "const MIN_WIDTH = 220;"],
};

export function decisionWords(here) {
  const packages = ["dmn-js-decision-table/lib", "dmn-js-shared/lib", "table-js/lib"].map((name) => join(here, "node_modules", name));
  return {
    name: "decision-words",
    setup(build) {
      build.onStart(() => compare(packages));
      build.onLoad({ filter: /[\\/](InputDurationEdit|AnnotationHeader)\.js$/ }, async ({ path }) => {
        const [from, to] = EXCHANGES[basename(path)];
        const code = await readFile(path, "utf8");
        if (code.split(from).length !== 2) throw new Error(`dmn-js: expected once ${from}; see build/decision-words.mjs`);
        return { contents: code.replace(from, to), loader: "js" };
      });
    },
  };
}

async function compare(packages) {
  let code = "";
  const said = new Set();
  for (const folder of packages) {
    for (const entry of await readdir(folder, { recursive: true })) {
      if (!entry.endsWith(".js")) continue;
      const text = await readFile(join(folder, entry), "utf8");
      code += text;
      for (const [, single, double] of text.matchAll(ASKED)) said.add(single ?? double);
    }
  }
  const fresh = [...said].filter((text) => !(text in ZH));
  const gone = [...Object.keys(ZH).filter((text) => !said.has(text)), ...Object.keys({ ...ZH_TABLES, ...ZH_TYPES }).filter((text) => !code.includes(`'${text}'`))];
  if (fresh.length) throw new Error(`dmn-js says something new: ${fresh.join(" | ")}; see build/decision-words.mjs`);
  if (gone.length) throw new Error(`dmn-js no longer says: ${gone.join(" | ")}; see build/decision-words.mjs`);
}
