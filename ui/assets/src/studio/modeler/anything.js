// The menu of everything that the engine runs, with a search: from the palette onto the canvas, from the pad behind the selected
// element or onto its border. What the standard does not allow at a place is not offered there.
import { PopupEntries } from "bpmn-js/lib/features/popup-menu/PopupEntries";
import { isEventSubProcess } from "bpmn-js/lib/util/DiUtil";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { accepts } from "./accepted.js";
import { t } from "./words.js";

const GROUPS = [
  ["task", (type) => /Task$/.test(type) || type === "bpmn:CallActivity"],
  ["subprocess", (type) => /SubProcess$|Transaction$/.test(type)],
  ["gateway", (type) => /Gateway$/.test(type)],
  ["start", (type) => type === "bpmn:StartEvent"],
  ["intermediate", (type) => /Intermediate/.test(type)],
  ["boundary", (type) => type === "bpmn:BoundaryEvent"],
  ["end", (type) => type === "bpmn:EndEvent"],
  ["data", (type) => /^bpmn:Data/.test(type)],
  ["pool", (type) => type === "bpmn:Participant"],
];
const AWAITED = ["Message", "Timer", "Conditional", "Signal"].map((kind) => `bpmn:${kind}EventDefinition`);
const GAP = 44; // px between events on one border

const ENTRIES = Object.entries(PopupEntries)
  .filter(([, { target }]) => accepts(target) && !(target.type === "bpmn:BoundaryEvent" && !target.eventDefinitionType))
  .map(([id, entry]) => ({ id, ...entry, group: GROUPS.find(([, fits]) => fits(entry.target.type))?.[0] }))
  .filter(({ group }) => group);

/** What kind of place an element is for a next one: what may follow it, and what may sit on its border. */
function fitsBehind(target, element) {
  const { type, triggeredByEvent } = target;
  if (type === "bpmn:BoundaryEvent") return fitsOnBorder(target, element);
  if (["bpmn:StartEvent", "bpmn:Participant"].includes(type) || /^bpmn:Data/.test(type) || triggeredByEvent || !canBeFollowed(element)) return false;
  if (element.type === "bpmn:EventBasedGateway") return type === "bpmn:ReceiveTask" || (type === "bpmn:IntermediateCatchEvent" && AWAITED.includes(target.eventDefinitionType));
  const inTransaction = is(element.businessObject.$parent, "bpmn:Transaction");
  if (target.eventDefinitionType === "bpmn:CancelEventDefinition") return inTransaction;
  const linked = type === "bpmn:IntermediateCatchEvent" && target.eventDefinitionType === "bpmn:LinkEventDefinition";
  return !linked && !(type === "bpmn:EndEvent" && is(element.businessObject.$parent, "bpmn:AdHocSubProcess"));
}

function fitsOnBorder(target, { businessObject }) {
  if (!is(businessObject, "bpmn:Activity") || isEventSubProcess(businessObject)) return false;
  return target.eventDefinitionType !== "bpmn:CancelEventDefinition" || is(businessObject, "bpmn:Transaction");
}

/** Whether a sequence flow may leave an element. */
export function canBeFollowed({ type, businessObject }) {
  if (type === "label" || !is(businessObject, "bpmn:FlowNode") || is(businessObject, "bpmn:EndEvent")) return false;
  if (isEventSubProcess(businessObject) || businessObject.isForCompensation) return false;
  const kind = businessObject.eventDefinitions?.[0]?.$type;
  const leaps = type === "bpmn:IntermediateThrowEvent" && kind === "bpmn:LinkEventDefinition";
  return !leaps && !(type === "bpmn:BoundaryEvent" && kind === "bpmn:CompensateEventDefinition");
}

/** Whether anything may follow an element or sit on its border. */
export const hasNext = (element) => element.type !== "label" && ENTRIES.some(({ target }) => fitsBehind(target, element));

class Anything {
  static $inject = ["popupMenu", "translate", "elementFactory", "create", "autoPlace", "modeling", "selection", "canvas", "injector"];

  constructor(popupMenu, translate, elementFactory, create, autoPlace, modeling, selection, canvas, injector) {
    Object.assign(this, { popupMenu, translate, elementFactory, create, autoPlace, modeling, selection, canvas, injector });
    popupMenu.registerProvider("guicheng-create", { getPopupMenuEntries: () => this.entries(null) });
    popupMenu.registerProvider("guicheng-append", { getPopupMenuEntries: (element) => this.entries(element) });
  }

  /** Opens the menu at a place of the window, for the canvas or for what follows `element`. */
  open(position, element = null) {
    const title = t(element ? "studio.anything.append" : "studio.anything.create");
    this.popupMenu.open(element ?? this.canvas.getRootElement(), element ? "guicheng-append" : "guicheng-create", position, { title, width: 320, search: true });
  }

  entries(element) {
    const fits = element ? ({ target }) => fitsBehind(target, element) : ({ target }) => target.type !== "bpmn:BoundaryEvent" && target.eventDefinitionType !== "bpmn:CancelEventDefinition";
    const entry = ({ id, label, className, target, group }) => {
      const act = (event) => this.take(event, target, element);
      return [`anything-${id}`, { label: this.translate(label), className, group: { id: group, name: t(`studio.anything.${group}`) }, action: { click: act, dragstart: act } }];
    };
    return Object.fromEntries(ENTRIES.filter(fits).map(entry));
  }

  take(event, target, element) {
    this.popupMenu.close();
    if (!element) return this.injector.get("guichengPalette").take(event, target);
    const shape = this.elementFactory.create("shape", target);
    if (target.type === "bpmn:BoundaryEvent") return this.attach(shape, element);
    if (event.type === "dragstart") return this.create.start(event, shape, { source: element });
    return this.selection.select(this.autoPlace.append(element, shape));
  }

  /** On the lower border, from the right; further ones to the left of those that sit there. */
  attach(shape, host) {
    const below = host.attachers.filter(({ y, height }) => Math.abs(y + height / 2 - host.y - host.height) < 2).map(({ x, width }) => x + width / 2);
    let x = host.x + host.width - 24;
    while (below.some((other) => Math.abs(other - x) < GAP - 4) && x - GAP > host.x) x -= GAP;
    const made = this.modeling.createShape(shape, { x, y: host.y + host.height }, host, { attach: true });
    this.selection.select(made);
    return made;
  }
}

export const anythingModule = { __init__: ["guichengAnything"], guichengAnything: ["type", Anything] };
