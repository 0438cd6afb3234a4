// What the browser's FEEL answers, each answer in a form that says its kind: node answers.mjs <feelin> <expressions.json>
import { readFile } from "node:fs/promises";

const [feelin, table] = process.argv.slice(2);
const { evaluate } = await import(feelin);
const { context, expressions } = JSON.parse(await readFile(table, "utf8"));

function said(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? { number: value } : { strange: String(value) };
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(said);
  if (value.isLuxonDateTime) return { moment: value.setZone("utc").toISO({ suppressMilliseconds: true }) };
  if (value.isLuxonDuration) return { duration: value.toMillis() };
  if (typeof value === "function" || "start" in value) return { strange: value.constructor.name };
  return { context: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, said(one)])) };
}

const answers = expressions.map(([text]) => {
  try {
    return { value: said(evaluate(text, context).value) };
  } catch (error) {
    return { error: error.message.split("\n")[0] };
  }
});
console.log(JSON.stringify(answers));
