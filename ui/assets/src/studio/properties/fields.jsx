// The fields of the panel, in the look of the house: a label above, a hint below, an error in the hint's place.
import { w } from "./words/index.js";
import { useTyped } from "./hooks.js";

const idOf = (id) => `prop-${id}`;
const nothing = (text) => (text === "" ? undefined : text);

/** Label, control and hint. `aside` stands at the right of the label. */
export function Field({ id, label, hint, error, required, aside, children }) {
  return (
    <div class="g-field" data-field={id}>
      <div class="g-row g-proplabel">
        <label class="g-label" for={idOf(id)}>
          {label}
          {required && <span class="g-req" aria-hidden="true">*</span>}
        </label>
        {aside && <span class="g-end">{aside}</span>}
      </div>
      {children}
      {error ? <p class="g-error" id={`${idOf(id)}-note`} role="alert">{error}</p> : hint && <p class="g-hint" id={`${idOf(id)}-note`}>{hint}</p>}
    </div>
  );
}

/** One line of text; `unit` stands inside at the right. `check` answers what is wrong with a text, which is then not written. */
export function TextField({ id, label, hint, value, write, unit, check, required, readonly, aside, placeholder, mode }) {
  const wrong = (text) => check?.(text.trim());
  const [text, type, commit] = useTyped(value, (typed) => wrong(typed) || write(nothing(typed.trim())));
  const error = wrong(text);
  return (
    <Field id={id} label={label} hint={hint} error={error} required={required} aside={aside}>
      <div class={unit ? "g-unit" : undefined}>
        <input
          id={idOf(id)}
          class={`form-control form-control-sm${error ? " is-invalid" : ""}`}
          value={text}
          readOnly={readonly}
          placeholder={placeholder}
          inputMode={mode}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={error ? "true" : undefined}
          aria-describedby={error || hint ? `${idOf(id)}-note` : undefined}
          onInput={(event) => type(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === "Enter" && commit()}
        />
        {unit && <span>{unit}</span>}
      </div>
    </Field>
  );
}

const FULL = 42; // half-width signs that fit on a line
const widthOf = (line) => [...line].reduce((sum, sign) => sum + (sign > "\u2e80" ? 2 : 1), 0);
const linesOf = (text) => text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / FULL)), 0);

/** Several lines of text; a `paragraph` is one line however long, Enter ends it. */
export function LongField({ id, label, hint, value, write, rows = 3, paragraph }) {
  const [text, type, commit] = useTyped(value, (typed) => write(nothing(typed.trim())));
  return (
    <Field id={id} label={label} hint={hint}>
      <textarea
        id={idOf(id)}
        class="form-control form-control-sm"
        rows={Math.min(12, Math.max(rows, linesOf(text)))}
        value={text}
        aria-describedby={hint ? `${idOf(id)}-note` : undefined}
        onInput={(event) => type(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (!paragraph || event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          commit();
        }}
      />
    </Field>
  );
}

/** A choice of few: options are [value, label]; a value that is none of them is shown as it stands. */
export function SelectField({ id, label, hint, error, value, write, options, required, aside }) {
  const known = options.some(([option]) => option === (value ?? ""));
  return (
    <Field id={id} label={label} hint={hint} error={error ?? (known ? undefined : w("field.unknown", { value }))} required={required} aside={aside}>
      <select id={idOf(id)} class="form-select form-select-sm" value={value ?? ""} onChange={(event) => write(nothing(event.target.value))}>
        {!known && <option value={value}>{value}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option}>{text}</option>
        ))}
      </select>
    </Field>
  );
}

/** Yes or no. */
export function CheckField({ id, label, hint, value, write, disabled }) {
  return (
    <div class="g-field" data-field={id}>
      <label class="g-check">
        <input type="checkbox" id={idOf(id)} checked={value} disabled={disabled} onChange={(event) => write(event.target.checked)} />
        {label}
      </label>
      {hint && <p class="g-hint">{hint}</p>}
    </div>
  );
}

/** A choice of two to four that is made often: options are [value, label]. */
export function SegmentField({ label, value, write, options }) {
  return (
    <div class="g-seg g-seg--full" role="group" aria-label={label}>
      {options.map(([option, text]) => (
        <button key={option} type="button" aria-pressed={option === value ? "true" : "false"} onClick={() => option !== value && write(option)}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** A sentence about what the settings mean. */
export const Sentence = ({ children, warn }) => <p class={`g-propsay${warn ? " g-propsay--warn" : ""}`}>{children}</p>;

/** A quiet button that reads as a link. */
export const Quiet = ({ children, onClick, disabled, label }) => (
  <button type="button" class="btn btn-link btn-sm g-propquiet" disabled={disabled} aria-label={label} onClick={onClick}>{children}</button>
);
