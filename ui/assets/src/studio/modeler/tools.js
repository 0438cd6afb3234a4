// The small tools on the canvas: undo and redo above, zoom below. The watermark keeps its corner.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const LEAST = 0.2;
const MOST = 4;

export class Tools {
  constructor(box, modeler, { canUndo = true } = {}) {
    this.canvas = modeler.get("canvas");
    this.level = make("span.g-zoom", { "aria-live": "off" });
    const button = (symbol, key, hot, act) => make("button.g-iconbtn", { type: "button", "aria-label": t(key), title: hot ? `${t(key)}（${hot}）` : t(key), onclick: act }, icon(symbol));
    if (canUndo) {
      const stack = modeler.get("commandStack");
      this.undo = button("undo", "studio.undo", "Ctrl Z", () => stack.undo());
      this.redo = button("redo", "studio.redo", "Ctrl Y", () => stack.redo());
      box.append(make("div.g-float.g-float--tl", { role: "group", "aria-label": t("studio.steps") }, this.undo, this.redo));
      modeler.on(["commandStack.changed", "import.done"], () => this.steps(stack));
      this.steps(stack);
    }
    box.append(
      make(
        "div.g-float.g-float--bl",
        { role: "group", "aria-label": t("studio.zoom") },
        button("zoom-out", "diagram.zoomOut", "Ctrl -", () => this.zoom(1 / 1.2)),
        this.level,
        button("zoom-in", "diagram.zoomIn", "Ctrl +", () => this.zoom(1.2)),
        button("full", "studio.fit", "", () => this.fit()),
      ),
    );
    modeler.on("canvas.viewbox.changed", () => this.showLevel());
    this.showLevel();
  }

  steps(stack) {
    this.undo.disabled = !stack.canUndo();
    this.redo.disabled = !stack.canRedo();
  }

  zoom(by) {
    const { outer } = this.canvas.viewbox();
    this.canvas.zoom(Math.min(Math.max(this.canvas.zoom() * by, LEAST), MOST), { x: outer.width / 2, y: outer.height / 2 });
  }

  /** The whole drawing between the tools, never larger than life. */
  fit() {
    const { inner, outer } = this.canvas.viewbox();
    if (!inner.width || !outer.width) return;
    const [side, top, bottom] = [24, 56, 60];
    const zoom = Math.max(Math.min((outer.width - 2 * side) / inner.width, (outer.height - top - bottom) / inner.height, 1), LEAST);
    const left = Math.max((outer.width - inner.width * zoom) / 2, side);
    this.canvas.viewbox({ x: inner.x - left / zoom, y: inner.y - top / zoom, width: outer.width / zoom, height: outer.height / zoom });
  }

  showLevel() {
    this.level.textContent = `${Math.round(this.canvas.zoom() * 100)}%`;
  }
}
