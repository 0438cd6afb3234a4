// 办理人: a rule, whom it means now, who may not, and who stands in where the rule finds nobody.
import { useEffect, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { extensionOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { Quiet, SelectField, Sentence } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { w } from "../words/index.js";
import { Exclude } from "./exclude.jsx";

const RULES = ["anyone", "person", "role", "department", "leader", "several"];
const TYPE = "guicheng:Candidates";
export const listOf = (text) => (text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
const isFeel = (text) => (text ?? "").trim().startsWith("=");

/** Options of a picker, by rule; of several rules at once each value says of which it is: `role:platform`. */
export function optionsOf(context, rule) {
  const person = ({ account, name, department, post }) => ({ value: account, label: w("person", { name, department }), chip: name, detail: [post, account].filter(Boolean).join(" · ") });
  const department = ({ code, name, leader }) => ({ value: code, label: name, detail: leader ? w("candidates.led", { name: leader.name ?? leader }) : "" });
  const role = ({ code, name, people }) => ({ value: code, label: name, detail: w("candidates.members", { n: people?.length ?? people ?? 0 }) });
  if (rule === "several") return ["person", "role", "department"].flatMap((one) => optionsOf(context, one).map((option) => ({ ...option, value: `${one}:${option.value}` })));
  if (rule === "person") return context.people.map(person);
  return rule === "role" ? context.roles.map(role) : context.departments.map(department);
}

function Candidates({ facts }) {
  const { element, bo, kind } = facts;
  const pen = usePen();
  const { context } = useDesk();
  const rule = extensionOf(bo, TYPE);
  const set = (properties) => pen.extension(element, bo, TYPE, properties);
  const choose = (next) => {
    if (!next) return pen.withoutExtension(element, bo, TYPE);
    return set({ rule: next, value: undefined });
  };
  const options = [["", w(kind === "startEvent" ? "candidates.open" : "candidates.none")], ...RULES.map((one) => [one, w(`candidates.${one}`)])];
  return (
    <>
      <SelectField id="rule" label={w(kind === "startEvent" ? "candidates.starter" : "candidates.who")} value={rule?.rule ?? ""} write={choose} options={options} />
      {rule && rule.rule !== "anyone" && <Value facts={facts} rule={rule} set={set} context={context} />}
      {rule && kind === "userTask" && <Exclude facts={facts} text={rule.exclude} write={(exclude) => set({ exclude })} />}
      {rule && kind === "userTask" && <Fallback rule={rule} set={set} context={context} />}
      {rule && <Would rule={rule} />}
      {facts.loop && <Each name={facts.loop.get("camunda:elementVariable")} rule={rule} set={set} />}
    </>
  );
}

// Several people get a task each: the rule has to name the one whose task it is.
function Each({ name, rule, set }) {
  if (!name || (rule && mentions(rule.value, name))) return null;
  return (
    <>
      <Sentence warn>{w("candidates.each", { name })}</Sentence>
      <div><button type="button" class="btn btn-sm" onClick={() => set({ rule: "person", value: `= ${name}` })}>{w("candidates.each.mend")}</button></div>
    </>
  );
}

const mentions = (text, name) => new RegExp(`(^|[^\\p{L}\\p{N}_])${name}($|[^\\p{L}\\p{N}_])`, "u").test(text ?? "");

function Value({ facts, rule, set, context }) {
  const [formula, setFormula] = useState(isFeel(rule.value));
  useEffect(() => setFormula(isFeel(rule.value)), [rule.rule]);
  const label = w(`candidates.${rule.rule}.value`);
  const turn = <Quiet onClick={() => setFormula(!formula)}>{w(formula ? "candidates.pick" : "candidates.compute")}</Quiet>;
  if (formula) {
    return (
      <div class="g-stack g-stack--8">
        <FeelField id="value" element={facts.element} always label={label} value={isFeel(rule.value) ? rule.value : undefined} write={(value) => set({ value })} hint={w(`candidates.${rule.rule}.feel`)} />
        <div>{turn}</div>
      </div>
    );
  }
  const values = isFeel(rule.value) ? [] : listOf(rule.value);
  const write = (list) => set({ value: list.length ? list.join(",") : undefined });
  return <Picker id="value" label={label} required options={optionsOf(context, rule.rule)} values={values} write={write} aside={turn} />;
}

function Fallback({ rule, set, context }) {
  const role = (rule.fallback ?? "").replace(/^role:/, "");
  const options = [["", w("candidates.fallback.none")], ...context.roles.map(({ code, name }) => [code, w("candidates.fallback.role", { name })])];
  return (
    <SelectField
      id="fallback"
      label={w("candidates.fallback")}
      value={role}
      options={options}
      write={(code) => set({ fallback: code && `role:${code}` })}
      hint={role ? undefined : w("candidates.fallback.hint")}
    />
  );
}

function Would({ rule }) {
  const desk = useDesk();
  const [answer, setAnswer] = useState(null);
  const { rule: kind, value, exclude, fallback } = rule;
  useEffect(() => {
    if (kind !== "anyone" && !value) return setAnswer(null);
    let current = true;
    const timer = setTimeout(async () => {
      const found = await desk.whoWould({ rule: kind, value, exclude, fallback });
      if (current) setAnswer(found);
    }, 300);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [kind, value, exclude, fallback]);
  if (!answer) return null;
  return (
    <div class="g-propwho" aria-live="polite">
      <span class="g-3">{w("candidates.now")}</span>
      {answer.people.length > 0 ? <span>{names(answer.people)}</span> : !answer.note && <span class="g-danger">{w("candidates.nobody")}</span>}
      {answer.note && <span class="g-3">{answer.note}</span>}
    </div>
  );
}

function names(people) {
  const shown = people.slice(0, 6).map(({ name, department }) => w("person", { name, department })).join(w("comma"));
  return people.length > 6 ? w("candidates.more", { shown, n: people.length }) : shown;
}

function summary({ bo, kind }, desk) {
  const rule = extensionOf(bo, TYPE);
  if (!rule) return w(kind === "startEvent" ? "candidates.open" : "candidates.unset");
  if (rule.rule === "anyone") return w("candidates.anyone");
  if (!rule.value) return w("candidates.unset");
  if (isFeel(rule.value)) return w("candidates.by.feel", { rule: w(`candidates.${rule.rule}`) });
  const options = optionsOf(desk.context, rule.rule);
  const list = listOf(rule.value).map((value) => options.find((one) => one.value === value)).map((one, index) => one?.chip ?? one?.label ?? listOf(rule.value)[index]);
  const shown = list.length > 2 ? w("candidates.listed", { first: list[0], n: list.length }) : list.join(w("comma"));
  return rule.rule === "leader" ? w("candidates.leads", { shown }) : shown;
}

export const candidates = {
  id: "candidates",
  fits: ({ kind, outermost, event }) => kind === "userTask" || (kind === "startEvent" && outermost && !event),
  label: ({ kind }) => w(kind === "startEvent" ? "group.starters" : "group.candidates"),
  open: () => true,
  summary,
  body: Candidates,
};
