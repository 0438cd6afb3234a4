// What the data says about nodes and flows, as classes on the elements and as two SVG layers: halos below, marks above.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { mark, pill, pillWidth, svg } from "./svg.js";

const CLASSES = ["is-done", "is-now", "is-no", "is-back", "is-todo", "is-late", "h1", "h2", "h3", "h4", "h5", "w1", "w2", "w3", "w4"];
const NODE = { done: "is-done", current: "is-now", refused: "is-no", returned: "is-back" };
const FLOW = { done: "is-done", no: "is-no", back: "is-back" };

export class Marks {
  constructor(viewer, mode) {
    this.canvas = viewer.get("canvas");
    this.elements = viewer.get("elementRegistry");
    this.mode = mode;
    this.data = {};
  }

  show(data) {
    this.data = data;
    this.draw();
  }

  nodeOf(id) {
    return this.data.nodes?.[id] ?? {};
  }

  /** The element to look at first: the one named, or the collapsed subprocess it lies in. */
  get focus() {
    const named = this.elements.get(this.data.focus ?? "");
    if (!named) return null;
    const root = this.canvas.findRoot(named);
    if (root === this.canvas.getRootElement()) return named;
    return this.elements.get(root.id.replace(/_plane$/, "")) ?? null;
  }

  draw() {
    const below = this.layer("g-below", -1);
    const above = this.layer("g-above", 2);
    const root = this.canvas.getRootElement();
    const planes = new Set(this.canvas.getRootElements());
    this.elements.forEach((element) => {
      if (planes.has(element) || element.labelTarget) return;
      if (isPaper(element)) {
        this.canvas.addMarker(element, "g-lane");
        return;
      }
      this.colour(element);
      if (element.waypoints) return;
      if (this.canvas.findRoot(element) === root) this.decorate(element, below, above);
    });
  }

  layer(name, index) {
    const layer = this.canvas.getLayer(name, index);
    layer.replaceChildren();
    layer.setAttribute("aria-hidden", "true");
    return layer;
  }

  colour(element) {
    const wanted = new Set(element.waypoints ? this.flowClasses(element.id) : this.nodeClasses(element));
    for (const name of CLASSES) {
      const has = this.canvas.hasMarker(element, name);
      if (wanted.has(name) && !has) this.canvas.addMarker(element, name);
      if (!wanted.has(name) && has) this.canvas.removeMarker(element, name);
      if (element.label && wanted.has(name) !== this.canvas.hasMarker(element.label, name)) this.canvas.toggleMarker(element.label, name);
    }
  }

  nodeClasses(element) {
    const { state, heat, late, count } = this.nodeOf(element.id);
    if (this.mode === "heat") return heat ? [`h${heat}`] : [];
    if (this.mode === "tokens") return count ? [late ? "is-no" : "is-now"] : [];
    return [NODE[state] ?? "is-todo"];
  }

  flowClasses(id) {
    const flow = this.data.flows?.[id];
    const state = typeof flow === "string" ? flow : flow?.state;
    const names = [];
    if (FLOW[state]) names.push(FLOW[state]);
    else if (this.mode === "case") names.push("is-todo");
    if (flow?.width) names.push(`w${flow.width}`);
    return names;
  }

  decorate(element, below, above) {
    const data = this.nodeOf(element.id);
    const { x, y, width, height } = element;
    const small = width < 60;
    const right = x + width - 4;
    const top = y + (small ? 4 : 2);
    if (this.mode === "case" && data.state === "current") below.append(halo(element));
    if (this.mode === "heat" && data.heat >= 4) {
      below.append(svg("ellipse", { cx: x + width / 2, cy: y + height / 2, rx: width * 0.95, ry: height * 1.1, class: `g-heat h${data.heat}` }));
    }
    if (this.mode === "tokens" && data.count) above.append(mark(data.late ? "late" : "now", right, top, String(data.count)));
    if (this.mode === "case") this.signs(data, right, top, above, small);
    if (data.pill) {
      const kind = data.late ? "late" : data.soon ? "warn" : data.state === "refused" ? "no" : "";
      above.append(pill(data.pill, x + width / 2, this.pillHeight(element, data), kind));
    }
  }

  /**
   * A pill stands above its node, higher where it would cover the node's marks; on the lower edge in a heat map; below
   * where the node's own name is above.
   */
  pillHeight({ y, width, height, label }, data) {
    if (this.mode === "heat") return y + height;
    if (label && label.y < y) return y + height + 16;
    const marked = data.state === "done" || data.state === "refused" || data.returns || data.count;
    return y - (marked && pillWidth(data.pill) > width - 36 ? 22 : 12);
  }

  /** Gateways and events that were passed show it by colour and by their thick flows: names stand where a ✓ would be. */
  signs(data, right, top, above, small) {
    const returned = data.returns ?? data.count ?? (data.state === "returned" ? 1 : 0);
    let x = right;
    if (data.state === "done" && !small) {
      above.append(mark("ok", x, top));
      x -= 23;
    }
    if (data.state === "refused") {
      above.append(mark("no", x, top));
      x -= 23;
    }
    if (returned) above.append(mark("back", x, top, returned > 1 ? String(returned) : ""));
  }
}

function isPaper(element) {
  return is(element, "bpmn:Participant") || is(element, "bpmn:Lane");
}

function halo({ x, y, width, height, type }) {
  const gap = 4;
  if (/Gateway$/.test(type)) {
    const [cx, cy] = [x + width / 2, y + height / 2];
    const [rx, ry] = [width / 2 + gap, height / 2 + gap];
    return svg("path", { d: `M${cx} ${cy - ry}L${cx + rx} ${cy}L${cx} ${cy + ry}L${cx - rx} ${cy}z`, class: "g-halo" });
  }
  const radius = /Event$/.test(type) ? width / 2 + gap : 14;
  return svg("rect", { x: x - gap, y: y - gap, width: width + 2 * gap, height: height + 2 * gap, rx: radius, class: "g-halo" });
}
