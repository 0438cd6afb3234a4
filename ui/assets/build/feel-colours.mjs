// The FEEL editors colour their text for white paper only. While bundling, the colours become tokens of the theme, so that they
// follow light and dark like everything else.
import { readFile } from "node:fs/promises";

const LIGHT = /const feelLight = createTheme\(\{[\s\S]*?\n\}\);/;
const TOKENS = {
  "#24292f": "var(--g-text)",
  "#a31515": "var(--g-danger)", // if, then, else, null, true
  "#1a7f37": "var(--g-ok)", // texts
  "#06704a": "var(--g-ok)", // numbers
  "#0969da": "var(--g-text-2)", // operators
  "#0550ae": "var(--g-accent)", // variables
  "#8250df": "var(--g-text)", // functions
  "#69727b": "var(--g-text-3)", // comments
};

export function feelColours() {
  return {
    name: "feel-colours",
    setup(build) {
      build.onLoad({ filter: /@bpmn-io[\\/]cm-theme[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
        const code = await readFile(path, "utf8");
        const block = LIGHT.exec(code)?.[0];
        if (!block) throw new Error("cm-theme: feelLight is gone; see build/feel-colours.mjs");
        const missing = Object.keys(TOKENS).filter((colour) => !block.includes(`'${colour}'`));
        if (missing.length) throw new Error(`cm-theme: ${missing.join(", ")} are gone; see build/feel-colours.mjs`);
        const ours = block.replace(/'(#[0-9a-f]{6})'/g, (whole, colour) => (TOKENS[colour] ? `'${TOKENS[colour]}'` : whole));
        return { contents: code.replace(block, () => ours), loader: "js" };
      });
    },
  };
}
