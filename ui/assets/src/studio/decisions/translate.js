// dmn-js asks its service `translate` for nearly everything it says; this is ours.
import { english } from "../../words.js";
import { ZH, ZH_TABLES, ZH_TYPES } from "./editor-zh.js";

export function translate(text, fields = {}) {
  const said = english ? text : (ZH[text] ?? ZH_TABLES[text] ?? ZH_TYPES[text] ?? text);
  return said.replace(/\{\s*(\w+)\s*\}/g, (whole, name) => fields?.[name] ?? whole);
}

export const houseWords = { translate: ["value", translate] };
