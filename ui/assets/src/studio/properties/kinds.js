// What each kind of element is called, and what to draw instead of those that the engine does not run.
import { tagOf } from "./facts.js";
import { w } from "./words/index.js";

const RUNS = new Set([
  "process", "participant", "collaboration", "lane", "sequenceFlow", "startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent", "userTask",
  "serviceTask", "businessRuleTask", "scriptTask", "exclusiveGateway", "parallelGateway", "subProcess", "textAnnotation", "association", "group",
]);
const EVENTS = {
  startEvent: ["messageEventDefinition"],
  endEvent: ["terminateEventDefinition"],
  intermediateCatchEvent: ["timerEventDefinition"],
  boundaryEvent: ["timerEventDefinition", "errorEventDefinition"],
};
const INSTEAD = new Set([
  "task", "manualTask", "sendTask", "receiveTask", "callActivity", "transaction", "adHocSubProcess", "inclusiveGateway", "complexGateway",
  "eventBasedGateway", "intermediateThrowEvent", "messageFlow", "dataObjectReference", "dataStoreReference", "messageEventDefinition",
  "compensateEventDefinition", "escalationEventDefinition", "signalEventDefinition", "standardLoopCharacteristics",
]);

/** 用户任务 · 会签 */
export function kindWords({ kind, event, loop, bo, own }) {
  if (kind === "process" && own.$type === "bpmn:Participant") return w("kind.participant");
  const extra = [];
  if (event) extra.push(w(`kind.${tagOf(event)}`));
  if (loop) extra.push(w(loop.isSequential ? "kind.sequential" : "kind.together"));
  if (bo.triggeredByEvent) return w("kind.eventSubProcess");
  return [w(`kind.${kind}`), ...extra].join(" · ");
}

/** What the engine does not run of this element: { what, instead }; null when it runs all of it. */
export function refused({ kind, event, bo }) {
  const name = event && tagOf(event);
  if (!RUNS.has(kind)) return { what: w(`kind.${kind}`), instead: advice(kind) };
  if (name && !EVENTS[kind]?.includes(name)) return { what: w(`kind.${name}`), instead: advice(name) };
  const loop = bo.loopCharacteristics;
  if (loop?.$type === "bpmn:StandardLoopCharacteristics") return { what: w("kind.standardLoopCharacteristics"), instead: advice("standardLoopCharacteristics") };
  return null;
}

const advice = (tag) => w(INSTEAD.has(tag) ? `instead.${tag}` : "instead.other");
