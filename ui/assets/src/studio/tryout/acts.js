// The acts of an item: its buttons, the opinion, where 退回 goes; claiming, handing over and withdrawing in the menu.
import { showFieldProblem } from "../../dialogs.js";
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const WITHOUT_FORM = new Set(["reject", "return"]);
const PRIMARY = new Set(["approve", "agree", "submit"]);

export class Acts {
  constructor(desk, item) {
    this.desk = desk;
    this.item = item;
  }

  elements() {
    const { item } = this;
    if (!item.people.length) return [];
    const speaks = item.acts.some((act) => act.opinion !== "none");
    const needed = item.acts.length > 0 && item.acts.every((act) => act.opinion === "required");
    this.opinion = make("textarea.form-control", { id: "try-opinion", rows: 2, maxlength: 500 });
    const opinion = make("div.g-field", { "data-field": "opinion" }, make("label.g-label", { for: "try-opinion" }, t("opinion.label"), needed ? make("span.g-req", { "aria-hidden": "true" }, "*") : ""), this.opinion, make("span.g-error", { "data-error": true, hidden: true }));
    const acts = item.acts.length ? item.acts : [{ value: "", label: t("try.submit"), kind: "submit", opinion: "optional" }];
    const first = acts.find((act) => PRIMARY.has(act.kind)) ?? acts[0];
    const rest = acts.filter((act) => act !== first).reverse();
    return [speaks ? opinion : "", this.targets(), make("div.g-try__acts", {}, this.menu(), make("span.g-grow"), ...[...rest, first].map((act) => this.button(act, act === first)))];
  }

  button(act, first) {
    return make(`button.btn${first ? ".btn-primary" : ""}`, { type: "button", "data-act": act.value, onclick: (event) => this.do(act, event.currentTarget) }, act.label);
  }

  /** What is wrong with the opinion, said below it; answers whether there is such a field. */
  problem(message) {
    if (!this.opinion?.isConnected) return false;
    showFieldProblem(this.opinion, message);
    if (message) this.opinion.focus();
    return true;
  }

  targets() {
    if (!this.item.returns.length) return "";
    this.target = make("select.form-select", { id: "try-target" }, make("option", { value: "" }, t("try.drawn")), ...this.item.returns.map(({ node, name }) => make("option", { value: node }, name)));
    return make("div.g-field", {}, make("label.g-label", { for: "try-target" }, t("try.returnTo")), this.target);
  }

  menu() {
    const { item } = this;
    const entries = [];
    if (!item.holder && item.people.length > 1) entries.push(this.entry("hand", t("try.claim"), () => ({ do: "claim", node: item.node, person: this.person })));
    if (!item.vote && item.people.length > 1) {
      for (const person of item.people.filter((one) => one.account !== this.person).slice(0, 8)) {
        entries.push(this.entry("swap", t("try.transfer", { who: person.name }), () => ({ do: "transfer", node: item.node, person: this.person, to: person.account })));
      }
    }
    const { recall } = this.desk.state;
    if (recall) entries.push(this.entry("return", t("try.recall", { step: recall.name }), () => ({ do: "recall", node: recall.node, person: recall.person })));
    if (this.desk.withdraw) entries.push(this.entry("exit", t("try.withdraw"), () => ({ do: "withdraw", opinion: this.opinion.value.trim() })));
    if (!entries.length) return "";
    return make("details.g-menu.g-menu--up", {}, make("summary.btn", {}, t("try.more"), icon("up")), make("div.g-menu__list", {}, ...entries));
  }

  entry(name, text, step) {
    return make("button.g-menu__item", { type: "button", onclick: ({ currentTarget }) => this.desk.act(step(), currentTarget, false) }, icon(name), text);
  }

  get person() {
    return this.desk.people.account;
  }

  do(act, button) {
    const opinion = act.opinion === "none" ? "" : this.opinion.value.trim();
    const to = act.kind === "return" ? (this.target?.value ?? "") : "";
    if (to) return this.desk.act({ do: "return", node: this.item.node, person: this.person, to, opinion }, button, false);
    const filled = !WITHOUT_FORM.has(act.kind);
    const data = filled ? (this.desk.form?.data ?? {}) : {};
    return this.desk.act({ do: "complete", node: this.item.node, person: this.person, action: act.value, opinion, data }, button, filled);
  }
}
