// Rows of a name and the value it gets: parameters, what is handed to a called procedure, what goes with a signal.
import { FeelField } from "./feel/field.jsx";
import { TextField } from "./fields.jsx";
import { variableName } from "./groups/names.js";
import { Cross, Plus } from "./icons.jsx";
import { useDesk } from "./hooks.js";
import { w } from "./words/index.js";

const MOST = 6; // variables offered at once

/**
 * `rows` are { name, value }; `write` gets all of them anew. `known` are the variables that values may use, `offered` those that a new
 * row may begin with: [{ name, label }].
 */
export function Rows({ id, element, legend, empty, rows, write, nameLabel, valueLabel, known, offered = [], readonly = false }) {
  const variables = useDesk().variables(element.id);
  const change = (index, properties) => write(rows.map((row, at) => (at === index ? { ...row, ...properties } : row)));
  const free = offered.filter(({ name }) => !variableName(name) && !rows.some((row) => row.value === `= ${name}`)).slice(0, MOST);
  const taken = (name, index) => (rows.some((row, at) => at !== index && row.name === name) ? w("rows.taken") : variableName(name));
  const fresh = () => {
    let number = rows.length + 1;
    while (rows.some(({ name }) => name === `data_${number}`)) number += 1;
    return { name: `data_${number}`, value: "= null" };
  };
  return (
    <fieldset class="g-propset" data-rows={id}>
      <legend class="g-label">{legend}</legend>
      {rows.length === 0 && <p class="g-hint">{empty}</p>}
      {rows.map((row, index) => (
        <div key={index} class="g-propcard">
          <div class="g-row g-propcard__bar">
            <span class="g-3 g-small">{w("rows.nth", { n: index + 1 })}</span>
            <span class="g-grow" />
            <button type="button" class="g-iconbtn" aria-label={w("pick.remove", { name: row.name ?? "" })} onClick={() => write(rows.filter((one, at) => at !== index))}><Cross /></button>
          </div>
          <TextField id={`${id}-name-${index}`} label={nameLabel ?? w("handler.variable")} readonly={readonly} value={row.name} check={(name) => (name ? taken(name, index) : w("actions.empty"))} write={(name) => name && change(index, { name })} />
          <FeelField id={`${id}-value-${index}`} element={element} label={valueLabel ?? w("handler.value")} value={row.value} known={known ?? variables} write={(value) => value && change(index, { value })} />
        </div>
      ))}
      <div class="g-row g-row--wrap g-propchips">
        {free.map(({ name, label }) => (
          <button key={name} type="button" class="g-chip g-chip--s" title={label} onClick={() => write([...rows, { name, value: `= ${name}` }])}><Plus />{name}</button>
        ))}
        <button type="button" class="g-chip g-chip--s" onClick={() => write([...rows, fresh()])}><Plus />{w("rows.add")}</button>
      </div>
    </fieldset>
  );
}
