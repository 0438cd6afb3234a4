// Which group mends what a finding is about.
const GROUPS = {
  candidates_missing: "candidates", bad_candidates: "candidates", role_missing: "candidates", fallback_same: "candidates",
  deadline_missing: "deadline", bad_deadline: "deadline",
  form_missing: "form", actions_missing: "actions", bad_actions: "actions",
  clause_missing: "clauses", prefix_missing: "casefile",
  "label-required": "basics",
  unknown_attribute: "foreign", unknown_extension: "foreign", needs_java: "foreign", foreign_setting: "foreign", foreign_expression: "foreign",
  no_collection: "vote", half_output: "vote",
  no_topic: "handler", bad_topic: "handler", handler_missing: "handler", bad_parameter: "handler",
  no_decision: "decision", decision_missing: "decision",
  bad_script: "script", no_script: "script",
  no_time: "timer", bad_time: "timer",
  dangling_message: "message", message_without_name: "message", duplicate_message: "message",
  dangling_error: "error", error_without_code: "error", duplicate_error: "error",
  no_condition: "condition", single_condition: "condition", default_with_condition: "condition", misplaced_condition: "condition",
  dangling_signal: "signal", signal_without_name: "signal",
  escalation_without_code: "escalation", duplicate_escalation: "escalation",
  link_without_name: "link", link_without_catch: "link", link_without_throw: "link", several_link_catches: "link",
  no_handler: "compensation", activity_elsewhere: "compensation", not_for_compensation: "running", handler_unused: "running",
  no_called: "call", no_activation: "activation", no_completion: "adhoc",
  parallel_event_gateway: "waiting", misplaced_instantiate: "waiting", instantiate_with_incoming: "waiting",
  no_loop_condition: "repeat", several_loops: "repeat", several_collections: "repeat", no_behavior_event: "behavior", bad_quantity: "running",
  several_times: "timer", half_assignment: "association",
  several_definitions: "triggers",
  no_default: "branches", dangling_default: "branches",
  bad_variable: "actions", reserved_variable: "actions",
};
const LOOPS = ["no_collection", "half_output", "several_collections"];
const BY_KIND = {
  needs_java: { sequenceFlow: "condition" },
  foreign_expression: { sequenceFlow: "condition" },
  no_condition: { startEvent: "conditional", intermediateCatchEvent: "conditional", boundaryEvent: "conditional" },
  not_for_compensation: { boundaryEvent: "compensation" },
  misplaced_instantiate: { receiveTask: "message" },
  instantiate_with_incoming: { receiveTask: "message" },
  no_result: { businessRuleTask: "decision", scriptTask: "script" },
  bad_expression: {
    sequenceFlow: "condition", scriptTask: "script", serviceTask: "handler", callActivity: "call", process: "casefile", adHocSubProcess: "adhoc",
    complexGateway: "activation", sendTask: "parameters", receiveTask: "message", subProcess: "repeat", transaction: "repeat", manualTask: "repeat", task: "repeat",
  },
  bad_variable: { scriptTask: "script", businessRuleTask: "decision", serviceTask: "handler", callActivity: "call" },
};

const EVENTS = { Timer: "timer", Message: "message", Signal: "signal", Conditional: "conditional", Error: "error", Escalation: "escalation" };

/** The group of an event is that of what triggers it. */
const ofEvent = ({ event }) => EVENTS[event?.$type.replace(/^bpmn:|EventDefinition$/g, "")];

/** The group that mends a finding; undefined where drawing does. Several people are set in a group of their own. */
export function groupOf({ code }, facts) {
  const { kind } = facts;
  if (LOOPS.includes(code)) return kind === "userTask" ? "vote" : "repeat";
  if (["bad_expression", "bad_variable", "reserved_variable"].includes(code) && facts.event) return ofEvent(facts);
  return BY_KIND[code]?.[kind] ?? GROUPS[code];
}
