// 消息: which message is sent or awaited, and which of several cases it is for; what starts an event subprocess, and who may send it.
import { besideOf, eventOf, throws } from "../facts.js";
import { Declared } from "../declared.jsx";
import { FeelField } from "../feel/field.jsx";
import { CheckField, SegmentField, SelectField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { interrupts, Interrupting } from "../interrupting.jsx";
import { w } from "../words/index.js";

/** Where the message is referred to: the definition of an event, or the task itself. */
const ownerOf = ({ kind, bo }) => (["sendTask", "receiveTask"].includes(kind) ? bo : eventOf(bo, "Message"));
const sends = ({ kind, bo }) => kind === "sendTask" || throws(bo);
const byHandler = ({ kind, bo }) => kind === "sendTask" && bo.get("camunda:type") === "external";

function Message({ facts }) {
  const { element, bo, kind } = facts;
  const pen = usePen();
  const owner = ownerOf(facts);
  const label = w(sends(facts) ? "message.label.sent" : "message.label");
  const turn = (how) => pen.set(element, bo, how === "handler" ? { messageRef: undefined, "camunda:type": "external" } : { "camunda:type": undefined, "camunda:topic": undefined });
  const way = byHandler(facts) ? "handler" : "message";
  return (
    <>
      {kind === "sendTask" && <SegmentField label={w("message.by")} value={way} options={["message", "handler"].map((one) => [one, w(`message.by.${one}`)])} write={turn} />}
      {way === "handler" && <Sentence>{w("message.by.handler.say")}</Sentence>}
      {way === "message" && <Declared facts={facts} owner={owner} reference="messageRef" type="bpmn:Message" words="message" label={label} hint={besideOf(bo) ? w("message.name.hint") : undefined} />}
      {way === "message" && owner.messageRef && !startsCase(facts) && <Correlation facts={facts} owner={owner} />}
      {besideOf(bo) ? <Beside facts={facts} message={owner.messageRef} /> : <Says facts={facts} message={owner.messageRef} />}
      {!besideOf(bo) && <Interrupting facts={facts} />}
      {kind === "receiveTask" && <CheckField id="instantiate" label={w("message.instantiate")} value={bo.instantiate === true} hint={w("message.instantiate.hint")} write={(on) => pen.set(element, bo, { instantiate: on || undefined })} />}
    </>
  );
}

/** A start of the process itself, which no case waits for. */
const startsCase = ({ kind, bo }) => (kind === "startEvent" && !bo.$parent?.triggeredByEvent) || bo.instantiate === true;

// The key is written once for all who send or await the message, unless this place has one of its own.
function Correlation({ facts: { element }, owner }) {
  const pen = usePen();
  const own = owner.get("guicheng:correlationKey");
  const shared = owner.messageRef.get("guicheng:correlationKey");
  const apart = own !== undefined;
  const part = apart ? owner : owner.messageRef;
  const divide = (on) => pen.set(element, owner, { "guicheng:correlationKey": on ? (shared ?? "= case.number") : undefined });
  return (
    <>
      <FeelField id="correlation" element={element} always label={w("message.key")} value={apart ? own : shared} hint={w(apart || shared ? "message.key.hint" : "message.key.none")} write={(text) => pen.set(element, part, { "guicheng:correlationKey": text })} />
      <CheckField id="own-key" label={w("message.key.own")} value={apart} write={divide} />
    </>
  );
}

function Beside({ facts, message }) {
  const { element, bo } = facts;
  const pen = usePen();
  const says = interrupts(facts) ? (bo.get("guicheng:sender") === "starter" ? "message.say.starter" : "message.say") : "message.say.beside";
  return (
    <>
      <SelectField id="sender" label={w("message.sender")} value={bo.get("guicheng:sender") ?? ""} options={[["", w("message.sender.any")], ["starter", w("message.sender.starter")]]} write={(sender) => pen.set(element, bo, { "guicheng:sender": sender })} />
      <FeelField id="available" element={element} label={w("message.available")} always value={bo.get("guicheng:availableWhen")} write={(text) => pen.set(element, bo, { "guicheng:availableWhen": text })} hint={w("message.available.hint")} />
      <Interrupting facts={facts} />
      <Sentence>{w(says, { name: message?.name ?? "…" })}{bo.get("guicheng:availableWhen") ? w("message.say.when") : w("message.say.always")}</Sentence>
    </>
  );
}

function Says({ facts, message }) {
  if (!message || byHandler(facts)) return null;
  const way = startsCase(facts) ? "starts" : sends(facts) ? "sends" : facts.kind === "boundaryEvent" ? (interrupts(facts) ? "ends" : "beside") : "waits";
  return <Sentence>{w(`message.way.${way}`, { name: message.name ?? message.id, host: facts.bo.attachedToRef?.name ?? "" })}</Sentence>;
}

const summary = (facts) => (byHandler(facts) ? w("message.by.handler") : (ownerOf(facts).messageRef?.name ?? w("none")));

export const message = { id: "message", fits: (facts) => Boolean(ownerOf(facts)), open: () => true, summary, body: Message };
