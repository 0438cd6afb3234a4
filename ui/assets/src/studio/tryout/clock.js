// The strip on top: what time it is in the run, moving it on, taking steps back, keeping the run.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

export class Clock {
  constructor(page) {
    this.page = page;
    this.box = page.root.querySelector("[data-try-clock]");
  }

  show(state) {
    const { run } = this.page;
    const running = state.state === "running" && !state.error;
    const now = make("span.g-try__now", {}, icon("clock"), make("b.g-num", {}, state.now.text), " ", state.now.weekday);
    this.box.replaceChildren(
      now,
      ...(state.state === "new" ? [] : [this.moves(state, running)]),
      make("span.g-grow"),
      this.place(run),
      ...(run.started ? [this.button("undo", t("try.undo"), () => this.page.undo()), this.button("refresh", t("try.restart"), () => this.page.restart())] : []),
      ...(run.started && run.shown === run.length && !state.error ? [this.button("check", run.scenario ? t("try.update") : t("try.keep"), (event) => this.page.panel.scenarios.keep(event.currentTarget))] : []),
    );
  }

  moves(state, running) {
    const next = state.timers[0];
    const days = make("input.form-control.form-control-sm.g-num", { type: "number", min: 1, max: 1000, value: 1, "aria-label": t("try.days"), disabled: !running });
    const until = make("input.form-control.form-control-sm.g-num", { type: "datetime-local", value: state.now.at.slice(0, 16), min: state.now.at.slice(0, 16), "aria-label": t("try.until"), disabled: !running });
    const menu = make(
      "details.g-menu",
      {},
      make("summary.btn.btn-sm", {}, t("try.move"), icon("down")),
      make(
        "div.g-menu__list.g-try__moves",
        {},
        make("div.g-row", {}, make("label", {}, t("try.days")), days, make("button.btn.btn-sm", { type: "button", onclick: () => this.wait({ days: Number(days.value) || 1 }) }, t("try.go"))),
        make("div.g-row", {}, make("label", {}, t("try.until")), until, make("button.btn.btn-sm", { type: "button", onclick: () => this.wait({ until: until.value }) }, t("try.go"))),
      ),
    );
    menu.hidden = !running;
    const forward = make("button.btn.btn-sm", { type: "button", onclick: () => this.wait({}), title: next ? `${next.text} ${next.at}` : "" }, icon("play"), next ? t("try.next", { what: next.text, at: next.at.slice(5) }) : t("try.noTimer"));
    forward.disabled = !running || !next;
    return make("span.g-row.g-try__move", {}, forward, menu);
  }

  /** Which step is on show; the whole run again by one click. */
  place(run) {
    if (!run.started || run.shown === run.length) return "";
    return make("span.g-row.g-small.g-2", {}, t("try.looking", { n: run.shown, all: run.length }), make("button.btn.btn-sm.btn-link", { type: "button", onclick: () => this.page.jump(run.length) }, t("try.toEnd")));
  }

  button(name, text, act) {
    return make("button.btn.btn-sm", { type: "button", onclick: act }, icon(name), text);
  }

  async wait(how) {
    const error = await this.page.attempt({ do: "wait", ...how });
    if (error) this.page.desk.trouble(error);
  }
}
