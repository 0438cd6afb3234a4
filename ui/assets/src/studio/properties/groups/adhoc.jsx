// 自由子流程: activities without an order drawn; when all is done, and what becomes of the rest then.
import { FeelField } from "../feel/field.jsx";
import { CheckField, SegmentField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

function AdHoc({ facts: { element, bo } }) {
  const pen = usePen();
  const mode = bo.ordering === "Sequential" ? "sequential" : "parallel";
  const cancels = bo.cancelRemainingInstances !== false;
  return (
    <>
      <SegmentField label={w("adhoc.ordering")} value={mode} options={["parallel", "sequential"].map((one) => [one, w(`adhoc.${one}`)])} write={(next) => pen.set(element, bo, { ordering: next === "sequential" ? "Sequential" : "Parallel" })} />
      <Sentence>{w(`adhoc.${mode}.say`)}</Sentence>
      <FeelField id="completion" element={element} always label={w("adhoc.completion")} hint={w("adhoc.completion.hint")} value={bo.completionCondition?.body} write={(body) => pen.expression(element, bo, "completionCondition", body)} />
      <CheckField id="cancel-remaining" label={w("adhoc.cancel")} value={cancels} hint={w(cancels ? "adhoc.cancel.say" : "adhoc.keep.say")} write={(on) => pen.set(element, bo, { cancelRemainingInstances: on })} />
    </>
  );
}

const summary = ({ bo }) => (bo.completionCondition?.body ? w(bo.ordering === "Sequential" ? "adhoc.sequential" : "adhoc.parallel") : w("none"));

export const adhoc = { id: "adhoc", fits: ({ kind }) => kind === "adHocSubProcess", open: () => true, summary, body: AdHoc };
