// On paper the whole drawing is shown as wide as the page, whatever part of it stands on the screen.

const MARGIN = 8; // px around the drawing

/** Lays the drawing out for printing and puts it back afterwards. */
export function printWhole(element, viewer, stage) {
  const canvas = viewer.get("canvas");
  let kept = null;
  window.addEventListener("beforeprint", () => {
    const viewport = element.querySelector("svg > .viewport");
    const svg = viewport?.parentNode;
    const box = canvas.viewbox().inner;
    if (!viewport || kept || !box.width) return;
    kept = { svg, viewport, transform: viewport.getAttribute("transform") };
    stage.keep.disconnect();
    viewport.removeAttribute("transform");
    svg.setAttribute("viewBox", [box.x - MARGIN, box.y - MARGIN, box.width + 2 * MARGIN, box.height + 2 * MARGIN].join(" "));
    element.classList.add("is-paper");
    element.style.height = "auto";
  });
  window.addEventListener("afterprint", () => {
    if (!kept) return;
    element.classList.remove("is-paper");
    kept.svg.removeAttribute("viewBox");
    if (kept.transform) kept.viewport.setAttribute("transform", kept.transform);
    kept = null;
    stage.keep.observe(element);
    stage.open(stage.target);
  });
}
