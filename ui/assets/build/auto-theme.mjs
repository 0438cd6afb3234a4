// "Follow the system" without a flash and without a script: the dark block of theme.css is the one description of the
// dark theme; this repeats it under prefers-color-scheme for <html data-bs-theme="auto">.
import { readFile } from "node:fs/promises";

const DARK = /^\[data-bs-theme="dark"\]\s*\{([^}]*)\}/m;

export function followSystemTheme() {
  return {
    name: "follow-system-theme",
    setup(build) {
      build.onLoad({ filter: /[\\/]theme\.css$/ }, async ({ path }) => {
        const css = await readFile(path, "utf8");
        const block = css.match(DARK);
        if (!block) throw new Error("theme.css: the block of [data-bs-theme=\"dark\"] is gone");
        const auto = `@media (prefers-color-scheme: dark) { [data-bs-theme="auto"] {${block[1]}} }`;
        return { contents: css.replace(block[0], `${block[0]}\n${auto}`), loader: "css" };
      });
    },
  };
}
