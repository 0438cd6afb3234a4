// 分支: the ways out of a gateway, each with its condition; the default among them.
import { useService } from "bpmn-js-properties-panel";
import { flowsOf } from "../facts.js";
import { SelectField, Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { short } from "./condition.jsx";

const nameOf = (flow) => flow.name || w("branches.to", { name: flow.targetRef?.name || flow.targetRef?.id || "" });

function Branches({ facts: { element, bo, kind } }) {
  const pen = usePen();
  const registry = useService("elementRegistry");
  const selection = useService("selection");
  const flows = flowsOf(element, "outgoing");
  const choose = (id) => {
    const flow = flows.find((one) => one.id === id);
    if (!flow) return pen.set(element, bo, { default: undefined });
    return pen.all(element, [[bo, { default: flow }], ...(flow.conditionExpression ? [[flow, { conditionExpression: undefined }]] : [])]);
  };
  if (flows.length < 2) return <Sentence>{w("branches.one")}</Sentence>;
  return (
    <>
      <SelectField id="default-flow" label={w("branches.default")} value={bo.default?.id ?? ""} options={[["", w("branches.none")], ...flows.map((flow) => [flow.id, nameOf(flow)])]} write={choose} hint={w(kind === "exclusiveGateway" ? "branches.hint" : "branches.hint.several")} />
      <ul class="g-proplist">
        {flows.map((flow) => (
          <li key={flow.id}>
            <button type="button" class="btn btn-link btn-sm" onClick={() => selection.select(registry.get(flow.id))}>{nameOf(flow)}</button>
            <span class="g-3">{flow === bo.default ? w("condition.else") : flow.conditionExpression?.body ? short(flow.conditionExpression.body) : w("branches.missing")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const summary = ({ element }) => w("branches.count", { n: flowsOf(element, "outgoing").length });

export const branches = { id: "branches", fits: ({ kind }) => ["exclusiveGateway", "inclusiveGateway", "complexGateway"].includes(kind), open: () => true, summary, body: Branches };
