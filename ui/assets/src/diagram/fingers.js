/** On a touch screen one finger moves the drawing (sideways only while the page itself scrolls), two fingers zoom it. */
export function followFingers(stage, canvas) {
  const held = new Map();
  let apart = 0;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    held.set(event.pointerId, event);
    apart = 0;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    held.set(event.pointerId, event);
    if (held.size === 1) canvas.scroll({ dx: event.clientX - before.clientX, dy: event.clientY - before.clientY });
    else if (held.size === 2) apart = pinch(stage, canvas, [...held.values()], apart);
  });
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, (event) => held.delete(event.pointerId));
}

function pinch(stage, canvas, [one, two], before) {
  const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
  if (before) {
    const box = stage.getBoundingClientRect();
    const middle = { x: (one.clientX + two.clientX) / 2 - box.left, y: (one.clientY + two.clientY) / 2 - box.top };
    canvas.zoom(Math.min(Math.max((canvas.zoom() * apart) / before, 0.2), 4), middle);
  }
  return apart;
}
