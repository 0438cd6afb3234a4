// When a timer is due, as the engine understands it: read from and written to the text in the diagram.

const AMOUNT = /^(\d{1,6}(?:\.\d{1,3})?)\s*个?\s*(工作日|小时)$/;
const PERIOD = /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?)?$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const WORDS = String.raw`string\((.+)\) \+ " (个工作日|小时)"`;

/** What a timer says: { mode, … } with mode workdays, hours, period, date, feel or wrong. */
export function readMoment(kind, text) {
  const value = (text ?? "").trim();
  if (value.startsWith("=")) return { mode: "feel", text: value };
  if (kind === "date") return DATE.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10))) ? { mode: "date", text: value } : { mode: "wrong", text: value };
  const amount = AMOUNT.exec(value);
  if (amount) return { mode: amount[2] === "小时" ? "hours" : "workdays", amount: amount[1] };
  if (/^\d{1,6}(\.\d{1,3})?$/.test(value)) return { mode: "workdays", amount: value };
  const parts = PERIOD.exec(value);
  return parts ? { mode: "period", text: value, parts: parts.slice(1) } : { mode: "wrong", text: value };
}

/** The text of a number of working days or hours. */
export const writeAmount = (mode, amount) => (mode === "hours" ? `${amount} 小时` : `${amount} 个工作日`);

/** `{ amount: "limits.review", unit: "工作日" }` for the FEEL `string(limits.review) + " 个工作日"`; null for any other. */
export function readCounted(feel) {
  const match = new RegExp(`^=\\s*${WORDS}\\s*$`).exec(feel ?? "");
  return match ? { amount: match[1], mode: match[2] === "小时" ? "hours" : "workdays" } : null;
}

/** The parts of a date for a sentence: { date, time }. */
export function readDate(text) {
  const match = DATE.exec(text);
  return match && { year: match[1], month: Number(match[2]), day: Number(match[3]), time: match[4] ? `${match[4]}:${match[5]}` : "00:00" };
}

const CYCLE = /^R(\d{0,9})\/(?:([^/]+)\/)?([^/]+)$/;
const EVERY = /^P(?:(\d{1,6})(D|W|M|Y)|T(\d{1,7})(H|M))$/;
const UNITS = { M: "minutes", H: "hours", D: "days", W: "weeks", MM: "months", Y: "years" };

/** `{ amount, unit }` for a period of one unit such as PT1H or P2W; null for any other. */
export function readEvery(text) {
  const match = EVERY.exec(text ?? "");
  if (!match) return null;
  return match[1] ? { amount: match[1], unit: UNITS[match[2] === "M" ? "MM" : match[2]] } : { amount: match[3], unit: UNITS[match[4]] };
}

/** PT1H for 1 and hours. */
export function writeEvery({ amount, unit }) {
  const sign = { minutes: "M", hours: "H", days: "D", weeks: "W", months: "M", years: "Y" }[unit];
  return ["minutes", "hours"].includes(unit) ? `PT${amount}${sign}` : `P${amount}${sign}`;
}

/** What a repeating timer says: { mode: "cycle", times, from, until, every } with ISO texts; "feel" or "wrong" else. */
export function readCycle(text) {
  const value = (text ?? "").trim();
  if (value.startsWith("=")) return { mode: "feel", text: value };
  const match = CYCLE.exec(value);
  if (!match || match[1] === "0") return { mode: "wrong", text: value };
  const [, times, first, second] = match;
  const dated = (one) => readMoment("date", one).mode === "date";
  const from = first && dated(first) ? first : "";
  const until = first && !from ? second : "";
  const every = until ? first : second;
  const good = PERIOD.test(every) && (!until || dated(until));
  return good ? { mode: "cycle", text: value, times, from, until, every } : { mode: "wrong", text: value };
}

/** R3/PT1H; with a beginning or an end the date stands where ISO 8601 has it. */
export const writeCycle = ({ times, from, until, every }) => [`R${times}`, from, every, until].filter(Boolean).join("/");
