// The try-out: the browser keeps the run, the server plays it again from its start at each step.
import { Diagram } from "../../diagram.js";
import { notice, say } from "../../dom.js";
import { send } from "../net.js";
import { Clock } from "./clock.js";
import { Desk } from "./desk.js";
import { Panel } from "./panel.js";
import { Run } from "./run.js";
import { t } from "./words.js";

export class TryOut {
  constructor({ root, store }) {
    this.root = root.querySelector("[data-tryout]");
    this.store = store;
    this.run = new Run(store.key);
    this.turn = 0;
    this.clock = new Clock(this);
    this.desk = new Desk(this);
    this.panel = new Panel(this);
    store.on("replaced", () => this.again());
  }

  async open() {
    await this.draw();
    const wanted = new URLSearchParams(window.location.search).get("scenario");
    if (wanted) await this.openScenario(wanted);
    else await this.again();
    this.panel.scenarios.refresh();
    this.root.removeAttribute("aria-busy");
  }

  async draw() {
    const element = this.root.querySelector("[data-try-diagram]");
    const part = await this.store.part("diagram", this.store.key);
    if (!part) return notice(element, "warn", t("try.noDiagram"));
    this.diagram = await new Diagram(element).open({ xml: part.content, marks: {} });
    return this.diagram;
  }

  async ask(path, body) {
    return send("POST", `${this.store.base}/${path}`, { overlay: await this.store.overlay(), scenario: this.run.scenario, ...body });
  }

  /** Plays what is on show and shows it. */
  async again() {
    const turn = ++this.turn;
    const reply = await this.ask("tryout", { run: this.run.sent });
    if (turn !== this.turn) return;
    if (reply.ok) this.show(reply.data);
    else this.trouble(reply);
  }

  /**
   * Tries one more step. Answers null when it was done, else {message, errors} of the step; nothing of it is kept then.
   * Where the run has a step that cannot be done any more, the new one takes its place (the same act again) or comes before it,
   * and the rest of the run stays.
   */
  async attempt(step) {
    const broken = this.state?.error;
    if (!broken) return this.play(this.run.with(step), this.run.shown + 1);
    return this.play(this.run.mended(broken.step, step), broken.step);
  }

  async begin(start) {
    return this.play({ start, steps: this.state?.error ? this.run.whole.steps : [] }, 0);
  }

  /** Plays this run; `at` is the step it is about. */
  async play(run, at) {
    const turn = ++this.turn;
    const reply = await this.ask("tryout", { run });
    if (turn !== this.turn) return { message: "", errors: {} };
    if (!reply.ok) {
      this.trouble(reply);
      return { message: reply.message, errors: {} };
    }
    const { error } = reply.data;
    if (error && error.step <= at) return error;
    this.run.take(run, (reply.data.steps ?? []).map((one) => one.head.text));
    this.show(reply.data);
    return null;
  }

  show(state) {
    this.state = state;
    if (state.steps && !state.error) this.run.name(state.steps.map((one) => one.head.text));
    this.clock.show(state);
    this.desk.show(state);
    this.panel.show(state);
    this.diagram?.show(state.marks ?? { nodes: {}, flows: {} });
    const last = state.steps?.at(-1);
    if (last) say([last.head.text, ...last.entries.map((entry) => entry.text)].join("。"));
  }

  trouble(reply) {
    this.desk.trouble(reply);
    if (reply.status === 401) this.store.fail(reply);
  }

  jump(n) {
    this.run.show(n);
    return this.again();
  }

  undo() {
    this.run.undo();
    return this.again();
  }

  restart() {
    this.run.clear();
    window.history.replaceState(null, "", window.location.pathname);
    return this.again();
  }

  async openScenario(name) {
    const part = await this.store.part("scenario", name);
    try {
      this.run.open(name, JSON.parse(part.content));
    } catch {
      this.run.clear();
      this.desk.trouble({ message: t("try.scenario.unreadable") });
      return;
    }
    window.history.replaceState(null, "", `?scenario=${encodeURIComponent(name)}`);
    await this.again();
  }
}
