// Native dialogs: [data-dialog="id"] opens, [data-close] and the scrim close, the focus returns to the opener.
// `ask(id)` waits for the confirming button and answers with the dialog's fields, or null.
import { icon, make } from "./dom.js";
import { t } from "./words.js";

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog]");
    if (opener) open(document.getElementById(opener.dataset.dialog), opener);
    if (event.target.closest?.("[data-close]")) event.target.closest("dialog")?.close("cancel");
    if (event.target instanceof HTMLDialogElement && outside(event)) event.target.close("cancel");
  });
}

function outside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

export function open(dialog, opener = document.activeElement) {
  if (!dialog || dialog.open) return;
  if (document.querySelector("dialog[open]")) return; // never a dialog on a dialog
  dialog.returnValue = "";
  dialog.showModal();
  const first = dialog.querySelector("[autofocus]:not([disabled])");
  first?.focus();
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus(), { once: true });
}

/**
 * Opens the dialog and calls `carryOn(fields)` each time its fields are in order and it is confirmed; the dialog stays
 * open until that answers true. `prefill` puts values into empty fields.
 */
export function ask(dialog, opener, carryOn, prefill = {}) {
  const form = dialog.querySelector("form");
  for (const [name, value] of Object.entries(prefill)) {
    const field = form.elements[name];
    if (field && !field.value && value) field.value = value;
  }
  clearProblems(dialog);
  const confirm = async (event) => {
    event.preventDefault();
    clearProblems(dialog);
    if (!check(form)) return;
    const button = dialog.querySelector("[data-ok]");
    busy(button, true);
    const done = await carryOn(values(form));
    busy(button, false);
    if (done) dialog.close("ok");
  };
  form.addEventListener("submit", confirm);
  dialog.addEventListener("close", () => form.removeEventListener("submit", confirm), { once: true });
  open(dialog, opener);
}

/** A small dialog made on the spot: one sentence, one act. */
export function confirmEffect(title, text, label, carryOn, opener) {
  document.getElementById("g-effect")?.remove();
  const dialog = make("dialog.g-dialog", { id: "g-effect", "aria-labelledby": "g-effect-title", "aria-describedby": "g-effect-text" });
  const form = make("form", { method: "dialog" });
  form.append(
    make("h2.g-h1", { id: "g-effect-title" }, title),
    make("p.g-2.g-mt", { id: "g-effect-text" }, text),
    make("div", { "data-problem": true }),
    make(
      "div.g-dialog__foot",
      {},
      make("button.btn", { type: "button", "data-close": true }, t("effect.cancel")),
      make("button.btn.btn-primary", { type: "submit", "data-ok": true, autofocus: true }, label),
    ),
  );
  dialog.append(form);
  document.body.append(dialog);
  ask(dialog, opener, carryOn);
}

function values(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value.trim() : value]));
}

/** Required, shortest and longest texts of the fields of a dialog; the first wrong one gets the focus. */
function check(form) {
  let first = null;
  for (const field of form.querySelectorAll("[name]")) {
    const problem = problemOf(field);
    if (problem) {
      showFieldProblem(field, problem);
      first ??= field;
    }
  }
  first?.focus();
  return !first;
}

/** What is wrong with a text or choice: "" when nothing. Counts characters as people do. */
export function problemOf(field) {
  const text = field.value.trim();
  const { min = 1, max, required } = field.dataset;
  const length = [...text].length;
  if (required !== undefined && !text && field.tagName === "SELECT") return t("target.required");
  if (required !== undefined && length < Number(min)) return Number(min) > 1 ? t("form.need.text", { label: field.dataset.label ?? "" }) + t("opinion.least", { n: min }) : t("form.need.text", { label: field.dataset.label ?? "" });
  if (max && length > Number(max)) return t("opinion.max", { n: max, over: length - Number(max) });
  return "";
}

export function showFieldProblem(field, text) {
  const box = field.closest("[data-field]")?.querySelector("[data-error]");
  field.classList.toggle("is-invalid", Boolean(text));
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (!box) return;
  box.hidden = !text;
  box.replaceChildren(...(text ? [icon("warn", 12), ` ${text}`] : []));
}

function clearProblems(dialog) {
  dialog.querySelector("[data-problem]")?.replaceChildren();
  for (const field of dialog.querySelectorAll("[name]")) showFieldProblem(field, "");
}

/** Same width, a spinner instead of the words, no second press. */
export function busy(button, on) {
  if (!button) return;
  if (on) {
    button.dataset.width = button.offsetWidth;
    button.style.minWidth = `${button.offsetWidth}px`;
  } else button.style.minWidth = "";
  button.classList.toggle("is-busy", on);
  button.setAttribute("aria-busy", String(on));
  button.disabled = on;
}
