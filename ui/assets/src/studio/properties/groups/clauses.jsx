// 条款: the clauses of the regulation that this step or procedure puts into practice.
import { useDesk, usePen } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { w } from "../words/index.js";

const listOf = (text) => (text ?? "").replaceAll(",", " ").split(/\s+/).filter(Boolean);

function Clauses({ facts: { element, bo } }) {
  const pen = usePen();
  const { context } = useDesk();
  const chosen = listOf(bo.get("guicheng:clauses"));
  const options = context.clauses.map(({ number, heading, summary, section }) => ({
    value: number,
    label: w("clause", { number, heading: heading ?? "" }).trim(),
    detail: summary ?? section ?? "",
  }));
  const write = (list) => pen.set(element, bo, { "guicheng:clauses": list.length ? sorted(list, context.clauses).join(" ") : undefined });
  const told = options.filter((one) => chosen.includes(one.value) && one.detail);
  return (
    <>
      <Picker id="clauses" label={w("clauses.label")} options={options} values={chosen} write={write} add={w("clauses.add")} />
      {told.map((one) => <p key={one.value} class="g-hint">{w("clauses.say", { number: one.value, summary: one.detail })}</p>)}
    </>
  );
}

function sorted(list, clauses) {
  const place = (number) => clauses.findIndex((clause) => clause.number === number);
  return [...list].sort((a, b) => place(a) - place(b));
}

function summary({ bo }) {
  const list = listOf(bo.get("guicheng:clauses"));
  if (!list.length) return w("none");
  return list.length > 2 ? w("clauses.several", { number: list[0], n: list.length }) : list.map((number) => w("clause", { number, heading: "" }).trim()).join(w("comma"));
}

export const clauses = { id: "clauses", fits: ({ kind, bo }) => kind === "userTask" || bo.$type === "bpmn:Process", open: () => true, summary, body: Clauses };
