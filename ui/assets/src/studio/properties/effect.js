// Which settings in our own and in Camunda's words have an effect, and on which elements.
import { tagOf } from "./facts.js";

// As engine/bpmn/gate/attributes.py has them.
export const ATTRIBUTES = {
  process: ["historyTimeToLive", "versionTag", "isStartableInTasklist"],
  startEvent: ["formRef", "formRefBinding"],
  userTask: ["formRef", "formRefBinding"],
  serviceTask: ["type", "topic", "resultVariable"],
  businessRuleTask: ["decisionRef", "decisionRefBinding", "resultVariable", "mapDecisionResult"],
  scriptTask: ["resultVariable"],
  multiInstanceLoopCharacteristics: ["collection", "elementVariable"],
  errorEventDefinition: ["errorCodeVariable", "errorMessageVariable"],
};
const EXTENSIONS = {
  userTask: ["guicheng:Candidates", "guicheng:Deadline", "guicheng:Actions"],
  startEvent: ["guicheng:Candidates"],
  serviceTask: ["camunda:InputOutput"],
};
const OURS = /^(camunda|guicheng):/;

/** Whether a type or attribute is one of ours or of Camunda's. */
export const isOurs = (name) => OURS.test(name ?? "");

/** Whether an extension element of this type has an effect on this element. */
export const works = (type, owner) => Boolean(owner) && (EXTENSIONS[tagOf(owner)] ?? []).includes(type);
