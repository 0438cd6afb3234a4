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
  no_default: "branches", dangling_default: "branches",
  bad_variable: "actions", reserved_variable: "actions",
};
const BY_KIND = {
  needs_java: { sequenceFlow: "condition" },
  foreign_expression: { sequenceFlow: "condition" },
  no_result: { businessRuleTask: "decision", scriptTask: "script" },
  bad_expression: { sequenceFlow: "condition", scriptTask: "script", serviceTask: "handler", boundaryEvent: "timer", intermediateCatchEvent: "timer", startEvent: "message", process: "casefile" },
};

/** The group that mends a finding; undefined where drawing does. */
export const groupOf = (finding, kind) => BY_KIND[finding.code]?.[kind] ?? GROUPS[finding.code];
