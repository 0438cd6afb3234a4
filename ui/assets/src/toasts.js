// Toasts: 5 seconds, 10 with 撤回; they wait while pointed at. Never for errors that need an act.
// From the server: flash messages in [data-toasts], the event g:toast (also by HX-Trigger), or kept over a navigation.
import { icon, make, say } from "./dom.js";
import { post } from "./net.js";
import { t } from "./words.js";

const KEPT = "g:toast";

export function startToasts() {
  for (const element of document.querySelectorAll("[data-toast]")) arm(element, 5000);
  const kept = take();
  if (kept) toast(kept);
  document.addEventListener("g:toast", ({ detail }) => toast(typeof detail === "string" ? { text: detail } : detail));
}

/** Show this toast on the next page. */
export function keepToast(value) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(value));
  } catch {
    // private windows may refuse storage: the page that follows shows the result anyway
  }
}

function take() {
  try {
    const value = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    return value;
  } catch {
    return null;
  }
}

/** {text, undo: address, undo_label} */
export function toast({ text, undo, undo_label: label }) {
  if (!text) return;
  const element = make("div.g-toast", {}, icon("check"), make("span.g-grow", {}, text));
  if (undo) element.append(make("button.btn.btn-sm.btn-link", { type: "button", onclick: () => takeBack(element, undo) }, label || t("toast.undo")));
  document.querySelector("[data-toasts]")?.append(element);
  say(text);
  arm(element, undo ? 10000 : 5000);
}

async function takeBack(element, url) {
  const reply = await post(url, {});
  element.remove();
  if (reply.ok && reply.location) {
    keepToast({ text: reply.data.toast });
    window.location.assign(reply.location);
  } else if (!reply.ok) {
    document.dispatchEvent(new CustomEvent("g:problem", { detail: reply }));
  }
}

function arm(element, wait) {
  element.append(
    make("button.g-iconbtn", { type: "button", "aria-label": t("toast.close"), onclick: () => element.remove() }, icon("close")),
  );
  let timer;
  const go = () => (timer = setTimeout(() => element.remove(), wait));
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("pointerleave", go);
  element.addEventListener("focusin", () => clearTimeout(timer));
  go();
}
