// 脚本: one FEEL expression that is computed, and the variable that takes its value.
import { FeelField } from "../feel/field.jsx";
import { Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";

function Script({ facts: { element, bo } }) {
  const pen = usePen();
  const variable = bo.get("camunda:resultVariable");
  const feel = bo.scriptFormat === "feel";
  return (
    <>
      {!feel && bo.scriptFormat && <Sentence warn>{w("script.language", { language: bo.scriptFormat })}</Sentence>}
      <FeelField id="script" element={element} always long label={w("script.label")} value={bo.script} hint={w("script.hint")} write={(script) => pen.set(element, bo, { script, scriptFormat: "feel" })} />
      <TextField id="result" label={w("script.result")} required value={variable} check={(text) => (text ? variableName(text) : w("decision.result.needed"))} write={(text) => text && pen.set(element, bo, { "camunda:resultVariable": text, scriptFormat: "feel" })} />
      {variable && <Sentence>{w("script.say", { variable })}</Sentence>}
    </>
  );
}

const summary = ({ bo }) => bo.get("camunda:resultVariable") ?? w("none");

export const script = { id: "script", fits: ({ kind }) => kind === "scriptTask", open: () => true, summary, body: Script };
