// The column at the right: the items that wait and who may do them, the real form of the one chosen, its acts.
import { openForm } from "../../form.js";
import { icon, make, notice } from "../../dom.js";
import { signIn } from "../../net.js";
import { Acts } from "./acts.js";
import { People } from "./people.js";
import { waits } from "./waits.js";
import { t } from "./words.js";

export class Desk {
  constructor(page) {
    this.page = page;
    this.box = page.root.querySelector("[data-try-desk]");
    this.problem = make("div.g-problem", { "data-problem": true });
    this.chosen = null; // "node/person" of the item last looked at
  }

  show(state) {
    this.state = state;
    this.problem.replaceChildren();
    this.form = null;
    this.broken = state.error ? this.page.run.at(state.error.step) : null;
    if (state.state === "new") this.start(state.start);
    else if (state.state === "completed") this.ended(state);
    else this.running(state);
    if (state.error) this.explain(state.error);
    this.box.scrollTop = 0;
  }

  fill(...children) {
    this.box.replaceChildren(this.problem, ...children);
  }

  // ── the three states ──

  start(start) {
    this.people = new People(start.people, this.broken?.person);
    const act = make("button.btn.btn-primary", { type: "button", onclick: (event) => this.begin(event.currentTarget) }, icon("play"), t("try.begin"));
    act.disabled = !start.people.length;
    this.fill(this.head(start.name || t("try.start"), start.help), this.note(start), this.chooser(t("try.starter")), this.moment(), this.formBox(start.form, { ...start.data, ...this.broken?.data }), make("div.g-try__acts", {}, act));
  }

  /** When the case is started: now, or any day and hour whose deadlines are to be tried. */
  moment() {
    const at = this.broken?.at ?? this.state.now.at;
    this.at = make("input.form-control.g-num", { id: "try-at", type: "datetime-local", value: at.slice(0, 16), min: "2000-01-02T00:00", max: "2099-12-31T23:59", required: true });
    return make("div.g-field", {}, make("label.g-label", { for: "try-at" }, t("try.startAt")), this.at);
  }

  running({ items, waiting = [], can_withdraw: withdraw }) {
    if (!items.length) {
      const outside = waiting.length ? make("ul.g-list", {}, ...waits(this.page, waiting)) : "";
      this.fill(this.head(t("try.waiting"), ""), make("p.g-2", {}, t(waiting.length ? "try.outside" : "try.nothingOpen")), outside);
      return;
    }
    const found = items.findIndex((item) => (this.broken ? this.isBroken(item) : keyOf(item) === this.chosen));
    this.list = make("ul.g-list.g-try__items", { role: "listbox", "aria-label": t("try.items") }, ...items.map((item, index) => this.entry(item, index)));
    this.detail = make("div.g-try__detail");
    this.fill(make("div.g-try__group", {}, make("h2", {}, t("try.items"), " ", make("span.g-num.g-3", {}, items.length)), this.list), this.detail);
    this.withdraw = withdraw;
    this.choose(items[Math.max(found, 0)]);
  }

  ended(state) {
    const good = state.outcome === "completed";
    this.fill(
      make(
        "div.g-try__end",
        {},
        make(`span.g-badge.g-badge--${good ? "ok" : "no"}`, {}, state.outcome_words),
        make("h2", {}, t("try.ended", { n: state.steps.length - 1 })),
        make("p.g-2", {}, t("try.endedText")),
      ),
    );
  }

  /** A step of the run that cannot be done any more: everything before it stands. */
  explain({ step, message, errors }) {
    const text = [t("try.broken", { n: step }), message, ...Object.values(errors)].join(" ");
    const cut = make("button.btn.btn-sm", { type: "button", onclick: () => this.cut(step) }, t("try.cut"));
    notice(this.problem, "danger", text, cut);
  }

  cut(step) {
    this.page.run.show(Math.max(step, 1));
    return this.page.undo();
  }

  isBroken(item) {
    return this.broken?.node === item.node && item.people.some((person) => person.account === this.broken.person);
  }

  // ── one item ──

