// Countdowns tick by themselves: the server has written what is left, here it is written anew as time passes.
import { t } from "./words.js";

const EVERY = 10_000;
const NEAR = 60;

/** Whole days and hours, hours and minutes, or minutes; as `span_text` on the server. */
export function spanText(minutes) {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days) return hours ? t("clock.days", { d: days, h: hours }) : t("clock.day", { d: days });
  if (hours) return rest ? t("clock.hours", { h: hours, m: rest }) : t("clock.hour", { h: hours });
  return t("clock.minutes", { m: rest });
}

/** How long until it is due. The server says how much was left when it wrote the page, so this device's clock may be wrong. */
function left(clock) {
  clock.dataset.until ??= Date.now() + clock.dataset.clock * 1000;
  return clock.dataset.until - Date.now();
}

function tick(clock) {
  const rest = left(clock);
  const late = rest <= 0;
  const text = t(late ? "clock.late" : "clock.left", { time: spanText(Math.floor(Math.abs(rest) / 60_000)) });
  const time = clock.querySelector("time");
  if (time.textContent !== text) time.textContent = text;
  clock.classList.toggle("g-clock--late", late);
  clock.classList.toggle("g-clock--soon", !late && rest <= NEAR * 60_000);
  if (late) clock.querySelector("use").setAttribute("href", "#i-warn");
}

export function startClocks() {
  const all = () => document.querySelectorAll("[data-clock]").forEach(tick);
  all();
  setInterval(all, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || all());
}
