// Lint: how to draw more clearly. A chosen set of bpmnlint's rules, each with a sentence of our own; what the gate judges on the
// server is left to it. No rule text is ever evaluated: the rules are ordinary modules.
import testRule from "bpmnlint/lib/test-rule";
import labelRequired from "bpmnlint/rules/label-required";
import duplicateFlows from "bpmnlint/rules/no-duplicate-sequence-flows";
import joinFork from "bpmnlint/rules/no-gateway-join-fork";
import overlapping from "bpmnlint/rules/no-overlapping-elements";
import superfluousGateway from "bpmnlint/rules/superfluous-gateway";
import superfluousTermination from "bpmnlint/rules/superfluous-termination";
import { tagOf } from "../properties/facts.js";
import { w } from "../properties/words/index.js";
import { t } from "./words.js";

const LARGE = 1500; // elements: beyond, comparing each with each other would be felt while drawing

// makers: a rule remembers what it has seen, so each look takes fresh ones
const RULES = {
  "label-required": labelRequired,
  "no-duplicate-sequence-flows": duplicateFlows,
  "no-gateway-join-fork": joinFork,
  "no-overlapping-elements": overlapping,
  "superfluous-gateway": superfluousGateway,
  "superfluous-termination": superfluousTermination,
};

/** [{element_id, element_name, code, message}] for the whole diagram, subprocesses included. */
export function lint(modeler) {
  const elements = modeler.get("elementRegistry");
  const found = [];
  const large = elements.getAll().length > LARGE;
  for (const [code, makeRule] of Object.entries(RULES)) {
    if (large && code === "no-overlapping-elements") continue;
    for (const { id, message } of testRule({ moddleRoot: modeler.getDefinitions(), rule: makeRule() })) {
      const element = elements.get(id);
      if (!element || !concerns(code, element)) continue;
      const said = message.includes("outside") ? "studio.lint.outside" : `studio.lint.${code.replaceAll("-", "_")}`;
      found.push({ element_id: id, element_name: nameOf(element), code, message: t(said, { name: nameOf(element) }) });
    }
  }
  return found;
}

/** Gateways that only join or fork in parallel need no name; flows are reported once, at the flow itself. */
function concerns(code, { type, businessObject, waypoints }) {
  if (code === "no-duplicate-sequence-flows") return Boolean(waypoints);
  if (code !== "label-required") return true;
  if (type === "bpmn:ParallelGateway" || waypoints) return false;
  return type !== "bpmn:ExclusiveGateway" || (businessObject.outgoing ?? []).length > 1;
}

/** What a person calls the element: its name, else its kind, else (for what nobody draws here) its id. */
export function nameOf({ businessObject }) {
  const key = `kind.${tagOf(businessObject)}`;
  const kind = w(key);
  return businessObject.name || (kind === key ? businessObject.id : kind);
}