  entry(item, index) {
    const who = item.people.length ? item.people.slice(0, 3).map((person) => person.name).join("、") + (item.people.length > 3 ? t("try.andMore", { n: item.people.length }) : "") : t("try.nobody");
    return make(
      "li",
      {},
      make(
        "button.g-try__item",
        { type: "button", role: "option", "data-item": index, "aria-selected": "false", onclick: () => this.choose(item) },
        make("b.g-b", {}, item.name),
        make(`span.g-small${item.people.length ? ".g-2" : ".g-danger"}`, {}, item.holder || item.people.length < 2 ? who : t("try.claimable", { who })),
        item.due ? make(`span.g-due${item.due.late ? ".g-due--late" : item.due.soon ? ".g-due--soon" : ""}.g-small`, { title: item.due.title }, item.due.text) : "",
      ),
    );
  }

  choose(item) {
    this.chosen = keyOf(item);
    this.item = item;
    const index = this.state.items.indexOf(item);
    for (const button of this.list.querySelectorAll("[data-item]")) button.setAttribute("aria-selected", String(button.dataset.item === String(index)));
    this.people = new People(item.people, item.holder ?? (this.isBroken(item) ? this.broken.person : null));
    this.acts = new Acts(this, item);
    this.detail.replaceChildren(
      this.head(item.name, item.help),
      this.note(item),
      this.chooser(t("try.by")),
      this.formBox(item.form ? this.state.forms[item.form] : null, this.isBroken(item) ? { ...item.data, ...this.broken.data } : item.data),
      ...this.acts.elements(),
    );
  }

  head(name, help) {
    return make("div.g-try__head", {}, make("h2", {}, name), help ? make("p.g-hint", {}, help) : "");
  }

  note({ note, people }) {
    if (!note) return "";
    const box = make("div");
    notice(box, people?.length ? "warn" : "danger", note);
    return box;
  }

  chooser(label) {
    return this.people.element(label);
  }

  formBox(schema, data) {
    const box = make("div", { "aria-busy": String(Boolean(schema)) });
    this.form = null;
    if (schema) {
      openForm(box, schema, data).then((form) => {
        this.form = form;
        if (this.broken && this.state.error) form.showErrors(this.state.error.errors);
        box.removeAttribute("aria-busy");
      });
    }
    return box;
  }

  // ── acts ──

  async begin(button) {
    if (!this.inOrder()) return;
    button.disabled = true;
    const start = { person: this.people.account, at: this.at.value || this.state.now.at, data: this.form?.data ?? {} };
    const error = await this.page.begin(start);
    button.disabled = false;
    if (error) this.refused(error);
  }

  async act(step, button, checked) {
    this.acts?.problem("");
    if (checked && !this.inOrder()) return;
    button.disabled = true;
    const error = await this.page.attempt(step);
    button.disabled = false;
    if (error) this.refused(error);
  }

  inOrder() {
    const problems = this.form?.validate() ?? [];
    problems[0]?.focus();
    return !problems.length;
  }

  /** At the fields the server names, else on top. */
  refused({ message, errors }) {
    const placed = this.form?.showErrors({ ...errors }) ?? [];
    const keys = new Set(placed.map((problem) => problem.key));
    if (errors.opinion && this.acts?.problem(errors.opinion)) keys.add("opinion");
    const rest = Object.entries(errors).filter(([key]) => !keys.has(key));
    if (keys.size && !rest.length) return placed[0]?.focus();
    const texts = rest.map(([, text]) => text);
    return this.trouble({ message: texts.length ? texts.join("；") : message });
  }

  trouble({ message, errors = {}, status, location }) {
    const text = Object.values(errors).join("；") || message;
    if (!text) return;
    const acts = status === 401 ? [make("a", { href: signIn(location) }, t("net.signIn"))] : [];
    if (!this.problem.isConnected) this.box.prepend(this.problem);
    notice(this.problem, "danger", text, ...acts);
    this.problem.scrollIntoView({ block: "nearest" });
  }
}

function keyOf(item) {
  return `${item.node}/${item.people.length === 1 ? item.people[0].account : ""}`;
}
