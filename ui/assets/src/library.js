// 流程库: the dialogs 新建流程 and 导入. A form[data-send] is sent whole, files included (multipart); where it begins with a
// .bpmn file that file goes to /studio/import and only the key is asked. Files may also be dropped anywhere on the page.
import { follow, showProblem } from "./acts.js";
import { busy, open, problemOf, showFieldProblem } from "./dialogs.js";
import { outcome, token } from "./net.js";
import { t } from "./words.js";

const DRAWING = /\.(bpmn|xml)$/i;
const BUNDLE = /\.zip$/i;

export function startLibrary() {
  for (const form of document.querySelectorAll("form[data-send]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
    for (const zone of form.querySelectorAll("[data-drop]")) startZone(zone, form);
  }
  startPageDrop();
}

function startZone(zone, form) {
  const input = zone.querySelector("input");
  const label = zone.querySelector("[data-drop-name]");
  const empty = label.textContent;
  input.addEventListener("change", () => {
    label.textContent = input.files[0]?.name ?? empty;
    zone.classList.toggle("is-chosen", Boolean(input.files[0]));
    adapt(form, input.files[0]);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.toggle("is-over", kind === "dragover"));
}

/** What else must be said: a drawing brings its own name, prefix and clauses; a bundle says everything. */
function adapt(form, file) {
  const drawn = Boolean(file && DRAWING.test(file.name));
  for (const field of form.querySelectorAll("[data-unless-drawn]")) field.hidden = drawn;
  for (const field of form.querySelectorAll("[data-if-drawn]")) field.hidden = !drawn;
}

/** A file dropped beside the zones opens the dialog that takes it. */
function startPageDrop() {
  document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    const inside = event.target.closest?.("dialog");
    const dialog = inside ?? document.getElementById("import");
    const input = dialog?.querySelector("input[type=file]");
    if (!input || !(DRAWING.test(file.name) || BUNDLE.test(file.name))) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
    open(dialog);
  });
}

async function send(form) {
  const dialog = form.closest("dialog");
  const problems = form.querySelector("[data-problem]");
  const file = form.querySelector("input[type=file]");
  problems.replaceChildren();
  if (!check(form)) return;
  const button = form.querySelector("[data-ok]");
  busy(button, true);
  const reply = await post(file.files[0] ? form.dataset.fileUrl : form.action, new FormData(form));
  busy(button, false);
  if (reply.ok) {
    if (follow(reply)) dialog.close("ok");
    return;
  }
  const named = Object.entries(reply.errors).filter(([name]) => form.elements[name]);
  for (const [name, text] of named) showFieldProblem(form.elements[name], text);
  if (named.length) form.elements[named[0][0]].focus();
  else showProblem(problems, reply);
}

function check(form) {
  let first = null;
  for (const field of form.querySelectorAll("[data-field]")) {
    const input = field.querySelector("[name]");
    const asked = !field.hidden && !field.closest("[hidden]");
    const problem = !asked ? "" : input.type === "file" ? missing(input) : problemOf(input);
    showFieldProblem(input, problem);
    if (problem) first ??= input;
  }
  first?.focus();
  return !first;
}

function missing(input) {
  const file = input.files[0];
  if (!file) return input.dataset.required === undefined ? "" : t("library.file");
  if (!DRAWING.test(file.name) && !BUNDLE.test(file.name)) return t("library.kind");
  return file.size > Number(input.dataset.most) ? t("library.size", { n: Math.round(Number(input.dataset.most) / 1048576) }) : "";
}

async function post(url, body) {
  try {
    const headers = { Accept: "application/json", "X-CSRF-Token": token() };
    const reply = await fetch(url, { method: "POST", credentials: "same-origin", headers, body });
    const text = await reply.text();
    const json = (reply.headers.get("Content-Type") ?? "").includes("json");
    return outcome(reply.status, json && text ? JSON.parse(text) : {});
  } catch {
    return { ok: false, status: 0, message: t("net.offline"), errors: {} };
  }
}
