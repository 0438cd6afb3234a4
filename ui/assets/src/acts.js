// Acts outside a task form: [data-post="address"] posts JSON (催办, 认领, 撤销, 撤回 …), after a dialog when data-confirm names one.
// data-body holds a JSON object that is sent along; [data-print] prints the page (its 审批单). Answers as everywhere: location and toast, or a notice in place.
import { notice, make } from "./dom.js";
import { ask, busy, showFieldProblem } from "./dialogs.js";
import { post, signIn } from "./net.js";
import { keepToast, toast } from "./toasts.js";
import { t } from "./words.js";

export function startActs() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-post]");
    if (!button || button.disabled) return;
    event.preventDefault();
    const dialog = button.dataset.confirm && document.getElementById(button.dataset.confirm);
    const body = button.dataset.body ? JSON.parse(button.dataset.body) : {};
    if (dialog) ask(dialog, button, (fields) => send(button, { ...body, ...fields }, dialog));
    else send(button, body);
  });
  document.addEventListener("click", ({ target }) => target.closest?.("[data-print]") && window.print());
  document.addEventListener("g:problem", ({ detail }) => showProblem(pageBox(), detail));
}

async function send(button, body, dialog = null) {
  if (!dialog) busy(button, true);
  const reply = await post(button.dataset.post, body);
  if (!dialog) busy(button, false);
  if (reply.ok) return follow(reply);
  let shown = false;
  for (const [name, text] of Object.entries(reply.errors)) {
    const field = dialog?.querySelector(`[name="${CSS.escape(name)}"]`);
    if (field) {
      showFieldProblem(field, text);
      field.focus();
      shown = true;
    }
  }
  if (!shown) showProblem(dialog?.querySelector("[data-problem]") ?? pageBox(), reply);
  return false;
}

/** Go where the answer points, its toast shown there; without an address the toast shows here. */
export function follow({ data, location }) {
  const words = { text: data.toast, undo: data.undo, undo_label: data.undo_label };
  if (!location) {
    toast(words);
    return true;
  }
  if (words.text) keepToast(words);
  const target = new URL(location, window.location.href);
  if (target.pathname + target.search === window.location.pathname + window.location.search) window.location.reload();
  else window.location.assign(location);
  return true;
}

/** A refused act in place: what happened, and the one thing that helps. */
export function showProblem(box, reply) {
  const links = [];
  if (reply.status === 401) links.push(make("a", { href: signIn(reply.location) }, t("net.signIn")));
  else if (reply.location) links.push(make("a", { href: reply.location }, t("net.open")));
  const element = notice(box, "danger", reply.message, ...links);
  element.scrollIntoView({ block: "nearest" });
  return element;
}

/** The place for messages at the top of the page. */
export function pageBox() {
  let box = document.querySelector("main [data-page-problem]");
  if (!box) {
    box = make("div.g-problem", { "data-page-problem": true });
    (document.querySelector("main .g-page") ?? document.querySelector("main") ?? document.body).prepend(box);
  }
  return box;
}
