// 结果: how a case has ended when it comes here.
import { SelectField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

const OUTCOMES = ["completed", "rejected", "withdrawn", "rolled_back", "lapsed", "cancelled"];

function Outcome({ facts: { element, bo, event, outermost } }) {
  const pen = usePen();
  const ends = event?.$type === "bpmn:TerminateEventDefinition";
  return (
    <>
      <SelectField
        id="outcome"
        label={w("outcome.label")}
        value={bo.get("guicheng:outcome") ?? ""}
        options={[["", w(outermost ? "outcome.usual" : "outcome.none")], ...OUTCOMES.map((one) => [one, w(`outcome.${one}`)])]}
        write={(outcome) => pen.set(element, bo, { "guicheng:outcome": outcome })}
      />
      <Sentence>{w(ends ? "outcome.say.terminate" : outermost ? "outcome.say" : "outcome.say.inner")}</Sentence>
    </>
  );
}

const summary = ({ bo }) => (bo.get("guicheng:outcome") ? w(`outcome.${bo.get("guicheng:outcome")}`) : "");

export const outcome = { id: "outcome", fits: ({ kind }) => kind === "endEvent", open: () => true, summary, body: Outcome };
