// 时限: how long it may take, when to remind, whom to tell when it is late, and what then happens.
import { useState } from "@bpmn-io/properties-panel/preact/hooks";
import { extensionOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { LongField, Quiet, SegmentField, SelectField, Sentence } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { w } from "../words/index.js";
import { optionsOf } from "./candidates.jsx";

const TYPE = "guicheng:Deadline";
const FIRST = { due: "5", unit: "workday", remind: "1", escalate: "leader" };
const isFeel = (text) => (text ?? "").trim().startsWith("=");
const amount = (text) => (!text || isFeel(text) || /^\d{1,6}(\.\d{1,3})?$/.test(text.trim()) ? null : w("deadline.number"));

function Deadline({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const deadline = extensionOf(bo, TYPE);
  const set = (properties) => pen.extension(element, bo, TYPE, properties);
  if (!deadline) {
    return (
      <>
        <Sentence>{w("deadline.without")}</Sentence>
        <div><button type="button" class="btn btn-sm" onClick={() => set(FIRST)}>{w("deadline.set")}</button></div>
      </>
    );
  }
  const unit = deadline.unit ?? "workday";
  const field = (name) => ({
    id: name,
    element,
    label: w(`deadline.${name}`),
    value: deadline[name],
    check: (text) => (name === "due" && !text ? w("deadline.empty") : amount(text)),
    write: (text) => (name === "due" && !text) || amount(text) || set({ [name]: text }),
  });
  return (
    <>
      <SegmentField label={w("deadline.unit")} value={unit} write={(next) => set({ unit: next })} options={[["workday", w("deadline.workday")], ["hour", w("deadline.hour")]]} />
      <div class="g-two g-proptwo">
        <FeelField {...field("due")} />
        <FeelField {...field("remind")} />
      </div>
      <Escalate text={deadline.escalate} write={(escalate) => set({ escalate })} />
      <LongField id="consequence" label={w("deadline.consequence")} hint={w("deadline.consequence.hint")} value={deadline.consequence} write={(consequence) => set({ consequence })} rows={2} />
      <Say deadline={deadline} />
      <div><Quiet onClick={() => pen.withoutExtension(element, bo, TYPE)}>{w("deadline.remove")}</Quiet></div>
    </>
  );
}

function Escalate({ text, write }) {
  const { context } = useDesk();
  const [said, value] = split(text);
  const [wanted, setWanted] = useState(""); // a kind that still lacks its role or person
  const kind = wanted || said;
  const options = [["", w("escalate.none")], ["leader", w("escalate.leader")], ["role", w("escalate.role")], ["person", w("escalate.person")]];
  const choose = (next) => {
    const lacks = next === "role" || next === "person";
    setWanted(lacks ? next : "");
    if (!lacks) write(next);
  };
  const put = (code) => {
    if (code) write(`${kind}:${code}`);
    if (code) setWanted("");
  };
  const chosen = wanted && wanted !== said ? "" : value;
  return (
    <>
      <SelectField id="escalate" label={w("deadline.escalate")} value={kind} options={options} write={choose} />
      {kind === "role" && (
        <SelectField
          id="escalate-role"
          label={w("escalate.role.which")}
          value={chosen}
          options={[...(chosen ? [] : [["", w("escalate.choose")]]), ...context.roles.map(({ code, name }) => [code, name])]}
          write={put}
        />
      )}
      {kind === "person" && (
        <Picker id="escalate-person" label={w("escalate.person.which")} single options={optionsOf(context, "person")} values={chosen ? [chosen] : []} write={([account]) => put(account)} />
      )}
    </>
  );
}

/** `role:platform` → ["role", "platform"] */
export function split(text) {
  const [, kind, value] = /^(leader|role|person)(?::(.*))?$/s.exec((text ?? "").trim()) ?? ["", text ?? "", ""];
  return [kind, value ?? ""];
}

const number = (text) => (isFeel(text) ? w("deadline.computed", { text: text.replace(/^\s*=\s*/, "") }) : text);

function Say({ deadline }) {
  const { context } = useDesk();
  const unit = w(deadline.unit === "hour" ? "deadline.hours" : "deadline.workdays");
  const [kind, value] = split(deadline.escalate);
  const names = { role: context.roles.find(({ code }) => code === value)?.name, person: context.people.find(({ account }) => account === value)?.name };
  const said = [w(isFeel(deadline.due) ? "deadline.say.computed" : "deadline.say", { n: number(deadline.due ?? ""), unit })];
  if (deadline.remind) said.push(w("deadline.say.remind", { n: number(deadline.remind), unit }));
  if (kind) said.push(w(`deadline.say.${kind}`, { name: names[kind] ?? value }));
  if (deadline.unit === "hour") said.push(w("deadline.say.natural"));
  return <Sentence>{said.join("")}</Sentence>;
}

function summary({ bo }) {
  const deadline = extensionOf(bo, TYPE);
  if (!deadline?.due) return w("none");
  const unit = w(deadline.unit === "hour" ? "deadline.hours" : "deadline.workdays");
  return isFeel(deadline.due) ? deadline.due.replace(/^\s*=\s*/, "") + w("deadline.short", { unit }) : w("deadline.long", { n: deadline.due, unit });
}

export const deadline = { id: "deadline", fits: ({ kind }) => kind === "userTask", open: () => true, summary, body: Deadline };
