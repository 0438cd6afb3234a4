// Which settings in our own and in Camunda's words have an effect, and on which elements.
import { tagOf } from "./facts.js";

const CALLS = ["type", "topic", "resultVariable", "taskPriority"];

// As engine/bpmn/gate/attributes.py has them.
export const ATTRIBUTES = {
  process: ["historyTimeToLive", "versionTag", "isStartableInTasklist"],
  startEvent: ["formRef", "formRefBinding"],
  userTask: ["formRef", "formRefBinding"],
  serviceTask: [...CALLS, "asyncBefore"],
  sendTask: [...CALLS, "asyncBefore"],
  callActivity: ["calledElementBinding", "calledElementVersion"],
  businessRuleTask: ["decisionRef", "decisionRefBinding", "resultVariable", "mapDecisionResult"],
  scriptTask: ["resultVariable"],
  multiInstanceLoopCharacteristics: ["collection", "elementVariable"],
  errorEventDefinition: ["errorCodeVariable", "errorMessageVariable"],
  escalationEventDefinition: ["escalationCodeVariable"],
  conditionalEventDefinition: ["variableName", "variableEvents"],
};
// What other tools write and this house runs under its own words; as engine/bpmn/foreign has it.
const TRANSLATED = {
  process: ["candidateStarterUsers", "candidateStarterGroups"],
  startEvent: ["formKey", "initiator"],
  userTask: ["assignee", "candidateUsers", "candidateGroups", "formKey", "dueDate", "followUpDate", "priority"],
  serviceTask: ["expression", "taskPriority"],
};
const STORED = ["asyncBefore", "asyncAfter", "exclusive", "jobPriority"];
// A foreign setting stands aside where the house's own is set; then it is refused.
const ASIDE = { "guicheng:Candidates": ["assignee", "candidateUsers", "candidateGroups"], "guicheng:Deadline": ["dueDate", "followUpDate"] };

/** Whether another tool's attribute is run as it is on this element. */
export function runs(name, bo) {
  const aside = (bo.extensionElements?.get("values") ?? []).flatMap(({ $type }) => ASIDE[$type] ?? []);
  if (bo.get("camunda:formRef")) aside.push("formKey");
  return ![...aside].includes(name) && [...(TRANSLATED[tagOf(bo)] ?? []), ...STORED].includes(name);
}

const EXTENSIONS = {
  userTask: ["guicheng:Candidates", "guicheng:Deadline", "guicheng:Actions"],
  startEvent: ["guicheng:Candidates"],
  callActivity: ["camunda:In", "camunda:Out"],
  signalEventDefinition: ["camunda:In"],
};
const EVERYWHERE = ["camunda:Properties", "camunda:FailedJobRetryTimeCycle"];
const OURS = /^(camunda|guicheng):/;

/** Whether a type or attribute is one of ours or of Camunda's. */
export const isOurs = (name) => OURS.test(name ?? "");

/** Whether an extension element of this type has an effect on this element. */
export function works(type, owner) {
  if (!owner) return false;
  if (type === "camunda:InputOutput") return owner.$instanceOf("bpmn:Activity") || owner.$instanceOf("bpmn:Event");
  return EVERYWHERE.includes(type) || (EXTENSIONS[tagOf(owner)] ?? []).includes(type);
}
