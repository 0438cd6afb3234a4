// [data-diagram]: a BPMN viewer, fitted to the width, marked by data. Marks (GET data-marks-url, with ETag):
//   {"nodes": {id: {"state": "done|current|refused|returned|none", "pill": "会签 2/5", "count": 3, "returns": 1, "late": true, "soon": true,
//                   "heat": 1–5, "card": [["办理人", "…"], …]}},
//    "flows": {id: "done|no|back" or {"state": …, "width": 1–4, "label": "27"}},
//    "focus": id}
// data-fill: the element has the height that its page gives it, else it takes the height of the drawing.
// `count` is the number of cases waiting there (data-mode="tokens"), else how often it was returned from. `returns` says the latter in any mode.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { Cards } from "./diagram/cards.js";
import { HOUSE } from "./diagram/look.js";
import { fittingNames } from "./diagram/names.js";
import { Marks } from "./diagram/marks.js";
import { printWhole } from "./diagram/paper.js";
import { Stage } from "./diagram/stage.js";
import { make, notice } from "./dom.js";
import { t } from "./words.js";

const POLL = 15000; // ms between two looks at the marks of a running case

const LOOK = { ...HOUSE, zoomScroll: { enabled: false } }; // the wheel scrolls the page; Ctrl with the wheel zooms (stage.js)

const WORDS = { "Open {element}": t("diagram.drill") };
const translate = { translate: ["value", (text, fields = {}) => (WORDS[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole)] };

export function mountAll(root) {
  for (const element of root.querySelectorAll("[data-diagram]")) {
    if (element.dataset.mounted) continue;
    element.dataset.mounted = "yes";
    new Diagram(element).open();
  }
}

export class Diagram {
  constructor(element) {
    this.element = element;
    this.settings = element.dataset;
    this.marksTag = "";
  }

  /** Draws; `given` = {xml, marks} where the page has them already. Answers itself. */
  async open(given = null) {
    try {
      const { xml, marks } = given ?? (await this.read());
      const canvas = make("div.g-diagram__canvas");
      this.element.replaceChildren(canvas);
      this.viewer = new NavigatedViewer({ container: canvas, additionalModules: [fittingNames, translate], ...LOOK });
      await this.viewer.importXML(xml);
      this.marks = new Marks(this.viewer, this.settings.mode ?? "case");
      this.stage = new Stage(this.element, this.viewer);
      this.cards = new Cards(this.element, this.viewer, this.marks);
      this.marks.show(marks ?? {});
      this.stage.open(this.marks.focus);
      printWhole(this.element, this.viewer, this.stage);
      this.viewer.get("eventBus").on("root.set", () => this.redraw());
      this.cards.label();
      if ("live" in this.settings) this.watch();
    } catch (error) {
      console.error(error);
      notice(this.element, "warn", t("diagram.failed"));
    }
    this.element.removeAttribute("aria-busy");
    return this;
  }

  /** Other marks on the same drawing; a node to look at is brought into view. */
  show(marks) {
    if (!this.marks) return; // it could not be drawn
    this.marks.show(marks);
    this.cards.label();
    this.stage.reveal(this.marks.focus);
  }

  async read() {
    const [xml, marks] = await Promise.all([this.text(this.settings.xmlUrl), this.readMarks()]);
    return { xml, marks };
  }

  /** Another plane (a subprocess) is shown: the marks belong to it now. */
  redraw() {
    this.marks.draw();
    this.cards.label();
    this.stage.open(this.marks.focus);
  }

  async text(url) {
    const reply = await fetch(url, { credentials: "same-origin" });
    if (!reply.ok) throw new Error(`diagram: ${reply.status}`);
    return reply.text();
  }

  /** The marks, or null when nothing changed since the last time (or they cannot be had now). */
  async readMarks() {
    if (!this.settings.marksUrl) return null;
    try {
      const headers = { Accept: "application/json", ...(this.marksTag && { "If-None-Match": this.marksTag }) };
      const reply = await fetch(this.settings.marksUrl, { headers, credentials: "same-origin" });
      if (!reply.ok) return null;
      this.marksTag = reply.headers.get("ETag") ?? "";
      return await reply.json();
    } catch {
      return null;
    }
  }

  /** Colours follow the case; the view stays where the person has put it. */
  watch() {
    const timer = setInterval(async () => {
      if (!this.element.isConnected) return clearInterval(timer);
      if (document.hidden) return;
      const marks = await this.readMarks();
      if (!marks) return;
      this.marks.show(marks);
      this.cards.label();
    }, POLL);
  }
}
