// One diagram, coloured by what became of each element; removed ones are drawn as ghosts where the other side had them.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { followFingers } from "../../diagram/fingers.js";
import { HOUSE } from "../../diagram/look.js";
import { fittingNames } from "../../diagram/names.js";
import { pill, svg, within } from "../../diagram/svg.js";
import { make } from "../../dom.js";
import { t } from "./words.js";

const WORDS = { "Open {element}": t("diagram.drill") };
const translate = { translate: ["value", (text, fields = {}) => (WORDS[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole)] };

const MARGIN = 24;
const LARGEST = 1.2;
const READABLE = 0.55; // smaller than this nothing can be read: the first change is shown instead of the whole
const LOUD = new Set(["added", "removed", "changed"]);

export class Drawing {
  /** `side`: before, after, or overlay (after, with what is gone). */
  constructor(side, entries) {
    this.side = side;
    this.entries = entries.filter((entry) => side !== "before" || entry.kind !== "added").filter((entry) => side !== "after" || entry.kind !== "removed");
    this.element = make("div.g-diagram__canvas");
    this.onPick = this.onMove = () => {};
  }

  /** Answers whether it could be drawn. */
  async draw(xml) {
    this.viewer = new NavigatedViewer({ container: this.element, additionalModules: [fittingNames, translate], ...HOUSE });
    try {
      await this.viewer.importXML(xml);
    } catch (error) {
      console.info("diagram not drawn:", error.message);
      this.destroy();
      return false;
    }
    this.canvas = this.viewer.get("canvas");
    this.elements = this.viewer.get("elementRegistry");
    followFingers(this.element, this.canvas);
    this.colour();
    this.marks();
    const events = this.viewer.get("eventBus");
    events.on("element.click", ({ element }) => this.onPick((element.labelTarget ?? element).id));
    events.on("root.set", () => this.marks());
    events.on("canvas.viewbox.changed", () => !this.following && this.onMove(this.canvas.viewbox()));
    return true;
  }

  colour() {
    this.elements.forEach((element) => {
      if (is(element, "bpmn:Participant") || is(element, "bpmn:Lane")) this.canvas.addMarker(element, "g-lane");
    });
    for (const { id, kind } of this.entries) {
      const element = this.elements.get(id);
      if (!element || this.canvas.getRootElements().includes(element)) continue;
      for (const one of [element, ...(element.labels ?? [])]) this.canvas.addMarker(one, `is-${kind}`);
    }
  }

  marks() {
    for (const drill of this.element.querySelectorAll(".bjs-drilldown")) drill.setAttribute("aria-label", drill.title);
    const ghosts = this.layer("g-ghosts", -1);
    const above = this.layer("g-above", 3);
    const root = this.canvas.getRootElement();
    const inside = new Map();
    for (const entry of this.entries) {
      const element = this.elements.get(entry.id);
      const here = element ? this.canvas.findRoot(element) === root : this.planeOf(entry.inside) === root;
      if (!here) this.countInside(inside, entry, element);
      else {
        if (this.side === "overlay" && entry.was_at.length) ghosts.append(this.ghost(entry));
        if (element && !element.waypoints && LOUD.has(entry.kind)) above.append(sign(entry.kind, element));
      }
    }
    for (const [id, n] of inside) {
      const shape = this.elements.get(id);
      if (shape && this.canvas.findRoot(shape) === root) above.append(pill(t("compare.inside", { n }), shape.x + shape.width / 2, shape.y - 14, "warn"));
    }
  }

  layer(name, index) {
    const layer = this.canvas.getLayer(name, index);
    layer.replaceChildren();
    layer.setAttribute("aria-hidden", "true");
    return layer;
  }

  planeOf(subprocess) {
    return this.canvas.getRootElements().find((root) => root.id === `${subprocess}_plane`) ?? this.canvas.getRootElements()[0];
  }

  /** Changes on the plane of a collapsed subprocess are told on its shape. */
  countInside(counts, entry, element) {
    if (entry.kind === "moved" || entry.under) return;
    const plane = element ? this.canvas.findRoot(element) : this.planeOf(entry.inside);
    const id = plane.id.replace(/_plane$/, "");
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  /** Where something was: removed elements with their name, moved ones as an outline. */
  ghost(entry) {
    const at = entry.was_at;
    const group = svg("g", { class: `g-ghost g-ghost--${entry.kind}`, "data-ghost": entry.id });
    if (entry.type === "sequenceFlow" || entry.type === "association") {
      const points = [];
      for (let place = 0; place < at.length; place += 2) points.push(`${at[place]},${at[place + 1]}`);
      group.append(svg("polyline", { points: points.join(" ") }), arrowHead(at));
      return group;
    }
    const [x, y, width, height] = at;
    group.append(outline(entry.type, x, y, width, height));
    if (entry.kind === "removed") {
      const small = width < 60;
      group.append(...words(entry.name, x + width / 2, small ? y + height + 16 : y + height / 2 + 5, small ? 10 : Math.max(Math.floor((width - 8) / 14), 3)));
      group.append(mark("removed", x + width - 4, y + 2));
    }
    return group;
  }

  fit() {
    if (!this.canvas) return;
    const box = this.canvas.viewbox();
    const { inner, outer } = box;
    if (!inner.width || !outer.width) return;
    const scale = Math.min((outer.width - 2 * MARGIN) / inner.width, (outer.height - 2 * MARGIN - 40) / inner.height, LARGEST);
    const [width, height] = [outer.width / scale, outer.height / scale];
    this.canvas.viewbox({ x: inner.x - (width - inner.width) / 2, y: inner.y - (height - inner.height) / 2, width, height });
  }

  /** The whole drawing where it can be read; else the first thing that changed. */
  open() {
    this.fit();
    if (!this.canvas || this.canvas.zoom() >= READABLE) return;
    const first = this.entries.find((entry) => entry.kind !== "moved" && this.placeOf(entry));
    if (first) this.show(this.placeOf(first));
  }

  /** Where an entry is drawn on the plane on show. */
  placeOf(entry) {
    const element = this.elements.get(entry.id);
    const root = this.canvas.getRootElement();
    if (element) return this.canvas.findRoot(element) === root && element !== root ? boxOf(element) : null;
    return this.planeOf(entry.inside) === root ? boxOfGhost(entry) : null;
  }

  zoom(by) {
    const { outer } = this.canvas.viewbox();
    this.canvas.zoom(Math.min(Math.max(this.canvas.zoom() * by, 0.2), 4), { x: outer.width / 2, y: outer.height / 2 });
  }

  look({ x, y, width, height }) {
    if (!this.canvas) return;
    this.following = true;
    this.canvas.viewbox({ x, y, width, height });
    this.following = false;
  }

  mark(id) {
    this.elements?.forEach((element) => this.canvas.hasMarker(element, "is-picked") && this.canvas.removeMarker(element, "is-picked"));
    const element = this.elements?.get(id);
    if (element && !this.canvas.getRootElements().includes(element)) this.canvas.addMarker(element, "is-picked");
    for (const ghost of this.element.querySelectorAll("[data-ghost]")) ghost.classList.toggle("is-picked", ghost.dataset.ghost === id);
  }

  /** Goes to the plane of an entry, brings it into view and marks it. */
  pick(entry) {
    if (!this.canvas) return;
    const element = this.elements.get(entry.id);
    const isRoot = element && this.canvas.getRootElements().includes(element);
    const plane = element && !isRoot ? this.canvas.findRoot(element) : this.planeOf(entry.inside);
    if (plane && plane !== this.canvas.getRootElement()) this.canvas.setRootElement(plane);
    this.mark(entry.id);
    const box = this.placeOf(entry);
    if (box) this.show(box);
  }

  /** In the middle where it is out of sight or too small to read; else the view stays. */
  show(box) {
    const view = this.canvas.viewbox();
    const zoom = Math.max(view.scale, 0.7);
    const inside = box.x >= view.x && box.y >= view.y && box.x + box.width <= view.x + view.width && box.y + box.height <= view.y + view.height - 60 / view.scale;
    if (inside && view.scale >= READABLE) return;
    const [width, height] = [view.outer.width / zoom, view.outer.height / zoom];
    const { inner } = view;
    const x = within(box.x + box.width / 2 - width / 2, inner.x - MARGIN, inner.x + inner.width + MARGIN - width);
    const y = within(box.y + box.height / 2 - height / 2, inner.y - MARGIN, inner.y + inner.height + 3 * MARGIN - height);
    this.canvas.viewbox({ x, y, width, height });
  }

  destroy() {
    this.viewer?.destroy();
    this.canvas = this.elements = this.viewer = null;
  }
}

function boxOf(element) {
  if (!element.waypoints) return element;
  const xs = element.waypoints.map((point) => point.x);
  const ys = element.waypoints.map((point) => point.y);
  return { x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
}

function boxOfGhost({ type, was_at: at }) {
  if (!at.length) return null;
  if (type !== "sequenceFlow" && type !== "association") return { x: at[0], y: at[1], width: at[2], height: at[3] };
  const points = [];
  for (let place = 0; place < at.length; place += 2) points.push({ x: at[place], y: at[place + 1] });
  return boxOf({ waypoints: points });
}

function sign(kind, { x, y, width }) {
  const small = width < 60;
  return mark(kind, x + width - 4, y + (small ? -2 : 2));
}

/** A round mark with the first word of a kind. */
function mark(kind, x, y) {
  const word = svg("text", { y: 4.2, "text-anchor": "middle" }, t(`compare.mark.${kind}`));
  return svg("g", { transform: `translate(${x} ${y})`, class: `g-cmpmark g-cmpmark--${kind}` }, svg("circle", { r: 10 }), word);
}

function outline(type, x, y, width, height) {
  if (/Gateway$/.test(type)) return svg("path", { d: `M${x + width / 2} ${y}l${width / 2} ${height / 2}l${-width / 2} ${height / 2}l${-width / 2} ${-height / 2}z` });
  if (/Event$/.test(type)) return svg("circle", { cx: x + width / 2, cy: y + height / 2, r: width / 2 });
  return svg("rect", { x, y, width, height, rx: type === "lane" || type === "participant" ? 0 : 10 });
}

/** A name in lines of so many letters, its middle at x, y. */
function words(name, x, y, letters) {
  const lines = [];
  for (let place = 0; place < name.length && lines.length < 3; place += letters) lines.push(name.slice(place, place + letters));
  const top = y - ((lines.length - 1) * 17) / 2;
  return lines.map((line, place) => svg("text", { x, y: top + place * 17, "text-anchor": "middle" }, line));
}

function arrowHead(at) {
  const [x1, y1, x2, y2] = at.slice(-4);
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const corner = (turn) => `${x2 - 10 * Math.cos(angle + turn)} ${y2 - 10 * Math.sin(angle + turn)}`;
  return svg("path", { d: `M${x2} ${y2}L${corner(0.4)}L${corner(-0.4)}z`, class: "g-ghost__head" });
}
