// 消息: what starts an event subprocess, when it may come, and who may send it.
import { definitionsOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

function Message({ facts: { element, bo, event, kind } }) {
  const pen = usePen();
  const definitions = definitionsOf(bo);
  const messages = definitions.get("rootElements").filter((one) => one.$type === "bpmn:Message");
  const message = event.messageRef;
  const choose = (id) => {
    if (id === "+") return pen.declare(element, definitions, "bpmn:Message", { name: fresh(messages) }, event, "messageRef");
    return pen.set(element, event, { messageRef: messages.find((one) => one.id === id) });
  };
  const options = [["", w("message.none")], ...messages.map((one) => [one.id, one.name || one.id]), ["+", w("message.new")]];
  const starts = kind === "startEvent" && bo.$parent?.triggeredByEvent;
  return (
    <>
      <SelectField id="message" label={w("message.label")} value={message?.id ?? ""} options={options} write={choose} />
      {message && <TextField id="message-name" label={w("message.name")} required value={message.name} check={(name) => (name ? null : w("actions.empty"))} write={(name) => pen.set(element, message, { name })} hint={w("message.name.hint")} />}
      {starts && (
        <>
          <SelectField id="sender" label={w("message.sender")} value={bo.get("guicheng:sender") ?? ""} options={[["", w("message.sender.any")], ["starter", w("message.sender.starter")]]} write={(sender) => pen.set(element, bo, { "guicheng:sender": sender })} />
          <FeelField id="available" element={element} label={w("message.available")} always value={bo.get("guicheng:availableWhen")} write={(text) => pen.set(element, bo, { "guicheng:availableWhen": text })} hint={w("message.available.hint")} />
          <Sentence>{w(bo.get("guicheng:sender") === "starter" ? "message.say.starter" : "message.say", { name: message?.name ?? "…" })}{bo.get("guicheng:availableWhen") ? w("message.say.when") : w("message.say.always")}</Sentence>
        </>
      )}
    </>
  );
}

function fresh(messages) {
  let number = 1;
  while (messages.some((one) => one.name === `message_${number}`)) number += 1;
  return `message_${number}`;
}

const summary = ({ event }) => event.messageRef?.name ?? w("none");

export const message = { id: "message", fits: ({ event }) => event?.$type === "bpmn:MessageEventDefinition", open: () => true, summary, body: Message };
