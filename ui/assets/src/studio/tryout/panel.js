// Below the diagram: what happened step by step, the variables by scope, who has what until when, the scenarios.
import { make } from "../../dom.js";
import { said } from "./people.js";
import { Scenarios } from "./scenarios.js";
import { Story } from "./story.js";
import { waits } from "./waits.js";
import { t } from "./words.js";

const TABS = ["story", "variables", "who", "scenarios"];

export class Panel {
  constructor(page) {
    this.page = page;
    this.box = page.root.querySelector("[data-try-panel]");
    this.count = Object.fromEntries(TABS.map((name) => [name, make("span.g-num")]));
    this.bodies = Object.fromEntries(TABS.map((name) => [name, make("div.g-try__body", { id: `try-panel-${name}`, role: "tabpanel", "aria-labelledby": `try-tab-${name}` })]));
    const tabs = TABS.map((name) => make("button", { type: "button", role: "tab", id: `try-tab-${name}`, "aria-controls": `try-panel-${name}`, onclick: () => this.tab(name) }, t(`try.tab.${name}`), " ", this.count[name]));
    this.box.replaceChildren(make("div.g-row.g-findhead", {}, make("div.g-tabs", { role: "tablist" }, ...tabs)), ...Object.values(this.bodies));
    this.story = new Story(page, this.bodies.story);
    this.scenarios = new Scenarios(page, this.bodies.scenarios, this.count.scenarios);
    this.tab("story");
  }

  tab(name) {
    for (const one of TABS) {
      this.box.querySelector(`#try-tab-${one}`).setAttribute("aria-selected", String(one === name));
      this.bodies[one].hidden = one !== name;
    }
  }

  show(state) {
    this.story.show(state);
    this.variables(state.variables ?? []);
    this.who(state);
    this.scenarios.mark();
    const n = this.page.run.length;
    this.count.story.textContent = this.page.run.started && n ? n : "";
    this.count.who.textContent = (state.items?.length ?? 0) + (state.waiting?.length ?? 0) || "";
  }

  variables(scopes) {
    const rows = scopes.flatMap((scope) => [
      scopes.length > 1 ? make("tr", {}, make("th.g-try__scope", { colspan: 3, scope: "colgroup" }, scope.name)) : "",
      ...scope.rows.map((row) => make(`tr${row.changed ? ".is-new" : ""}`, {}, make("td.g-try__name", {}, row.name, row.changed ? make("span.g-badge.g-badge--run", {}, t("try.changed")) : ""), make("td.g-3", {}, row.type), make("td.g-try__value", {}, row.value))),
    ]);
    const head = make("thead", {}, make("tr", {}, ...["name", "type", "value"].map((name) => make("th", {}, t(`try.var.${name}`)))));
    const body = make("tbody", {}, ...rows.filter(Boolean));
    this.bodies.variables.replaceChildren(scopes.length ? make("table.g-table.g-try__vars", {}, head, body) : make("p.g-3.g-try__none", {}, t("try.notStarted")));
  }

  who({ items = [], timers = [], services = [], waiting = [], state }) {
    if (state === "new") {
      this.bodies.who.replaceChildren(make("p.g-3.g-try__none", {}, t("try.notStarted")));
      return;
    }
    this.bodies.who.replaceChildren(
      section(t("try.who.items"), items.map((item) => line(item.name, item.people.length ? item.people.map(said).join("、") : make("span.g-danger", {}, t("try.nobody")), item.due ? make("span", { title: item.due.title }, item.due.text) : ""))),
      section(t("try.who.timers"), timers.map((timer) => line(timer.text, timer.at, this.button(t("try.moveThere"), { do: "wait", until: timer.at.replace(" ", "T") })))),
      section(t("try.who.waits"), waits(this.page, waiting)),
      section(t("try.who.services"), services.flatMap((one) => one.codes.map((code) => line(one.name, t("try.code", { code }), this.button(t("try.fail"), { do: "fail", node: one.node, action: code }))))),
    );
  }

  button(text, step) {
    const act = make("button.btn.btn-sm.btn-link", { type: "button", onclick: async () => this.page.desk.trouble((await this.page.attempt(step)) ?? { message: "" }) }, text);
    act.disabled = this.page.state?.state !== "running";
    return act;
  }
}

function section(title, lines) {
  return lines.length ? make("section.g-try__lines", {}, make("h3", {}, title), make("ul", {}, ...lines)) : "";
}

function line(name, text, act) {
  return make("li", {}, make("b.g-b", {}, name), make("span", {}, text), make("span.g-try__act", {}, act));
}

