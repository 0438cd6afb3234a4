// The page: the choice of the two states, a tab for each kind of part, and what differs in each.
import { icon, make, notice } from "../../dom.js";
import { Diagrams } from "./diagrams.js";
import { Entries } from "./entries.js";
import { sheets } from "./sheets.js";
import { t } from "./words.js";

const TABS = ["diagram", "forms", "decisions", "scenarios"];

export class Page {
  constructor(element) {
    this.element = element;
    this.body = element.querySelector("[data-compare-body]");
    this.tabs = element.querySelector("[data-compare-tabs]");
    this.choice = element.querySelector("[data-compare-choice]");
    this.choice.addEventListener("change", () => this.choice.requestSubmit());
    this.tabs.addEventListener("keydown", (event) => this.turn(event));
    this.choice.querySelector("[data-swap]").addEventListener("click", () => this.swap());
  }

  swap() {
    const [from, to] = ["from", "to"].map((name) => this.choice.elements[name]);
    [from.value, to.value] = [to.value, from.value];
    this.choice.requestSubmit();
  }

  async open() {
    this.data = await this.read();
    this.body.removeAttribute("aria-busy");
    if (!this.data) return notice(this.body, "danger", t("compare.failed"));
    if (this.data.count === 0 && !this.data.diagram.note) return this.nothing();
    const counts = this.counts();
    const filled = TABS.filter((tab) => tab !== "scenarios" || counts.scenarios);
    this.tabs.hidden = false;
    this.tabs.replaceChildren(...filled.map((tab) => this.tabButton(tab, counts[tab])));
    const wanted = new URLSearchParams(location.hash.slice(1)).get("tab");
    this.show(filled.includes(wanted) ? wanted : (filled.find((tab) => counts[tab]) ?? "diagram"));
  }

  async read() {
    try {
      const reply = await fetch(this.element.dataset.url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      return reply.ok ? await reply.json() : null;
    } catch {
      return null;
    }
  }

  /** What a person reads in each tab; what only moved counts for one. */
  counts() {
    const { diagram, forms, decisions, scenarios } = this.data;
    const told = diagram.entries.filter((entry) => entry.kind !== "moved" && !entry.under).length;
    const moved = diagram.entries.some((entry) => entry.kind === "moved") ? 1 : 0;
    const sum = (list) => list.reduce((all, sheet) => all + sheet.count, 0);
    return { diagram: told + moved, forms: sum(forms), decisions: sum(decisions), scenarios: sum(scenarios) };
  }

  tabButton(tab, count) {
    return make("button", { type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}`, "data-panel": tab, onclick: () => this.show(tab) }, t(`compare.tab.${tab}`), make("span.g-num", {}, String(count)));
  }

  show(tab) {
    for (const button of this.tabs.children) {
      const on = button.dataset.panel === tab;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    const panel = make("div.g-cmp__panel", { role: "tabpanel", id: `panel-${tab}`, "aria-labelledby": `tab-${tab}` });
    this.body.replaceChildren(panel);
    history.replaceState(null, "", `#tab=${tab}`);
    if (tab === "diagram") return this.diagram(panel);
    const list = this.data[tab];
    const same = { forms: "compare.sameForms", decisions: "compare.sameDecisions", scenarios: "compare.sameScenarios" }[tab];
    panel.append(list.length ? sheets(list, tab) : empty(t(same)));
  }

  /** Arrow keys go from tab to tab. */
  turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...this.tabs.children];
    const next = tabs[(tabs.indexOf(event.target.closest("[role=tab]")) + step + tabs.length) % tabs.length];
    this.show(next.dataset.panel);
    next.focus();
    event.preventDefault();
  }

  diagram(panel) {
    const { entries, note } = this.data.diagram;
    panel.classList.add("g-cmp__panel--diagram");
    const stage = make("div.g-cmp__stage");
    const aside = make("aside.g-cmp__list", { "aria-label": t("compare.list"), tabindex: "-1" });
    panel.append(stage, aside);
    const diagrams = new Diagrams(stage, this.data);
    const list = new Entries(aside, entries, note, (entry) => diagrams.pick(entry));
    diagrams.onPick = (id) => list.pick(id);
    diagrams.open();
  }

  nothing() {
    const { from, to } = this.data;
    if (this.choice.elements.from.options.length < 2) return this.body.replaceChildren(empty(t("compare.onlyOne")));
    this.body.replaceChildren(empty(t("compare.sameSides", { from: from.label, to: to.label }), t("compare.pickOther")));
  }
}

function empty(text, more = "") {
  return make("div.g-cmp__empty", {}, icon("check", 20), make("p.g-b", {}, text), more && make("p.g-3", {}, more));
}
