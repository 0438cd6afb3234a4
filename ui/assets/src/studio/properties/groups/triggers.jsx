// 多个触发: an event with several definitions happens with the first of them, or when all have come.
import { tagOf } from "../facts.js";
import { CheckField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

const CATCHES = ["startEvent", "intermediateCatchEvent", "boundaryEvent"];

function Triggers({ facts: { element, bo, kind } }) {
  const pen = usePen();
  const kinds = bo.eventDefinitions.map((one) => w(`kind.${tagOf(one)}`)).join(w("comma"));
  const all = bo.parallelMultiple === true;
  return (
    <>
      {CATCHES.includes(kind) && <CheckField id="all" label={w("triggers.all")} value={all} write={(on) => pen.draw(element, { parallelMultiple: on || undefined })} />}
      <Sentence>{w(CATCHES.includes(kind) ? (all ? "triggers.say.all" : "triggers.say.one") : "triggers.say.thrown", { kinds })}</Sentence>
    </>
  );
}

export const triggers = { id: "triggers", fits: ({ bo }) => (bo.eventDefinitions?.length ?? 0) > 1, open: () => true, summary: ({ bo }) => String(bo.eventDefinitions.length), body: Triggers };
