// 回避: people who may never do it, such as the initiator or those who did an earlier step.
import { useState } from "@bpmn-io/properties-panel/preact/hooks";
import { choicesOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { namesPeople, pathsOf } from "../feel/variables.js";
import { Quiet } from "../fields.jsx";
import { useDesk } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { w } from "../words/index.js";

const LIST = /^=\s*\[\s*((?:[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*\s*,\s*)*[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)\s*\]\s*$/u;

/** The names in `= [case.starter, review_by]`; null for any other FEEL or a literal. */
export function namesIn(text) {
  if (!(text ?? "").trim()) return [];
  const match = LIST.exec(text);
  return match ? match[1].split(",").map((name) => name.trim()) : null;
}

export function Exclude({ facts, text, write }) {
  const desk = useDesk();
  const chosen = namesIn(text);
  const [formula, setFormula] = useState(chosen === null);
  const turn = (chosen !== null || !formula) && (
    <Quiet onClick={() => setFormula(!formula)}>{w(formula ? "candidates.pick" : "candidates.compute")}</Quiet>
  );
  if (formula || chosen === null) {
    return (
      <div class="g-stack g-stack--8">
        <FeelField id="exclude" element={facts.element} label={w("exclude.label")} value={text} write={write} hint={w("exclude.feel")} />
        {turn && <div>{turn}</div>}
      </div>
    );
  }
  const options = people(facts, desk.variables(facts.element.id));
  const put = (list) => write(list.length ? `= [${list.join(", ")}]` : undefined);
  return <Picker id="exclude" label={w("exclude.label")} loose options={options} values={chosen} write={put} add={w("exclude.add")} aside={turn} hint={chosen.length ? w("exclude.hint") : undefined} />;
}

// Who can be named: the initiator, those who did a step that records its choice, and people that a form asks for.
function people({ process, bo }, variables) {
  const doers = choicesOf(process)
    .filter(({ task }) => task !== bo)
    .map(({ task, variable }) => ({ value: `${variable}_by`, label: w("exclude.doer", { name: task.name ?? task.id }), detail: `${variable}_by` }));
  const asked = pathsOf(variables, (one) => namesPeople(one) && !one.own && !doers.some(({ value }) => value === one.name));
  const found = [{ value: "case.starter", label: w("exclude.starter"), detail: "case.starter" }, ...doers, ...asked.map(({ path, label }) => ({ value: path, label: label || path, detail: path }))];
  return found.filter((one, index) => found.findIndex((other) => other.value === one.value) === index);
}
