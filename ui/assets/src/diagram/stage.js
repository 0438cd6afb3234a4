// The view of a diagram: how high it is, where it opens, zooming, panning by finger, full screen. Tools stand in a strip of
// their own below the drawing, at the left; the watermark has the right end of that strip for itself.
import { icon, make } from "../dom.js";
import { t } from "../words.js";
import { followFingers } from "./fingers.js";
import { within } from "./svg.js";

const STRIP = 44; // px kept free for tools and watermark
const MARGIN = 8; // px around the drawing
const LEAST = 0.5; // a desk never opens smaller: text would be unreadable
const LARGEST = 1.1; // a small drawing is not blown up beyond this
const READABLE = 0.9; // zoom on phones, and where fitting would be too small
const PHONE = "(max-width: 767.98px)";

export class Stage {
  constructor(element, viewer) {
    this.element = element;
    this.canvas = viewer.get("canvas");
    this.zoomScroll = viewer.get("zoomScroll");
    this.target = null;
    this.tools();
    this.wheel();
    followFingers(element.querySelector(".g-diagram__canvas"), this.canvas);
    this.keep = new ResizeObserver(() => this.resized());
    this.width = element.clientWidth;
    this.keep.observe(element);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.full && !event.defaultPrevented) this.toggleFull();
    });
    const outside = element.closest(".g-card")?.querySelector("[data-diagram-full]");
    outside?.addEventListener("click", () => this.toggleFull());
  }

  get full() {
    return this.element.classList.contains("is-full");
  }

  /** Shows the whole width, or on phones the target at readable size; sets the height of the element. */
  open(target) {
    this.target = target;
    const box = this.canvas.viewbox().inner;
    const width = this.element.clientWidth;
    if (!width || !box.width) return;
    const fit = Math.min((width - 2 * MARGIN) / box.width, LARGEST);
    const close = window.matchMedia(PHONE).matches || fit < LEAST;
    const zoom = close ? Math.max(fit, READABLE) : fit;
    if (!this.full && !("fill" in this.element.dataset)) {
      const room = Math.min(box.height * zoom + 2 * MARGIN, close ? 460 : 900);
      this.element.style.height = `${Math.round(room + STRIP)}px`;
      this.canvas.resized();
    }
    this.place(box, zoom, close ? target : null);
  }

  /** Moves the drawing only as far as needed to see the target, at the zoom there is. */
  reveal(target) {
    this.target = target;
    if (!target) return;
    const { x, y, width, height } = this.canvas.viewbox();
    const low = height - STRIP / this.canvas.zoom();
    const seen = target.x > x && target.x + target.width < x + width && target.y > y && target.y + target.height < y + low;
    if (!seen) this.place(this.canvas.viewbox().inner, this.canvas.zoom(), target);
  }

  /** Puts the drawing at this zoom: the target in the middle, else the upper left corner of the drawing. */
  place(box, zoom, target) {
    const width = this.element.clientWidth / zoom;
    const height = (this.element.clientHeight - STRIP) / zoom;
    const margin = MARGIN / zoom;
    let [x, y] = [box.x - margin, box.y - margin];
    if (width > box.width) x = box.x - (width - box.width) / 2;
    if (this.full && height > box.height) y = box.y - (height - box.height) / 2;
    if (target) {
      x = within(target.x + target.width / 2 - width / 2, box.x - margin, box.x + box.width + margin - width);
      y = within(target.y + target.height / 2 - height / 2, box.y - margin, box.y + box.height + margin - height);
    }
    this.canvas.viewbox({ x, y, width, height: this.element.clientHeight / zoom });
  }

  resized() {
    if (Math.abs(this.element.clientWidth - this.width) < 2) return;
    this.width = this.element.clientWidth;
    this.canvas.resized();
    this.open(this.target);
  }

  tools() {
    const button = (name, key, act) => make("button.g-iconbtn", { type: "button", "aria-label": t(key), title: t(key), onclick: act }, icon(name));
    this.fullButton = button("full", "diagram.full", () => this.toggleFull());
    this.element.append(
      make(
        "div.g-diagram__tools",
        { role: "toolbar", "aria-label": t("diagram.tools") },
        button("plus", "diagram.zoomIn", () => this.zoom(1.25)),
        button("minus", "diagram.zoomOut", () => this.zoom(0.8)),
        button("fit", "diagram.fit", () => this.fit()),
        button("target", "diagram.current", () => this.toTarget()),
        this.fullButton,
      ),
    );
  }

  zoom(by) {
    const now = this.canvas.zoom();
    this.canvas.zoom(Math.min(Math.max(now * by, 0.2), 4), { x: this.element.clientWidth / 2, y: this.element.clientHeight / 2 });
  }

  /** The whole drawing. */
  fit() {
    const box = this.canvas.viewbox().inner;
    const zoom = Math.min((this.element.clientWidth - 2 * MARGIN) / box.width, (this.element.clientHeight - STRIP - 2 * MARGIN) / box.height, 1.5);
    this.place(box, zoom, null);
  }

  toTarget() {
    if (!this.target) return this.fit();
    this.place(this.canvas.viewbox().inner, Math.max(this.canvas.zoom(), READABLE), this.target);
  }

  toggleFull() {
    const on = this.element.classList.toggle("is-full");
    document.documentElement.classList.toggle("g-has-full", on);
    const key = on ? "diagram.leaveFull" : "diagram.full";
    this.fullButton.replaceChildren(icon(on ? "unfull" : "full"));
    this.fullButton.setAttribute("aria-label", t(key));
    this.fullButton.title = t(key);
    this.zoomScroll.toggle(on);
    if (on) this.element.style.height = "";
    this.canvas.resized();
    if (on) this.fit();
    else this.open(this.target);
    this.fullButton.focus();
  }

  /** Outside full screen the wheel belongs to the page; with Ctrl (and by pinching a touch pad) it zooms. */
  wheel() {
    this.element.addEventListener(
      "wheel",
      (event) => {
        if (this.full || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        const box = this.element.getBoundingClientRect();
        const zoom = Math.min(Math.max(this.canvas.zoom() * Math.exp(-event.deltaY / 300), 0.2), 4);
        this.canvas.zoom(zoom, { x: event.clientX - box.left, y: event.clientY - box.top });
      },
      { passive: false },
    );
  }
}
