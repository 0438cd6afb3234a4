// What is selected, in the words of the panel: which kind of element, which process, which buttons and parts it has.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil.js";

/** `userTask` for an element of the type bpmn:UserTask. */
export const tagOf = (bo) => bo.$type.replace(/^bpmn:(.)/, (whole, first) => first.toLowerCase());

/** The process that an element of the canvas belongs to, also for the canvas itself and for a pool; undefined without one. */
export function processOf(bo) {
  if (tagOf(bo) === "process") return bo;
  if (tagOf(bo) === "participant") return bo.processRef;
  if (tagOf(bo) === "collaboration") return bo.participants?.find((pool) => pool.processRef)?.processRef;
  return bo.$parent ? processOf(bo.$parent) : undefined;
}

/** The root of the file. */
export const definitionsOf = (bo) => (tagOf(bo) === "definitions" ? bo : definitionsOf(bo.$parent));

/** The first extension element of this type; undefined without one. */
export const extensionOf = (bo, type) => bo.extensionElements?.get("values").find((value) => value.$type === type);

const chosen = new WeakMap(); // event -> the definition that its groups show, where somebody chose one of several

/** The groups of this event show this one of its definitions. */
export const chooseDefinition = (bo, definition) => chosen.set(bo, definition);

/** The event definition that is shown, else the first one; of this kind (`Message`), where it is named. */
export function eventOf(bo, kind) {
  const found = (bo.eventDefinitions ?? []).filter(({ $type }) => !kind || $type === `bpmn:${kind}EventDefinition`);
  return found.find((one) => one === chosen.get(bo)) ?? found[0];
}

/** Whether an event throws: it tells instead of waiting. */
export const throws = (bo) => ["bpmn:EndEvent", "bpmn:IntermediateThrowEvent"].includes(bo.$type);

/** The sequence flows into ("incoming") or out of ("outgoing") an element, as they are drawn: a file may leave out the node's own lists. */
export const flowsOf = (element, way) => (element[way] ?? []).map(({ businessObject }) => businessObject).filter(({ $type }) => $type === "bpmn:SequenceFlow");

/** The event subprocess that a start event begins; undefined for any other event. */
export const besideOf = (bo) => (bo.$type === "bpmn:StartEvent" && bo.$parent?.triggeredByEvent ? bo.$parent : undefined);

/** An attribute that stands in the file, without the default that a schema has for it. */
export const written = (bo, name) => (Object.hasOwn(bo, name) ? bo[name] : bo.$attrs?.[name]);

/** Every flow node of a process, also inside its subprocesses. */
export function nodesOf(scope) {
  return (scope?.flowElements ?? []).flatMap((node) => (node.flowElements ? [node, ...nodesOf(node)] : [node]));
}

/** The buttons of a user task as plain values. */
export function actionsOf(bo) {
  const actions = extensionOf(bo, "guicheng:Actions");
  return (actions?.items ?? []).map(({ value, label, kind, opinion }) => ({ value, label, kind, opinion: opinion ?? "optional" }));
}

/** The user tasks of a process that record a choice: { task, variable, actions }. */
export function choicesOf(process) {
  return nodesOf(process)
    .filter((node) => node.$type === "bpmn:UserTask")
    .map((task) => ({ task, variable: extensionOf(task, "guicheng:Actions")?.variable, actions: actionsOf(task) }))
    .filter((choice) => choice.variable);
}

/** Everything a group wants to know of the selected element. */
export function factsOf(selected) {
  const element = selected.labelTarget ?? selected;
  const own = getBusinessObject(element);
  const tag = tagOf(own);
  const whole = ["process", "participant", "collaboration"].includes(tag);
  const process = processOf(own);
  const bo = whole && process ? process : own;
  const loop = bo.loopCharacteristics;
  return {
    element,
    own,
    bo,
    process,
    kind: whole && process ? "process" : tag,
    id: bo.id,
    name: own.name ?? bo.name ?? "",
    event: eventOf(own),
    loop: loop?.$type === "bpmn:MultiInstanceLoopCharacteristics" ? loop : undefined,
    outermost: bo.$parent === process,
  };
}
