// Keyboard. Single keys are off while a field has the focus, while a dialog is open, and when the person switched them off
// (<html data-single-keys="off">). [data-hotkey="r"] is pressed by that key; keys never skip a confirm dialog.
import { open } from "./dialogs.js";
import { say, typing } from "./dom.js";
import { activeList, move, openCursor, pick, pickAll } from "./lists.js";
import { t } from "./words.js";

const PLACES = { h: "workbench", t: "inbox", m: "started", s: "overview" };
let waitsForPlace = 0;

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return primary(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (document.documentElement.dataset.singleKeys === "off" && event.key.length === 1) return;
    if (single(event)) event.preventDefault();
  });
}

/** Ctrl Enter: the primary act of a task (which shows its effect first), else the confirming button of a dialog. */
function primary(event) {
  const dialog = document.querySelector("dialog[open]");
  const button = dialog ? dialog.querySelector("[data-ok]") : document.querySelector("[data-act][data-primary]");
  if (!button || button.disabled) return;
  event.preventDefault();
  if (dialog) button.click();
  else button.dispatchEvent(new CustomEvent("g:show-effect", { bubbles: true }));
}

function single(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (Date.now() < waitsForPlace) {
    waitsForPlace = 0;
    const link = document.querySelector(`[data-place="${PLACES[key]}"]`);
    if (link) link.click();
    return Boolean(link);
  }
  if (event.key === "?") return show("help");
  if (key === "/") return focus("[data-search]");
  if (key === "g") {
    waitsForPlace = Date.now() + 1500;
    say(t("keys.prefix"));
    return true;
  }
  if (key === "c" && !event.shiftKey) return press("[data-start]");
  if (key === "[") return press("[data-previous]");
  if (key === "]") return press("[data-following]");
  const hot = [...document.querySelectorAll(`[data-hotkey="${CSS.escape(key)}"]`)].find((element) => !element.disabled);
  if (hot) {
    hot.click();
    return true;
  }
  const list = activeList();
  return Boolean(list) && inList(list, key, event.shiftKey);
}

function inList(list, key, shift) {
  if (key === "j" || key === "k") move(list, key === "j" ? 1 : -1);
  else if (key === "Enter") return !document.activeElement?.closest("a, button, summary") && openCursor(list);
  else if (key === "x") pick(list, shift);
  else if (key === "a" && shift) pickAll(list);
  else if (key === "f") return focus("[data-filter] input, [data-filter] summary, .g-filters a, .g-filters summary");
  else if (key === "n") return press('a[rel="next"]');
  else if (key === "p") return press('a[rel="prev"]');
  else return false;
  return true;
}

function press(selector) {
  const element = document.querySelector(selector);
  element?.click();
  return Boolean(element);
}

function focus(selector) {
  const element = [...document.querySelectorAll(selector)].find((one) => one.offsetParent !== null);
  element?.focus();
  element?.select?.();
  return Boolean(element);
}

function show(id) {
  const dialog = document.getElementById(id);
  if (dialog) open(dialog);
  return Boolean(dialog);
}
