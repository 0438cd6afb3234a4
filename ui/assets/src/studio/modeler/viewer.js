// On a phone the studio only shows the diagram: findings lead to their elements here too.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { HOUSE } from "../../diagram/look.js";
import { fittingNames } from "../../diagram/names.js";
import { notice } from "../../dom.js";
import { t } from "./words.js";
import { Marks } from "./marks.js";
import { markPaper } from "./paper.js";
import { Tools } from "./tools.js";
import { translateModule } from "./translate.js";

export class Viewer {
  constructor({ root, store, findings, bar }) {
    Object.assign(this, { store, findings, bar });
    this.box = root.querySelector("[data-modeler]");
  }

  async open() {
    this.bar.note("phone", "info", t("studio.phone"), this.bar.closer("phone"));
    const part = await this.store.part("diagram", this.store.key);
    if (!part) return notice(this.box, "warn", t("studio.noDiagram"));
    this.viewer = new NavigatedViewer({ container: this.box, additionalModules: [fittingNames, translateModule], ...HOUSE });
    markPaper(this.viewer);
    new Marks(this.viewer, this.findings);
    this.tools = new Tools(this.box.parentElement, this.viewer, { canUndo: false });
    this.viewer.on("root.set", () => this.tools.begin());
    try {
      await this.viewer.importXML(part.content);
    } catch (error) {
      console.info(error); // a draft may hold anything: the person reads a note
      this.bar.note("load", "danger", t("studio.unreadable"));
    }
    this.tools.begin();
    this.findings.onSelect((id) => this.show(id));
    this.box.removeAttribute("aria-busy");
    return this.viewer;
  }

  show(id) {
    const element = this.viewer.get("elementRegistry").get(id);
    const canvas = this.viewer.get("canvas");
    if (!element) return false;
    const root = canvas.findRoot(element);
    if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
    this.tools.readable();
    canvas.scrollToElement(element, 60);
    return true;
  }
}
