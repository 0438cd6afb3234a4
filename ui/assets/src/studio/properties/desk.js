// What the panel asks from the page around it: people and handlers to choose from, variables known at an element, parts of
// the draft, findings, and who a rule of candidates would be. Everything may come later; the panel is then drawn anew.

const EMPTY = { roles: [], departments: [], people: [], handlers: [], clauses: [], procedures: [] };
const NONE = [];
const PAUSE = 1000; // ms after a change of the diagram before the variables are asked for again

export class Desk {
  static $inject = ["config.guicheng", "config.propertiesPanel", "eventBus"];

  constructor(config, panel, eventBus) {
    this.config = config ?? {};
    this.panel = panel?.parent; // marked data-asking while the variables of an element are on their way
    this.bus = eventBus;
    this.context = EMPTY;
    this.known = new Map(); // element id → { list, stale, asking: a promise of the list }
    this.answers = new Map(); // rule of candidates → answer
    this.decisions = NONE;
    this.found = this.config.store?.findings ?? NONE;
    Promise.resolve(this.config.context).then((context) => this.take(context), console.error);
    this.config.store?.on?.("findings", (answer) => this.judge(answer));
    this.config.store?.on?.("design", () => this.read());
    eventBus.on("commandStack.changed", () => this.age());
    this.read();
  }

  redraw() {
    this.bus.fire("guicheng.redraw"); // not providersChanged: that would bring back what was selected a moment ago
  }

  take(context) {
    this.context = { ...EMPTY, ...context };
    this.redraw();
  }

  judge(answer) {
    this.found = answer?.findings ?? NONE;
    this.redraw();
  }

  /** Opens a group of this element, now or as soon as the panel shows the element. */
  showGroup(id, group) {
    this.wanted = { id, group };
    this.bus.fire("guicheng.showGroup");
  }

  /** Whether this group was asked for; only once. */
  wants(id, group) {
    if (this.wanted?.id !== id || this.wanted.group !== group) return false;
    this.wanted = null;
    return true;
  }

  /** The findings about one element of the diagram, the worse ones first. */
  findings(id) {
    const mine = this.found.filter((one) => one.element_id === id && (one.kind ?? "diagram") === "diagram");
    return mine.sort((a, b) => (b.level === "standard") - (a.level === "standard"));
  }

  /** The names and titles of the draft's forms or decisions. */
  parts(kind) {
    return (this.config.store?.design?.parts ?? NONE).filter((part) => part.kind === kind);
  }

  /** The address of the page that edits a part. */
  address(kind, name) {
    return `${this.config.store?.base ?? ""}/${kind === "form" ? "forms" : "decisions"}/${encodeURIComponent(name)}`;
  }

  /** Saves everything before a link to another page of the draft is followed. */
  async leave(event) {
    const { href } = event.currentTarget;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await this.config.store.flush();
    window.location.assign(href);
  }

  /** Puts a new part into the draft and saves it, so that its page finds it. Answers whether it is on the server. */
  async create(kind, name, content) {
    const { store } = this.config;
    store.edit(kind, name, content);
    const done = await store.flush();
    await store.refresh();
    return done;
  }

  /** Reads which decisions the draft's tables hold, { id, name, part, outputs }, unless it is known already. */
  read() {
    const parts = this.parts("decision");
    const state = parts.map(({ name, revision }) => `${name} ${revision}`).join();
    if (state !== this.readAt) {
      this.readAt = state; // a draft is told anew after every save
      this.reading = this.readAll(parts);
    }
    return this.reading;
  }

  async readAll(parts) {
    const texts = await Promise.all(parts.map((part) => this.config.store.part("decision", part.name)));
    this.decisions = texts.flatMap((text, index) => decisionsIn(text?.content ?? "", parts[index].name));
    this.redraw();
  }

  /** The variables known at an element: [{ name, type, detail, from }]; asked for again when the diagram has changed. */
  variables(id) {
    const held = this.known.get(id);
    if (!held || (held.stale && !held.asking)) this.ask(id, held);
    return held?.list ?? NONE;
  }

  /** The same once they are here, for what is decided by them: the first time an element is shown they take a moment. */
  async variablesOnceKnown(id) {
    const list = this.variables(id);
    return list.length ? list : (this.known.get(id).asking ?? list);
  }

  ask(id, held = { list: NONE }) {
    const asking = new Promise((done) => {
      setTimeout(async () => {
        this.known.set(id, { ...this.known.get(id), stale: false });
        const list = (await Promise.resolve(this.config.variables?.(id)).catch(() => null)) ?? held.list;
        const { stale } = this.known.get(id); // the diagram may have changed meanwhile: it is asked again
        this.known.set(id, { list, stale, asking: null });
        if (stale || JSON.stringify(list) !== JSON.stringify(held.list)) this.redraw();
        this.tellAsking();
        done(list);
      }, held.stale ? PAUSE : 0);
    });
    this.known.set(id, { ...held, asking });
    this.tellAsking();
  }

  tellAsking() {
    this.panel?.toggleAttribute("data-asking", [...this.known.values()].some((held) => held.asking));
  }

  age() {
    for (const [id, held] of this.known) this.known.set(id, { ...held, stale: true });
  }

  /** Who a rule of candidates would be now: { people, note }; null while nobody can say. */
  async whoWould(candidates) {
    const key = JSON.stringify(candidates);
    if (!this.answers.has(key)) {
      const answer = Promise.resolve(this.config.whoWould?.(candidates)).catch(() => null);
      this.answers.set(key, answer);
      if (!(await answer)) this.answers.delete(key);
      return answer;
    }
    return this.answers.get(key);
  }
}

function decisionsIn(xml, part) {
  const root = new DOMParser().parseFromString(xml, "application/xml");
  if (root.querySelector("parsererror")) return NONE;
  return [...root.getElementsByTagNameNS("*", "decision")].map((decision) => ({
    id: decision.getAttribute("id") ?? "",
    name: decision.getAttribute("name") ?? "",
    part,
    outputs: [...decision.getElementsByTagNameNS("*", "output")].map((output) => output.getAttribute("name") ?? ""),
  }));
}
