// 处理器: which registered function the platform calls, what it is given and where its answer goes.
import { extensionOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { Quiet, Sentence } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { w } from "../words/index.js";
import { Outputs } from "./handler-outputs.jsx";

const BOX = "camunda:InputOutput";

function Handler({ facts }) {
  const { element, bo, kind } = facts;
  const pen = usePen();
  const { context } = useDesk();
  const topic = bo.get("camunda:topic");
  const handler = context.handlers.find((one) => one.topic === topic);
  const choose = (next) => pen.set(element, bo, { "camunda:type": next || kind === "sendTask" ? "external" : undefined, "camunda:topic": next });
  const options = context.handlers.map((one) => ({ value: one.topic, label: one.summary || one.topic, chip: one.topic, detail: one.topic }));
  return (
    <>
      <Picker
        id="topic"
        label={w("handler.label")}
        single
        options={options}
        values={topic ? [topic] : []}
        error={topic && context.handlers.length && !handler ? w("handler.missing") : undefined}
        add={w(topic ? "handler.other" : "handler.pick")}
        write={([next]) => choose(next)}
      />
      {handler?.summary && <Sentence>{handler.summary}</Sentence>}
      {topic && <Inputs facts={facts} handler={handler} />}
      {topic && <Outputs facts={facts} handler={handler} />}
      {handler?.errors?.length > 0 && <Errors errors={handler.errors} />}
    </>
  );
}

function Inputs({ facts: { element, bo }, handler }) {
  const pen = usePen();
  const given = extensionOf(bo, BOX)?.get("inputParameters") ?? [];
  const wanted = handler?.inputs ?? [];
  const extra = given.filter((one) => !wanted.some((input) => input.name === one.name));
  const rows = [...wanted, ...extra.map(({ name }) => ({ name, extra: !!handler }))];
  const write = (name, value) => writeParameter(pen, element, bo, "inputParameters", "camunda:InputParameter", name, value);
  if (!rows.length) return <p class="g-hint">{w("handler.inputs.none")}</p>;
  return (
    <fieldset class="g-propset">
      <legend class="g-label">{w("handler.inputs")}</legend>
      {rows.map((input) => (
        <Input key={input.name} input={input} element={element} value={given.find((one) => one.name === input.name)?.value} write={(value) => write(input.name, value)} />
      ))}
    </fieldset>
  );
}

function Input({ input, element, value, write }) {
  const type = input.type && input.type !== "Any" ? w(`type.${input.type}`) : "";
  const missing = input.required && !value ? w("handler.required") : "";
  return (
    <div class="g-propinput">
      <FeelField id={`input-${input.name}`} element={element} label={input.required ? `${input.name} *` : input.name} value={value} write={write} hint={missing || [input.summary, type].filter(Boolean).join(w("semi"))} />
      {input.extra && <p class="g-error">{w("handler.extra")}<Quiet onClick={() => write(undefined)}>{w("remove")}</Quiet></p>}
    </div>
  );
}

const Errors = ({ errors }) => (
  <div class="g-hint">
    <p>{w("handler.errors")}</p>
    <ul class="g-propcodes">
      {errors.map(({ code, summary, message }) => <li key={code}><code>{code}</code> {summary ?? message ?? ""}</li>)}
    </ul>
  </div>
);

/** Sets, changes or removes one parameter in one step; the box goes with its last one. */
export function writeParameter(pen, element, bo, list, type, name, value, rename = name) {
  const box = extensionOf(bo, BOX);
  const given = box?.get(list) ?? [];
  const found = given.find((one) => one.name === name);
  if (found && value !== undefined) return pen.set(element, found, { name: rename, value });
  if (!found && value === undefined) return undefined;
  if (!box) {
    const made = pen.make(type, { name: rename, value }, undefined);
    pen.extension(element, bo, BOX, { [list]: [made] });
    made.$parent = extensionOf(bo, BOX);
    return undefined;
  }
  if (found) {
    const rest = given.filter((one) => one !== found);
    const other = list === "inputParameters" ? "outputParameters" : "inputParameters";
    if (!rest.length && !box.get(other).length) return pen.withoutExtension(element, bo, BOX);
    return pen.set(element, box, { [list]: rest });
  }
  return pen.set(element, box, { [list]: [...given, pen.make(type, { name: rename, value }, box)] });
}

const summary = ({ bo }) => {
  const topic = bo.get("camunda:topic");
  return topic ? topic.split(".").pop() : w("none");
};

export const handler = { id: "handler", fits: ({ kind, bo }) => kind === "serviceTask" || (kind === "sendTask" && bo.get("camunda:type") === "external"), open: () => true, summary, body: Handler };
