// Step by step: what was done, and in words what the diagram, the tables, the clock and the handlers made of it. A click on a
// step shows how things stood after it.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const ICON = {
  item: "inbox", gateway: "gateway", decision: "table", machine: "gear", effect: "wrench", error: "warn", timer: "timer",
  event: "flag", remind: "bell", late: "alarm", notice: "mail", cancelled: "close", end: "end",
};

export class Story {
  constructor(page, box) {
    this.page = page;
    this.box = box;
  }

  show(state) {
    const { run } = this.page;
    if (state.state === "new" && !state.error) {
      this.box.replaceChildren(make("p.g-3.g-try__none", {}, t("try.storyEmpty")));
      return;
    }
    const steps = (state.steps ?? []).map((step) => this.step(step, run.shown === step.n && !state.error));
    this.ahead = new Map((state.ahead ?? []).map((text, index) => [state.error.step + index, text]));
    const failed = state.error ? [this.failed(state.error)] : [];
    const later = [];
    for (let n = steps.length + failed.length; n <= run.length; n += 1) later.push(this.later(n));
    this.box.replaceChildren(make("ol.g-try__story", {}, ...steps, ...failed, ...later));
    this.box.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  step({ n, head, entries }, current) {
    const open = current || this.page.run.length < 3;
    const list = make("ul.g-try__entries", {}, ...entries.map(entry));
    const go = make("button.g-try__step", { type: "button", title: t("try.jump"), onclick: () => this.page.jump(n) }, make("span.g-try__n.g-num", {}, n || icon("start")), make("b.g-b", {}, head.text), make("span.g-small.g-3.g-num", {}, head.at));
    return make("li", { "aria-current": current ? "step" : null }, go, head.detail ? make("p.g-try__said", {}, `“${head.detail}”`) : "", entries.length ? make("details", { open }, make("summary.g-small.g-3", {}, t("try.entries", { n: entries.length })), list) : "");
  }

  nameOf(n) {
    return this.ahead.get(n) ?? this.page.run.heads[n] ?? (n ? t("try.step", { n }) : t("try.start"));
  }

  failed({ step, message, errors }) {
    const name = this.nameOf(step);
    return make("li.is-failed", {}, make("div.g-try__step", {}, make("span.g-try__n.g-num", {}, icon("warn")), make("b.g-b.g-danger", {}, name)), make("p.g-danger", {}, [message, ...Object.values(errors)].join(" ")));
  }

  later(n) {
    const name = this.nameOf(n);
    return make("li.is-later", {}, make("button.g-try__step", { type: "button", onclick: () => this.page.jump(n) }, make("span.g-try__n.g-num", {}, n), make("span", {}, name)));
  }
}

function entry({ kind, text, detail, at }) {
  return make(`li.g-try__entry.is-${kind}`, { title: at }, icon(ICON[kind] ?? "info"), make("span", {}, text, detail ? make("span.g-3.g-try__why", {}, detail) : ""));
}
