// What each kind of element is called, and the few things of BPMN that stand where the engine does not run them.
import ACCEPTED from "../modeler/accepted.json";
import { tagOf } from "./facts.js";
import { w } from "./words/index.js";

const BESIDE = new Set([
  "process", "participant", "collaboration", "lane", "sequenceFlow", "messageFlow", "textAnnotation", "association", "group",
  "dataObjectReference", "dataStoreReference", "dataInputAssociation", "dataOutputAssociation", "dataInput", "dataOutput",
]);

/** 用户任务 · 会签 */
export function kindWords({ kind, event, loop, bo, own }) {
  if (kind === "process" && own.$type === "bpmn:Participant") return w("kind.participant");
  const extra = (bo.eventDefinitions ?? []).map((one) => w(`kind.${tagOf(one)}`));
  if (loop) extra.push(w(`kind.${kind === "userTask" ? "" : "each."}${loop.isSequential ? "sequential" : "together"}`));
  if (bo.loopCharacteristics?.$type === "bpmn:StandardLoopCharacteristics") extra.push(w("kind.standardLoopCharacteristics"));
  if (bo.isForCompensation) extra.push(w("kind.compensateEventDefinition"));
  const interrupts = event && (bo.cancelActivity === false || bo.isInterrupting === false) ? [w("kind.beside")] : [];
  return [w(bo.triggeredByEvent ? "kind.eventSubProcess" : `kind.${kind}`), ...extra, ...interrupts].join(" · ");
}

/** What the engine does not run of this element: { what, instead }; null when it runs all of it. */
export function refused({ kind, bo }) {
  if (BESIDE.has(kind)) return null;
  const kinds = ACCEPTED[bo.$type];
  if (!kinds) return { what: w(`kind.${kind}`), instead: w("instead.other") };
  const wrong = (bo.eventDefinitions ?? []).find(({ $type }) => !kinds.includes($type));
  return wrong ? { what: w(`kind.${tagOf(wrong)}`), instead: w("instead.event") } : null;
}
