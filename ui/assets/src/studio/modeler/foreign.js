// A .bpmn file from elsewhere, dropped on the canvas or chosen: looked at first, then put in place of the diagram as it is, not a
// byte of its drawing changed. The diagram before it comes back with one click.
import { confirmEffect } from "../../dialogs.js";
import { make } from "../../dom.js";
import { t } from "./words.js";

const LARGEST = 5 * 1024 * 1024; // bytes, as the server has it

export class Foreign {
  constructor({ box, modeler, store, bar, text, load }) {
    Object.assign(this, { box, modeler, store, bar, text, load });
    box.addEventListener("dragover", (event) => this.over(event));
    box.addEventListener("dragleave", (event) => event.relatedTarget && box.contains(event.relatedTarget) ? null : box.classList.remove("is-over"));
    box.addEventListener("drop", (event) => this.drop(event));
  }

  over(event) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.box.classList.add("is-over");
  }

  drop(event) {
    this.box.classList.remove("is-over");
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.take(file);
  }

  choose() {
    const field = make("input", { type: "file", accept: ".bpmn,.xml,application/xml,text/xml", onchange: () => field.files[0] && this.take(field.files[0]) });
    field.click();
  }

  async take(file) {
    const refused = (key) => this.bar.note("foreign", "danger", t(key, { name: file.name }), this.bar.closer("foreign"));
    if (/\.zip$/i.test(file.name)) return refused("studio.foreign.zip");
    if (file.size > LARGEST) return refused("studio.foreign.large");
    const text = await file.text();
    if (/<!DOCTYPE/i.test(text)) return refused("studio.foreign.doctype");
    const found = await this.look(text);
    if (found === "broken") return refused("studio.foreign.broken");
    if (found === "bare") return refused("studio.foreign.bare");
    const sentence = t("studio.foreign.text", { nodes: found.nodes, now: this.countNow() });
    confirmEffect(t("studio.foreign.title", { name: file.name }), sentence, t("studio.foreign.replace"), () => this.replace(text, file.name));
    return true;
  }

  /** What is in it, without touching the canvas: "broken" (no BPMN), "bare" (no drawing), else {nodes}. */
  async look(text) {
    let root;
    try {
      ({ rootElement: root } = await this.modeler.get("moddle").fromXML(text, "bpmn:Definitions"));
    } catch {
      return "broken";
    }
    const drawn = (root.diagrams ?? []).flatMap((diagram) => diagram.plane?.planeElement ?? []);
    if (!(root.rootElements ?? []).some(({ $type }) => $type === "bpmn:Process" || $type === "bpmn:Collaboration")) return "broken";
    return drawn.length ? { nodes: drawn.filter(({ $type }) => $type === "bpmndi:BPMNShape").length } : "bare";
  }

  countNow() {
    return this.modeler.get("elementRegistry").filter(({ waypoints, labelTarget, parent }) => parent && !waypoints && !labelTarget).length;
  }

  async replace(xml, name) {
    const before = await this.text();
    if (!(await this.load(xml))) {
      await this.load(before);
      this.bar.note("foreign", "danger", t("studio.foreign.broken", { name }), this.bar.closer("foreign"));
      return true;
    }
    this.store.edit("diagram", this.store.key, xml);
    const back = make("button.btn.btn-sm.btn-link", { type: "button", onclick: () => this.back(before) }, t("studio.foreign.back"));
    this.bar.note("foreign", "info", t("studio.foreign.done", { name }), back, this.bar.closer("foreign"));
    return true;
  }

  async back(xml) {
    await this.load(xml);
    this.store.edit("diagram", this.store.key, xml);
    this.bar.clear("foreign");
  }
}
