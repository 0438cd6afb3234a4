// Small pieces of the comparison: the badge of a kind, a list of facts before → after, a text that is cut.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const LONG = 160; // characters shown of a text before it is unfolded
const BADGES = { added: "ok", removed: "no", changed: "back", moved: "hold" };

export function kindBadge(kind) {
  return make(`span.g-badge.g-badge--${BADGES[kind]}`, {}, t(`compare.${kind}`));
}

export function detailList(details, kind = "changed") {
  const list = make("dl.g-cmp__details");
  for (const { label, before, after } of details) {
    const value = make("dd");
    if (kind === "added") value.append(text(after));
    else if (kind === "removed") value.append(text(before));
    else value.append(side("del", before), arrow(), side("ins", after));
    list.append(make("div", {}, make("dt", {}, label), value));
  }
  return list;
}

/** One side of a change; an empty side says so. */
export function side(tag, value) {
  return make(tag, { class: `g-cmp__${tag}` }, value ? text(value) : t("compare.none"));
}

export function arrow() {
  return make("span.g-cmp__arrow", { "aria-hidden": "true" }, icon("forward"));
}

/** Long texts are cut and can be unfolded. */
export function text(value) {
  if (value.length <= LONG) return make("span.g-cmp__text", {}, value);
  const span = make("span.g-cmp__text", {}, `${value.slice(0, LONG)}…`);
  let open = false;
  const button = make("button.btn.btn-link.btn-sm", { type: "button" }, t("compare.more"));
  button.addEventListener("click", () => {
    open = !open;
    span.textContent = open ? value : `${value.slice(0, LONG)}…`;
    button.textContent = t(open ? "compare.less" : "compare.more");
  });
  return make("span", {}, span, " ", button);
}
