// Variables known at an element, as the FEEL editor offers them.
import { w } from "../words/index.js";

const FRAME = [
  { name: "case", label: "var.case", fields: ["number", "title", "starter", "starter_department", "started_at"] },
];

/** Entries for completion out of [{ name, label, type, detail, from, maybe, fields, choices }], the case's own among them. */
export function suggestions(variables) {
  const known = variables.some((one) => one.name === "case") ? variables : [...variables, ...frame()];
  return known.map(suggestion);
}

function frame() {
  return FRAME.map(({ name, label, fields }) => ({
    name,
    label: w(label),
    type: "context",
    fields: fields.map((field) => ({ name: field, label: w(`var.case.${field}`) })),
  }));
}

function suggestion({ name, label, type, detail, from, maybe, fields, choices }) {
  const values = (choices ?? []).slice(0, 8).map((choice) => `"${choice.value ?? choice}"`).join("、");
  const info = [label && detail, values && w("var.values", { values }), from && w("var.from", { from }), maybe && w("var.maybe")];
  return {
    name,
    detail: (label !== name && label) || detail || undefined,
    info: info.filter(Boolean).join("\n") || undefined,
    isList: type === "list" ? true : type === "Any" ? "optional" : false,
    entries: fields?.length ? fields.map(suggestion) : undefined,
  };
}

/** Whether a variable holds accounts of people or codes of departments. */
export const namesPeople = ({ detail, item }) => /账号|account/i.test(`${detail ?? ""}${item ?? ""}`);
export const namesUnits = ({ detail }) => /部门代码|department code/i.test(detail ?? "");

/** Those of a type, also inside contexts: [{ path, label, type }]; types are FEEL's names. */
export function pathsOf(variables, fits, before = "") {
  return variables.flatMap((one) => {
    const path = before + one.name;
    const inner = one.type === "context" ? pathsOf(one.fields ?? [], fits, `${path}.`) : [];
    return fits(one) ? [{ path, label: one.label || one.detail || "" }, ...inner] : inner;
  });
}
