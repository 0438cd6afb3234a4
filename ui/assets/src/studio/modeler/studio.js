// The modeler on its page: the stored diagram in, every change to the store, findings and lint onto the elements.
import Modeler from "bpmn-js/lib/Modeler";
import { HOUSE } from "../../diagram/look.js";
import { fittingNames } from "../../diagram/names.js";
import { later, notice } from "../../dom.js";
import { propertiesFor } from "../properties/connect.js";
import { repairOf } from "../properties/provider.js";
import { t } from "./words.js";
import { anythingModule } from "./anything.js";
import { Column } from "./column.js";
import { withComments } from "./comments.js";
import { contextPadModule } from "./contextpad.js";
import { exportPng, exportSvg, exportXml } from "./exporting.js";
import { Foreign } from "./foreign.js";
import { keepingModule } from "./keeping.js";
import { keysModule, startModelerKeys } from "./keys.js";
import { lint, nameOf } from "./lint.js";
import { Marks } from "./marks.js";
import { markPaper } from "./paper.js";
import { paletteModule } from "./palette.js";
import { replaceModule } from "./replace.js";
import { mendSearch } from "./search.js";
import { writeStandard } from "./standard.js";
import { Tools } from "./tools.js";
import { translateModule } from "./translate.js";

const LINT = 600; // ms after the last change

export class Studio {
  constructor({ root, store, findings, bar }) {
    Object.assign(this, { root, store, findings, bar });
    this.box = root.querySelector("[data-modeler]");
    this.lintLater = later(() => findings.setLint(lint(this.modeler)), LINT);
  }

  async open() {
    const part = await this.store.part("diagram", this.store.key);
    if (!part) return notice(this.box, "warn", t("studio.noDiagram"));
    const { additionalModules, ...properties } = propertiesFor(this);
    this.modeler = new Modeler({
      container: this.box,
      additionalModules: [fittingNames, translateModule, paletteModule, anythingModule, contextPadModule, replaceModule, keepingModule, keysModule, ...additionalModules],
      ...properties,
      ...HOUSE,
    });
    writeStandard(this.modeler);
    markPaper(this.modeler);
    this.marks = new Marks(this.modeler, this.findings);
    this.tools = new Tools(this.box.parentElement, this.modeler);
    this.column = new Column(this.root, this.box.parentElement);
    this.modeler.on("root.set", () => this.tools.begin());
    if (!(await this.load(part.content))) this.bar.note("load", "danger", t("studio.unreadable"));
    this.modeler.on("commandStack.changed", () => this.changed());
    this.store.on("replaced", ({ kind, content }) => kind === "diagram" && this.load(content, true));
    this.findings.naming = (id) => this.nameOf(id);
    this.findings.mending = (finding) => this.repair(finding);
    this.findings.onSelect((id) => this.show(id));
    this.findings.show();
    startModelerKeys(this.modeler);
    mendSearch(this.box);
    const { box, modeler, store, bar } = this;
    this.foreign = new Foreign({ box, modeler, store, bar, text: () => this.text(), load: (xml) => this.load(xml) });
    this.menu();
    this.box.removeAttribute("aria-busy");
    modeler.get("canvas").focus();
    return this.modeler;
  }

  /** Everything undone is the very text that was loaded, comments and spaces too. */
  changed() {
    this.written = null;
    this.store.edit("diagram", this.store.key, this.modeler.get("commandStack").canUndo() ? () => this.text() : this.loaded);
    this.lintLater();
  }

  /** The diagram as it stands, as BPMN; written once for all who ask between two changes. */
  text() {
    if (!this.modeler.get("commandStack").canUndo()) return Promise.resolve(this.loaded);
    this.written ??= this.modeler.saveXML({ format: true }).then(({ xml }) => withComments(this.loaded, xml));
    return this.written;
  }

  /** Shows this diagram; `stay` keeps the view where the person has put it. Answers whether it could be read. */
  async load(xml, stay = false) {
    const canvas = this.modeler.get("canvas");
    const view = stay && canvas.viewbox();
    this.loaded = xml;
    this.written = null;
    try {
      await this.modeler.importXML(xml);
    } catch (error) {
      console.info(error); // a draft may hold anything: the person reads a note
      return false;
    }
    if (view) canvas.viewbox(view);
    else this.tools.begin();
    this.lintLater();
    return true;
  }

  nameOf(id) {
    const element = this.element(id);
    return element ? nameOf(element) : "";
  }

  /** The drawn element; a process is drawn as its pool, where it has one. */
  element(id) {
    const elements = this.modeler.get("elementRegistry");
    return elements.get(id) ?? elements.find(({ type, businessObject }) => type === "bpmn:Participant" && businessObject.processRef?.id === id);
  }

  /** What mends a finding in the panel: { label, act }; null where drawing does. */
  repair(finding) {
    const element = this.element(finding.element_id);
    const found = element && repairOf(finding, element);
    if (!found) return null;
    const act = () => {
      this.column.fold(false);
      this.show(finding.element_id);
      this.modeler.get("propertiesDesk").showGroup(found.id, found.group);
    };
    return { label: found.label, act };
  }

  /** Selects an element and brings it into view, on the plane where it lies. */
  show(id) {
    const element = this.element(id);
    if (!element) return false;
    const canvas = this.modeler.get("canvas");
    const root = canvas.findRoot(element);
    if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
    if (!element.parent) return true;
    this.tools.readable();
    canvas.scrollToElement(element, { top: 96, bottom: 96, left: 96, right: 160 });
    this.modeler.get("selection").select(element);
    canvas.focus();
    return true;
  }

  menu() {
    const name = this.root.dataset.name;
    const acts = {
      svg: () => exportSvg(this.modeler, name),
      png: () => exportPng(this.modeler, name),
      xml: () => exportXml(() => this.text(), this.store.key),
      foreign: () => this.foreign.choose(),
    };
    for (const [act, work] of Object.entries(acts)) this.root.querySelector(`[data-menu="${act}"]`)?.addEventListener("click", work);
  }
}
