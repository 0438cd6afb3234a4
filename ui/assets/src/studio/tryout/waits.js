// What the case waits for from outside: called cases and failed jobs end by hand, messages and signals come by hand, each with its data as JSON.
import { icon, make } from "../../dom.js";
import { showFieldProblem } from "../../dialogs.js";
import { t } from "./words.js";

export function waits(page, waiting) {
  return waiting.map((one, index) => entry(page, one, index));
}

function entry(page, one, index) {
  const id = `try-wait-${index}`;
  const data = make("textarea.form-control.g-code", { id, rows: 2, placeholder: '{"result": "同意"}', spellcheck: false });
  const field = make("div.g-field", { "data-field": id }, make("label.g-label", { for: id }, t("try.wait.data")), data, make("span.g-error", { "data-error": true, hidden: true }));
  const outside = one.kind === "call" || one.kind === "job";
  const send = make("button.btn.btn-sm.btn-primary", { type: "button", onclick: () => go(page, data, one, outside ? "answer" : one.kind) }, icon(outside ? "check" : "mail"), t(outside ? "try.wait.end" : "try.wait.send"));
  const about = one.key === null ? "" : t("try.wait.key", { key: one.key });
  return make("li.g-try__wait", {}, make("details", {}, make("summary", {}, make("b.g-b", {}, one.step || one.name), make("span.g-2", {}, ` ${t(`try.wait.${one.kind}`, { name: one.name })}${about}`)), field, make("div.g-row", {}, send)));
}

async function go(page, data, one, act) {
  let values = {};
  try {
    values = data.value.trim() ? JSON.parse(data.value) : {};
  } catch {
    values = null;
  }
  if (values === null || typeof values !== "object" || Array.isArray(values)) {
    showFieldProblem(data, t("try.wait.noJson"));
    return data.focus();
  }
  const error = await page.attempt({ do: act, node: one.node, data: values });
  return page.desk.trouble(error ?? { message: "" });
}
