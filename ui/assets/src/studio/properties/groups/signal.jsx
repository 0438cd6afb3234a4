// 信号: which signal is told to all, or awaited; what goes with it.
import { Declared } from "../declared.jsx";
import { eventOf, throws } from "../facts.js";
import { Sentence } from "../fields.jsx";
import { readHanded, writeHanded } from "../handed.js";
import { useDesk, usePen } from "../hooks.js";
import { Interrupting, thenSays } from "../interrupting.jsx";
import { Rows } from "../rows.jsx";
import { w } from "../words/index.js";

const IN = "camunda:In";

function Signal({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const variables = useDesk().variables(element.id);
  const event = eventOf(bo, "Signal");
  const handed = readHanded(event, IN);
  const told = event.signalRef?.name ?? "";
  const top = bo.$type === "bpmn:StartEvent" && !bo.$parent?.triggeredByEvent;
  return (
    <>
      <Declared facts={facts} owner={event} reference="signalRef" type="bpmn:Signal" words="signal" label={w(throws(bo) ? "signal.label.sent" : "signal.label")} />
      {throws(bo) && <Rows id="payload" element={element} legend={w("signal.payload")} empty={w("signal.payload.none")} rows={handed.rows} offered={variables} write={(rows) => pen.extensions(element, event, IN, writeHanded({ all: handed.all, rows }))} />}
      <Interrupting facts={facts} />
      {told && <Sentence>{w(throws(bo) ? "signal.say.sent" : top ? "signal.say.starts" : "signal.say", { name: told })}{thenSays(facts)}</Sentence>}
    </>
  );
}

const summary = ({ bo }) => eventOf(bo, "Signal").signalRef?.name ?? w("none");

export const signal = { id: "signal", fits: ({ bo }) => Boolean(eventOf(bo, "Signal")), open: () => true, summary, body: Signal };
