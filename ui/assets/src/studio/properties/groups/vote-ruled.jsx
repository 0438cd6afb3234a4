// A vote that the engine counts by rule (guicheng:vote): how many must agree, who has a veto, where the result goes.
import { extensionOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

const TYPE = "guicheng:Vote";
const RULES = ["all", "at_least", "percent_of_all", "percent_of_voting"];
const FIRST = { at_least: "2", percent_of_all: "= {numerator: 2, denominator: 3}", percent_of_voting: "= {numerator: 2, denominator: 3}" };
const isFeel = (text) => (text ?? "").trim().startsWith("=");

/** The rule of a task; undefined without one. */
export const ruleOf = (bo) => extensionOf(bo, TYPE);

/** The change that takes the rule away, for `pen.all`; none where there is none. */
export function withoutRule(bo) {
  const box = bo.extensionElements;
  if (!ruleOf(bo)) return [];
  const values = box.get("values").filter((value) => value.$type !== TYPE);
  return values.length ? [[box, { values }]] : [[bo, { extensionElements: undefined }]];
}

/** The change that sets a first rule: two thirds of all. */
export function firstRule(pen, bo) {
  const box = bo.extensionElements ?? pen.make("bpmn:ExtensionElements", { values: [] }, bo);
  const made = pen.make(TYPE, { rule: "percent_of_all", value: FIRST.percent_of_all, result: `${bo.id.replace(/\W/g, "_")}_result` }, box);
  if (bo.extensionElements) return [box, { values: [...box.get("values"), made] }];
  box.values = [made];
  return [bo, { extensionElements: box }];
}

function check(rule, text) {
  if (isFeel(text)) return null;
  const number = /^\d{1,9}$/.test((text ?? "").trim()) ? Number(text) : 0;
  return number < 1 || (rule !== "at_least" && number > 100) ? w(rule === "at_least" ? "rule.value.people" : "rule.value.percent") : null;
}

export function Ruled({ facts: { element, bo } }) {
  const pen = usePen();
  const rule = ruleOf(bo);
  const set = (properties) => pen.set(element, rule, properties);
  const counts = (text) => check(rule.rule, text);
  return (
    <>
      <SelectField id="vote-rule" label={w("rule.label")} value={rule.rule} options={RULES.map((one) => [one, w(`rule.${one}`)])} write={(next) => set({ rule: next, value: FIRST[next] })} />
      {rule.rule !== "all" && (
        <FeelField key={rule.rule} id="rule-value" element={element} label={w(rule.rule === "at_least" ? "rule.people" : "rule.percent")} hint={w(rule.rule === "at_least" ? "rule.people.hint" : "rule.percent.hint")} value={rule.value} check={counts} write={(text) => counts(text) || set({ value: text })} />
      )}
      <FeelField id="rule-veto" element={element} always label={w("rule.veto")} hint={w("rule.veto.hint")} value={rule.veto} write={(text) => set({ veto: text || undefined })} />
      <TextField id="rule-result" label={w("rule.result")} hint={w("rule.result.hint")} value={rule.result} check={(name) => (name ? variableName(name) : w("rule.result.missing"))} write={(name) => name && set({ result: name })} />
      <Sentence>{w("rule.say")}</Sentence>
    </>
  );
}
