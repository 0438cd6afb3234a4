// 定时: after how long, or when; and what then happens to the step it sits on.
import { FeelField } from "../feel/field.jsx";
import { CheckField, SelectField, Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { readCounted, readDate, readMoment, writeAmount } from "../moments.js";
import { w } from "../words/index.js";
import { short } from "./condition.jsx";

const FIRST = { workdays: "5 个工作日", hours: "48 小时", period: "P3D", feel: "= " };

/** What the event says: { kind: "duration" or "date", text }. */
function textOf(event) {
  if (event.timeDate) return { kind: "date", text: event.timeDate.body ?? "" };
  return { kind: "duration", text: event.timeDuration?.body ?? "" };
}

function Timer({ facts }) {
  const { element, bo, event, kind: tag } = facts;
  const pen = usePen();
  const { kind, text } = textOf(event);
  const moment = readMoment(kind, text);
  const mode = !text ? "" : moment.mode === "feel" && kind === "date" ? "feeldate" : moment.mode;
  const put = (body, where = kind) => {
    const [name, other] = where === "date" ? ["timeDate", "timeDuration"] : ["timeDuration", "timeDate"];
    if (event[name] && !event[other]) return pen.set(element, event[name], { body });
    return pen.set(element, event, { [name]: body && pen.make("bpmn:FormalExpression", { body }, event), [other]: undefined, ...(event.timeCycle && { timeCycle: undefined }) });
  };
  const choose = (next) => {
    if (next === "date") return put(`${today()}T09:00:00`, "date");
    if (next === "feeldate") return put("= today()", "date");
    if (next === "feel") return put(moment.amount ? `= string(${moment.amount}) + " ${mode === "hours" ? "小时" : "个工作日"}"` : '= string(5) + " 个工作日"', "duration");
    return put(FIRST[next], "duration");
  };
  const options = ["workdays", "hours", "period", "date", "feel", "feeldate"].map((one) => [one, w(`timer.${one}`)]);
  return (
    <>
      <SelectField id="timer-kind" label={w("timer.kind")} value={mode} options={mode ? options : [["", w("timer.none")], ...options]} write={choose} />
      {(mode === "workdays" || mode === "hours") && (
        <TextField id="amount" label={w("timer.amount")} unit={w(mode === "hours" ? "deadline.hours" : "timer.workdays.unit")} mode="decimal" value={moment.amount} check={(number) => (/^\d{1,6}(\.\d{1,3})?$/.test(number) ? null : w("timer.number"))} write={(number) => put(writeAmount(mode, number))} />
      )}
      {(mode === "period" || mode === "wrong") && <TextField id="period" label={w(kind === "date" ? "timer.date" : "timer.period.text")} value={text} check={(typed) => wrong(kind, typed)} hint={w("timer.period.hint")} write={(typed) => put(typed)} />}
      {mode === "date" && <TextField id="date" label={w("timer.date")} value={text} check={(typed) => wrong("date", typed)} hint={w("timer.date.hint")} write={(typed) => put(typed)} />}
      {(mode === "feel" || mode === "feeldate") && <FeelField id="timer-feel" element={element} always label={w("timer.feel.text")} value={text} hint={w("timer.feel.hint")} write={(typed) => typed && put(typed)} />}
      {event.timeCycle?.body && <Sentence warn>{w("timer.cycle", { text: event.timeCycle.body })}</Sentence>}
      {text && <Sentence warn={moment.mode === "wrong"}>{say(moment, kind)}{tag === "boundaryEvent" && moment.mode !== "wrong" && then(bo)}</Sentence>}
      {tag === "boundaryEvent" && <CheckField id="interrupting" label={w("timer.interrupting", { name: bo.attachedToRef?.name ?? "" })} value={bo.cancelActivity !== false} write={(on) => pen.draw(element, { cancelActivity: on })} />}
    </>
  );
}

const wrong = (kind, text) => (readMoment(kind, text).mode === "wrong" ? w(kind === "date" ? "timer.date.wrong" : "timer.wrong") : null);
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
const then = (bo) => w(bo.cancelActivity === false ? "timer.then.beside" : "timer.then.ends", { name: bo.attachedToRef?.name || bo.attachedToRef?.id || "" });

/** 进入这里后满 5 个工作日 */
function say(moment, kind) {
  if (moment.mode === "wrong") return w("timer.wrong");
  if (moment.mode === "workdays") return w("timer.say.workdays", { n: moment.amount });
  if (moment.mode === "hours") return w("timer.say.hours", { n: moment.amount });
  if (moment.mode === "date") return w("timer.say.date", readDate(moment.text));
  if (moment.mode === "period") {
    const units = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];
    const parts = moment.parts.map((number, index) => (number ? w(`timer.${units[index]}.n`, { n: number }) : "")).filter(Boolean);
    return w("timer.say.period", { parts: parts.join(w("space")) });
  }
  const counted = readCounted(moment.text);
  if (counted) return w(`timer.say.computed.${counted.mode}`, { text: counted.amount });
  return w(kind === "date" ? "timer.say.feeldate" : "timer.say.feel", { text: short(moment.text) });
}

function summary({ event }) {
  const { kind, text } = textOf(event);
  if (!text) return w("none");
  const counted = readCounted(text);
  return counted ? `${counted.amount} ${w(counted.mode === "hours" ? "deadline.hours" : "timer.workdays.unit")}` : kind === "date" && readDate(text) ? text.replace("T", " ") : short(text);
}

export const timer = { id: "timer", fits: ({ event }) => event?.$type === "bpmn:TimerEventDefinition", open: () => true, summary, body: Timer };
