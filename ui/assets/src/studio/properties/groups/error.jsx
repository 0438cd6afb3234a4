// 错误: which trouble of a handler this boundary event catches, and where its code and words go.
import { definitionsOf, nodesOf } from "../facts.js";
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

function ErrorEvent({ facts: { element, bo, event } }) {
  const pen = usePen();
  const { context } = useDesk();
  const definitions = definitionsOf(bo);
  const declared = definitions.get("rootElements").filter((one) => one.$type === "bpmn:Error");
  const raised = errorsOf(bo.attachedToRef, context.handlers);
  const open = raised.filter(({ code }) => !declared.some((one) => one.errorCode === code));
  const error = event.errorRef;
  const choose = (choice) => {
    const [from, key] = choice ? [choice.slice(0, 1), choice.slice(1)] : ["", ""];
    if (!from) return pen.set(element, event, { errorRef: undefined });
    if (from === "=") return pen.set(element, event, { errorRef: declared.find((one) => one.id === key) });
    const known = raised.find(({ code }) => code === key);
    return pen.declare(element, definitions, "bpmn:Error", { name: known?.summary ?? known?.message ?? w("error.fresh"), errorCode: key || "ERROR" }, event, "errorRef");
  };
  const named = (code, name) => (name && name !== code ? `${name} · ${code}` : code);
  const options = [
    ["", w("error.any")],
    ...declared.map((one) => [`=${one.id}`, named(one.errorCode ?? one.id, one.name)]),
    ...open.map(({ code, summary, message }) => [`+${code}`, named(code, summary ?? message)]),
    ["+", w("error.new")],
  ];
  const set = (name) => (text) => pen.set(element, event, { [name]: text });
  return (
    <>
      <SelectField id="error" label={w("error.label")} value={error ? `=${error.id}` : ""} options={options} write={choose} />
      {error && (
        <div class="g-two">
          <TextField id="error-name" label={w("error.name")} value={error.name} write={(name) => pen.set(element, error, { name })} />
          <TextField id="error-code" label={w("error.code")} required value={error.errorCode} check={(code) => (code ? null : w("actions.empty"))} write={(errorCode) => errorCode && pen.set(element, error, { errorCode })} />
        </div>
      )}
      {error && raised.length > 0 && !raised.some(({ code }) => code === error.errorCode) && <Sentence warn>{w("error.never", { code: error.errorCode ?? "" })}</Sentence>}
      <div class="g-two">
        <TextField id="code-variable" label={w("error.codeVariable")} value={event.get("camunda:errorCodeVariable")} check={variableName} write={set("camunda:errorCodeVariable")} />
        <TextField id="message-variable" label={w("error.messageVariable")} value={event.get("camunda:errorMessageVariable")} check={variableName} write={set("camunda:errorMessageVariable")} />
      </div>
      <Sentence>{w(error ? "error.say" : "error.say.any", { name: bo.attachedToRef?.name ?? "", code: error?.errorCode ?? "" })}</Sentence>
    </>
  );
}

// The errors that can come out of the activity: its own handler's, or those of all handlers inside a subprocess.
function errorsOf(host, handlers) {
  const tasks = host?.flowElements ? nodesOf(host) : [host];
  const topics = tasks.map((task) => task?.get?.("camunda:topic")).filter(Boolean);
  return handlers.filter(({ topic }) => topics.includes(topic)).flatMap(({ errors }) => errors ?? []);
}

const summary = ({ event }) => event.errorRef?.name ?? event.errorRef?.errorCode ?? w("error.any");

export const error = { id: "error", fits: ({ event }) => event?.$type === "bpmn:ErrorEventDefinition", open: () => true, summary, body: ErrorEvent };
