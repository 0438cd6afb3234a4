// CodeMirror (inside the FEEL fields of every editor) writes its rules into a <style> element, which our content security
// policy forbids. It also knows constructed style sheets, which are allowed, but uses them in shadow roots only: let it
// use them everywhere.
import { readFile } from "node:fs/promises";

const ONLY_IN_SHADOW = "if (!root.head && root.adoptedStyleSheets && win.CSSStyleSheet) {";

export function constructedStyles() {
  return {
    name: "constructed-styles",
    setup(build) {
      build.onLoad({ filter: /style-mod[\\/]src[\\/]style-mod\.js$/ }, async ({ path }) => {
        const code = await readFile(path, "utf8");
        if (code.split(ONLY_IN_SHADOW).length !== 2) throw new Error("style-mod: the choice of style sheets is gone; see build/styles.mjs");
        return { contents: code.replace(ONLY_IN_SHADOW, "if (root.adoptedStyleSheets && win.CSSStyleSheet) {"), loader: "js" };
      });
    },
  };
}
