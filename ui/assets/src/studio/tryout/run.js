// The run as the browser keeps it: {start, steps}, how much of it is on show, what each step was called, the scenario it came from.
// It survives a reload and a visit to another page of the studio; each tab has its own.
const EMPTY = { start: null, steps: [], shown: 0, heads: [], scenario: "", title: "" };

export class Run {
  constructor(key) {
    this.place = `guicheng.tryout.${key}`;
    this.value = { ...EMPTY, ...this.read() };
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place)) ?? {};
    } catch {
      return {};
    }
  }

  write(change) {
    this.value = { ...this.value, ...change };
    try {
      sessionStorage.setItem(this.place, JSON.stringify(this.value));
    } catch {
      // no room: the run lives as long as the page
    }
  }

  get started() {
    return Boolean(this.value.start);
  }

  get length() {
    return this.value.steps.length;
  }

  get shown() {
    return Math.min(this.value.shown, this.length);
  }

  get scenario() {
    return this.value.scenario;
  }

  get title() {
    return this.value.title;
  }

  get heads() {
    return this.value.heads;
  }

  /** What the server plays: the steps on show; null before the start. */
  get sent() {
    return this.upTo(this.shown);
  }

  /** Every step, also those after the one looked at. */
  get whole() {
    return this.upTo(this.length);
  }

  upTo(n) {
    return this.started ? { start: this.value.start, steps: this.value.steps.slice(0, n) } : null;
  }

  /** The run with one more step after those on show. */
  with(step) {
    return { ...this.sent, steps: [...this.sent.steps, step] };
  }

  /** The run with a step in the place of the broken one at `n`, where it is the same act, else before it. */
  mended(n, step) {
    const { steps } = this.whole;
    const broken = steps[n - 1];
    const same = broken.do === step.do && broken.node === step.node && broken.person === step.person;
    return { ...this.whole, steps: [...steps.slice(0, n - 1), step, ...steps.slice(same ? n : n - 1)] };
  }

  /** The step that cannot be done: {do, node, person, data …}; the start for 0. */
  at(n) {
    return n ? this.value.steps[n - 1] : this.value.start;
  }

  /** That run was played: it is the run now. */
  take(run, heads) {
    this.write({ start: run.start, steps: run.steps, shown: run.steps.length, heads });
  }

  name(heads) {
    if (heads.length > this.heads.length || this.shown === this.length) this.write({ heads });
  }

  show(n) {
    this.write({ shown: Math.max(0, Math.min(n, this.length)) });
  }

  /** Takes back the last step on show and all after it; the start too when there is no step left. */
  undo() {
    if (!this.shown) return this.clear();
    const steps = this.value.steps.slice(0, this.shown - 1);
    this.write({ steps, shown: steps.length, heads: this.heads.slice(0, steps.length + 1) });
  }

  clear() {
    this.write(EMPTY);
  }

  /** A kept scenario becomes the run. */
  open(scenario, { name, start, steps }) {
    this.write({ start, steps, shown: steps.length, heads: [], scenario, title: name });
  }

  kept(scenario, title) {
    this.write({ scenario, title });
  }
}
