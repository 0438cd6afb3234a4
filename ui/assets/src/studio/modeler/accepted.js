// What the engine's gate accepts, for the palette and the menus. The list is held against engine/bpmn/gate by a test.
import ACCEPTED from "./accepted.json";

/** Whether a published diagram may hold what this entry of a menu makes. */
export function accepts(target) {
  if (!target) return true; // flows: sequence, default, conditional
  const { type, eventDefinitionType = "", isExpanded } = target;
  if (type === "bpmn:Participant") return isExpanded !== false;
  return Boolean(ACCEPTED[type]?.includes(eventDefinitionType));
}
