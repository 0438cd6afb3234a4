// Our palette: the column of 48 px at the left, with what is drawn most; its last button opens the menu of everything that the
// engine runs. What else a foreign diagram brings stays editable. A click (or a drag) takes an element along to the canvas; with the keyboard it is placed at once.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const TOOLS = [
  ["select", "cursor", "V"],
  ["lasso", "lasso", "B"],
  ["space", "space", "S"],
  ["connect", "swap", "L"],
  ["hand", "hand", "H"],
];
const ELEMENTS = [
  ["start", "start", { type: "bpmn:StartEvent" }],
  ["timer", "timer", { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" }],
  ["end", "end", { type: "bpmn:EndEvent" }],
  null,
  ["exclusive", "gateway", { type: "bpmn:ExclusiveGateway" }],
  ["parallel", "parallel", { type: "bpmn:ParallelGateway" }],
  null,
  ["userTask", "task-user", { type: "bpmn:UserTask" }],
  ["serviceTask", "task-service", { type: "bpmn:ServiceTask" }],
  ["ruleTask", "task-rule", { type: "bpmn:BusinessRuleTask" }],
  ["scriptTask", "task-script", { type: "bpmn:ScriptTask" }],
  ["subprocess", "subprocess", { type: "bpmn:SubProcess", isExpanded: true }],
  null,
  ["pool", "pool", { type: "bpmn:Participant" }],
  ["note", "note", { type: "bpmn:TextAnnotation" }],
  ["more", "plus", null],
];

const STARTED = ["bpmn:SubProcess", "bpmn:Transaction"]; // drawn with their start; an ad-hoc subprocess has none

class Palette {
  constructor(injector, eventBus, create, elementFactory, canvas, selection, dragging) {
    Object.assign(this, { injector, create, elementFactory, canvas, selection, dragging });
    this.box = document.querySelector("[data-palette]");
    this.buttons = new Map();
    if (!this.box) return;
    this.build();
    eventBus.on("tool-manager.update", ({ tool }) => this.mark(tool));
    eventBus.on(["create.end", "create.cancel"], () => this.mark(null));
  }

  build() {
    for (const [name, symbol, key] of TOOLS) this.add(name, symbol, key, { onclick: (event) => this.tool(name, event) });
    this.box.append(make("span.g-hr"));
    for (const entry of ELEMENTS) {
      if (!entry) {
        this.box.append(make("span.g-hr"));
        continue;
      }
      const [name, symbol, shape] = entry;
      if (!shape) this.add(name, symbol, "", { "aria-haspopup": "menu", onclick: (event) => this.more(event) });
      else this.add(name, symbol, "", { draggable: "true", onclick: (event) => this.take(event, shape), ondragstart: (event) => this.take(event, shape) });
    }
    this.box.append(make("span.g-grow"), make("button.g-iconbtn", { type: "button", "data-dialog": "help", "aria-label": t("studio.keys"), title: t("studio.keys") }, icon("help", 20)));
    this.mark(null);
  }

  add(name, symbol, key, listeners) {
    const label = t(`studio.palette.${name}`);
    const title = key ? `${label}（${key}）` : label;
    const button = make("button.g-iconbtn", { type: "button", "aria-label": label, title, "data-tool": name, ...listeners }, icon(symbol, 20));
    this.buttons.set(name, button);
    this.box.append(button);
  }

  tool(name, event = null) {
    const tools = { lasso: ["lassoTool", "activateSelection"], space: ["spaceTool", "activateSelection"], connect: ["globalConnect", "start"], hand: ["handTool", "activateHand"] };
    this.canvas.focus();
    this.dragging.cancel();
    if (name === "select") return this.mark(null);
    const [service, act] = tools[name];
    const byMouse = event && event.detail > 0; // a key has no place on the canvas: the mouse's last one counts
    this.injector.get(service)[act](byMouse ? event : this.injector.get("mouse").getLastMoveEvent(), !byMouse);
    this.mark(name);
  }

  mark(tool) {
    const pressed = tool === "global-connect" ? "connect" : (tool ?? "select");
    for (const [name] of TOOLS) this.buttons.get(name)?.setAttribute("aria-pressed", String(name === pressed));
  }

  /** The menu of everything, beside its button. */
  more({ currentTarget }) {
    const { right, top } = currentTarget.getBoundingClientRect();
    this.injector.get("guichengAnything").open({ x: right + 8, y: Math.max(top - 360, 64), cursor: { x: right, y: top } });
  }

  /** Onto the canvas with the mouse; at once where a key, which has no place of its own, asked for it. */
  take(event, shape) {
    if (event.type === "dragstart") event.preventDefault();
    const made = this.make(shape);
    this.canvas.focus();
    if (event.type !== "dragstart" && !(event.detail > 0)) return this.place(made);
    if (Array.isArray(made)) this.create.start(event, made, { hints: { autoSelect: [made[0]] } });
    else this.create.start(event, made);
  }

  make(shape) {
    if (shape.type === "bpmn:Participant") return this.elementFactory.createParticipantShape();
    if (!STARTED.includes(shape.type) || !shape.isExpanded) return this.elementFactory.createShape(shape);
    const parent = this.elementFactory.createShape({ ...shape, x: 0, y: 0 });
    const trigger = shape.triggeredByEvent ? { eventDefinitionType: "bpmn:MessageEventDefinition", isInterrupting: true } : {};
    return [parent, this.elementFactory.createShape({ type: "bpmn:StartEvent", ...trigger, x: 40, y: 82, parent })];
  }

  /** By keyboard: after the selected element if it can have a successor, else in the middle of what is seen. */
  place(made) {
    const shape = Array.isArray(made) ? made[0] : made;
    const [after] = this.selection.get();
    const rules = this.injector.get("rules");
    if (after && !Array.isArray(made) && rules.allowed("connection.create", { source: after, target: shape, hints: { targetParent: after.parent } })) {
      this.injector.get("autoPlace").append(after, shape);
      return;
    }
    const { x, y, width, height } = this.canvas.viewbox();
    const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    const root = this.canvas.getRootElement();
    const pool = root.children.find((one) => one.type === "bpmn:Participant" && contains(one, middle));
    const made2 = this.injector.get("modeling").createElements(made, middle, pool ?? root);
    this.selection.select(made2[0]);
  }
}

Palette.$inject = ["injector", "eventBus", "create", "elementFactory", "canvas", "selection", "dragging"];

function contains({ x, y, width, height }, point) {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

export const paletteModule = {
  __init__: ["guichengPalette"],
  guichengPalette: ["type", Palette],
  palette: ["value", {}], // bpmn-js's own stays away
  paletteProvider: ["value", null],
};
