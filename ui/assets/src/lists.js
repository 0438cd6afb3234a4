// Work lists: [data-list] holds rows (li or tr with [data-row], or any tr in tbody). The first link of a row (or [data-open])
// opens it; a click anywhere on the row does too. Check boxes [data-check] select; [data-check-all] all of the page;
// [data-batch] shows while something is selected, [data-selected] says how many.
import { say } from "./dom.js";
import { t } from "./words.js";

const CONTROLS = "a, button, input, label, select, summary, textarea";

export function startLists(root) {
  for (const list of root.querySelectorAll("[data-list]")) {
    if (list.dataset.started) continue;
    list.dataset.started = "yes";
    list.addEventListener("click", (event) => openByClick(event));
    list.addEventListener("change", () => showSelection(list));
    showSelection(list);
  }
}

/** The visible list that keys move in: desk table and phone list may both be in the page. */
export function activeList() {
  return [...document.querySelectorAll("[data-list]")].find((list) => list.offsetParent !== null) ?? null;
}

export function rows(list) {
  return [...list.querySelectorAll("[data-row], tbody tr")].filter((row) => row.offsetParent !== null);
}

function openByClick(event) {
  if (event.target.closest(CONTROLS) || window.getSelection()?.toString()) return;
  const row = event.target.closest("[data-row], tbody tr");
  const link = row && linkOf(row);
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

function linkOf(row) {
  return row.querySelector("[data-open]") ?? row.querySelector("a[href]");
}

/** Moves the cursor; -1 up, 1 down. */
export function move(list, step) {
  const all = rows(list);
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("is-cursor"));
  const next = Math.min(Math.max(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1);
  all[at]?.classList.remove("is-cursor");
  all[next].classList.add("is-cursor");
  all[next].scrollIntoView({ block: "nearest" });
  say(`${linkOf(all[next])?.textContent.trim() ?? ""} ${t("list.cursor", { n: next + 1, all: all.length })}`);
}

export function openCursor(list) {
  const link = list.querySelector(".is-cursor") && linkOf(list.querySelector(".is-cursor"));
  link?.click();
  return Boolean(link);
}

let lastPicked = null;

/** X selects the row under the cursor, Shift X the range from the last one. */
export function pick(list, range = false) {
  const all = rows(list);
  const row = list.querySelector(".is-cursor");
  const box = row?.querySelector("[data-check]");
  if (!box) return;
  if (range && lastPicked) {
    const [from, to] = [all.indexOf(lastPicked), all.indexOf(row)].sort((a, b) => a - b);
    for (const one of all.slice(Math.max(from, 0), to + 1)) check(one, true);
  } else check(row, !box.checked);
  lastPicked = row;
  showSelection(list);
}

export function pickAll(list) {
  const all = rows(list);
  const every = all.every((row) => row.querySelector("[data-check]")?.checked ?? true);
  for (const row of all) check(row, !every);
  showSelection(list);
}

function check(row, on) {
  const box = row.querySelector("[data-check]");
  if (box && !box.disabled) box.checked = on;
}

function showSelection(list) {
  const boxes = [...list.querySelectorAll("[data-check]")];
  if (!boxes.length) return;
  const all = list.querySelector("[data-check-all]");
  if (document.activeElement === all) for (const box of boxes) box.checked = all.checked;
  for (const box of boxes) box.closest("[data-row], tr")?.setAttribute("aria-selected", String(box.checked));
  const chosen = boxes.filter((box) => box.checked).length;
  if (all) {
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const bar = document.querySelector("[data-batch]");
  if (bar) {
    bar.hidden = chosen === 0;
    const words = bar.querySelector("[data-selected]");
    if (words) words.textContent = t("list.selected", { n: chosen });
  }
}
