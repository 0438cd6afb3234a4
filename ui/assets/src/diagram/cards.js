// Nodes can be reached by keyboard; pointing at one or focusing it shows its card: state, who, since when, until when, opinion.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { make } from "../dom.js";
import { t } from "../words.js";

export class Cards {
  constructor(element, viewer, marks) {
    this.element = element;
    this.marks = marks;
    this.canvas = viewer.get("canvas");
    this.elements = viewer.get("elementRegistry");
    this.card = make("div.g-diagram__card", { hidden: true, role: "status" });
    element.append(this.card);
    const events = viewer.get("eventBus");
    events.on("element.hover", ({ element: node }) => this.show(node));
    events.on("element.out", () => this.hide());
    events.on("element.click", ({ element: node }) => this.show(node));
    events.on("canvas.viewbox.changing", () => this.hide());
    element.addEventListener("focusin", ({ target }) => target.dataset?.elementId && this.show(this.elements.get(target.dataset.elementId)));
    element.addEventListener("focusout", () => this.hide());
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.card.hidden) return;
      this.hide();
      event.preventDefault();
    });
  }

  /** Every node of the plane on show becomes focusable, in reading order, and says what it is. */
  label() {
    for (const drill of this.element.querySelectorAll(".bjs-drilldown")) drill.setAttribute("aria-label", drill.title);
    const root = this.canvas.getRootElement();
    this.elements.forEach((node) => {
      if (!isNode(node) || this.canvas.findRoot(node) !== root) return;
      const group = this.canvas.getGraphics(node);
      const name = node.businessObject.name;
      if (!name && !this.marks.nodeOf(node.id).card) return;
      group.setAttribute("tabindex", "0");
      group.setAttribute("role", "img");
      group.setAttribute("aria-label", [name, ...this.facts(node).map(([label, text]) => `${label} ${text}`)].filter(Boolean).join("，"));
    });
  }

  facts(node) {
    const { state, late, card = [], count } = this.marks.nodeOf(node.id);
    const facts = [];
    if (this.marks.mode === "case") {
      const word = t(`diagram.state.${state ?? "none"}`);
      facts.push([t("diagram.state"), late ? `${word}，${t("diagram.late")}` : word]);
    } else if (this.marks.mode === "tokens" && count) facts.push(["", t("diagram.tokens", { n: count })]);
    return [...facts, ...card];
  }

  show(node) {
    if (!isNode(node)) return this.hide();
    const name = node.businessObject.name;
    const facts = this.facts(node);
    if (!name && facts.length < 2) return this.hide();
    const list = make("dl");
    for (const [label, text] of facts) list.append(make("div", {}, make("dt", {}, label), make("dd", {}, String(text ?? ""))));
    this.card.replaceChildren(make("b.g-b", {}, name ?? ""), list);
    this.card.hidden = false;
    this.place(node);
  }

  /** Below the node, above it where there is no room; never outside the drawing. */
  place(node) {
    const frame = this.element.getBoundingClientRect();
    const box = this.canvas.getGraphics(node).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const left = Math.min(Math.max(box.left - frame.left + box.width / 2 - width / 2, 8), Math.max(frame.width - width - 8, 8));
    const under = box.bottom - frame.top + 10;
    const over = box.top - frame.top - height - 10;
    this.card.style.left = `${left}px`;
    this.card.style.top = `${under + height > frame.height && over > 0 ? over : under}px`;
  }

  hide() {
    this.card.hidden = true;
  }
}

function isNode(node) {
  return Boolean(node) && !node.waypoints && !node.labelTarget && is(node, "bpmn:FlowNode");
}
