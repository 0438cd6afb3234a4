// 输入: what a procedure declares to take from who calls it or starts it by a message: data inputs of the process (BPMN 2.0, 10.4.2).
import { useService } from "bpmn-js-properties-panel";
import { definitionsOf } from "../facts.js";
import { CheckField, SelectField, Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { Cross, Plus } from "../icons.jsx";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

const TYPES = ["Any", "string", "number", "boolean", "date", "time", "date and time", "list", "context"];
const STRUCTURES = { "date and time": "dateTime" };
// As engine/bpmn/inputs.py has them.
const WORDS = { text: "string", decimal: "number", integer: "number", int: "number", long: "number", double: "number", float: "number", dateTime: "date and time" };

const inputsOf = (bo) => bo.ioSpecification?.get("dataInputs") ?? [];
const optionalOf = (bo) => (bo.ioSpecification?.get("inputSets") ?? []).flatMap((set) => set.get("optionalInputRefs"));

function typeOf({ itemSubjectRef: item, isCollection }) {
  if (isCollection || item?.isCollection) return "list";
  const written = item?.structureRef?.replace(/^.*:/, "") ?? "Any";
  const type = WORDS[written] ?? written;
  return TYPES.includes(type) ? type : "Any";
}

/** The inputs become these, in one step; what holds them is made with the first and goes with the last. */
function put(pen, element, bo, list, optional) {
  const spec = bo.ioSpecification;
  const kept = optional.filter((one) => list.includes(one));
  if (!spec) {
    const made = pen.make("bpmn:InputOutputSpecification", { dataInputs: list, inputSets: [], outputSets: [] }, bo);
    for (const one of list) one.$parent = made;
    made.inputSets = [pen.make("bpmn:InputSet", { dataInputRefs: list, optionalInputRefs: kept }, made)];
    made.outputSets = [pen.make("bpmn:OutputSet", {}, made)];
    return pen.set(element, bo, { ioSpecification: made });
  }
  if (!list.length && !spec.get("dataOutputs").length) return pen.set(element, bo, { ioSpecification: undefined });
  const [first, ...others] = spec.get("inputSets");
  const sets = first ? [] : [pen.make("bpmn:InputSet", { dataInputRefs: list, optionalInputRefs: kept }, spec)];
  const within = (one) => list.includes(one);
  return pen.all(element, [
    [spec, { dataInputs: list, ...(sets.length && { inputSets: sets }) }],
    ...(first ? [[first, { dataInputRefs: list, optionalInputRefs: kept }]] : []),
    ...others.map((set) => [set, { dataInputRefs: set.get("dataInputRefs").filter(within), optionalInputRefs: set.get("optionalInputRefs").filter(within) }]),
  ]);
}

function Takes({ facts: { element, bo } }) {
  const pen = usePen();
  const { ids } = useService("moddle");
  const inputs = inputsOf(bo);
  const optional = optionalOf(bo);
  const names = inputs.map((one) => one.name ?? one.id);
  const fresh = () => {
    let number = inputs.length + 1;
    while (names.includes(`input_${number}`)) number += 1;
    const made = pen.make("bpmn:DataInput", { name: `input_${number}` }, bo.ioSpecification ?? bo);
    made.id = ids.nextPrefixed("DataInput_", made); // what refers to it is written only where it has one
    return made;
  };
  return (
    <>
      <Sentence>{w("takes.say")}</Sentence>
      {inputs.length === 0 && <p class="g-hint">{w("takes.none")}</p>}
      {inputs.map((one, index) => (
        <Input key={one.id} element={element} bo={bo} one={one} index={index} taken={names} required={!optional.includes(one)} require={(on) => put(pen, element, bo, inputs, on ? optional.filter((other) => other !== one) : [...optional, one])} remove={() => put(pen, element, bo, inputs.filter((other) => other !== one), optional)} />
      ))}
      <div class="g-row g-row--wrap g-propchips">
        <button type="button" class="g-chip g-chip--s" onClick={() => put(pen, element, bo, [...inputs, fresh()], optional)}><Plus />{w("rows.add")}</button>
      </div>
    </>
  );
}

function Input({ element, bo, one, index, taken, required, require, remove }) {
  const pen = usePen();
  const name = one.name ?? one.id;
  const doc = one.get("documentation")[0];
  const check = (text) => (!text ? w("actions.empty") : taken.some((other, at) => at !== index && other === text) ? w("rows.taken") : variableName(text));
  const explain = (text) => {
    if (text && doc) return pen.set(element, doc, { text });
    return pen.set(element, one, { documentation: text ? [pen.make("bpmn:Documentation", { text }, one)] : [] });
  };
  const turn = (type) => {
    if (type === "Any") return pen.set(element, one, { itemSubjectRef: undefined, isCollection: undefined });
    const root = definitionsOf(bo);
    const structureRef = STRUCTURES[type] ?? type;
    const items = root.get("rootElements");
    const found = items.find((item) => item.$type === "bpmn:ItemDefinition" && item.structureRef === structureRef && !item.isCollection);
    const item = found ?? pen.make("bpmn:ItemDefinition", { structureRef }, root);
    return pen.all(element, [...(found ? [] : [[root, { rootElements: [item, ...items] }]]), [one, { itemSubjectRef: item, isCollection: undefined }]]);
  };
  return (
    <div class="g-propcard">
      <div class="g-row g-propcard__bar">
        <span class="g-3 g-small">{w("rows.nth", { n: index + 1 })}</span>
        <span class="g-grow" />
        <button type="button" class="g-iconbtn" aria-label={w("pick.remove", { name })} onClick={remove}><Cross /></button>
      </div>
      <div class="g-two">
        <TextField id={`input-name-${index}`} label={w("handler.variable")} required value={name} check={check} write={(text) => text && pen.set(element, one, { name: text })} />
        <SelectField id={`input-type-${index}`} label={w("takes.type")} value={typeOf(one)} options={TYPES.map((type) => [type, w(`type.${type}`)])} write={turn} />
      </div>
      <TextField id={`input-title-${index}`} label={w("takes.title")} value={doc?.text} write={explain} />
      <CheckField id={`input-required-${index}`} label={w("takes.required")} value={required} write={require} />
    </div>
  );
}

const summary = ({ bo }) => (inputsOf(bo).length ? w("takes.count", { n: inputsOf(bo).length }) : w("none"));

export const takes = { id: "takes", fits: ({ kind, process }) => kind === "process" && !!process, open: ({ bo }) => inputsOf(bo).length > 0, summary, body: Takes };
