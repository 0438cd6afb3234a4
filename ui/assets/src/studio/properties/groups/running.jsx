// 运行: whether the platform does a step in the background, whether it undoes another, and how many tokens it takes and gives.
import { flowsOf } from "../facts.js";
import { CheckField, Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

const calls = ({ kind, bo }) => kind === "serviceTask" || (kind === "sendTask" && bo.get("camunda:type") === "external");
const quantity = (text) => (/^([1-9]\d{0,2}|1000)$/.test(text) ? null : w("running.quantity"));

function Running({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const job = bo.get("camunda:asyncBefore") === true;
  const flows = flowsOf(element, "incoming").length + flowsOf(element, "outgoing").length;
  const write = (name) => (text) => pen.set(element, bo, { [name]: Number(text) === 1 ? undefined : Number(text) });
  return (
    <>
      {calls(facts) && <CheckField id="job" label={w("running.job")} value={job} hint={w(job ? "running.job.say" : "running.job.not")} write={(on) => pen.set(element, bo, { "camunda:asyncBefore": on || undefined })} />}
      <CheckField id="for-compensation" label={w("running.undoes")} value={bo.isForCompensation === true} disabled={!bo.isForCompensation && flows > 0} hint={w(flows > 0 && !bo.isForCompensation ? "running.undoes.flows" : "running.undoes.hint")} write={(on) => pen.draw(element, { isForCompensation: on || undefined })} />
      <div class="g-two">
        <TextField id="start-quantity" label={w("running.start")} mode="numeric" value={String(bo.startQuantity ?? 1)} check={quantity} write={write("startQuantity")} />
        <TextField id="completion-quantity" label={w("running.completion")} mode="numeric" value={String(bo.completionQuantity ?? 1)} check={quantity} write={write("completionQuantity")} />
      </div>
      {(bo.startQuantity > 1 || bo.completionQuantity > 1) && <Sentence>{w("running.say", { start: bo.startQuantity ?? 1, completion: bo.completionQuantity ?? 1 })}</Sentence>}
    </>
  );
}

function summary(facts) {
  const { bo } = facts;
  const said = [calls(facts) && bo.get("camunda:asyncBefore") === true && w("running.short.job"), bo.isForCompensation && w("running.short.undoes"), (bo.startQuantity > 1 || bo.completionQuantity > 1) && w("running.short.quantity")];
  return said.filter(Boolean).join(w("comma"));
}

export const running = { id: "running", fits: ({ own, bo }) => Boolean(own.$instanceOf?.("bpmn:Activity")) && !bo.triggeredByEvent, open: () => false, summary, body: Running };
