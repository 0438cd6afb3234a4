// The sentences of the properties panel: [Chinese, English]; {fields} are filled in.
import { english } from "../../../words.js";
import { ACTIVITIES } from "./activities.js";
import { EVENTS } from "./events.js";
import { KINDS } from "./kinds.js";
import { PEOPLE } from "./people.js";
import { PLATFORM } from "./platform.js";
import { SHARED } from "./shared.js";

export const WORDS = { ...SHARED, ...KINDS, ...PEOPLE, ...PLATFORM, ...ACTIVITIES, ...EVENTS };

/** The sentence of this key; `{n:item|items}` is the first word for 1, else the second. */
export function w(key, fields = {}) {
  const text = WORDS[key]?.[english ? 1 : 0] ?? key;
  return text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) =>
    one === undefined ? (fields[name] ?? "") : String(fields[name]) === "1" ? one : many,
  );
}
