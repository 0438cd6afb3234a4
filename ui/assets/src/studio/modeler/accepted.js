// What the engine's gate accepts, for the palette and the menus. The list is held against engine/bpmn/gate by a test.
import { isEventSubProcess } from "bpmn-js/lib/util/DiUtil";
import ACCEPTED from "./accepted.json";

/** Whether a published diagram may hold what this entry of a replace menu makes, at the place of this element. */
export function accepts(target, element) {
  if (!target) return true; // flows: sequence, default, conditional
  const { type, eventDefinitionType = "", isExpanded, isInterrupting, triggeredByEvent } = target;
  if (type === "bpmn:Participant") return isExpanded !== false;
  if (!ACCEPTED[type]?.includes(eventDefinitionType)) return false;
  if (type === "bpmn:StartEvent") {
    const beside = isEventSubProcess(element.businessObject.$parent);
    return beside === Boolean(eventDefinitionType) && isInterrupting !== false;
  }
  return !(triggeredByEvent && type !== "bpmn:SubProcess");
}
