// Small helpers for making and finding elements.

/** An element from a tag, attributes and children; on… attributes are listeners, null attributes are left out. */
export function make(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** An icon of the sprite. */
export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", size === 16 ? "g-i" : `g-i g-i--${size}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Calls `work` once `wait` ms have passed without another call; `.now()` runs a waiting call at once. */
export function later(work, wait) {
  let timer = 0;
  const call = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      work(...values);
    }, wait);
  };
  call.cancel = () => {
    clearTimeout(timer);
    timer = 0;
  };
  call.waiting = () => timer !== 0;
  return call;
}

/** Says a sentence to screen readers. */
export function say(text) {
  const region = document.querySelector("[data-live-region]");
  if (region) region.textContent = text;
}

/** Whether the keys typed now belong to a field. */
export function typing(target = document.activeElement) {
  return Boolean(target?.closest?.('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]'));
}

/** A message that stays in place, in the box given; the box keeps one message. */
export function notice(box, kind, text, ...acts) {
  const body = make("div.g-grow", {}, text, ...acts.flatMap((act) => [" ", act]));
  const element = make(`div.g-notice${kind === "info" ? "" : `.g-notice--${kind}`}`, { role: kind === "danger" ? "alert" : "status" });
  element.append(icon(kind === "info" ? "info" : "warn"), body);
  box.replaceChildren(element);
  return element;
}
