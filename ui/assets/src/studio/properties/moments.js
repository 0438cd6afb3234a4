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
