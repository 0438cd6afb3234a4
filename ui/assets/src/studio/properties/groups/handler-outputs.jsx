// What a handler answers, and the variables of the case that take it.
import { extensionOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { TextField } from "../fields.jsx";
import { Cross, Plus } from "../icons.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";
import { writeParameter } from "./handler.jsx";
import { variableName } from "./names.js";

const LIST = ["outputParameters", "camunda:OutputParameter"];

export function Outputs({ facts: { element, bo }, handler }) {
  const pen = usePen();
  const taken = extensionOf(bo, "camunda:InputOutput")?.get("outputParameters") ?? [];
  const offered = handler?.outputs ?? [];
  const free = offered.filter(({ name }) => !taken.some((one) => one.value === `= ${name}`));
  const known = [...offered.map(({ name, type, summary }) => ({ name, type, label: summary })), ...useDesk().variables(element.id)];
  const write = (name, value, rename) => writeParameter(pen, element, bo, ...LIST, name, value, rename);
  return (
    <fieldset class="g-propset">
      <legend class="g-label">{w("handler.outputs")}</legend>
      {taken.length === 0 && <p class="g-hint">{w("handler.outputs.none")}</p>}
      {taken.map((one, index) => (
        <div key={index} class="g-propcard">
          <div class="g-row g-propcard__bar">
            <span class="g-3 g-small">{w("handler.into")}</span>
            <span class="g-grow" />
            <button type="button" class="g-iconbtn" aria-label={w("pick.remove", { name: one.name })} onClick={() => write(one.name, undefined)}><Cross /></button>
          </div>
          <TextField id={`output-${index}`} label={w("handler.variable")} value={one.name} check={(name) => (name ? variableName(name) : w("actions.empty"))} write={(name) => name && write(one.name, one.value, name)} />
          <FeelField id={`output-value-${index}`} element={element} label={w("handler.value")} value={one.value} known={known} write={(value) => value && write(one.name, value)} />
        </div>
      ))}
      <div class="g-row g-row--wrap g-propchips">
        {free.map(({ name, summary }) => (
          <button key={name} type="button" class="g-chip g-chip--s" title={summary} onClick={() => write(name, `= ${name}`)}><Plus />{w("handler.take", { name })}</button>
        ))}
      </div>
    </fieldset>
  );
}
