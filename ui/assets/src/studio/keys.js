// Keys of every studio page: Ctrl S saves now, Ctrl Enter checks, F8 goes to the next finding. The modeler adds its own.

export function startKeys(root, store, findings) {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || document.querySelector("dialog[open]")) return;
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key.toLowerCase() === "s") store.flush();
      else if (command && event.key === "Enter") findings.checkNow();
      else if (event.key === "F8") findings.next(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
