// bpmn-js searches at the release of a key. Chinese comes from an input method: text appears without a key of its own, and the
// Enter that takes a word must not take a result.

export function mendSearch(box) {
  const inSearch = (event) => event.target.matches?.(".djs-search-input input, input.djs-search-input, .djs-search-container input");
  let composing = false;
  const ask = (field) => field.dispatchEvent(new KeyboardEvent("keyup", { key: "Unidentified", bubbles: true }));
  box.addEventListener("compositionstart", () => (composing = true), true);
  box.addEventListener("compositionend", (event) => {
    if (inSearch(event)) ask(event.target);
    setTimeout(() => (composing = false)); // the key that ended it is released before
  }, true);
  box.addEventListener("input", (event) => inSearch(event) && !event.isComposing && ask(event.target), true);
  box.addEventListener("keyup", (event) => composing && event.isTrusted && inSearch(event) && event.stopPropagation(), true);
}
