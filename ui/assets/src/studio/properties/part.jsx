// Choosing a form or a decision table of the draft, opening its page, or making a new one.
import { useState } from "@bpmn-io/properties-panel/preact/hooks";
import { SelectField, TextField } from "./fields.jsx";
import { useDesk } from "./hooks.js";
import { w } from "./words/index.js";

const NAME = /^[a-z][a-z0-9_]{0,59}$/;

/** `options` are [name, label]; `make` answers whether the new part is on the server. `page` is the part behind the value. */
export function FormPart({ kind, value, options, choose, make, proposal, page = value }) {
  const desk = useDesk();
  const [making, setMaking] = useState(false);
  const exists = options.some(([name]) => name === value);
  const all = [["", w(`${kind}.none`)], ...options];
  return (
    <>
      <SelectField
        id={kind}
        label={w(`${kind}.label`)}
        value={value ?? ""}
        options={!value || exists ? all : [...all, [value, value]]}
        error={value && !exists ? w(`${kind}.missing`, { name: value }) : undefined}
        write={choose}
      />
      <div class="g-row g-row--wrap">
        {exists && <a class="btn btn-sm" href={desk.address(kind, page)} onClick={(event) => desk.leave(event)}>{w(`${kind}.open`)}</a>}
        <button type="button" class="btn btn-sm" aria-expanded={making ? "true" : "false"} onClick={() => setMaking(!making)}>{w(`${kind}.new`)}</button>
      </div>
      {making && <New kind={kind} taken={options.map(([name]) => name)} make={make} proposal={nameFrom(value && !exists ? value : proposal)} close={() => setMaking(false)} />}
    </>
  );
}

const nameFrom = (text) => {
  const name = text.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 60);
  return NAME.test(name) ? name : "";
};

function New({ kind, taken, make, proposal, close }) {
  const [name, setName] = useState(taken.includes(proposal) ? "" : proposal);
  const [state, setState] = useState("");
  const check = (text) => {
    if (!text) return null;
    if (!NAME.test(text)) return w("part.wrong");
    return taken.includes(text) ? w("part.taken") : null;
  };
  const go = async () => {
    setState("busy");
    const done = await make(name);
    if (done) close();
    else setState("failed");
  };
  return (
    <div class="g-propcard g-stack g-stack--8">
      <TextField id={`new-${kind}`} label={w(`${kind}.name`)} value={name} check={check} hint={w("part.hint")} write={(text) => setName(text ?? "")} />
      {state === "failed" && <p class="g-error" role="alert">{w("part.failed")}</p>}
      <div class="g-row">
        <button type="button" class="btn btn-sm btn-primary" disabled={!name || !!check(name) || state === "busy"} onClick={go}>{w(`${kind}.make`)}</button>
        <button type="button" class="btn btn-sm btn-quiet" onClick={close}>{w("cancel")}</button>
      </div>
    </div>
  );
}
