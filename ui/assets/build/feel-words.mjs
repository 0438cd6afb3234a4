// The FEEL editor and its large window have no translation hook for some of what they say: while bundling, these sentences
// become calls of our own words.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const LINT = [
  ["`Unrecognized token in <${parent.name}>`", "__w('feel.wrong')", 1],
  ["`Unrecognized token <${next.name}> in <${parent.name}>`", "__w('feel.near')", 1],
  ["`Incomplete <${ (before || parent).name }>`", "__w('feel.unfinished')", 1],
  ["'First item is accessed via [1]'", "__w('feel.first')", 1],
];
const PANEL = [
  ['closeButtonTooltip: "Save and close"', "closeButtonTooltip: __w('feel.close')", 2],
  // what only a tooltip says is not read out everywhere
  ["title: feel === 'required' ? feelRequiredLabel : feelOptionalLabel,", "title: feel === 'required' ? feelRequiredLabel : feelOptionalLabel,\n    'aria-label': feel === 'required' ? feelRequiredLabel : feelOptionalLabel,", 1],
  ["title: title,\n    class: 'bio-properties-panel-open-feel-popup',", "title: title,\n    'aria-label': title,\n    class: 'bio-properties-panel-open-feel-popup',", 1],
  ["title: closeButtonTooltip,", "title: closeButtonTooltip,\n      'aria-label': closeButtonTooltip,", 1],
];
const SNIPPETS = [
  ["detail: 'definition'", "detail: __w('feel.kind.definition')", 1],
  ["detail: 'expression'", "detail: __w('feel.kind.expression')", 1],
  ["detail: 'quantified expression'", "detail: __w('feel.kind.quantified')", 2],
  ["detail: 'block'", "detail: __w('feel.kind.block')", 2],
  ["detail: 'literal'", "detail: __w('feel.kind.literal')", 3],
];
const FILES = [
  [/@bpmn-io[\\/]feel-lint[\\/]dist[\\/]index\.js$/, LINT],
  [/@bpmn-io[\\/]lang-feel[\\/]dist[\\/]index\.js$/, SNIPPETS],
  [/@bpmn-io[\\/]properties-panel[\\/]dist[\\/]index\.esm\.js$/, PANEL],
];

export function feelWords(here) {
  const words = JSON.stringify(join(here, "src/studio/properties/words/index.js"));
  return {
    name: "feel-words",
    setup(build) {
      for (const [filter, exchanges] of FILES) build.onLoad({ filter }, ({ path }) => exchanged(path, exchanges, words));
    },
  };
}

async function exchanged(path, exchanges, words) {
  let code = await readFile(path, "utf8");
  for (const [from, to, times] of exchanges) {
    const found = code.split(from).length - 1;
    if (found !== times) throw new Error(`FEEL editor: expected ${times} × ${from}, found ${found}; see build/feel-words.mjs`);
    code = code.replaceAll(from, () => to);
  }
  return { contents: `import { w as __w } from ${words};\n${code}`, loader: "js" };
}
