// SVG elements for the layers over a diagram.
const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const SIGNS = {
  ok: "M-4 0l3 3 5-6",
  no: "M-3-3l6 6M3-3l-6 6",
  back: "M-1-4l-4 3.5 4 3.500M-5-.5h6a3 3 0 0 1 3 3",
};

/** A round mark with a sign (ok, no, back), a number, or both: then it grows to the left. Its right end stays at x + 10. */
export function mark(kind, x, y, text = "") {
  const group = svg("g", { transform: `translate(${x} ${y})`, class: `g-mk g-mk--${kind}` });
  const sign = SIGNS[kind];
  const width = 20 + (text ? text.length * 7.5 - (sign ? 0 : 8) : 0);
  const box = Math.max(width, 20);
  group.append(svg("rect", { x: 10 - box, y: -10, width: box, height: 20, rx: 10 }));
  if (sign) group.append(svg("path", { d: sign, transform: `translate(${text ? 12 - box + 8 : 0} 0)` }));
  if (text) group.append(svg("text", { x: sign ? 5 : 10 - box / 2, y: 4.5, "text-anchor": sign ? "end" : "middle" }, text));
  return group;
}

/** By kind of letter and not measured: the layer may not be on screen yet. */
export function pillWidth(text) {
  return 20 + [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? 12 : 6.8), 0);
}

/** Text in a rounded box, its middle at x, y. */
export function pill(text, x, y, kind = "") {
  const width = pillWidth(text);
  return svg(
    "g",
    { transform: `translate(${x} ${y})`, class: `g-pill${kind ? ` g-pill--${kind}` : ""}` },
    svg("rect", { x: -width / 2, y: -10, width, height: 20, rx: 10 }),
    svg("text", { y: 4.2, "text-anchor": "middle" }, text),
  );
}

/** Between both; in the middle where there is more room than drawing. */
export function within(value, least, most) {
  return most < least ? (least + most) / 2 : Math.min(Math.max(value, least), most);
}
