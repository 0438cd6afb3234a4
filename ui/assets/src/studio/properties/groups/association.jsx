// 数据关联: what a step reads from a data object or store, and what it writes there.
import { FeelField } from "../feel/field.jsx";
import { Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

const nameOf = (data) => data?.dataObjectRef?.name || data?.name || data?.id || "";

function Association({ facts: { element, bo, kind } }) {
  const pen = usePen();
  const comes = kind === "dataInputAssociation";
  const data = comes ? bo.sourceRef?.[0] : bo.targetRef;
  const [assigned] = bo.assignment ?? [];
  const to = assigned?.to?.body ?? "";
  const from = assigned?.from?.body ?? "";
  const write = (name, value) => {
    if (!value) return pen.set(element, bo, { assignment: [] });
    const made = pen.make("bpmn:Assignment", {}, bo);
    made.from = pen.make("bpmn:FormalExpression", { body: value }, made);
    made.to = pen.make("bpmn:FormalExpression", { body: name }, made);
    return pen.set(element, bo, { assignment: [made] });
  };
  const source = nameOf(data);
  return (
    <>
      {comes && <TextField id="data-name" label={w("association.into")} value={to} check={(name) => (name ? variableName(name) : null)} hint={w("association.into.hint", { name: source })} write={(name) => write(name, name ? from || `= ${source}` : "")} />}
      {(!comes || to) && <FeelField id="data-value" element={element} at={bo.$parent?.id} always label={w("association.value")} value={from} hint={w(comes ? "association.value.read" : "association.value.written", { name: source })} write={(value) => write(comes ? to : (data?.id ?? ""), value)} />}
      <Sentence>{w(comes ? "association.say.read" : "association.say.written", { name: source, step: bo.$parent?.name || bo.$parent?.id || "" })}</Sentence>
    </>
  );
}

const summary = ({ bo, kind }) => (kind === "dataInputAssociation" ? (bo.assignment?.[0]?.to?.body ?? nameOf(bo.sourceRef?.[0])) : nameOf(bo.targetRef));

export const association = { id: "association", fits: ({ kind }) => ["dataInputAssociation", "dataOutputAssociation"].includes(kind), open: () => true, summary, body: Association };
