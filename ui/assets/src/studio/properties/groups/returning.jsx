// 退回规则: whether this step may send the case back to any earlier step, and what that does.
import { actionsOf } from "../facts.js";
import { CheckField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

function Returning({ facts: { element, bo } }) {
  const pen = usePen();
  const returnable = bo.get("guicheng:returnable") === true;
  const button = actionsOf(bo).find((action) => action.kind === "return");
  return (
    <>
      <CheckField id="returnable" label={w("returning.label")} value={returnable} write={(on) => pen.set(element, bo, { "guicheng:returnable": on || undefined })} />
      <Sentence>{w(returnable ? "returning.say" : button ? "returning.drawn" : "returning.never", { label: button?.label ?? "" })}</Sentence>
      {returnable && !button && <Sentence warn>{w("returning.button")}</Sentence>}
    </>
  );
}

function summary({ bo }) {
  if (bo.get("guicheng:returnable") === true) return w("returning.any");
  return w(actionsOf(bo).some((action) => action.kind === "return") ? "returning.flow" : "returning.none");
}

export const returning = { id: "returning", fits: ({ kind }) => kind === "userTask", open: () => false, summary, body: Returning };
