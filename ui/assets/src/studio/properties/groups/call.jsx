// 调用: which procedure a call activity starts as a case of its own, which version of it, what goes along and what comes back.
import { useState } from "@bpmn-io/properties-panel/preact/hooks";
import { FeelField } from "../feel/field.jsx";
import { CheckField, Quiet, SelectField, SegmentField, Sentence, TextField } from "../fields.jsx";
import { readHanded, writeHanded } from "../handed.js";
import { useDesk, usePen } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { Rows } from "../rows.jsx";
import { w } from "../words/index.js";

const BINDINGS = ["deployment", "latest", "version"];
const isFeel = (text) => (text ?? "").trim().startsWith("=");

function Call({ facts }) {
  const { element, bo } = facts;
  const pen = usePen();
  const desk = useDesk();
  const binding = bo.get("camunda:calledElementBinding") ?? "latest";
  const called = bo.calledElement ?? "";
  const found = (desk.context.procedures ?? []).find(({ key }) => key === called);
  const choose = (next) => pen.set(element, bo, { "camunda:calledElementBinding": next, "camunda:calledElementVersion": next === "version" ? String(found?.version ?? 1) : undefined });
  return (
    <>
      <Called facts={facts} called={called} procedures={desk.context.procedures ?? []} found={found} />
      <div class="g-field">
        <span class="g-label">{w("call.binding")}</span>
        <SegmentField label={w("call.binding")} value={binding} options={BINDINGS.map((one) => [one, w(`call.${one}`)])} write={choose} />
      </div>
      {binding === "version" && <TextField id="version" label={w("call.version.number")} required mode="numeric" value={bo.get("camunda:calledElementVersion")} check={version} write={(text) => pen.set(element, bo, { "camunda:calledElementVersion": text })} />}
      <Sentence>{w(`call.${binding}.say`, { name: found?.name ?? (called || "…") })}</Sentence>
      <Handed facts={facts} type="camunda:In" words="call.in" known={desk.variables(element.id)} offered={desk.variables(element.id)} />
      <Handed facts={facts} type="camunda:Out" words="call.out" known={[]} offered={[]} />
    </>
  );
}

const version = (text) => (/^[1-9]\d{0,8}$/.test(text) || isFeel(text) ? null : w("call.version.wrong"));

function Called({ facts: { element, bo, process }, called, procedures, found }) {
  const pen = usePen();
  const [formula, setFormula] = useState(isFeel(called));
  const turn = <Quiet onClick={() => setFormula(!formula)}>{w(formula ? "candidates.pick" : "candidates.compute")}</Quiet>;
  const write = (key) => pen.set(element, bo, { calledElement: key });
  if (formula) {
    return (
      <div class="g-stack g-stack--8">
        <FeelField id="called" element={element} always label={w("call.called")} value={isFeel(called) ? called : undefined} hint={w("call.called.feel")} write={write} />
        <div>{turn}</div>
      </div>
    );
  }
  const options = procedures.map(({ key, name, version: number }) => ({ value: key, label: name, detail: w("call.procedure", { key, version: number }) }));
  const own = process?.id === called ? w("call.itself") : called && procedures.length && !found ? w("call.missing", { key: called }) : undefined;
  return <Picker id="called" label={w("call.called")} required single options={options} values={called && !isFeel(called) ? [called] : []} error={own} add={w(called ? "handler.other" : "call.pick")} write={([key]) => write(key)} aside={turn} />;
}

function Handed({ facts: { element, bo }, type, words, known, offered }) {
  const pen = usePen();
  const handed = readHanded(bo, type);
  const put = (next) => pen.extensions(element, bo, type, writeHanded({ ...handed, ...next }));
  return (
    <>
      <Rows id={words.replace(".", "-")} element={element} legend={w(words)} empty={w(handed.all ? `${words}.every` : `${words}.none`)} rows={handed.rows} known={known} offered={offered} nameLabel={w(`${words}.name`)} valueLabel={w(`${words}.value`)} write={(rows) => put({ rows })} />
      <CheckField id={`${words.replace(".", "-")}-all`} label={w(`${words}.all`)} value={handed.all} write={(all) => put({ all })} />
    </>
  );
}

function summary({ bo }, desk) {
  const called = bo.calledElement;
  return called ? ((desk.context.procedures ?? []).find(({ key }) => key === called)?.name ?? called) : w("none");
}

export const call = { id: "call", fits: ({ kind }) => kind === "callActivity", open: () => true, summary, body: Call };
