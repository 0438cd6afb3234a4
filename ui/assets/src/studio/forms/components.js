// The components of the palette: those the server understands (engine/forms/components.py), under our names. Whatever else
// stands in a file is drawn as a box that says so; it is never rendered, and the gate refuses it with its sentence.
import { DATETIME_SUBTYPES_LABELS, OPTIONS_SOURCES_LABELS } from "@bpmn-io/form-js-viewer";
import { jsx, jsxs } from "preact/jsx-runtime";
import { t } from "../parts/words.js";
import { w } from "./editor-words.js";

/** The types the server accepts, in the order of the palette. */
export const ACCEPTED = [
  "textfield", "textarea", "number", "datetime", "expression", "checkbox", "checklist", "radio", "select", "taglist",
  "text", "image", "separator", "spacer", "group", "dynamiclist",
];

const DEFAULTS = ["label", "dateLabel", "timeLabel", "text"];

class HouseComponents {
  constructor(formFields) {
    const known = formFields._formFields;
    const accepted = { default: known.default };
    for (const type of ACCEPTED) accepted[type] = named(known[type]);
    formFields._formFields = accepted;
    formFields.get = (type) => accepted[type] ?? refused(type);
    for (const labels of [DATETIME_SUBTYPES_LABELS, OPTIONS_SOURCES_LABELS]) {
      for (const [key, label] of Object.entries(labels)) labels[key] = w(label);
    }
  }
}
HouseComponents.$inject = ["formFields"];

/** The same component with our name, and with our words where it would write English ones into the file. */
function named(Component) {
  const { config } = Component;
  const Named = (props) => jsx(Component, props);
  Named.config = {
    ...config,
    name: w(config.name ?? config.label),
    create: (options, isNew) => {
      const made = { ...config.create(options, isNew) };
      for (const key of DEFAULTS) if (made[key] !== undefined && made[key] !== options?.[key]) made[key] = w(made[key]);
      if (made.values && !options?.values) made.values = [{ label: w("Value"), value: w("Value") }];
      return made;
    },
  };
  return Named;
}

const boxes = new Map();

/** A box in place of a component that is not accepted; one for each type, so that it is not drawn anew all the time. */
function refused(type) {
  if (!boxes.has(type)) {
    const Box = () => jsxs("div", { class: "fjs-form-field g-fe-refused", role: "note", children: [jsx("b", { children: t("formEditor.refused", { type }) }), jsx("span", { children: t("formEditor.refusedWhat") })] });
    Box.config = { type, name: t("formEditor.refused", { type }), group: "presentation", create: (options) => ({ ...options }), refused: true, escapeGridRender: false };
    boxes.set(type, Box);
  }
  return boxes.get(type);
}

export const houseComponents = { __init__: ["houseComponents"], houseComponents: ["type", HouseComponents] };
