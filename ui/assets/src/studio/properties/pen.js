// Writes into the diagram. Every method is one step of undo; nothing else in the panel changes the model.

export class Pen {
  static $inject = ["modeling", "bpmnFactory", "commandStack"];

  constructor(modeling, bpmnFactory, commandStack) {
    this.modeling = modeling;
    this.factory = bpmnFactory;
    this.stack = commandStack;
  }

  /** Sets properties of a part of the element; undefined removes one. */
  set(element, part, properties) {
    if (Object.entries(properties).every(([name, value]) => part.get(name) === value)) return;
    this.modeling.updateModdleProperties(element, part, properties);
  }

  /** Sets properties that show on the canvas, such as the name. */
  draw(element, properties) {
    this.modeling.updateProperties(element, properties);
  }

  /** A new part that belongs to `parent`. */
  make(type, properties, parent) {
    const part = this.factory.create(type, properties);
    part.$parent = parent;
    return part;
  }

  /** Several changes in one step: [part, properties] each. */
  all(element, changes) {
    const commands = changes.map(([part, properties]) => ({
      cmd: "element.updateModdleProperties",
      context: { element, moddleElement: part, properties },
    }));
    this.stack.execute("properties-panel.multi-command-executor", commands);
  }

  /** Sets properties of the element's extension of this type, which is made where there is none. */
  extension(element, owner, type, properties) {
    const box = owner.extensionElements;
    const found = box?.get("values").find((value) => value.$type === type);
    if (found) return this.set(element, found, properties);
    const given = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
    if (box) {
      const made = this.make(type, given, box);
      return this.set(element, box, { values: [...box.get("values"), made] });
    }
    const fresh = this.make("bpmn:ExtensionElements", { values: [] }, owner);
    fresh.values = [this.make(type, given, fresh)];
    return this.set(element, owner, { extensionElements: fresh });
  }

  /** Removes an extension, and the box when it was the last one. */
  withoutExtension(element, owner, type) {
    const box = owner.extensionElements;
    if (!box) return;
    const values = box.get("values").filter((value) => value.$type !== type);
    if (values.length) this.set(element, box, { values });
    else this.set(element, owner, { extensionElements: undefined });
  }

  /** The extensions of this type become these, in this order, in one step; the box goes with the last extension. */
  extensions(element, owner, type, list) {
    const box = owner.extensionElements;
    const others = (box?.get("values") ?? []).filter((value) => value.$type !== type);
    if (!others.length && !list.length) return this.set(element, owner, { extensionElements: undefined });
    const parent = box ?? this.make("bpmn:ExtensionElements", { values: [] }, owner);
    const values = [...others, ...list.map((properties) => this.make(type, properties, parent))];
    if (box) return this.set(element, box, { values });
    parent.values = values;
    return this.set(element, owner, { extensionElements: parent });
  }

  /** Sets the text of a FEEL or other expression below `owner`; undefined removes it. */
  expression(element, owner, name, body) {
    const found = owner.get(name);
    if (body === undefined) return this.set(element, owner, { [name]: undefined });
    if (found) return this.set(element, found, { body });
    return this.set(element, owner, { [name]: this.make("bpmn:FormalExpression", { body }, owner) });
  }

  /** Adds an element such as a message to the file and refers to it, in one step. */
  declare(element, definitions, type, properties, owner, reference) {
    const made = this.make(type, properties, definitions);
    this.all(element, [
      [definitions, { rootElements: [...definitions.get("rootElements"), made] }],
      [owner, { [reference]: made }],
    ]);
  }
}
