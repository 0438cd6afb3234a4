// Lists of options that the platform brings (engine/forms/choices.py).
import { t } from "../parts/words.js";

const PLAIN = ["projects", "departments", "experts", "blueprints", "people"];

/** The choices of the picker; what the file says stays there even when it is none of them. */
export function sources(roles, present) {
  const known = [
    ...PLAIN.map((value) => ({ value, label: t(`formEditor.source.${value}`) })),
    ...roles.map(({ code, name }) => ({ value: `people:${code}`, label: t("formEditor.source.role", { role: name }) })),
  ];
  if (present && !known.some(({ value }) => value === present)) known.push({ value: present, label: present });
  return known;
}

/** The name under which the browser finds these options: people:chief-engineer → people_chief_engineer. */
export function sourceKey(source) {
  return source.replace(/[^A-Za-z0-9]/g, "_");
}
