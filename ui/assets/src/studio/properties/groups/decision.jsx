// 决策表: which table decides, and the variable that takes what it says.
import { FormPart } from "../part.jsx";
import { definitionsOf, written } from "../facts.js";
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

function Decision({ facts: { element, bo, name } }) {
  const pen = usePen();
  const desk = useDesk();
  const chosen = bo.get("camunda:decisionRef");
  const mapping = written(bo, "mapDecisionResult") ?? (definitionsOf(bo).$attrs["modeler:executionPlatform"] === "Camunda Platform" ? "resultList" : "singleResult");
  const table = desk.decisions.find((one) => one.id === chosen);
  const set = (properties) => pen.set(element, bo, properties);
  const choose = (id) => {
    const one = desk.decisions.find((other) => other.id === id);
    const usual = one ? (one.outputs.length > 1 ? "singleResult" : "singleEntry") : mapping;
    set({ "camunda:decisionRef": id, "camunda:mapDecisionResult": id && usual, "camunda:resultVariable": bo.get("camunda:resultVariable") ?? id });
  };
  const make = async (id) => {
    const done = await desk.create("decision", id, blank(id, name));
    await desk.read();
    choose(id);
    return done;
  };
  const options = desk.decisions.map((one) => [one.id, one.name && one.name !== one.id ? w("part.titled", { title: one.name, name: one.id }) : one.id]);
  const variable = bo.get("camunda:resultVariable");
  const outputs = table?.outputs ?? [];
  const example = { resultList: `${variable ?? "…"}[1].${outputs[0] ?? "…"}`, collectEntries: `${variable ?? "…"}[1]` }[mapping] ?? `${variable ?? "…"}.${outputs[0] ?? "…"}`;
  const say = mapping === "singleEntry" ? w("decision.say.entry", { variable: variable ?? "…" }) : w(example.includes("[") ? "decision.say.list" : "decision.say.result", { example });
  return (
    <>
      <FormPart kind="decision" value={chosen} options={options} choose={choose} make={make} proposal={bo.id} page={table?.part} />
      <TextField id="result" label={w("decision.result")} required value={variable} check={(text) => (text ? variableName(text) : w("decision.result.needed"))} write={(text) => text && set({ "camunda:resultVariable": text })} />
      <SelectField
        id="mapping"
        label={w("decision.mapping")}
        value={mapping}
        options={["singleResult", "singleEntry", "resultList", "collectEntries"].map((one) => [one, w(`decision.${one}`)])}
        write={(next) => set({ "camunda:mapDecisionResult": next })}
      />
      <Sentence>{say}</Sentence>
      {table && mapping === "singleEntry" && outputs.length > 1 && <Sentence warn>{w("decision.many", { n: outputs.length })}</Sentence>}
    </>
  );
}

// One rule that says nothing yet, over one input and one output.
const blank = (id, name) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${id}_definitions" name="${escape(name || id)}" namespace="urn:guicheng:decisions">
  <decision id="${id}" name="${escape(name || id)}">
    <decisionTable id="${id}_table" hitPolicy="FIRST">
      <input id="${id}_input"><inputExpression id="${id}_expression" typeRef="string"><text></text></inputExpression></input>
      <output id="${id}_output" label="${escape(w("decision.output"))}" name="result" typeRef="string" />
    </decisionTable>
  </decision>
</definitions>
`;
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

const summary = ({ bo }, desk) => {
  const chosen = bo.get("camunda:decisionRef");
  return chosen ? desk.decisions.find((one) => one.id === chosen)?.name || chosen : w("none");
};

export const decision = { id: "decision", fits: ({ kind }) => kind === "businessRuleTask", open: () => true, summary, body: Decision };
