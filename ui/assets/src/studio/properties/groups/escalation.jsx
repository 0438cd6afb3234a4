// 升级: a matter that is raised to whoever is around, without being an error; caught at a border or by an event subprocess.
import { Declared } from "../declared.jsx";
import { eventOf, throws } from "../facts.js";
import { Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { Interrupting, thenSays } from "../interrupting.jsx";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

function Escalation({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const event = eventOf(bo, "Escalation");
  const code = event.escalationRef?.escalationCode ?? "";
  const out = throws(bo);
  return (
    <>
      <Declared facts={facts} owner={event} reference="escalationRef" type="bpmn:Escalation" words="escalation" code="escalationCode" label={w(out ? "escalation.label.thrown" : "escalation.label")} none={out ? undefined : w("escalation.any")} />
      {!out && <TextField id="code-variable" label={w("error.codeVariable")} value={event.get("camunda:escalationCodeVariable")} check={variableName} write={(text) => pen.set(element, event, { "camunda:escalationCodeVariable": text })} />}
      <Interrupting facts={facts} />
      <Sentence>{w(out ? "escalation.say.thrown" : code ? "escalation.say" : "escalation.say.any", { code })}{thenSays(facts)}</Sentence>
    </>
  );
}

function summary({ bo }) {
  const { escalationRef } = eventOf(bo, "Escalation");
  return escalationRef?.name ?? escalationRef?.escalationCode ?? w(throws(bo) ? "none" : "escalation.any");
}

export const escalation = { id: "escalation", fits: ({ bo }) => Boolean(eventOf(bo, "Escalation")), open: () => true, summary, body: Escalation };
