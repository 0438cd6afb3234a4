// Pools and lanes are paper: drawn pale, by a class of their own.
import { is } from "bpmn-js/lib/util/ModelUtil";

export function markPaper(modeler) {
  const canvas = modeler.get("canvas");
  modeler.on("shape.added", ({ element }) => {
    if (is(element, "bpmn:Participant") || is(element, "bpmn:Lane")) canvas.addMarker(element, "g-lane");
    if (is(element, "bpmn:EndEvent")) canvas.addMarker(element, "g-end-event");
  });
}
