// Problems of a desk: the first field gets the focus, from three on they are listed on top as links.
import { icon, make, say } from "../dom.js";
import { t } from "../words.js";

const FROM = 3;

/** problems: {key, label, message, focus()}; `message`: what the server said about the whole. */
export function showErrors(desk, problems, message = "") {
  clearErrors(desk);
  const title = message || t("errors.title", { n: problems.length });
  const homeless = problems.some((problem) => !problem.label);
  if (problems.length >= FROM || homeless) top(desk, problems, title);
  say(`${title}：${problems.map((problem) => problem.message).join("；")}`);
  hold(problems[0]);
}

/** Focus it; and again where the form, drawing itself anew with its errors, takes the focused control away. */
function hold(problem) {
  problem.focus();
  const until = performance.now() + 1000;
  const look = () => {
    if (document.activeElement === document.body) problem.focus();
    if (performance.now() < until && !touched) requestAnimationFrame(look);
  };
  let touched = false;
  for (const name of ["pointerdown", "keydown"]) window.addEventListener(name, () => (touched = true), { once: true, capture: true });
  requestAnimationFrame(look);
}

function top(desk, problems, title) {
  const list = make("ul.g-errors__list");
  for (const problem of problems) {
    const named = problem.label && !problem.message.includes(problem.label);
    const text = named ? `${problem.label}：${problem.message}` : problem.message;
    const link = make("button.g-errors__item", { type: "button", onclick: () => problem.focus() }, text);
    list.append(make("li", {}, problem.focus ? link : text));
  }
  const box = make("div.g-notice.g-notice--danger.g-errors", { role: "alert", "data-errors": true }, icon("warn"));
  box.append(make("div.g-grow", {}, make("b.g-b", {}, title), list));
  const place = desk.querySelector("[data-form]")?.closest(".g-card__body") ?? desk.querySelector("[data-field]")?.closest(".g-card__body") ?? desk;
  place.prepend(box);
}

export function clearErrors(desk) {
  for (const box of desk.querySelectorAll("[data-errors]")) box.remove();
  for (const box of desk.querySelectorAll("[data-problem]")) if (!box.closest("dialog")) box.replaceChildren();
}
