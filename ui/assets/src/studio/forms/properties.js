// The properties panel: form-js's groups without what the server does not know, and our own for what it knows beside —
// options that the platform brings, limits of dates, the number of rows — and first of all what the gate found.
import { FeelEntry, Group, SelectEntry, TextfieldEntry, usePropertiesPanelService as service } from "@bpmn-io/form-js-editor";
import { jsx } from "preact/jsx-runtime";
import { t } from "../parts/words.js";
import { sourceKey, sources } from "./sources.js";

const LEFT_OUT = new Set(["custom-values", "serialization", "valuesSource", "dynamicOptions", "optionsExpression"]);
const LEFT_OUT_ENTRIES = new Set(["versionTag", "version-tag"]);
const OPEN = new Set(["general", "validation", "options", "staticOptions", "constraints"]);
const CHOICES = new Set(["select", "radio", "checklist", "taglist"]);

class HouseProperties {
  constructor(propertiesPanel, formFields, config) {
    this.formFields = formFields;
    this.config = config;
    propertiesPanel.registerProvider(this, 500); // after form-js's own
  }

  getGroups(field, editField) {
    return (groups) => {
      const found = findingsGroup(field, this.config.findings());
      if (this.formFields.get(field.type).config.refused) return found;
      const kept = groups.filter(({ id }) => !LEFT_OUT.has(id)).map(withoutEntries);
      if (CHOICES.has(field.type)) kept.splice(1, 0, optionsGroup(field, editField, this.config.roles));
      if (field.type === "default") into(kept, "general", "formEditor.form", [{ id: "name", component: Name, field, editField }]);
      if (field.type === "datetime" && field.subtype !== "time") into(kept, "constraints", "formEditor.limits", dateEntries(field, editField));
      if (field.type === "dynamiclist") into(kept, "constraints", "formEditor.limits", rowEntries(field, editField));
      return [...found, ...kept];
    };
  }
}
HouseProperties.$inject = ["propertiesPanel", "formFields", "config.house"];

function withoutEntries(group) {
  const entries = group.entries?.filter(({ id }) => !LEFT_OUT_ENTRIES.has(id));
  return { ...group, ...(entries && { entries }), shouldOpen: OPEN.has(group.id) };
}

/** Adds entries to the group, which is made when it is not there. */
function into(groups, id, label, entries) {
  const group = groups.find((one) => one.id === id);
  if (group) group.entries = [...group.entries, ...entries];
  else groups.push({ id, label: t(label), component: Group, shouldOpen: true, entries });
}

// ── what the gate found ──

function findingsGroup(field, findings) {
  const mine = findings.filter(({ element_id }) => element_id === field.id || (!element_id && field.type === "default"));
  if (!mine.length) return [];
  const entries = mine.map((finding, index) => ({ id: `finding-${index}`, component: Found, finding }));
  return [{ id: "findings", label: t("formEditor.findings", { n: mine.length }), component: Group, shouldOpen: true, entries }];
}

function Found({ finding }) {
  return jsx("p", { class: `g-fe-found g-fe-found--${finding.level}`, children: finding.message });
}

function Name({ id, field, editField }) {
  const debounce = service("debounce");
  return TextfieldEntry({
    id,
    element: field,
    debounce,
    label: t("formEditor.name"),
    description: t("formEditor.nameHint"),
    getValue: () => field.name ?? "",
    setValue: (value) => editField(field, ["name"], value || undefined),
  });
}

// ── options ──

function optionsGroup(field, editField, roles) {
  const entries = [{ id: "options-from", component: OptionsFrom, field, editField }];
  if (field.valuesKey !== undefined) entries.push({ id: "options-source", component: OptionsSource, field, editField, roles });
  if (field.valuesExpression !== undefined) entries.push({ id: "options-computed", component: OptionsComputed, field, editField });
  return { id: "options", label: t("formEditor.options"), component: Group, shouldOpen: true, entries };
}

function OptionsFrom({ id, field, editField }) {
  return SelectEntry({
    id,
    element: field,
    label: t("formEditor.optionsFrom"),
    getOptions: () => ["written", "platform", "computed"].map((value) => ({ value, label: t(`formEditor.${value}`) })),
    getValue: () => (field.valuesExpression !== undefined ? "computed" : field.valuesKey === undefined ? "written" : "platform"),
    setValue: (value) => {
      if (value === "platform") return setSource(field, editField, "people");
      const change = { valuesKey: undefined, properties: without(field.properties, "source"), defaultValue: undefined };
      if (value === "computed") editField(field, { ...change, values: undefined, valuesExpression: "=" });
      else editField(field, { ...change, values: [], valuesExpression: undefined });
    },
  });
}

function OptionsComputed({ id, field, editField }) {
  const debounce = service("debounce");
  return FeelEntry({
    id,
    element: field,
    debounce,
    feel: "required",
    label: t("formEditor.computed"),
    description: t("formEditor.computedHint"),
    getValue: () => field.valuesExpression ?? "",
    setValue: (value) => editField(field, { valuesExpression: value || "=" }),
    variables: [],
  });
}

function OptionsSource({ id, field, editField, roles }) {
  return SelectEntry({
    id,
    element: field,
    label: t("formEditor.source"),
    getOptions: () => sources(roles, field.properties?.source),
    getValue: () => field.properties?.source ?? "",
    setValue: (value) => setSource(field, editField, value),
  });
}

function setSource(field, editField, source) {
  const change = { values: undefined, valuesExpression: undefined, valuesKey: sourceKey(source), defaultValue: undefined };
  editField(field, { ...change, properties: { ...field.properties, source } });
}

// ── dates and rows ──

function dateEntries(field, editField) {
  const entries = [];
  for (const name of ["notBefore", "notAfter"]) {
    entries.push({ id: name, component: DateLimit, field, editField, name });
    if (field.properties?.[name]) entries.push({ id: `${name}Name`, component: Text, field, editField, name: `${name}Name` });
  }
  return entries;
}

function DateLimit({ id, field, editField, name }) {
  const debounce = service("debounce");
  return FeelEntry({
    id,
    element: field,
    debounce,
    feel: "optional",
    label: t(`formEditor.${name}`),
    description: t("formEditor.dateHint"),
    getValue: () => field.properties?.[name] ?? "",
    setValue: (value) => setProperty(field, editField, name, value),
    variables: [],
  });
}

function Text({ id, field, editField, name }) {
  const debounce = service("debounce");
  return TextfieldEntry({
    id,
    element: field,
    debounce,
    label: t(`formEditor.${name}`),
    getValue: () => field.properties?.[name] ?? "",
    setValue: (value) => setProperty(field, editField, name, value),
  });
}

function rowEntries(field, editField) {
  return ["minItems", "maxItems"].map((name) => ({ id: name, component: Text, field, editField, name }));
}

function setProperty(field, editField, name, value) {
  const kept = without(field.properties, name);
  editField(field, ["properties"], value ? { ...kept, [name]: value } : kept);
}

function without(properties = {}, name) {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name));
}


export const houseProperties = { __init__: ["houseProperties"], houseProperties: ["type", HouseProperties] };
