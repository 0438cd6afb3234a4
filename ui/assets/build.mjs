// Bundles the browser side into GUICHENG_DIST: content hash in every name, manifest.json last.
// Called by ui/assets.py, which decides when; `npm run build` works too.
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { followSystemTheme } from "./build/auto-theme.mjs";
import { decisionWords } from "./build/decision-words.mjs";
import { editorWords } from "./build/editor-words.mjs";
import { feelColours } from "./build/feel-colours.mjs";
import { feelWords } from "./build/feel-words.mjs";
import { formWords } from "./build/form-words.mjs";
import { modelerWords } from "./build/modeler-words.mjs";
import { onePreact } from "./build/one-preact.mjs";
import { constructedStyles } from "./build/styles.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = process.env.GUICHENG_DIST ?? join(here, "../static/dist");
await mkdir(dist, { recursive: true });

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: {
    app: "src/app.js",
    form: "src/form.js",
    diagram: "src/diagram.js",
    studio: "src/studio.js",
    "form-editor": "src/form-editor.js",
    "form-preview": "src/form-preview.js",
    "decision-editor": "src/decision-editor.js",
    "part-list": "src/part-list.js",
    tryout: "src/tryout.js",
    compare: "src/compare.js",
    "compare-style": "css/compare.css",
    style: "css/app.css",
    "studio-style": "css/studio.css",
    "form-editor-style": "css/form-editor.css",
    "decision-editor-style": "css/decision-editor.css",
    favicon: "favicon.svg",
  },
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "@bpmn-io/properties-panel/preact",
  target: ["chrome105", "firefox113", "safari16.4"],
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "copy" },
  legalComments: "linked",
  metafile: true,
  logLevel: "error",
  plugins: [
    onePreact(here),
    formWords(here),
    editorWords(here),
    decisionWords(here),
    feelColours(),
    feelWords(here),
    modelerWords(here),
    constructedStyles(),
    followSystemTheme(),
  ],
});

const files = {};
const kept = new Set(["manifest.json", ".lock"]);
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const name = basename(path);
  kept.add(name);
  if (!output.entryPoint) continue;
  const entry = basename(output.entryPoint);
  files[entry === "app.css" ? "app.css" : entry] = name;
}

const source = process.env.GUICHENG_FINGERPRINT ?? createHash("sha256").update(JSON.stringify(files)).digest("hex");
await writeFile(join(dist, "manifest.json.new"), JSON.stringify({ source, files }, null, 1));
await rename(join(dist, "manifest.json.new"), join(dist, "manifest.json"));
for (const name of await readdir(dist)) if (!kept.has(name)) await rm(join(dist, name));
