// The room of one form: editing, preview and source show the same text, which the store saves.
import { later, notice } from "../../dom.js";
import { send } from "../net.js";
import { startPartActs } from "../parts/acts.js";
import { t } from "../parts/words.js";
import { FormCanvas } from "./editor.js";
import { Preview } from "./preview.js";

const PHONE = window.matchMedia("(max-width: 767.98px)");

export class FormRoom {
  constructor({ root, store, findings }) {
    this.root = root;
    this.store = store;
    this.findings = findings;
    this.box = root.querySelector("[data-form-editor]");
    this.name = this.box.dataset.name;
    this.source = this.box.querySelector("[data-source]");
    this.preview = new Preview(this.box, store);
    this.mode = "edit";
  }

  async open() {
    const { box, store } = this;
    const [part, roles] = await Promise.all([store.part("form", this.name), rolesOf(store)]);
    const at = (name) => box.querySelector(`[data-fe-${name}]`);
    const places = { canvas: at("canvas"), palette: at("palette"), properties: this.root.querySelector("[data-properties]") };
    this.canvas = new FormCanvas(places, { roles, changed: (text) => this.changed(text) });
    places.canvas.removeAttribute("aria-busy");
    this.listen();
    if (part) await this.load(part.content);
    this.findings.onSelect((id) => this.select(id));
    if (PHONE.matches) this.show("preview");
  }

  listen() {
    const { box, store, findings } = this;
    startPartActs(this.root, store);
    for (const button of box.querySelectorAll("[data-mode]")) button.addEventListener("click", () => this.show(button.dataset.mode));
    box.querySelector("[data-undo]").addEventListener("click", () => this.canvas.undo());
    box.querySelector("[data-redo]").addEventListener("click", () => this.canvas.redo());
    this.source.addEventListener("input", later(() => this.typed(), 400));
    store.on("replaced", ({ kind, name, content }) => kind === "form" && name === this.name && this.load(content));
    findings.on("shown", (found) => this.canvas.show(found));
    PHONE.addEventListener("change", ({ matches }) => this.show(matches ? "preview" : "edit"));
  }

  /** Takes a text from the server, or from the source pane. */
  async load(text, typed = false) {
    this.text = text;
    if (!typed) this.source.value = text;
    try {
      await this.canvas.open(text);
      this.broken("");
    } catch (error) {
      this.broken(reasonOf(error, text));
    }
    if (this.mode === "preview") this.preview.show(text);
  }

  /** The canvas was edited. */
  changed(text) {
    this.text = text;
    this.source.value = text;
    this.store.edit("form", this.name, text);
  }

  /** The source was edited: kept as it is, right or wrong. */
  typed() {
    this.store.edit("form", this.name, this.source.value);
    return this.load(this.source.value, true);
  }

  broken(reason) {
    const box = this.box.querySelector("[data-fe-note]");
    this.box.classList.toggle("is-broken", Boolean(reason));
    if (reason) notice(box, "danger", t("parts.broken", { reason }));
    else box.replaceChildren();
    if (reason && this.mode === "edit") this.show("source");
  }

  /** What cannot be opened is not edited on the canvas either: that would throw away what was typed. */
  show(wanted) {
    const mode = wanted === "edit" && this.box.classList.contains("is-broken") ? "source" : wanted;
    this.mode = mode;
    this.root.dataset.mode = mode;
    for (const pane of this.box.querySelectorAll("[data-pane]")) pane.hidden = pane.dataset.pane !== mode;
    for (const button of this.box.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    if (mode === "preview") this.preview.show(this.text);
  }

  select(id) {
    if (this.mode !== "edit") this.show("edit");
    return this.canvas.select(id);
  }
}

/** The roles whose people a choice may offer; none where they cannot be asked. */
async function rolesOf(store) {
  return (await send("GET", `${store.base}/context.json`)).data.roles ?? [];
}

/** What keeps a text from being a form, in our words: where its JSON breaks, or what form-js cannot have twice. */
function reasonOf(error, text) {
  if (error instanceof SyntaxError) {
    const end = Number(error.message.match(/position (\d+)/)?.[1] ?? text.length);
    return t("parts.jsonLine", { line: text.slice(0, end).split("\n").length });
  }
  const twice = error.message.match(/form field with id <(.*)> already exists/);
  if (twice) return t("parts.idTwice", { id: twice[1] });
  const path = error.message.match(/binding path '(.*)' is already claimed/);
  if (path) return t("parts.keyTwice", { key: path[1] });
  return t("parts.noForm");
}
