// The modeler on its page: the stored diagram in, every change to the store.
import Modeler from "bpmn-js/lib/Modeler";

export class Studio {
  constructor({ root, store, findings }) {
    this.store = store;
    this.findings = findings;
    this.box = root.querySelector("[data-modeler]");
  }

  async open() {
    const { content } = (await this.store.part("diagram", this.store.key)) ?? {};
    this.modeler = new Modeler({ container: this.box });
    if (content) await this.modeler.importXML(content);
    this.modeler.on("commandStack.changed", () => this.store.edit("diagram", this.store.key, () => this.modeler.saveXML({ format: true }).then(({ xml }) => xml)));
    this.modeler.get("canvas").zoom("fit-viewport");
    this.box.removeAttribute("aria-busy");
  }
}
