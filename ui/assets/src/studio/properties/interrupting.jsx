// Whether an event ends what it happens to, or another way begins beside it.
import { besideOf } from "./facts.js";
import { CheckField } from "./fields.jsx";
import { usePen } from "./hooks.js";
import { w } from "./words/index.js";

const hostOf = ({ bo, process }) => (bo.$type === "bpmn:BoundaryEvent" ? bo.attachedToRef : besideOf(bo) && (besideOf(bo).$parent ?? process));
const nameOf = (host) => host?.name || host?.id || "";

/** Whether the event ends what it happens to; undefined where it happens to nothing. */
export function interrupts(facts) {
  if (!hostOf(facts)) return undefined;
  return (facts.bo.$type === "bpmn:BoundaryEvent" ? facts.bo.cancelActivity : facts.bo.isInterrupting) !== false;
}

/** “到时后结束‘专家论证’”: for events on a border and for those that begin an event subprocess. */
export function Interrupting({ facts, label }) {
  const pen = usePen();
  const on = interrupts(facts);
  if (on === undefined) return null;
  const attribute = facts.bo.$type === "bpmn:BoundaryEvent" ? "cancelActivity" : "isInterrupting";
  return <CheckField id="interrupting" label={w(label ?? "interrupting.label", { name: nameOf(hostOf(facts)) })} value={on} write={(next) => pen.draw(facts.element, { [attribute]: next })} />;
}

/** What then happens, as a sentence; "" where the event happens to nothing. */
export function thenSays(facts, words = "interrupting.then") {
  const on = interrupts(facts);
  return on === undefined ? "" : w(`${words}.${on ? "ends" : "beside"}`, { name: nameOf(hostOf(facts)) });
}
