// The form editor, the viewer inside it and our own entries share hooks and contexts, so they must share one preact. The
// editor asks for an older one than the other packages do: that is the one all three get.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const THEIRS = /[\\/](form-js-viewer|form-js-editor|studio[\\/]forms)[\\/]/;

export function onePreact(here) {
  const editor = createRequire(join(here, "node_modules/@bpmn-io/form-js-editor/package.json"));
  const home = dirname(editor.resolve("preact/package.json"));
  return {
    name: "one-preact",
    setup(build) {
      build.onResolve({ filter: /^preact($|\/)/ }, ({ path, importer, resolveDir, pluginData, ...more }) => {
        if (pluginData === home || !THEIRS.test(`${importer}/`)) return null;
        return build.resolve(path, { ...more, importer, resolveDir: dirname(home), pluginData: home });
      });
    },
  };
}
