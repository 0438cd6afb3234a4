// Small marks of our own on what bpmn-js draws: pools and lanes are paper, drawn pale; ends are thick; the buttons that open
// subprocesses have names.
import { is } from "bpmn-js/lib/util/ModelUtil";

export function markPaper(modeler) {
  const canvas = modeler.get("canvas");
  modeler.on("shape.added", ({ element }) => {
    if (is(element, "bpmn:Participant") || is(element, "bpmn:Lane")) canvas.addMarker(element, "g-lane");
    if (is(element, "bpmn:EndEvent")) canvas.addMarker(element, "g-end-event");
  });
  modeler.on(["import.done", "root.set", "elements.changed"], () => {
    for (const drill of document.querySelectorAll(".bjs-drilldown")) drill.setAttribute("aria-label", drill.title);
  });
}
