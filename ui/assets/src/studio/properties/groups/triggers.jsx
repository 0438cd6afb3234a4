// 事件定义: an event with several definitions happens with the first of them, or when all have come; one more, one less.
import { useService } from "bpmn-js-properties-panel";
import ACCEPTED from "../../modeler/accepted.json";
import { besideOf, chooseDefinition, eventOf, tagOf } from "../facts.js";
import { CheckField, Quiet, SelectField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { Cross } from "../icons.jsx";
import { w } from "../words/index.js";

const CATCHES = ["startEvent", "intermediateCatchEvent", "boundaryEvent"];
const INSIDE_ONLY = ["Error", "Escalation", "Compensate"].map((kind) => `bpmn:${kind}EventDefinition`);
const of = (kind) => `bpmn:${kind}EventDefinition`;
const definitionsIn = (bo) => bo.eventDefinitions ?? [];

/** The kinds that can stand beside those that an event has; as engine/bpmn/gate/events.py and starts.py have it. */
function addable(bo) {
  const there = definitionsIn(bo).map(({ $type }) => $type);
  const waits = ["bpmn:StartEvent", "bpmn:BoundaryEvent"].includes(bo.$type);
  const alone = [of("Link"), ...(waits ? [of("Compensate")] : [])];
  if (there.some((one) => alone.includes(one))) return [];
  if (bo.$type === "bpmn:StartEvent" && bo.$parent?.$instanceOf?.("bpmn:SubProcess") && !besideOf(bo)) return [];
  const fits = (type) => {
    if (!type || (there.length && alone.includes(type))) return false;
    if ([of("Terminate"), of("Cancel")].includes(type) && there.includes(type)) return false;
    if (type === of("Cancel")) return (bo.attachedToRef ?? bo.$parent)?.$type === "bpmn:Transaction";
    return bo.$type !== "bpmn:StartEvent" || Boolean(besideOf(bo)) || !INSIDE_ONLY.includes(type);
  };
  return (ACCEPTED[bo.$type] ?? []).filter(fits);
}

const named = (bo, one) => {
  const alike = definitionsIn(bo).filter(({ $type }) => $type === one.$type);
  const kind = w(`kind.${tagOf(one)}`);
  return alike.length > 1 ? w("triggers.nth", { kind, n: alike.indexOf(one) + 1 }) : kind;
};

function Triggers({ facts: { element, bo, kind } }) {
  const pen = usePen();
  const events = useService("eventBus");
  const all = bo.parallelMultiple === true;
  const there = definitionsIn(bo);
  const options = addable(bo).map((type) => [type, w(`kind.${tagOf({ $type: type })}`)]);
  const put = (list) => pen.draw(element, { eventDefinitions: list, ...(list.length < 2 && all && { parallelMultiple: undefined }) });
  const add = (type) => {
    if (!type) return;
    const made = pen.make(type, {}, bo);
    chooseDefinition(bo, made);
    put([...there, made]);
  };
  const show = (one) => {
    chooseDefinition(bo, one);
    events.fire("elements.changed", { elements: [element] });
  };
  const alike = (one) => there.filter(({ $type }) => $type === one.$type).length > 1;
  return (
    <>
      {there.length > 0 && (
        <ul class="g-proplist g-propdefs">
          {there.map((one, index) => (
            <li key={one.id ?? index}>
              {alike(one) && eventOf(bo, one.$type.replace(/^bpmn:|EventDefinition$/g, "")) !== one ? (
                <Quiet onClick={() => show(one)}>{w("triggers.show", { name: named(bo, one) })}</Quiet>
              ) : (
                <span class="g-grow">{named(bo, one)}{alike(one) && <span class="g-3"> · {w("triggers.shown")}</span>}</span>
              )}
              {there.length > 1 && (
                <button type="button" class="g-iconbtn" aria-label={w("pick.remove", { name: named(bo, one) })} onClick={() => put(there.filter((other) => other !== one))}><Cross /></button>
              )}
            </li>
          ))}
        </ul>
      )}
      {options.length > 0 && <SelectField id="add-definition" label={w("triggers.add")} value="" options={[["", w("triggers.add.none")], ...options]} write={add} />}
      {there.length > 1 && CATCHES.includes(kind) && <CheckField id="all" label={w("triggers.all")} value={all} write={(on) => pen.draw(element, { parallelMultiple: on || undefined })} />}
      <Sentence>{says(bo, kind, all)}</Sentence>
    </>
  );
}

function says(bo, kind, all) {
  const there = definitionsIn(bo);
  if (there.length < 2) return w(there.length ? "triggers.say.only" : "triggers.say.none");
  const kinds = there.map((one) => named(bo, one)).join(w("comma"));
  return w(CATCHES.includes(kind) ? (all ? "triggers.say.all" : "triggers.say.one") : "triggers.say.thrown", { kinds });
}

const fits = ({ bo }) => Boolean(bo.$instanceOf?.("bpmn:Event")) && (definitionsIn(bo).length > 1 || addable(bo).length > 0);
const summary = ({ bo }) => String(definitionsIn(bo).length);

export const triggers = { id: "triggers", fits, open: ({ bo }) => definitionsIn(bo).length > 1, summary, body: Triggers };
