// The two components of exams: `exam` asks the questions of a paper, `marks` asks an examiner for points (engine/forms/papers.py).
// `properties.paper` names the variable of the page's data that holds the paper.
import { Description, Errors, Label } from "@bpmn-io/form-js-viewer";
import { t } from "../words.js";

const KINDS = ["single", "multiple", "judge", "short"];

/** The questions of the paper that the page came with. No hooks here: our JSX and form-js need not share one preact. */
function questions(form, field) {
  const paper = form?._getState?.().data?.[field.properties?.paper];
  const rows = Array.isArray(paper) ? paper : paper?.questions;
  return Array.isArray(rows) ? rows : [];
}

const filled = (answer) => (Array.isArray(answer) ? answer.length > 0 : Boolean(answer?.trim?.()));

function Exam(form, props) {
  const { domId, field, value = {}, disabled, readonly, errors = [], onChange, onBlur } = props;
  const rows = questions(form, field);
  const set = (no, answer) => {
    const next = { ...value };
    if (filled(answer)) next[no] = answer;
    else delete next[no];
    onChange({ value: next });
  };
  const done = rows.filter((row) => filled(value[row.no])).length;
  const locked = disabled || readonly;
  if (!rows.length) return <p class="g-hint">{t("exam.none")}</p>;
  return (
    <div class="fjs-form-field g-exam" id={domId}>
      <div class="g-exam__bar" role="status">
        <b>{t("exam.done", { done, all: rows.length })}</b>
        <span class="g-grow" />
        <span class="g-3">{t("exam.points", { n: rows.reduce((sum, row) => sum + Number(row.points), 0) })}</span>
      </div>
      <nav class="g-exam__map" aria-label={t("exam.map")}>
        {rows.map((row) => (
          <a key={row.no} href={`#${domId}-${row.no}`} class={filled(value[row.no]) ? "is-done" : ""} aria-label={t(filled(value[row.no]) ? "exam.answered" : "exam.open", { no: row.no })}>
            {row.no}
          </a>
        ))}
      </nav>
      {rows.map((row) => (
        <Question key={row.no} id={`${domId}-${row.no}`} row={row} answer={value[row.no]} locked={locked} set={(answer) => set(row.no, answer)} onBlur={onBlur} />
      ))}
      <Description description={field.description} />
      <Errors errors={errors} id={`${domId}-errors`} />
    </div>
  );
}

function Question({ id, row, answer, locked, set, onBlur }) {
  const many = row.kind === "multiple";
  const kind = KINDS.includes(row.kind) ? t(`exam.${row.kind}`) : "";
  const chosen = many ? (Array.isArray(answer) ? answer : []) : [answer];
  const pick = (letter, on) => set(many ? (on ? [...chosen, letter].sort() : chosen.filter((one) => one !== letter)) : letter);
  return (
    <fieldset class="g-exam__q" id={id}>
      <legend>
        <span class="g-exam__no">{row.no}</span> <span class="g-exam__stem">{row.stem}</span> <small class="g-3">{t("exam.worth", { kind, n: row.points })}</small>
      </legend>
      {row.kind === "short" ? (
        <textarea class="fjs-textarea" rows="4" maxLength="4000" value={answer ?? ""} disabled={locked} aria-label={t("exam.write", { no: row.no })} onInput={(event) => set(event.target.value)} onBlur={() => onBlur?.()} />
      ) : (
        (row.options ?? []).map((option) => (
          <label key={option.value} class="g-exam__o">
            <input type={many ? "checkbox" : "radio"} name={id} value={option.value} checked={chosen.includes(option.value)} disabled={locked} onChange={(event) => pick(option.value, event.target.checked)} onBlur={() => onBlur?.()} />
            {row.kind !== "judge" && <b>{option.value}</b>}
            <span>{option.label}</span>
          </label>
        ))
      )}
    </fieldset>
  );
}

function Marks(form, props) {
  const { domId, field, value = {}, disabled, readonly, errors = [], onChange, onBlur } = props;
  const rows = questions(form, field);
  if (!rows.length) return <p class="g-hint">{t("exam.nothing")}</p>;
  const set = (no, text) => {
    const next = { ...value };
    if (text === "" || Number.isNaN(Number(text))) delete next[no];
    else next[no] = Number(text);
    onChange({ value: next });
  };
  return (
    <div class="fjs-form-field g-exam" id={domId}>
      <Label htmlFor={`${domId}-${rows[0].no}`} label={field.label} required />
      {rows.map((row) => (
        <section key={row.no} class="g-exam__q" aria-label={t("exam.no", { no: row.no })}>
          <p class="g-exam__stem">
            <span class="g-exam__no">{row.no}</span> {row.stem}
          </p>
          <div class="g-exam__pair">
            <div>
              <small class="g-3">{t("exam.answer")}</small>
              <p class="g-prose">{row.answer || t("exam.blank")}</p>
            </div>
            <div class="g-exam__hint">
              <small class="g-3">{t("exam.sample")}</small>
              <p class="g-prose">{row.hint}</p>
            </div>
          </div>
          <label class="g-row">
            <span>{t("exam.mark", { n: row.points })}</span>
            <input class="form-control g-exam__mark" id={`${domId}-${row.no}`} type="number" inputMode="decimal" min="0" max={row.points} step="0.5" value={value[row.no] ?? ""} disabled={disabled || readonly} onInput={(event) => set(row.no, event.target.value)} onBlur={() => onBlur?.()} />
          </label>
        </section>
      ))}
      <Errors errors={errors} id={`${domId}-errors`} />
    </div>
  );
}

const config = (type, name) => ({
  type,
  keyed: true,
  name,
  group: "basic-input",
  emptyValue: {},
  sanitizeValue: ({ value }) => (value && typeof value === "object" && !Array.isArray(value) ? value : {}),
  create: (options = {}) => ({ label: name, ...options }),
});

function register(formFields, injector) {
  for (const [type, name, draw] of [
    ["exam", t("exam.exam"), Exam],
    ["marks", t("exam.marks"), Marks],
  ]) {
    const component = (props) => draw(injector.get("form", false) ?? injector.get("formEditor", false), props);
    component.config = config(type, name);
    formFields.register(type, component);
  }
}
register.$inject = ["formFields", "injector"];

export const exams = { __init__: ["examFields"], examFields: ["type", register] };
