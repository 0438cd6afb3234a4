// What form-js says, and the one control it is given by us. Used by the code exchanged in build/form-words.mjs.
import { t } from "../words.js";

export { t };

const CHOICES = new Set(["select", "radio", "checklist", "taglist", "datetime", "filepicker"]);

/** "请填写变更事由" for texts, "请选择…" for choices, "请勾选…" for a single check box. */
export function required(field) {
  const label = plain(field.label ?? field.dateLabel ?? field.timeLabel);
  if (!label) return t("form.need.plain");
  if (field.type === "checkbox") return t("form.need.check", { label });
  return t(CHOICES.has(field.type) ? "form.need.choice" : "form.need.text", { label });
}

/** The label as it can stand in a sentence: templates and a trailing colon have no place there. */
function plain(label) {
  return typeof label === "string" && !label.includes("{{") && !label.startsWith("=") ? label.replace(/[：:]\s*$/, "") : "";
}

/** A <select> with the props and options of a form-js choice; option values may be of any JSON type. */
export function nativeSelect(jsx, props, options) {
  const { domId, disabled, readonly, value, required: needed } = props;
  const same = (option) => JSON.stringify(option.value) === JSON.stringify(value);
  const chosen = options.findIndex(same);
  return jsx("select", {
    class: "form-select fjs-native-select",
    id: domId,
    disabled: disabled || readonly,
    required: needed,
    value: String(chosen),
    onChange: ({ target }) => props.onChange({ value: options[Number(target.value)]?.value ?? null }),
    onFocus: () => props.onFocus && props.onFocus(),
    onBlur: () => props.onBlur && props.onBlur(),
    "aria-invalid": props["aria-invalid"],
    "aria-describedby": props["aria-describedby"],
    children: [{ label: t("form.select") }, ...options].map((option, index) =>
      jsx("option", { value: String(index - 1), selected: index - 1 === chosen, children: option.label }, index),
    ),
  });
}
