// 激活条件 of a complex gateway; 等待 of an event-based one.
import { flowsOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { CheckField, Sentence } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { short } from "./condition.jsx";

function Activation({ facts: { element, bo } }) {
  const pen = usePen();
  const known = [{ name: "activationCount", type: "number", label: w("activation.count") }, ...useDesk().variables(element.id)];
  if (flowsOf(element, "incoming").length < 2) return <Sentence>{w("activation.one")}</Sentence>;
  return <FeelField id="activation" element={element} always known={known} label={w("activation.label")} hint={w("activation.hint")} value={bo.activationCondition?.body} write={(body) => pen.expression(element, bo, "activationCondition", body)} />;
}

const activated = ({ element, bo }) => (bo.activationCondition?.body ? short(bo.activationCondition.body) : flowsOf(element, "incoming").length < 2 ? "" : w("none"));

export const activation = { id: "activation", fits: ({ kind }) => kind === "complexGateway", open: () => true, summary: activated, body: Activation };

function Waiting({ facts: { element, bo } }) {
  const pen = usePen();
  const all = bo.eventGatewayType === "Parallel";
  const begins = bo.instantiate === true;
  return (
    <>
      <Sentence>{w(begins ? (all ? "waiting.say.all" : "waiting.say.begins") : "waiting.say")}</Sentence>
      <CheckField id="instantiate" label={w("waiting.begins")} value={begins} hint={w("waiting.begins.hint")} write={(on) => pen.draw(element, { instantiate: on || undefined, ...(!on && all && { eventGatewayType: "Exclusive" }) })} />
      {begins && <CheckField id="all-events" label={w("waiting.all")} value={all} write={(on) => pen.draw(element, { eventGatewayType: on ? "Parallel" : "Exclusive" })} />}
    </>
  );
}

export const waiting = { id: "waiting", fits: ({ kind }) => kind === "eventBasedGateway", open: () => true, summary: ({ bo }) => (bo.instantiate ? w("waiting.begins") : ""), body: Waiting };
