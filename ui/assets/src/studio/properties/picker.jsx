// Choosing from a list that is long enough to search: chips of what is chosen, and a search box that opens below them.
import { useEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { Field } from "./fields.jsx";
import { Cross, Plus } from "./icons.jsx";
import { w } from "./words/index.js";

const MOST = 60; // entries shown at once; typing narrows

/**
 * `options` are { value, label, detail }; `values` are chosen. `write` gets the new list. A value that is no option is shown as
 * it stands, marked unless `loose`. With `single` a choice replaces the former.
 */
export function Picker({ id, label, hint, error, options, values, write, add, single, loose, required, aside }) {
  const [open, setOpen] = useState(false);
  const opener = useRef(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (value) => {
    if (values.includes(value)) write(values.filter((one) => one !== value));
    else write(single ? [value] : [...values, value]);
    if (single) close();
  };
  return (
    <Field id={id} label={label} hint={hint} error={error} required={required} aside={aside}>
      <div class="g-row g-row--wrap g-propchips">
        {values.map((value) => (
          <Chip key={value} option={options.find((one) => one.value === value) ?? (loose && { label: value })} value={value} remove={() => choose(value)} />
        ))}
        <button type="button" id={`prop-${id}`} class="g-chip g-chip--s" ref={opener} aria-expanded={open ? "true" : "false"} onClick={() => setOpen(!open)}>
          <Plus />
          {add ?? w("pick.add")}
        </button>
      </div>
      {open && <Search label={label} options={options} values={values} choose={choose} close={close} />}
    </Field>
  );
}

function Chip({ option, value, remove }) {
  const text = option?.chip ?? option?.label ?? value;
  return (
    <span class={`g-chip g-chip--s g-propchip${option ? "" : " g-propchip--lost"}`} title={option ? option.detail : w("field.unknown", { value })}>
      <span>{text}</span>
      <button type="button" aria-label={w("pick.remove", { name: text })} onClick={remove}><Cross /></button>
    </span>
  );
}

function Search({ label, options, values, choose, close }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef(null);
  const list = useRef(null);
  const fitting = options.filter((one) => fits(one, text));
  const shown = fitting.slice(0, MOST);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  const keys = {
    ArrowDown: () => setAt(Math.min(at + 1, shown.length - 1)),
    ArrowUp: () => setAt(Math.max(at - 1, 0)),
    Enter: () => shown[at] && choose(shown[at].value),
    Escape: close,
  };
  const press = (event) => {
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  };
  return (
    <div class="g-propsearch" onFocusOut={(event) => event.relatedTarget && !event.currentTarget.parentNode.contains(event.relatedTarget) && close()}>
      <input
        ref={box}
        class="form-control form-control-sm"
        role="combobox"
        aria-expanded="true"
        aria-controls="prop-options"
        aria-activedescendant={shown[at] ? `prop-option-${at}` : undefined}
        aria-label={w("pick.search", { label })}
        placeholder={w("pick.type")}
        value={text}
        onInput={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul class="g-propoptions" id="prop-options" role="listbox" aria-label={label} ref={list}>
        {shown.map((one, index) => (
          <li
            key={one.value}
            id={`prop-option-${index}`}
            role="option"
            class={index === at ? "is-at" : undefined}
            aria-selected={values.includes(one.value) ? "true" : "false"}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(one.value)}
          >
            <span>{one.label}</span>
            {one.detail && <span class="g-3">{one.detail}</span>}
          </li>
        ))}
        {shown.length === 0 && <li class="g-3" role="presentation">{w("pick.nothing")}</li>}
        {fitting.length > MOST && <li class="g-3" role="presentation">{w("pick.more", { n: fitting.length - MOST })}</li>}
      </ul>
    </div>
  );
}

function fits(option, text) {
  const words = text.trim().toLowerCase().split(/\s+/);
  const all = `${option.label} ${option.detail ?? ""} ${option.value}`.toLowerCase();
  return words.every((word) => all.includes(word));
}
