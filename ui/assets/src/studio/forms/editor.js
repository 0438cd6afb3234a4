// One form in the form-js editor: opened from text, told as text, its components marked with what the gate found.
import { FormEditor } from "@bpmn-io/form-js-editor";
import { typing } from "../../dom.js";
import { nameControls } from "../parts/names.js";
import { exams } from "../../form/exam.jsx";
import { houseComponents } from "./components.js";
import { houseProperties } from "./properties.js";

const RANK = ["hint", "house", "standard"]; // the worst finding of a component colours it

export class FormCanvas {
  /** `places` are the elements for palette, canvas and properties; `changed(text)` is called after each edit. */
  constructor(places, { roles, changed }) {
    this.found = [];
    this.quiet = true;
    this.editor = new FormEditor({
      container: places.canvas,
      palette: { parent: places.palette },
      propertiesPanel: { parent: places.properties },
      exporter: { name: "Guicheng", version: "1.0" },
      house: { findings: () => this.found, roles },
      additionalModules: [houseComponents, houseProperties, exams],
    });
    this.places = places;
    this.editor.on("changed", () => {
      if (!this.quiet) changed(this.text);
      this.mark();
    });
    this.editor.on("selection.changed", () => this.mark());
    for (const place of Object.values(places)) new MutationObserver(() => nameControls(place)).observe(place, { childList: true, subtree: true });
    places.canvas.addEventListener("keydown", (event) => {
      if (["Delete", "Backspace"].includes(event.key) && !typing(event.target)) this.remove();
    });
  }

  /** Shows the form in a text; throws when it is none. What was selected stays selected. */
  async open(text) {
    const schema = JSON.parse(text);
    const selected = this.selectedId;
    this.quiet = true;
    try {
      await this.editor.importSchema({ type: "default", components: [], ...schema });
      this.schema = schema;
    } finally {
      this.quiet = false;
    }
    if (selected) this.select(selected);
  }

  /** The form as the file holds it. */
  get text() {
    return `${JSON.stringify(this.editor.getSchema(), null, 2)}\n`;
  }

  get selectedId() {
    return this.editor.get("selection").get()?.id;
  }

  /** Selects a component (the form itself without an id), scrolls to it and gives it the focus. */
  select(id) {
    const registry = this.editor.get("formFieldRegistry");
    const field = (id && registry.get(id)) || this.editor._getState().schema;
    this.editor.get("selection").set(field);
    const drawn = this.drawn(field.id);
    drawn?.scrollIntoView({ block: "nearest" });
    drawn?.focus({ preventScroll: true });
    return Boolean(drawn);
  }

  drawn(id) {
    return this.places.canvas.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  /** Marks the components with the findings of the gate: [{level, element_id, message}]. */
  show(findings) {
    this.found = findings;
    this.mark();
    this.editor.get("eventBus").fire("propertiesPanel.providersChanged");
    this.editor.get("eventBus").fire("selection.changed", { selection: this.editor.get("selection").get() });
  }

  mark() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const worst = new Map();
      for (const { element_id: id, level } of this.found) if (RANK.indexOf(level) > RANK.indexOf(worst.get(id))) worst.set(id, level);
      for (const element of this.places.canvas.querySelectorAll("[data-id]")) {
        const level = worst.get(element.dataset.id);
        if (level) element.dataset.found = level;
        else delete element.dataset.found;
      }
    });
  }

  /** Removes the selected component, by the button it has for that. */
  remove() {
    const id = this.selectedId;
    if (id) this.drawn(id)?.querySelector(":scope > .fjs-context-pad button")?.click();
  }

  undo() {
    this.editor.get("editorActions").trigger("undo");
  }

  redo() {
    this.editor.get("editorActions").trigger("redo");
  }
}
