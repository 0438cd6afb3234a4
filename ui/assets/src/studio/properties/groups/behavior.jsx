// 逐项通知: which event the border of a multi-instance is told of when one of its instances ends (BPMN 2.0, 10.3.8, behavior).
import { Declared, declaredIn } from "../declared.jsx";
import { definitionsOf, nodesOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { SelectField, Sentence } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { Cross, Plus } from "../icons.jsx";
import { w } from "../words/index.js";

const REFERENCES = { One: "oneBehaviorEventRef", None: "noneBehaviorEventRef" };
const KINDS = {
  Signal: { reference: "signalRef", type: "bpmn:Signal", words: "signal" },
  Escalation: { reference: "escalationRef", type: "bpmn:Escalation", words: "escalation", code: "escalationCode" },
  Message: { reference: "messageRef", type: "bpmn:Message", words: "message" },
};
const COUNTERS = ["nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"];
const typeOf = (kind) => `bpmn:${kind}EventDefinition`;
const kindOf = (definition) => Object.keys(KINDS).find((kind) => typeOf(kind) === definition?.$type);

/** A definition of this kind, of what the file declares first. */
function make(pen, bo, kind, parent) {
  const { reference, type } = KINDS[kind];
  return pen.make(typeOf(kind), { [reference]: declaredIn(bo, type)[0] }, parent);
}

/** Whether another loop or event of the file refers to the definition, too. */
function used(definition, process, loop) {
  return nodesOf(process).some(({ loopCharacteristics: other, eventDefinitionRef = [] }) => (other && other !== loop && Object.values(REFERENCES).some((name) => other[name] === definition)) || eventDefinitionRef.includes(definition));
}

function Behavior({ facts }) {
  const { element, bo, loop, process } = facts;
  const pen = usePen();
  const now = loop.behavior ?? "All";
  const root = definitionsOf(bo);
  const told = loop[REFERENCES[now]];
  const roots = (without) => root.get("rootElements").filter((one) => one !== without);
  const choose = (next) => {
    const other = loop[REFERENCES[now]];
    const kept = REFERENCES[next] ? (other ?? make(pen, bo, "Signal", root)) : undefined;
    const dropped = other && !kept && !used(other, process, loop) ? other : undefined;
    const rules = next === "Complex" ? [rule(pen, bo, loop)] : [];
    pen.all(element, [
      [root, { rootElements: [...roots(dropped), ...(kept && kept !== other ? [kept] : [])] }],
      [loop, { behavior: next === "All" ? undefined : next, oneBehaviorEventRef: undefined, noneBehaviorEventRef: undefined, complexBehaviorDefinition: rules, ...(kept && { [REFERENCES[next]]: kept }) }],
    ]);
  };
  const turn = (kind) => {
    const made = make(pen, bo, kind, root);
    pen.all(element, [[root, { rootElements: [...roots(told && !used(told, process, loop) ? told : undefined), made] }], [loop, { [REFERENCES[now]]: made }]]);
  };
  return (
    <>
      <SelectField id="behavior" label={w("behavior.label")} value={now} options={["All", "One", "None", "Complex"].map((one) => [one, w(`behavior.${one}`)])} write={choose} />
      {REFERENCES[now] && <Told facts={facts} id="told" definition={told} write={turn} />}
      {now === "Complex" && <Rules facts={facts} />}
      {now !== "All" && <Sentence>{w("behavior.say")}</Sentence>}
    </>
  );
}

/** What is told: its kind, and which of those that the file declares. */
function Told({ facts, id, definition, write }) {
  const kind = kindOf(definition);
  const { label, ...declared } = KINDS[kind] ?? {};
  return (
    <>
      <SelectField id={`${id}-kind`} label={w("behavior.kind")} value={kind ?? ""} options={Object.keys(KINDS).map((one) => [one, w(`kind.${one.toLowerCase()}EventDefinition`)])} write={write} />
      {kind && <Declared facts={facts} owner={definition} id={`${id}-event`} label={w(`group.${declared.words}`)} {...declared} />}
    </>
  );
}

function rule(pen, bo, loop) {
  const made = pen.make("bpmn:ComplexBehaviorDefinition", {}, loop);
  made.condition = pen.make("bpmn:FormalExpression", { body: "nrOfCompletedInstances = 1" }, made);
  made.event = pen.make("bpmn:ImplicitThrowEvent", { eventDefinitions: [] }, made);
  made.event.eventDefinitions = [make(pen, bo, "Signal", made.event)];
  return made;
}

function Rules({ facts }) {
  const { element, bo, loop } = facts;
  const pen = usePen();
  const known = [...COUNTERS.map((name) => ({ name, type: "number", label: w(`repeat.${name}`) })), ...useDesk().variables(element.id)];
  const rules = loop.get("complexBehaviorDefinition");
  const put = (list) => pen.set(element, loop, { complexBehaviorDefinition: list });
  return (
    <div class="g-propset" data-rows="behavior-rules">
      {rules.length === 0 && <p class="g-hint">{w("behavior.none")}</p>}
      {rules.map((one, index) => (
        <div key={one.id ?? index} class="g-propcard">
          <div class="g-row g-propcard__bar">
            <span class="g-3 g-small">{w("rows.nth", { n: index + 1 })}</span>
            <span class="g-grow" />
            <button type="button" class="g-iconbtn" aria-label={w("pick.remove", { name: w("rows.nth", { n: index + 1 }) })} onClick={() => put(rules.filter((other) => other !== one))}><Cross /></button>
          </div>
          <FeelField id={`rule-condition-${index}`} element={element} always known={known} label={w("behavior.rule")} hint={w("behavior.rule.hint")} value={one.condition?.body} write={(body) => body && pen.expression(element, one, "condition", body)} />
          <Told facts={facts} id={`rule-${index}`} definition={one.event?.eventDefinitions?.[0]} write={(kind) => pen.set(element, one.event, { eventDefinitions: [make(pen, bo, kind, one.event)] })} />
        </div>
      ))}
      <div class="g-row g-row--wrap g-propchips">
        <button type="button" class="g-chip g-chip--s" onClick={() => put([...rules, rule(pen, bo, loop)])}><Plus />{w("rows.add")}</button>
      </div>
    </div>
  );
}

const summary = ({ loop }) => w(`behavior.${loop.behavior ?? "All"}`);

export const behavior = { id: "behavior", fits: ({ loop }) => Boolean(loop), open: ({ loop }) => (loop.behavior ?? "All") !== "All", summary, body: Behavior };
