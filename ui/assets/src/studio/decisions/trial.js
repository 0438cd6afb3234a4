// 试算: values for the variables of the table, and what the server's table says to them: the rule that counts, and at which
// cells the others fail.
import { later, make } from "../../dom.js";
import { send } from "../net.js";
import { t } from "../parts/words.js";

export class Trial {
  constructor(box, store, canvas, name) {
    this.box = box;
    this.store = store;
    this.canvas = canvas;
    this.name = name;
    this.fields = box.querySelector("[data-trial-fields]");
    this.said = box.querySelector("[data-trial-said]");
    this.values = {};
    this.soon = later(() => this.ask(), 400);
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
  }

  /** The table was opened or changed. */
  follow(text, decision) {
    this.text = text;
    this.decision = decision;
    this.soon();
  }

  async ask() {
    if (!this.text || !this.decision) return;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const reply = await send("POST", `${this.store.base}/decisions/try.json`, { name: this.name, content: this.text, decision: this.decision.id, values: this.values });
    if (turn !== this.turn) return;
    if (!reply.ok) return this.say("warn", reply.message);
    const told = reply.data;
    if (told.findings.length) {
      this.canvas.showTrial(null);
      return this.say("warn", t("trial.broken", { n: told.findings.length }));
    }
    this.build(told.names);
    this.wrong(told.wrong);
    const filled = told.names.some((name) => this.values[name]?.trim());
    this.canvas.showTrial(filled && !Object.keys(told.wrong).length ? told.rules : null);
    this.tell(told, filled);
  }

  build(names) {
    const said = (this.decision.decisionLogic?.input ?? []).map((column) => column.inputExpression?.text ?? "").join(" ");
    const place = (name) => (said.includes(name) ? said.indexOf(name) : said.length);
    const ordered = [...names].sort((one, other) => place(one) - place(other));
    if (ordered.join() === this.names) return;
    this.names = ordered.join();
    this.fields.replaceChildren(...ordered.map((name) => this.field(name)));
  }

  field(name) {
    const id = `try-${name}`;
    const label = this.labelOf(name);
    const input = make("input.form-control", { id, autocomplete: "off", spellcheck: "false", value: this.values[name] ?? "", "aria-describedby": `${id}-error`, "data-variable": name, placeholder: this.exampleOf(name) });
    input.addEventListener("input", () => {
      this.values[name] = input.value;
      this.soon();
    });
    return make(
      "div.g-field",
      {},
      make("label.g-label", { for: id }, label, label === name ? "" : make("span.g-3.g-small", {}, ` ${name}`)),
      input,
      make("span.g-error", { id: `${id}-error`, hidden: true }),
    );
  }

  /** What the drawing calls a variable: the name of its input data, else the label of a column that is just this variable. */
  labelOf(name) {
    const data = this.decision.$parent?.drgElement?.find((one) => one.$type === "dmn:InputData" && one.variable?.name === name);
    const column = this.decision.decisionLogic?.input?.find((one) => one.inputExpression?.text === name);
    return data?.name || column?.label || name;
  }

  /** A variable of which the table reads members has to be typed as a context: {contract_amount: …}. */
  exampleOf(name) {
    const members = new Set([...this.text.matchAll(new RegExp(`\\b${name}\\.([\\w\\u4e00-\\u9fff]+)`, "g"))].map((match) => match[1]));
    return members.size ? `{${[...members].map((member) => `${member}: …`).join(", ")}}` : "";
  }

  wrong(wrong) {
    for (const input of this.fields.querySelectorAll("input")) {
      const error = this.fields.querySelector(`#${CSS.escape(input.id)}-error`);
      const text = wrong[input.dataset.variable] ?? "";
      input.classList.toggle("is-invalid", Boolean(text));
      error.hidden = !text;
      error.textContent = text;
    }
  }

  tell(told, filled) {
    if (Object.keys(told.wrong).length) return this.say("warn", t("trial.wrong"));
    if (!told.names.length && !told.rules.length) return this.say("", "");
    if (!filled && told.names.length) return this.say("", t("trial.hint"));
    if (told.problem) return this.say("no", told.problem);
    const matched = told.rules.filter((rule) => rule.matched);
    if (!matched.length && !told.answers.length) return this.say("warn", t("trial.none"), this.columns(told));
    const answers = told.answers.flatMap((answer) => answer.map(([label, value]) => make("div", {}, make("dt", {}, label), make("dd.g-b", {}, value))));
    return this.say(
      "ok",
      matched.length ? t("trial.matched", { rules: matched.map((rule) => rule.index).join("、") }) : told.explanation,
      make("dl", {}, ...answers),
      matched.length ? make("p.g-small.g-2.g-mt", {}, t("trial.because", { why: told.explanation })) : "",
      this.columns(told),
    );
  }

  /** What came of the columns' expressions. */
  columns({ columns }) {
    return make("dl.g-small.g-de__columns", {}, ...columns.map(({ label, value }) => make("div", {}, make("dt", {}, label), make("dd", {}, value))));
  }

  say(kind, text, ...more) {
    const head = text ? make(`p.g-de__verdict${kind ? `.g-de__verdict--${kind}` : ""}`, {}, text) : null;
    this.said.replaceChildren(...[head, ...more].filter(Boolean));
  }
}
