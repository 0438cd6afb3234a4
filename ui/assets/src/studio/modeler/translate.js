// The modeler's words: our own first, then those of bpmn-js-i18n-zh and bpmn-js-i18n; in English as bpmn-js has them.
import i18n from "bpmn-js-i18n/translations/zn.js";
import community from "bpmn-js-i18n-zh/lib/bpmn-js/index.js";
import { english } from "./words.js";
import OWN from "./zh.js";

const WORDS = english ? {} : { ...i18n, ...community, ...OWN };

export function translate(text, fields = {}) {
  return (WORDS[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
}

export const translateModule = { translate: ["value", translate] };
