// Findings on their elements: a round mark at the upper right corner, red for what stops publishing, amber for hints. A collapsed
// subprocess carries a mark for what lies inside. A click leads to the row in the panel.
import { make } from "../../dom.js";
import { t } from "./words.js";

export class Marks {
  constructor(modeler, findings) {
    this.canvas = modeler.get("canvas");
    this.elements = modeler.get("elementRegistry");
    this.overlays = modeler.get("overlays");
    this.findings = findings;
    this.shown = "";
    findings.on("shown", (list) => this.show(list));
    modeler.on(["root.set", "import.done"], () => this.show(this.list ?? [], true));
  }

  show(list, anew = false) {
    this.list = list;
    const byElement = this.group(list);
    const said = JSON.stringify([...byElement].map(([id, all]) => [id, all.map(({ message }) => message)]));
    if (said === this.shown && !anew) return; // the same marks: no flicker while drawing
    this.shown = said;
    this.overlays.remove({ type: "finding" });
    for (const [id, all] of byElement) this.mark(this.elements.get(id), all);
  }

  group(list) {
    const byElement = new Map();
    for (const finding of list) {
      for (const element of this.places(finding.element_id)) {
        byElement.set(element.id, [...(byElement.get(element.id) ?? []), finding]);
      }
    }
    return byElement;
  }

  /** The element itself and, when it lies on the plane of a collapsed subprocess, every subprocess around it. */
  places(id) {
    const places = [];
    let element = this.elements.get(id ?? "");
    while (element && element.parent) {
      places.push(element);
      const root = this.canvas.findRoot(element);
      element = root && this.elements.get(root.id.replace(/_plane$/, ""));
      if (places.includes(element)) break;
    }
    return places;
  }

  mark(element, all) {
    const stops = all.some(({ level }) => level !== "hint");
    const title = all.map(({ level, message }) => `${t(`studio.level.${level}`)}：${message}`).join("\n");
    const button = make(`button.g-finding${stops ? ".g-finding--no" : ""}`, { type: "button", title, "aria-label": title, onclick: () => this.findings.go(all[0]) }, "!");
    const position = element.waypoints ? { top: -10, left: Math.max(element.width ?? 0, middle(element)) } : { top: -10, right: 10 };
    this.overlays.add(element.id, "finding", { position, html: button, scale: { min: 0.7, max: 1.1 } });
  }
}

/** Half the length of a flow's bounding box, where its mark stands. */
function middle({ waypoints }) {
  const xs = waypoints.map(({ x }) => x);
  return (Math.max(...xs) - Math.min(...xs)) / 2 - 10;
}
