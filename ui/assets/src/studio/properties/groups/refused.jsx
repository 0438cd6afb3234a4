// 不能运行: what stands where the engine does not run it, said before the gate says it, with what to do about it.
import { Sentence } from "../fields.jsx";
import { refused as refusedOf } from "../kinds.js";
import { w } from "../words/index.js";

function Refused({ facts }) {
  const { event } = facts;
  const named = event?.signalRef ?? event?.escalationRef ?? event?.messageRef;
  return (
    <>
      <Sentence warn>{w("refused.say", refusedOf(facts))}</Sentence>
      {named && <p class="g-hint">{w("refused.named", { name: named.name ?? named.id })}</p>}
    </>
  );
}

export const refused = { id: "refused", fits: (facts) => refusedOf(facts) !== null, open: () => true, summary: () => "", body: Refused };
