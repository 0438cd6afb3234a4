// The decision tables of one file in dmn-js: opened from text, told as text, cells marked with what the gate found.
//
// The engine takes several tables in one file but no table that depends on another, so there is no picture of
// dependencies to draw: only the editor of tables is built in.
import DecisionTable from "dmn-js-decision-table/lib/Editor";
import DecisionTableViewer from "dmn-js-decision-table/lib/Viewer";
import EditingManager from "dmn-js-shared/lib/base/EditingManager";
import { is } from "dmn-js-shared/lib/util/ModelUtil";
import { nameControls } from "../parts/names.js";
import { houseWords, translate } from "./translate.js";

const RANK = ["hint", "house", "standard"]; // the worst finding of a cell colours it

class Tables extends EditingManager {
  _getViewProviders() {
    const Table = this._options.readOnly ? DecisionTableViewer : DecisionTable;
    return [{ id: "decisionTable", constructor: Table, opens: (element) => is(element, "dmn:Decision") && is(element.decisionLogic, "dmn:DecisionTable") }];
  }
}

export class TableCanvas {
  /** `changed(text)` is called after each edit, `views(list, active)` when tables come, go, or another is opened. */
  constructor(place, { changed, views, readOnly = false }) {
    this.place = place;
    this.readOnly = readOnly;
    this.found = [];
    this.manager = new Tables({
      container: place,
      readOnly,
      common: { expressionLanguages: { options: [{ value: "feel", label: "FEEL" }] } },
      decisionTable: { additionalModules: [houseWords] },
    });
    this.manager.on("views.changed", (event) => views(event.views, event.activeView));
    this.manager.on("viewer.created", ({ viewer }) => {
      viewer.on(["commandStack.changed", "elements.changed"], () => this.edited(changed));
      viewer.on("renderComplete", () => this.mark());
    });
  }

  async open(text) {
    const active = this.manager.getActiveView()?.id;
    this.quiet = true;
    try {
      await this.manager.importXML(text);
      const views = this.manager.getViews();
      if (!views.length) throw new Error("no table");
      const again = views.find(({ id }) => id === active);
      if (again && again !== this.manager.getActiveView()) await this.manager.open(again);
    } finally {
      this.quiet = false;
    }
    this.mark();
  }

  edited(changed) {
    this.mark();
    if (this.quiet) return;
    cancelAnimationFrame(this.soon);
    this.soon = requestAnimationFrame(async () => changed(await this.text()));
  }

  async text() {
    return `${(await this.manager.saveXML({ format: true })).xml.trim()}\n`;
  }

  get decision() {
    return this.manager.getActiveView()?.element;
  }

  openView(id) {
    const view = this.manager.getViews().find((one) => one.id === id);
    return view && this.manager.open(view);
  }

  /** Shows an element of any of the tables, wherever in it: a cell, a rule, a column, the table. */
  async select(id) {
    if (!id) return false;
    const holder = this.manager.getViews().find(({ element }) => contains(element, id));
    if (holder && holder.element !== this.decision) await this.manager.open(holder);
    const drawn = await this.drawnSoon(id);
    drawn?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const cell = drawn?.matches("tr") ? drawn.querySelector("td.cell") : drawn;
    (cell?.querySelector("[contenteditable], [tabindex]") ?? cell)?.focus?.();
    if (drawn) flash(drawn);
    return Boolean(drawn);
  }

  drawnSoon(id) {
    return new Promise((done) => requestAnimationFrame(() => done(this.drawn(id))));
  }

  /** The cell of an element; rules and expressions have none of their own, so the nearest one that belongs to them. */
  drawn(id) {
    const at = (one) => this.place.querySelector(`[data-element-id="${CSS.escape(one)}"], [data-row-id="${CSS.escape(one)}"], [data-col-id="${CSS.escape(one)}"]`);
    const own = at(id);
    if (own) return own;
    const table = this.decision?.decisionLogic;
    const column = table && [...(table.input ?? []), ...(table.output ?? [])].find((one) => contains(one, id));
    if (column) return at(column.id);
    return id === table?.id || id === this.decision?.id ? this.place.querySelector(".decision-table-properties") : null;
  }

  /** Marks cells with the findings of the gate: [{level, element_id, message}]. */
  show(findings) {
    this.found = findings;
    this.mark();
  }

  mark() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      nameControls(this.place);
      if (this.readOnly) this.nameTypes();
      for (const element of this.place.querySelectorAll("[data-found]")) {
        delete element.dataset.found;
        element.removeAttribute("title");
      }
      for (const { element_id: id, level, message } of this.found) {
        const drawn = id && this.drawn(id);
        if (!drawn || RANK.indexOf(drawn.dataset.found) > RANK.indexOf(level)) continue;
        drawn.dataset.found = level;
        drawn.title = message;
      }
    });
  }

  /** The viewer shows the types of columns as the file spells them; it never draws its head again. */
  nameTypes() {
    for (const type of this.place.querySelectorAll("th :is(.input-variable, .output-variable)")) type.textContent = translate(type.textContent);
  }

  /** Marks the rules of a trial: [{id, matched, cells}]; null takes the marks away. */
  showTrial(rules) {
    for (const cell of this.place.querySelectorAll("[data-tried]")) delete cell.dataset.tried;
    for (const { id, matched, cells } of rules ?? []) {
      const row = [...this.place.querySelectorAll(`td[data-row-id="${CSS.escape(id)}"]`)];
      for (const cell of row) cell.dataset.tried = matched ? "yes" : "";
      row.filter((cell) => cell.matches(".input-cell")).forEach((cell, index) => {
        if (!matched) cell.dataset.tried = { true: "holds", false: "fails" }[cells[index]] ?? "";
      });
    }
  }

  undo() {
    this.manager.getActiveViewer()?.get("commandStack").undo();
  }

  redo() {
    this.manager.getActiveViewer()?.get("commandStack").redo();
  }
}

function contains(element, id) {
  if (!element || typeof element !== "object") return false;
  if (element.id === id) return true;
  const parts = ["decisionLogic", "input", "output", "rule", "inputEntry", "outputEntry", "inputExpression", "inputValues", "outputValues"];
  return parts.some((part) => [element[part]].flat().some((one) => one && contains(one, id)));
}

function flash(element) {
  element.classList.add("is-shown");
  element.addEventListener("animationend", () => element.classList.remove("is-shown"), { once: true });
}
