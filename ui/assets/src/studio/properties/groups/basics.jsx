// 基本: name, id and what is to be done.
import { useService } from "bpmn-js-properties-panel";
import { LongField, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

const TASKS = ["userTask", "serviceTask", "businessRuleTask", "scriptTask", "manualTask", "sendTask", "receiveTask"];
const NAMELESS = ["textAnnotation", "association", "group", "dataInputAssociation", "dataOutputAssociation"];
const OPEN = ["process", "task", "manualTask", "subProcess", "transaction", "dataObjectReference", "dataStoreReference"]; // little else is set there
const DATA = { dataObjectReference: "data.object.hint", dataStoreReference: "data.store.hint" };

function Basics({ facts }) {
  const { element, own, bo, kind } = facts;
  const pen = usePen();
  return (
    <>
      {DATA[kind] && <TextField id="name" label={w("basics.name")} value={facts.name} check={variableName} hint={w(DATA[kind])} write={(name) => pen.draw(element, { name })} />}
      {!DATA[kind] && !NAMELESS.includes(kind) && <LongField id="name" rows={1} paragraph label={w("basics.name")} value={facts.name} write={(name) => rename(pen, facts, name)} />}
      {kind === "process" ? (
        <TextField id="key" label={w("basics.key")} value={bo.id} readonly hint={w("basics.key.hint")} write={() => {}} />
      ) : (
        <IdField facts={facts} />
      )}
      {kind === "textAnnotation" ? (
        <LongField id="text" label={w("basics.text")} value={own.text} write={(text) => pen.draw(element, { text })} />
      ) : (
        <Documentation facts={facts} />
      )}
    </>
  );
}

function rename(pen, { element, own, bo, kind }, name) {
  if (kind === "process" && bo !== own && own.$type === "bpmn:Participant") {
    pen.all(element, [[own, { name }], [bo, { name }]]);
  } else if (kind === "process" && bo !== own) pen.set(element, bo, { name });
  else pen.draw(element, { name });
}

function IdField({ facts: { element, bo } }) {
  const pen = usePen();
  const ids = useService("moddle").ids;
  const check = (id) => {
    if (!/^[A-Za-z_][\w.-]*$/.test(id)) return w("basics.id.wrong");
    return id !== bo.id && ids.assigned(id) ? w("basics.id.taken") : null;
  };
  return <TextField id="id" label={w("basics.id")} value={bo.id} check={check} hint={w("basics.id.hint")} write={(id) => pen.draw(element, { id })} />;
}

function Documentation({ facts: { element, bo, kind } }) {
  const pen = usePen();
  const doc = bo.get("documentation")?.[0];
  const write = (text) => {
    if (text === undefined) pen.set(element, bo, { documentation: bo.documentation.slice(1) });
    else if (doc) pen.set(element, doc, { text });
    else pen.set(element, bo, { documentation: [pen.make("bpmn:Documentation", { text }, bo)] });
  };
  const label = w(kind === "userTask" ? "basics.demand" : kind === "process" ? "basics.purpose" : "basics.note");
  return <LongField id="documentation" label={label} value={doc?.text} write={write} rows={kind === "process" ? 6 : 3} hint={kind === "userTask" ? w("basics.demand.hint") : undefined} />;
}

export const basics = {
  id: "basics",
  fits: () => true,
  open: ({ kind }) => OPEN.includes(kind),
  summary: ({ bo, kind }) => (TASKS.includes(kind) && !bo.get("documentation")?.[0]?.text ? w("basics.undocumented") : ""),
  body: Basics,
};
