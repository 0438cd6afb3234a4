// 数据: variables of a step's own and what it gives back; what goes with a message, and where what comes with one is kept.
import { eventOf, extensionOf, throws } from "../facts.js";
import { useDesk, usePen } from "../hooks.js";
import { Rows } from "../rows.jsx";
import { w } from "../words/index.js";

const BOX = "camunda:InputOutput";
const LISTS = { inputs: ["inputParameters", "camunda:InputParameter"], outputs: ["outputParameters", "camunda:OutputParameter"] };

/** Which lists an element has, and in which words: { inputs, outputs }. */
function listsOf({ kind, bo, own }) {
  if (own.$instanceOf?.("bpmn:Activity") && !bo.triggeredByEvent) {
    if (kind === "serviceTask" || (kind === "sendTask" && bo.get("camunda:type") === "external")) return {}; // its handler's group has them
    if (kind === "sendTask") return { inputs: "parameters.sent" };
    return kind === "receiveTask" ? { outputs: "parameters.received" } : { inputs: "parameters.in", outputs: "parameters.out" };
  }
  const tells = ["Message", "Signal"].some((one) => eventOf(bo, one));
  if (!tells) return {};
  if (throws(bo)) return eventOf(bo, "Message") ? { inputs: "parameters.sent" } : {}; // a signal has its own
  return { outputs: "parameters.received" };
}

function Parameters({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const variables = useDesk().variables(element.id);
  const box = extensionOf(bo, BOX);
  return Object.entries(listsOf(facts)).map(([which, words]) => {
    const [list, type] = LISTS[which];
    const rows = (box?.get(list) ?? []).map(({ name, value }) => ({ name, value }));
    return <Rows key={which} id={which} element={element} legend={w(words)} empty={w(`${words}.none`)} rows={rows} offered={which === "inputs" ? variables : []} write={(next) => writeAll(pen, element, bo, list, type, next)} />;
  });
}

/** All parameters of one list anew, in one step; the box goes with its last one. */
function writeAll(pen, element, bo, list, type, rows) {
  const box = extensionOf(bo, BOX);
  const other = list === "inputParameters" ? "outputParameters" : "inputParameters";
  if (!rows.length && !box?.get(other).length) return pen.withoutExtension(element, bo, BOX);
  const made = rows.map((row) => pen.make(type, row, box));
  pen.extension(element, bo, BOX, { [list]: made });
  for (const one of made) one.$parent = extensionOf(bo, BOX);
  return undefined;
}

function summary({ bo }) {
  const box = extensionOf(bo, BOX);
  const count = (box?.get("inputParameters").length ?? 0) + (box?.get("outputParameters").length ?? 0);
  return count ? w("parameters.count", { n: count }) : w("none");
}

export const parameters = { id: "parameters", fits: (facts) => Object.keys(listsOf(facts)).length > 0, open: ({ bo }) => Boolean(extensionOf(bo, BOX)), summary, body: Parameters };
