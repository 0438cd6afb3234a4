// A timer that repeats: every so often, so many times, from a moment on.
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { readCycle, readDate, readEvery, readMoment, writeCycle, writeEvery } from "../moments.js";
import { w } from "../words/index.js";

const UNITS = ["minutes", "hours", "days", "weeks", "months", "years"];
const whole = (text) => (/^[1-9]\d{0,5}$/.test(text) ? null : w("timer.whole"));
const moment = (text) => (!text || readMoment("date", text).mode === "date" ? null : w("timer.date.wrong"));

export function Cycle({ text, put }) {
  const cycle = readCycle(text);
  if (cycle.mode !== "cycle") {
    return <TextField id="cycle" label={w("timer.cycle.text")} value={text} check={(typed) => (readCycle(typed).mode === "wrong" ? w("timer.cycle.wrong") : null)} hint={w("timer.cycle.hint")} write={(typed) => typed && put(typed)} />;
  }
  const every = readEvery(cycle.every);
  const change = (properties) => put(writeCycle({ ...cycle, ...properties }));
  return (
    <>
      {every ? (
        <div class="g-two">
          <TextField id="every" label={w("timer.every")} mode="numeric" value={every.amount} check={whole} write={(amount) => amount && change({ every: writeEvery({ ...every, amount }) })} />
          <SelectField id="every-unit" label={w("timer.every.unit")} value={every.unit} options={UNITS.map((unit) => [unit, w(`timer.unit.${unit}`)])} write={(unit) => change({ every: writeEvery({ ...every, unit }) })} />
        </div>
      ) : (
        <TextField id="every-period" label={w("timer.every")} value={cycle.every} check={(typed) => (readMoment("duration", typed).mode === "period" ? null : w("timer.wrong"))} hint={w("timer.period.hint")} write={(typed) => typed && change({ every: typed })} />
      )}
      <TextField id="times" label={w("timer.times")} unit={w("timer.times.unit")} mode="numeric" value={cycle.times} check={(typed) => (typed ? whole(typed) : null)} hint={w("timer.times.hint")} write={(times) => change({ times: times ?? "" })} />
      {cycle.until ? (
        <TextField id="until" label={w("timer.until")} value={cycle.until} check={moment} write={(until) => change({ until: until ?? "" })} />
      ) : (
        <TextField id="from" label={w("timer.from")} value={cycle.from} check={moment} hint={w("timer.from.hint")} write={(from) => change({ from: from ?? "" })} />
      )}
    </>
  );
}

/** 每 1 小时一次，共 3 次 */
export function cycleSays(text) {
  const cycle = readCycle(text);
  if (cycle.mode !== "cycle") return "";
  const every = readEvery(cycle.every);
  const period = every ? w(`timer.${every.unit}.n`, { n: every.amount }) : cycle.every;
  const times = cycle.times ? w("timer.say.times", { n: cycle.times }) : w("timer.say.endless");
  const date = (key, one) => (one ? w(key, readDate(one)) : "");
  return w("timer.say.cycle", { period, times }) + date("timer.say.from", cycle.from) + date("timer.say.until", cycle.until);
}

export const CycleSays = ({ text, children }) => (cycleSays(text) ? <Sentence>{cycleSays(text)}{w("stop")}{children}</Sentence> : null);
