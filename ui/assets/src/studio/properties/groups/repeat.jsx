// 重复: once, again while something holds, or once for each of several; people's steps have their own group for several people.
import { FeelField } from "../feel/field.jsx";
import { CheckField, SegmentField, SelectField, Sentence, TextField } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

const LOOP = "bpmn:StandardLoopCharacteristics";
const MANY = "bpmn:MultiInstanceLoopCharacteristics";

const modeOf = ({ bo, loop }) => (loop ? (loop.isSequential ? "inturn" : "together") : bo.loopCharacteristics?.$type === LOOP ? "loop" : "once");

function Repeat({ facts }) {
  const { element, bo, kind } = facts;
  const pen = usePen();
  const mode = modeOf(facts);
  const modes = kind === "userTask" ? ["once", "loop"] : ["once", "loop", "together", "inturn"];
  const choose = (next) => {
    if (next === "once") return pen.draw(element, { loopCharacteristics: undefined });
    if (next === "loop") return pen.draw(element, { loopCharacteristics: loopFor(pen, bo) });
    if (facts.loop) return pen.set(element, facts.loop, { isSequential: next === "inturn" });
    return pen.draw(element, { loopCharacteristics: pen.make(MANY, { isSequential: next === "inturn", "camunda:collection": "= items", "camunda:elementVariable": "item_now" }, bo) });
  };
  return (
    <>
      <SegmentField label={w("group.repeat")} value={mode} options={modes.map((one) => [one, w(`repeat.${one}`)])} write={choose} />
      <Sentence>{w(`repeat.${mode}.say`)}</Sentence>
      {mode === "loop" && <Standard element={element} loop={bo.loopCharacteristics} />}
      {facts.loop && <Many facts={facts} />}
    </>
  );
}

function loopFor(pen, bo) {
  const made = pen.make(LOOP, { loopMaximum: 10 }, bo);
  made.loopCondition = pen.make("bpmn:FormalExpression", { body: "= loopCounter < 3" }, made);
  return made;
}

function Standard({ element, loop }) {
  const pen = usePen();
  const maximum = loop.loopMaximum;
  const check = (text) => (!text || /^[1-9]\d{0,8}$/.test(text) ? null : w("timer.whole"));
  const known = [{ name: "loopCounter", type: "number", label: w("var.loopCounter") }, ...useDesk().variables(element.id)];
  return (
    <>
      <FeelField id="loop-condition" element={element} always known={known} label={w("repeat.condition")} hint={w("repeat.condition.hint")} value={loop.loopCondition?.body} write={(body) => pen.expression(element, loop, "loopCondition", body)} />
      <TextField id="loop-maximum" label={w("repeat.maximum")} unit={w("timer.times.unit")} mode="numeric" value={maximum === undefined ? undefined : String(maximum)} check={check} hint={w("timer.times.hint")} write={(text) => pen.set(element, loop, { loopMaximum: text ? Number(text) : undefined })} />
      <CheckField id="test-before" label={w("repeat.before")} value={loop.testBefore === true} hint={w("repeat.before.hint")} write={(on) => pen.set(element, loop, { testBefore: on || undefined })} />
    </>
  );
}

/** By a list or by a number: what says how many there are; also for people's steps. */
export function Source({ facts: { element, loop }, listLabel, listHint }) {
  const pen = usePen();
  const counted = Boolean(loop.loopCardinality);
  const choose = (next) => {
    if (next === "count") return pen.all(element, [[loop, { "camunda:collection": undefined, "camunda:elementVariable": undefined, loopCardinality: pen.make("bpmn:FormalExpression", { body: "3" }, loop) }]]);
    return pen.set(element, loop, { loopCardinality: undefined, "camunda:collection": "= items", "camunda:elementVariable": "item_now" });
  };
  return (
    <>
      <SelectField id="source" label={w("repeat.source")} value={counted ? "count" : "list"} options={["list", "count"].map((one) => [one, w(`repeat.source.${one}`)])} write={choose} />
      {counted ? (
        <FeelField id="cardinality" element={element} label={w("repeat.count")} hint={w("repeat.count.hint")} value={loop.loopCardinality.body} write={(text) => text && pen.expression(element, loop, "loopCardinality", text)} />
      ) : (
        <>
          <FeelField id="collection" element={element} always label={listLabel ?? w("repeat.list")} hint={listHint ?? w("repeat.list.hint")} value={loop.get("camunda:collection")} write={(text) => pen.set(element, loop, { "camunda:collection": text })} />
          <TextField id="element-variable" label={w("repeat.element")} value={loop.get("camunda:elementVariable")} check={variableName} hint={w("repeat.element.hint")} write={(name) => pen.set(element, loop, { "camunda:elementVariable": name })} />
        </>
      )}
    </>
  );
}

function Many({ facts }) {
  const { element, loop } = facts;
  const pen = usePen();
  const counters = ["nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"].map((name) => ({ name, type: "number", label: w(`repeat.${name}`) }));
  const known = useDesk().variables(element.id);
  const list = loop.get("guicheng:outputCollection");
  const keep = (name) => pen.set(element, loop, name ? { "guicheng:outputCollection": name, "guicheng:outputElement": loop.get("guicheng:outputElement") ?? "= null" } : { "guicheng:outputCollection": undefined, "guicheng:outputElement": undefined });
  return (
    <>
      <Source facts={facts} />
      <FeelField id="completion" element={element} always known={[...counters, ...known]} label={w("repeat.completion")} hint={w("repeat.completion.hint")} value={loop.completionCondition?.body} write={(body) => pen.expression(element, loop, "completionCondition", body)} />
      <TextField id="output-collection" label={w("vote.output")} value={list} check={variableName} hint={w("repeat.output.hint")} write={keep} />
      {list && <FeelField id="output-element" element={element} always label={w("repeat.output.item")} known={known} value={loop.get("guicheng:outputElement")} write={(text) => text && pen.set(element, loop, { "guicheng:outputElement": text })} />}
    </>
  );
}

const summary = (facts) => w(`repeat.${modeOf(facts)}`);
const fits = ({ own, bo, kind, loop }) => Boolean(own.$instanceOf?.("bpmn:Activity")) && !bo.triggeredByEvent && !(kind === "userTask" && loop);

export const repeat = { id: "repeat", fits, open: ({ bo }) => Boolean(bo.loopCharacteristics), summary, body: Repeat };
