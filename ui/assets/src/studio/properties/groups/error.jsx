// 错误: which trouble is caught on a border or by an event subprocess, or raised by an end, and where its code and words go.
import { Declared, declaredIn } from "../declared.jsx";
import { besideOf, eventOf, nodesOf, throws } from "../facts.js";
import { Sentence, TextField } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

function ErrorEvent({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const { context } = useDesk();
  const event = eventOf(bo, "Error");
  const host = bo.attachedToRef ?? besideOf(bo)?.$parent;
  const raised = throws(bo) ? [] : raisedIn(host, context.handlers);
  const declared = declaredIn(bo, "bpmn:Error");
  const open = raised.filter(({ code }) => !declared.some((one) => one.errorCode === code));
  const error = event.errorRef;
  const set = (name) => (text) => pen.set(element, event, { [name]: text });
  if (throws(bo)) {
    return (
      <>
        <Declared facts={facts} owner={event} reference="errorRef" type="bpmn:Error" words="error" code="errorCode" label={w("error.label.raised")} />
        <Sentence>{w("error.say.raised", { code: error?.errorCode ?? "…" })}</Sentence>
      </>
    );
  }
  return (
    <>
      <Declared facts={facts} owner={event} reference="errorRef" type="bpmn:Error" words="error" code="errorCode" none={w("error.any")} more={open.map(({ code, summary, message }) => [code, summary ?? message])} />
      {error && raised.length > 0 && !raised.some(({ code }) => code === error.errorCode) && <Sentence warn>{w("error.never", { code: error.errorCode ?? "" })}</Sentence>}
      <div class="g-two">
        <TextField id="code-variable" label={w("error.codeVariable")} value={event.get("camunda:errorCodeVariable")} check={variableName} write={set("camunda:errorCodeVariable")} />
        <TextField id="message-variable" label={w("error.messageVariable")} value={event.get("camunda:errorMessageVariable")} check={variableName} write={set("camunda:errorMessageVariable")} />
      </div>
      <Sentence>{w(error ? "error.say" : "error.say.any", { name: host?.name ?? "", code: error?.errorCode ?? "" })}</Sentence>
    </>
  );
}

// The errors that can come out of an activity: its own handler's, or those of all handlers and error ends inside a subprocess.
function raisedIn(host, handlers) {
  if (!host || host.$type === "bpmn:CallActivity") return [];
  const nodes = host.flowElements ? nodesOf(host) : [host];
  const topics = nodes.map((task) => task?.get?.("camunda:topic")).filter(Boolean);
  const ends = nodes.filter(({ $type }) => $type === "bpmn:EndEvent").map((end) => eventOf(end, "Error")?.errorRef);
  const thrown = ends.filter((one) => one?.errorCode).map(({ errorCode, name }) => ({ code: errorCode, summary: name }));
  const known = handlers.filter(({ topic }) => topics.includes(topic)).flatMap(({ errors }) => errors ?? []);
  return nodes.some(({ $type }) => $type === "bpmn:CallActivity") ? [] : [...known, ...thrown];
}

const summary = ({ bo }) => {
  const { errorRef } = eventOf(bo, "Error");
  return errorRef?.name ?? errorRef?.errorCode ?? w(throws(bo) ? "none" : "error.any");
};

export const error = { id: "error", fits: ({ bo }) => Boolean(eventOf(bo, "Error")), open: () => true, summary, body: ErrorEvent };
