// The diagrams: one in which what is gone is drawn in as a ghost, or both beside each other, moving together.
import { icon, make, notice } from "../../dom.js";
import { Drawing } from "./drawing.js";
import { t } from "./words.js";

const REMEMBER = "guicheng-compare-view";
const NARROW = "(max-width: 1199.98px)";

export class Diagrams {
  constructor(element, data) {
    this.element = element;
    this.data = data;
    this.onPick = () => {};
    this.drawings = [];
  }

  open() {
    let view = "overlay";
    try {
      view = localStorage.getItem(REMEMBER) ?? view;
    } catch {
      // a browser that keeps nothing: the usual view
    }
    this.show(window.matchMedia(NARROW).matches ? "overlay" : view);
  }

  async show(view) {
    for (const drawing of this.drawings) drawing.destroy();
    const { entries, before, after } = this.data.diagram;
    const { from, to } = this.data;
    const sides =
      view === "beside"
        ? [["before", before, from], ["after", after, to]]
        : [["overlay", after, to]];
    this.drawings = sides.map(([side]) => new Drawing(side, entries));
    const boxes = this.drawings.map((drawing, place) => {
      const [side, , state] = sides[place];
      const title = side === "overlay" ? null : make("div.g-cmp__side", {}, t(`compare.${side}`, { state: state.label }));
      return make("div.g-cmp__drawing.g-diagram", { role: "group", "aria-label": title?.textContent ?? t("compare.tab.diagram") }, title, drawing.element);
    });
    this.element.replaceChildren(make(`div.g-cmp__drawings.is-${view}`, {}, ...boxes), this.tools(view), legend());
    await Promise.all(
      this.drawings.map(async (drawing, place) => {
        const [, xml, state] = sides[place];
        if (await drawing.draw(xml)) return;
        notice(drawing.element, "warn", t("compare.undrawable", { side: state.label }));
      }),
    );
    for (const drawing of this.drawings) {
      drawing.onPick = (id) => this.picked(id);
      drawing.onMove = (box) => this.follow(drawing, box);
    }
    if (this.current) this.pick(this.current);
    else this.drawings[0]?.open();
  }

  /** What is drawn on both sides moves together. */
  follow(leader, box) {
    for (const drawing of this.drawings) if (drawing !== leader) drawing.look(box);
  }

  picked(id) {
    const entry = this.data.diagram.entries.find((one) => one.id === id);
    if (!entry) return;
    this.current = entry;
    for (const drawing of this.drawings) drawing.mark(entry.id);
    this.onPick(entry.id);
  }

  /** Shows an entry of the list. */
  pick(entry) {
    this.current = entry;
    for (const drawing of this.drawings) drawing.pick(entry);
  }

  fit() {
    this.drawings[0]?.fit();
  }

  tools(view) {
    const button = (name, key, act) => make("button.g-iconbtn", { type: "button", "aria-label": t(key), title: t(key), onclick: act }, icon(name));
    const choice = (name) =>
      make("button", { type: "button", "aria-pressed": String(view === name), "aria-current": view === name ? "true" : null, "data-view": name, onclick: () => this.choose(name) }, t(`compare.${name}`));
    return make(
      "div.g-cmp__tools",
      { role: "toolbar", "aria-label": t("compare.tools") },
      button("plus", "compare.zoomIn", () => this.zoom(1.25)),
      button("minus", "compare.zoomOut", () => this.zoom(0.8)),
      button("fit", "compare.fit", () => this.fit()),
      make("div.g-seg.g-cmp__views", { role: "group", "aria-label": t("compare.showing") }, choice("overlay"), choice("beside")),
    );
  }

  zoom(by) {
    this.drawings[0]?.zoom(by);
  }

  choose(view) {
    try {
      localStorage.setItem(REMEMBER, view);
    } catch {
      // the choice holds as long as the page
    }
    this.show(view);
  }
}

function legend() {
  const kinds = ["added", "removed", "changed", "moved"];
  return make("div.g-legend.g-cmp__legend", {}, ...kinds.map((kind) => make("span", {}, make(`i.is-${kind}`), t(`compare.${kind}`))));
}
