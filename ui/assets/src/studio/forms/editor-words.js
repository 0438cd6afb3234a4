// What the form editor says, by its English source text. build/editor-words.mjs puts a call of `w` where form-js has the
// English text, and breaks the build when one of these is gone or a new one has come.
import { english } from "../../words.js";
import { ZH } from "./editor-zh.js";

/** The text in the language of the page; {fields} are filled in. */
export function w(text, fields = {}) {
  const said = english ? text : (ZH[text] ?? text);
  return said.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
}
