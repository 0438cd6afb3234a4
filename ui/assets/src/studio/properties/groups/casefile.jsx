// 案件: how cases of this procedure are numbered, titled and summed up.
import { FeelField } from "../feel/field.jsx";
import { pathsOf } from "../feel/variables.js";
import { CheckField, TextField } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { Picker } from "../picker.jsx";
import { w } from "../words/index.js";

const prefixWrong = (text) => (!text || /^[A-Z][A-Z0-9]{0,7}$/.test(text) ? null : w("casefile.prefix.wrong"));

function Casefile({ facts: { element, bo } }) {
  const pen = usePen();
  const variables = useDesk().variables(bo.id);
  const set = (name) => (value) => pen.set(element, bo, { [`guicheng:${name}`]: value });
  const keys = (bo.get("guicheng:keyData") ?? "").split(/\s+/).filter(Boolean);
  const options = pathsOf(variables, ({ type, name }) => type !== "context" && name !== "case").map(({ path, label }) => ({ value: path, label: label || path, detail: path }));
  return (
    <>
      <TextField id="prefix" label={w("casefile.prefix")} required value={bo.get("guicheng:prefix")} check={prefixWrong} hint={w("casefile.prefix.hint", { prefix: bo.get("guicheng:prefix") ?? "BG" })} write={set("prefix")} />
      <FeelField id="title" element={element} at={bo.id} label={w("casefile.title")} value={bo.get("guicheng:title")} write={set("title")} hint={w("casefile.title.hint")} />
      <FeelField id="tag" element={element} at={bo.id} label={w("casefile.tag")} value={bo.get("guicheng:tag")} write={set("tag")} hint={w("casefile.tag.hint")} />
      <Picker id="key-data" label={w("casefile.keyData")} loose options={options} values={keys} write={(list) => set("keyData")(list.join(" ") || undefined)} hint={w("casefile.keyData.hint")} />
      {bo.isExecutable !== true && <CheckField id="executable" label={w("casefile.executable")} value={false} hint={w("casefile.executable.hint")} write={(on) => pen.set(element, bo, { isExecutable: on })} />}
    </>
  );
}

const summary = ({ bo }) => bo.get("guicheng:prefix") ?? w("none");

export const casefile = { id: "casefile", fits: ({ kind, process }) => kind === "process" && !!process, open: () => true, summary, body: Casefile };
