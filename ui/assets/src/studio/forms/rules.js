// 显示和限制的依据: each condition, formula and computed limit of the form, what it comes to on the values typed, and why.
import { make } from "../../dom.js";
import { t } from "../parts/words.js";

const TONE = { hide: ["ok", "hold"], readonly: ["ok", "hold"], limit: ["no", "ok"], options: ["no", "ok"] };

export class Rules {
  constructor(box) {
    this.box = box;
    this.list = box.querySelector("[data-rules]");
    box.open = window.matchMedia("(min-width: 768px)").matches; // on a phone the form comes first
    this.count = box.querySelector("[data-rules-count]");
  }

  /** Rules as the server told them; without any the panel is not there. */
  show(rules) {
    this.box.hidden = !rules.length;
    this.count.textContent = t("rules.count", { n: rules.length });
    this.list.replaceChildren(...rules.map((rule) => this.row(rule)));
  }

  row(rule) {
    return make(
      "li.g-fe__rule",
      {},
      make("div.g-fe__rule-field", {}, make("b", {}, rule.label), this.state(rule)),
      make("div.g-fe__rule-text", {}, make("span.g-3.g-small", {}, t(`rules.${rule.rule || rule.kind}`)), make("code", {}, rule.text)),
      make("p.g-small.g-2.g-prose", {}, rule.why || (rule.kind === "computed" ? t("rules.constant") : "")),
    );
  }

  /** What it comes to: 已隐藏, 只读, = 1200, 上限 300 and whether what was typed keeps it. */
  state({ kind, rule, held, value }) {
    if (kind === "computed") return make("span.g-num", {}, t("rules.is", { value }));
    if (kind === "limit" && held === null) return make("span.g-num", {}, t("rules.is", { value }));
    if (kind === "options" && held === null) return make("span", {}, value);
    const word = t(`rules.${kind}.${held ? "yes" : "no"}`, { limit: rule ? t(`rules.${rule}`) : "", value });
    return make(`span.g-badge.g-badge--${TONE[kind][held ? 1 : 0]}`, {}, word);
  }
}
