// 定时: after how long, when, or how often; and what then happens to the step it sits on.
import { besideOf, eventOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { Interrupting, thenSays } from "../interrupting.jsx";
import { readCounted, readCycle, readDate, readMoment, writeAmount } from "../moments.js";
import { w } from "../words/index.js";
import { short } from "./condition.jsx";
import { Cycle, CycleSays, cycleSays } from "./timer-cycle.jsx";

const FIRST = { workdays: "5 个工作日", hours: "48 小时", period: "P3D", feel: "= " };
const PLACES = { duration: "timeDuration", date: "timeDate", cycle: "timeCycle" };
const FEEL = { duration: "feel", date: "feeldate", cycle: "feelcycle" };

/** What the event says: { kind: "duration", "date" or "cycle", text }. */
function textOf(event) {
  for (const kind of ["date", "cycle"]) {
    if (event[PLACES[kind]]) return { kind, text: event[PLACES[kind]].body ?? "" };
  }
  return { kind: "duration", text: event.timeDuration?.body ?? "" };
}

const read = (kind, text) => (kind === "cycle" ? readCycle(text) : readMoment(kind, text));

function modeOf({ kind, text }) {
  const { mode } = read(kind, text);
  if (!text) return "";
  if (mode === "feel") return FEEL[kind];
  return kind === "cycle" ? "cycle" : mode;
}

function Timer({ facts }) {
  const { element, bo, kind: tag } = facts;
  const event = eventOf(bo, "Timer");
  const pen = usePen();
  const { kind, text } = textOf(event);
  const moment = read(kind, text);
  const mode = modeOf({ kind, text });
  const put = (body, where = kind) => {
    const name = PLACES[where];
    const others = Object.values(PLACES).filter((one) => one !== name && event[one]);
    if (event[name] && !others.length) return pen.set(element, event[name], { body });
    const gone = Object.fromEntries(others.map((one) => [one, undefined]));
    return pen.set(element, event, { [name]: body && pen.make("bpmn:FormalExpression", { body }, event), ...gone });
  };
  const choose = (next) => {
    if (next === "date") return put(`${today()}T09:00:00`, "date");
    if (next === "cycle") return put("R3/PT1H", "cycle");
    if (next === "feelcycle") return put('= "R3/PT1H"', "cycle");
    if (next === "feeldate") return put("= today()", "date");
    if (next === "feel") return put(moment.amount ? `= string(${moment.amount}) + " ${mode === "hours" ? "小时" : "个工作日"}"` : '= string(5) + " 个工作日"', "duration");
    return put(FIRST[next], "duration");
  };
  const options = ["workdays", "hours", "period", "date", "cycle", "feel", "feeldate", "feelcycle"].map((one) => [one, w(`timer.${one}`)]);
  const then = tag === "boundaryEvent" ? thenSays(facts, "timer.then") : thenSays(facts);
  const since = tag === "startEvent" && !besideOf(bo) ? "release" : "arrival";
  return (
    <>
      <SelectField id="timer-kind" label={w("timer.kind")} value={mode} options={mode && mode !== "wrong" ? options : [[mode, w("timer.none")], ...options]} write={choose} />
      {(mode === "workdays" || mode === "hours") && (
        <TextField id="amount" label={w("timer.amount")} unit={w(mode === "hours" ? "deadline.hours" : "timer.workdays.unit")} mode="decimal" value={moment.amount} check={(number) => (/^\d{1,6}(\.\d{1,3})?$/.test(number) ? null : w("timer.number"))} write={(number) => put(writeAmount(mode, number))} />
      )}
      {(mode === "period" || mode === "wrong") && <TextField id="period" label={w(kind === "date" ? "timer.date" : "timer.period.text")} value={text} check={(typed) => wrong(kind, typed)} hint={w("timer.period.hint")} write={(typed) => put(typed)} />}
      {mode === "date" && <TextField id="date" label={w("timer.date")} value={text} check={(typed) => wrong("date", typed)} hint={w("timer.date.hint")} write={(typed) => put(typed)} />}
      {mode === "cycle" && <Cycle text={text} put={put} />}
      {mode.startsWith("feel") && <FeelField id="timer-feel" element={element} always label={w("timer.feel.text")} value={text} hint={w(mode === "feelcycle" ? "timer.feelcycle.hint" : "timer.feel.hint")} write={(typed) => typed && put(typed)} />}
      {mode === "cycle" ? <CycleSays text={text}>{then}</CycleSays> : text && <Sentence warn={moment.mode === "wrong"}>{say(moment, kind, since)}{moment.mode !== "wrong" && then}</Sentence>}
      <Interrupting facts={facts} label="timer.interrupting" />
      {tag !== "startEvent" && <TextField id="clock" label={w("timer.clock")} value={bo.get("guicheng:clock")} hint={w("timer.clock.hint")} write={(name) => pen.set(element, bo, { "guicheng:clock": name || undefined })} />}
      {kind === "cycle" && once(facts) && <Sentence warn>{w("timer.cycle.once")}</Sentence>}
    </>
  );
}

/** Whether only the first time counts: who waits goes on then, and what ends its step ends the timer too. */
const once = ({ kind, bo }) => kind === "intermediateCatchEvent" || (kind === "boundaryEvent" && bo.cancelActivity !== false) || (besideOf(bo) && bo.isInterrupting !== false);

const wrong = (kind, text) => (readMoment(kind, text).mode === "wrong" ? w(kind === "date" ? "timer.date.wrong" : "timer.wrong") : null);
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

/** 进入这里后满 5 个工作日 */
function say(moment, kind, since) {
  const start = w(`timer.since.${since}`);
  if (moment.mode === "wrong") return w("timer.wrong");
  if (moment.mode === "workdays") return w("timer.say.workdays", { n: moment.amount, start });
  if (moment.mode === "hours") return w("timer.say.hours", { n: moment.amount, start });
  if (moment.mode === "date") return w("timer.say.date", readDate(moment.text));
  if (moment.mode === "period") {
    const units = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];
    const parts = moment.parts.map((number, index) => (number ? w(`timer.${units[index]}.n`, { n: number }) : "")).filter(Boolean);
    return w("timer.say.period", { parts: parts.join(w("space")), start });
  }
  const counted = readCounted(moment.text);
  if (counted) return w(`timer.say.computed.${counted.mode}`, { text: counted.amount, start });
  const said = { date: "timer.say.feeldate", cycle: "timer.say.feelcycle" }[kind] ?? "timer.say.feel";
  return w(said, { text: short(moment.text), start });
}

function summary({ bo }) {
  const { kind, text } = textOf(eventOf(bo, "Timer"));
  if (!text) return w("none");
  if (kind === "cycle") return cycleSays(text) ? text : short(text);
  const counted = readCounted(text);
  return counted ? `${counted.amount} ${w(counted.mode === "hours" ? "deadline.hours" : "timer.workdays.unit")}` : kind === "date" && readDate(text) ? text.replace("T", " ") : short(text);
}

export const timer = { id: "timer", fits: ({ bo }) => Boolean(eventOf(bo, "Timer")), open: () => true, summary, body: Timer };
