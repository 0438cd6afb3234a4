// 补偿: what is undone, and whether the flow waits for it; on a border, which activity undoes the one it sits on.
import { useService } from "bpmn-js-properties-panel";
import { besideOf, eventOf, nodesOf, throws } from "../facts.js";
import { CheckField, Quiet, SelectField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

const isGuard = (node) => node.$type === "bpmn:BoundaryEvent" && eventOf(node, "Compensate");

/** What an association from the event on the border leads to. */
function handlerOf(guard) {
  const ends = (guard.$parent?.artifacts ?? []).filter(({ $type }) => $type === "bpmn:Association").flatMap(({ sourceRef, targetRef }) => [[sourceRef, targetRef], [targetRef, sourceRef]]);
  return ends.find(([from, to]) => from === guard && to?.$instanceOf?.("bpmn:Activity"))?.[1];
}

/** Activities that a compensation can name: those that something undoes, in its own scope and in those around. */
function undoable(bo) {
  const scopes = [];
  for (let at = bo.$parent; at?.flowElements; at = at.$parent) scopes.push(at);
  return scopes.flatMap(({ flowElements }) => {
    const guarded = flowElements.filter(isGuard).map(({ attachedToRef }) => attachedToRef);
    const scoped = flowElements.filter((one) => one.flowElements && !one.triggeredByEvent && nodesOf(one).some((node) => isGuard(node) || (besideOf(node) && eventOf(node, "Compensate"))));
    return [...new Set([...guarded, ...scoped])];
  });
}

function Compensation({ facts }) {
  const { element, bo } = facts;
  if (bo.$type === "bpmn:BoundaryEvent") return <Guard bo={bo} />;
  if (!throws(bo)) return <Sentence>{w("compensation.say.start")}</Sentence>;
  return <Throw element={element} bo={bo} event={eventOf(bo, "Compensate")} />;
}

function Guard({ bo }) {
  const registry = useService("elementRegistry");
  const selection = useService("selection");
  const handler = handlerOf(bo);
  const host = bo.attachedToRef?.name || bo.attachedToRef?.id || "";
  if (!handler) return <Sentence warn>{w("compensation.none", { host })}</Sentence>;
  return (
    <>
      <Sentence>{w("compensation.say.guard", { host, handler: handler.name || handler.id })}</Sentence>
      <div><Quiet onClick={() => selection.select(registry.get(handler.id))}>{w("compensation.show", { handler: handler.name || handler.id })}</Quiet></div>
    </>
  );
}

function Throw({ element, bo, event }) {
  const pen = usePen();
  const chosen = event.activityRef;
  const known = undoable(bo);
  const options = [["", w("compensation.all")], ...[...new Set([...known, ...(chosen ? [chosen] : [])])].map((one) => [one.id, one.name || one.id])];
  const waits = event.waitForCompletion !== false;
  return (
    <>
      <SelectField id="activity" label={w("compensation.label")} value={chosen?.id ?? ""} options={options} write={(id) => pen.set(element, event, { activityRef: known.find((one) => one.id === id) })} />
      <CheckField id="wait" label={w("compensation.wait")} value={waits} write={(on) => pen.set(element, event, { waitForCompletion: on })} />
      <Sentence warn={!known.length}>{w(!known.length ? "compensation.nothing" : chosen ? "compensation.say.one" : "compensation.say.all", { name: chosen?.name ?? chosen?.id ?? "" })}{known.length > 0 && w(waits ? "compensation.say.waits" : "compensation.say.goes")}</Sentence>
    </>
  );
}

function summary({ bo }) {
  if (bo.$type === "bpmn:BoundaryEvent") return handlerOf(bo)?.name ?? w("none");
  return throws(bo) ? (eventOf(bo, "Compensate").activityRef?.name ?? w("compensation.all")) : "";
}

export const compensation = { id: "compensation", fits: ({ bo }) => Boolean(eventOf(bo, "Compensate")), open: () => true, summary, body: Compensation };
