// 办理动作: the buttons of a task, and the variable that takes the value of the one pressed.
import { actionsOf, extensionOf } from "../facts.js";
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { Cross, Down, Plus, Up } from "../icons.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

const TYPE = "guicheng:Actions";
const KINDS = ["approve", "submit", "agree", "oppose", "abstain", "return", "reject", "rework"];
const OPINIONS = ["optional", "required", "none"];
const SETS = {
  submit: [["submit", "submit", "optional"]],
  approval: [["approve", "approve", "optional"], ["return", "return", "required"], ["reject", "reject", "required"]],
  vote: [["agree", "agree", "optional"], ["oppose", "oppose", "required"], ["abstain", "abstain", "required"]],
};

function Actions({ facts: { element, bo } }) {
  const pen = usePen();
  const actions = extensionOf(bo, TYPE);
  const items = actionsOf(bo);
  if (!actions) return <Sets pen={pen} element={element} bo={bo} />;
  const write = (list) => pen.set(element, actions, { items: list.map((item) => pen.make("guicheng:Action", item, actions)) });
  const change = (index, properties) => pen.set(element, actions.items[index], properties);
  const move = (index, by) => {
    const list = [...items];
    [list[index], list[index + by]] = [list[index + by], list[index]];
    write(list);
  };
  const remove = (index) => (items.length > 1 ? write(items.filter((item, at) => at !== index)) : pen.withoutExtension(element, bo, TYPE));
  return (
    <>
      <TextField
        id="variable"
        label={w("actions.variable")}
        value={actions.variable}
        check={(name) => (name ? variableName(name) : items.length > 1 ? w("actions.variable.needed") : null)}
        hint={w("actions.variable.hint", { name: actions.variable ?? "…" })}
        write={(variable) => pen.set(element, actions, { variable })}
      />
      <ol class="g-propcards" aria-label={w("group.actions")}>
        {items.map((item, index) => (
          <li key={index} class="g-propcard">
            <div class="g-row g-propcard__bar">
              <span class="g-3 g-small">{w("actions.nth", { n: index + 1 })}</span>
              <span class="g-grow" />
              <button type="button" class="g-iconbtn" disabled={index === 0} aria-label={w("actions.up", { label: item.label ?? "" })} onClick={() => move(index, -1)}><Up /></button>
              <button type="button" class="g-iconbtn" disabled={index === items.length - 1} aria-label={w("actions.down", { label: item.label ?? "" })} onClick={() => move(index, 1)}><Down /></button>
              <button type="button" class="g-iconbtn" aria-label={w("actions.remove", { label: item.label ?? "" })} onClick={() => remove(index)}><Cross /></button>
            </div>
            <Action item={item} index={index} items={items} change={(properties) => change(index, properties)} />
          </li>
        ))}
      </ol>
      <div>
        <button type="button" class="g-chip g-chip--s" onClick={() => write([...items, fresh(items)])}><Plus />{w("actions.add")}</button>
      </div>
    </>
  );
}

function Action({ item, index, items, change }) {
  const taken = (value) => (items.some((other, at) => at !== index && other.value === value) ? w("actions.taken") : null);
  return (
    <>
      <div class="g-two">
        <TextField id={`label-${index}`} label={w("actions.label")} required value={item.label} check={(text) => (text ? null : w("actions.empty"))} write={(label) => change({ label })} />
        <SelectField id={`kind-${index}`} label={w("actions.kind")} value={item.kind} options={KINDS.map((kind) => [kind, w(`action.${kind}`)])} write={(kind) => change({ kind })} />
      </div>
      <div class="g-two">
        <TextField id={`value-${index}`} label={w("actions.value")} required value={item.value} check={(text) => (text ? taken(text) : w("actions.empty"))} write={(value) => change({ value })} />
        <SelectField id={`opinion-${index}`} label={w("actions.opinion")} value={item.opinion} options={OPINIONS.map((one) => [one, w(`opinion.${one}`)])} write={(opinion) => change({ opinion })} />
      </div>
      {item.kind && <p class="g-hint">{w(`action.${item.kind}.say`)}</p>}
    </>
  );
}

function Sets({ pen, element, bo }) {
  const start = (name) => {
    const items = SETS[name].map(([value, kind, opinion]) => pen.make("guicheng:Action", { value, label: w(`action.${kind}.label`), kind, opinion }, undefined));
    const variable = `${bo.id.replace(/\W/g, "_")}_act`.replace(/^(\d)/, "_$1");
    pen.extension(element, bo, TYPE, { variable, items });
    const made = extensionOf(bo, TYPE);
    for (const item of items) item.$parent = made;
  };
  return (
    <>
      <Sentence>{w("actions.without")}</Sentence>
      <div class="g-row g-row--wrap">
        {Object.keys(SETS).map((name) => (
          <button key={name} type="button" class="btn btn-sm" onClick={() => start(name)}>{w(`actions.set.${name}`)}</button>
        ))}
      </div>
    </>
  );
}

function fresh(items) {
  let number = items.length + 1;
  while (items.some((item) => item.value === `choice_${number}`)) number += 1;
  return { value: `choice_${number}`, label: w("actions.fresh", { n: number }), kind: "submit", opinion: "optional" };
}

const summary = ({ bo }) => actionsOf(bo).map((action) => action.label).join(" / ") || w("none");

export const actions = { id: "actions", fits: ({ kind }) => kind === "userTask", open: () => false, summary, body: Actions };
