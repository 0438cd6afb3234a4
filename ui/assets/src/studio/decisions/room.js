// The room of one file of decision tables: the table, the field to try it, and the findings on its cells.
import { later, make, notice } from "../../dom.js";
import { startPartActs } from "../parts/acts.js";
import { t } from "../parts/words.js";
import { TableCanvas } from "./editor.js";
import { Trial } from "./trial.js";

const PHONE = window.matchMedia("(max-width: 767.98px)");

export class DecisionRoom {
  constructor({ root, store, findings }) {
    this.root = root;
    this.store = store;
    this.findings = findings;
    this.box = root.querySelector("[data-decision-editor]");
    this.name = this.box.dataset.name;
    this.source = this.box.querySelector("[data-source]");
  }

  async open() {
    const { box, root, store, findings } = this;
    const place = box.querySelector("[data-de-canvas]");
    this.canvas = new TableCanvas(place, { readOnly: PHONE.matches, changed: (text) => this.changed(text), views: (...views) => this.views(...views) });
    this.trial = new Trial(root.querySelector("[data-trial]"), store, this.canvas, this.name);
    startPartActs(root, store);
    for (const button of box.querySelectorAll("[data-mode]")) button.addEventListener("click", () => this.show(button.dataset.mode));
    box.querySelector("[data-undo]").addEventListener("click", () => this.canvas.undo());
    box.querySelector("[data-redo]").addEventListener("click", () => this.canvas.redo());
    this.source.addEventListener("input", later(() => this.typed(), 400));
    store.on("replaced", ({ kind, name, content }) => kind === "decision" && name === this.name && this.load(content));
    findings.on("shown", (found) => this.canvas.show(found));
    const part = await store.part("decision", this.name);
    if (part) await this.load(part.content);
    place.removeAttribute("aria-busy");
    if (findings.known) this.canvas.show(findings.all.filter((one) => findings.isHere(one)));
    findings.onSelect((id) => this.select(id));
  }

  async load(text, typed = false) {
    this.text = text;
    if (!typed) this.source.value = text;
    try {
      await this.canvas.open(text);
      this.broken(false);
    } catch (error) {
      console.info(error.message); // in English; what people read is the notice and the findings of the gate
      this.broken(true);
    }
    this.trial.follow(text, this.canvas.decision);
  }

  changed(text) {
    if (text === this.text) return;
    this.text = text;
    this.source.value = text;
    this.store.edit("decision", this.name, text);
    this.trial.follow(text, this.canvas.decision);
  }

  typed() {
    this.store.edit("decision", this.name, this.source.value);
    return this.load(this.source.value, true);
  }

  broken(is) {
    const box = this.box.querySelector("[data-de-note]");
    this.box.classList.toggle("is-broken", is);
    if (is) notice(box, "danger", t("parts.brokenTable"));
    else box.replaceChildren();
    if (is) this.show("source");
  }

  /** What cannot be opened is not edited as a table either: that would throw away what was typed. */
  show(wanted) {
    const mode = this.box.classList.contains("is-broken") ? "source" : wanted;
    this.mode = mode;
    for (const pane of this.box.querySelectorAll("[data-pane]")) pane.hidden = pane.dataset.pane !== mode;
    for (const button of this.box.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }

  /** Several tables in one file are tabs. */
  views(views, active) {
    const tabs = this.box.querySelector("[data-tables]");
    tabs.hidden = views.length < 2;
    tabs.replaceChildren(
      ...views.map(({ id, name }) => make("button", { type: "button", "aria-pressed": String(id === active?.id), onclick: () => this.canvas.openView(id) }, name || id)),
    );
    if (this.text && active) this.trial?.follow(this.text, active.element);
  }

  select(id) {
    if (this.mode === "source") this.show("edit");
    return this.canvas.select(id);
  }
}
