// 预览: the form in frames as wide as a desk and a phone, shown by the viewer that tasks use, with sample values to try.
import { later, make, notice } from "../../dom.js";
import { send } from "../net.js";
import { t } from "../parts/words.js";
import { Rules } from "./rules.js";

const WIDTH = { desk: 960, phone: 390 };

export class Preview {
  constructor(box, store) {
    this.box = box;
    this.store = store;
    this.frames = box.querySelector("[data-frames]");
    this.note = box.querySelector("[data-preview-note]");
    this.said = box.querySelector("[data-preview-said]");
    this.rules = new Rules(box.querySelector("[data-preview-rules]"));
    this.explain = later(() => this.tellRules(), 400);
    this.fill = "sample";
    for (const button of box.querySelectorAll("[data-width]")) button.addEventListener("click", () => this.choose(button.dataset.width));
    for (const button of box.querySelectorAll("[data-fill]")) button.addEventListener("click", () => this.refill(button.dataset.fill));
    box.querySelector("[data-try]").addEventListener("click", () => this.tryOut());
    new ResizeObserver(() => this.fit()).observe(this.frames);
  }

  /** Shows the form in this text; the newest call wins. */
  async show(text) {
    this.text = text;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const [reply] = await Promise.all([send("POST", `${this.store.base}/forms/preview.json`, { content: text }), this.build()]);
    if (turn !== this.turn) return;
    this.note.replaceChildren();
    if (!reply.ok) return notice(this.note, "warn", reply.status ? reply.message : t("preview.offline"));
    const { schema, left_out: leftOut } = reply.data;
    this.given = reply.data;
    this.frames.hidden = !schema;
    if (!schema) this.rules.show([]);
    if (!schema) return notice(this.note, "warn", t("preview.nothing"));
    if (leftOut.length) notice(this.note, "warn", t("preview.leftOut", { names: leftOut.join("、") }));
    await this.refill(this.fill);
  }

  /** The frames, made when they are first needed. */
  async build() {
    if (!this.ready) {
      const made = Object.keys(WIDTH).map((width) => {
        const frame = make("iframe.g-fe__frame", { src: this.box.dataset.previewUrl, title: t(`preview.title.${width}`), width: WIDTH[width] });
        const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
        this.frames.append(make(`figure.g-fe__screen.g-fe__screen--${width}`, { "data-screen": width }, make("figcaption.g-small.g-3", {}, t(`preview.title.${width}`)), make("div.g-fe__glass", {}, frame)));
        return loaded;
      });
      this.ready = Promise.all(made);
    }
    await this.ready;
    for (const preview of this.windows) preview.changed = this.explain;
    this.fit();
  }

  get windows() {
    return [...this.frames.querySelectorAll("iframe")].map((frame) => frame.contentWindow.guichengPreview).filter(Boolean);
  }

  choose(width) {
    this.frames.dataset.show = width;
    for (const button of this.box.querySelectorAll("[data-width]")) button.setAttribute("aria-pressed", String(button.dataset.width === width));
    this.fit();
    this.explain();
  }

  async refill(fill) {
    this.fill = fill;
    this.said.textContent = "";
    if (this.given?.schema) await Promise.all(this.windows.map((preview) => preview.show(this.given.schema, this.given[fill])));
    await this.tellRules();
  }

  /** What each rule of the form comes to on the values of the frame that is seen; the newest answer wins. */
  async tellRules() {
    const seen = this.windows[this.visible()];
    if (!this.given?.schema || !seen) return;
    const turn = (this.telling = (this.telling ?? 0) + 1);
    const reply = await send("POST", `${this.store.base}/forms/try.json`, { content: this.text, data: seen.values() });
    if (reply.ok && turn === this.telling) this.rules.show(reply.data.rules);
  }

  /** As if it were sent: first the viewer judges, then the server. */
  async tryOut() {
    const seen = this.visible();
    const problems = this.windows.map((preview) => preview.validate())[seen] ?? [];
    if (problems.length) return this.say("warn", t("preview.wrong", { n: problems.length }));
    const data = this.windows[seen].values();
    const reply = await send("POST", `${this.store.base}/forms/try.json`, { content: this.text, data });
    if (!reply.ok) return this.say("danger", reply.message);
    const { errors, rules } = reply.data;
    this.rules.show(rules);
    const count = Object.keys(errors).length;
    if (!count) return this.say("ok", t("preview.accepted"));
    const shown = this.windows.map((preview) => preview.errors(errors))[seen];
    return this.say("warn", shown ? t("preview.wrong", { n: shown }) : t("preview.refused", { reason: Object.values(errors)[0] }));
  }

  /** Which of the two frames is tried: the one that is seen, the desk's when both are. */
  visible() {
    return this.frames.dataset.show === "phone" || this.frames.querySelector('[data-screen="desk"]').offsetParent === null ? 1 : 0;
  }

  say(kind, text) {
    this.said.className = `g-small g-fe__said g-fe__said--${kind}`;
    this.said.textContent = text;
  }

  /** A desk that is wider than its place is drawn smaller, never narrower. */
  fit() {
    for (const screen of this.frames.querySelectorAll("[data-screen]")) {
      const glass = screen.querySelector(".g-fe__glass");
      const frame = glass.querySelector("iframe");
      const width = WIDTH[screen.dataset.screen];
      const scale = Math.min(1, glass.clientWidth / width);
      if (!scale) continue;
      frame.style.transform = scale < 1 ? `scale(${scale})` : "";
      frame.style.height = `${glass.clientHeight / scale}px`;
    }
  }
}
