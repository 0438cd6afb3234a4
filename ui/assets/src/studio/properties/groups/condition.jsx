// 条件: when a flow out of a gateway is taken; one of them is taken when no condition holds.
import { choicesOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { CheckField, SelectField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

const GATEWAYS = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:ComplexGateway"];
const chooses = (source) => GATEWAYS.includes(source?.$type) || Boolean(source?.$instanceOf?.("bpmn:Activity"));

function Condition({ facts: { element, bo, process } }) {
  const pen = usePen();
  const source = bo.sourceRef;
  const isDefault = source.default === bo;
  const text = bo.conditionExpression?.body;
  const write = (body) => pen.expression(element, bo, "conditionExpression", body);
  const acts = choicesOf(process).flatMap(({ task, variable, actions }) =>
    actions.map(({ value, label }) => [`= ${variable} = "${value}"`, w("condition.act", { step: task.name ?? task.id, label })]),
  );
  const plain = (one) => one.replace(/\s+/g, "");
  const picked = acts.find(([feel]) => text && plain(feel) === plain(text.startsWith("=") ? text : `=${text}`))?.[0] ?? "";
  const makeDefault = (on) => {
    if (!on) return pen.set(element, source, { default: undefined });
    return pen.all(element, [[source, { default: bo }], [bo, { conditionExpression: undefined }]]);
  };
  const misplaced = !chooses(source);
  return (
    <>
      {!misplaced && <CheckField id="default" label={w("condition.default")} value={isDefault} write={makeDefault} hint={isDefault ? w("condition.default.say") : undefined} />}
      {misplaced && <Sentence warn={!!text}>{w("condition.misplaced")}</Sentence>}
      {!isDefault && (!misplaced || text) && (
        <>
          {acts.length > 0 && <SelectField id="act" label={w("condition.when")} value={picked} options={[["", w("condition.other")], ...unique(acts)]} write={(feel) => feel && write(feel)} />}
          <FeelField id="condition" element={element} always label={w("condition.label")} value={text} write={write} hint={w("condition.hint")} />
        </>
      )}
    </>
  );
}

const unique = (acts) => acts.filter(([feel], index) => acts.findIndex(([other]) => other === feel) === index);

function summary({ bo }) {
  if (bo.sourceRef?.default === bo) return w("condition.else");
  const text = bo.conditionExpression?.body;
  return text ? short(text) : w("none");
}

export const short = (text) => {
  const plain = text.replace(/^\s*=\s*/, "").replace(/\s+/g, " ");
  return plain.length > 28 ? `${plain.slice(0, 27)}…` : plain;
};

export const condition = { id: "condition", fits: ({ kind }) => kind === "sequenceFlow", open: () => true, summary, body: Condition };
