// The small tools on the canvas: undo and redo above, zoom below. The watermark keeps its corner.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const LEAST = 0.2;
const MOST = 4;
const READABLE = 0.8; // zoom at which the 14 px of a diagram's text are 11 on the screen
const [SIDE, TOP, BOTTOM] = [24, 56, 60]; // px kept free for the tools

export class Tools {
  constructor(box, modeler, { canUndo = true } = {}) {
    this.canvas = modeler.get("canvas");
    this.elements = modeler.get("elementRegistry");
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
    new ResizeObserver(() => this.canvas.resized()).observe(box); // the columns around it fold
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
    if (inner.width && outer.width) this.look(inner, outer, Math.max(this.whole(inner, outer), LEAST));
  }

  /** Readable from the start: the whole drawing where its text is large enough then, else the part around its start event. */
  begin() {
    const { inner, outer } = this.canvas.viewbox();
    if (!inner.width || !outer.width) return;
    const zoom = Math.max(this.whole(inner, outer), READABLE);
    const root = this.canvas.getRootElement();
    const start = this.elements.find((one) => one.type === "bpmn:StartEvent" && begins(one, root));
    this.look(inner, outer, zoom, start);
  }

  /** Small print is enlarged, so that what was asked for can be read. */
  readable() {
    if (this.canvas.zoom() < READABLE) this.canvas.zoom(READABLE);
  }

  whole(inner, outer) {
    return Math.min((outer.width - 2 * SIDE) / inner.width, (outer.height - TOP - BOTTOM) / inner.height, 1);
  }

  /** From the upper left corner of the drawing, or from as far on as `start` asks to be seen. */
  look(inner, outer, zoom, start = null) {
    const left = Math.max((outer.width - inner.width * zoom) / 2, SIDE);
    const past = (from, size, extent) => Math.max(Math.min(from + size - extent / zoom, from), 0);
    const view = { x: inner.x - left / zoom, y: inner.y - TOP / zoom, width: outer.width / zoom, height: outer.height / zoom };
    if (start) {
      view.x += past(start.x - view.x, start.width, outer.width / 3);
      view.y += past(start.y - view.y, start.height, outer.height / 2);
    }
    this.canvas.viewbox(view);
  }

  showLevel() {
    this.level.textContent = `${Math.round(this.canvas.zoom() * 100)}%`;
  }
}

/** Whether this start event is that of the process or of the subprocess on this plane. */
function begins({ businessObject }, root) {
  const around = businessObject.$parent;
  return around.$type === "bpmn:Process" || root.id === `${around.id}_plane`;
}
