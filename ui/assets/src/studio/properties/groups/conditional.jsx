// 条件触发: an event that happens as soon as something holds.
import { besideOf, eventOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { Interrupting, thenSays } from "../interrupting.jsx";
import { w } from "../words/index.js";
import { short } from "./condition.jsx";

function Conditional({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const event = eventOf(bo, "Conditional");
  const text = event.condition?.body;
  const top = bo.$type === "bpmn:StartEvent" && !besideOf(bo);
  return (
    <>
      <FeelField id="when" element={element} always label={w("conditional.label")} value={text} hint={w(top ? "conditional.hint.start" : "conditional.hint")} write={(body) => pen.expression(element, event, "condition", body)} />
      <Interrupting facts={facts} />
      {text && <Sentence>{w(top ? "conditional.say.start" : "conditional.say", { text: short(text) })}{thenSays(facts)}</Sentence>}
    </>
  );
}

const summary = ({ bo }) => {
  const text = eventOf(bo, "Conditional").condition?.body;
  return text ? short(text) : w("none");
};

export const conditional = { id: "conditional", fits: ({ bo }) => Boolean(eventOf(bo, "Conditional")), open: () => true, summary, body: Conditional };
