// The modeler's keys. bpmn-js keeps those with Ctrl and the arrows; single keys are ours (L connects) and can be switched off
// with the person's other single keys. They work wherever the focus is, except in fields and dialogs.
import KeyboardBindings from "diagram-js/lib/features/keyboard/KeyboardBindings";
import { typing } from "../../dom.js";

const SINGLE = { l: "connect", h: "hand", v: "select", b: "lasso", s: "space" };
const OTHERS = { e: "directEditing", r: "replaceElement" };

class Bindings extends KeyboardBindings {
  registerBindings(keyboard, actions) {
    super.registerBindings(keyboard, actions);
    for (const [key, action] of [["a", "selectElements"], ["f", "find"]]) {
      keyboard.addListener(({ keyEvent }) => {
        if (!keyboard.isCmd(keyEvent) || !keyboard.isKey([key, key.toUpperCase()], keyEvent)) return undefined;
        actions.trigger(action, keyEvent);
        return true;
      });
    }
  }
}

Bindings.$inject = KeyboardBindings.$inject;

export const keysModule = { keyboardBindings: ["type", Bindings] };

export function startModelerKeys(modeler) {
  completeBeforeSaving(modeler.get("directEditing"));
  const palette = modeler.get("guichengPalette");
  const actions = modeler.get("editorActions");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || typing(event.target) || document.querySelector("dialog[open], .djs-popup")) return;
    if (event.altKey || event.target.closest?.(".djs-search-container")) return;
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (command && event.target.closest?.(".djs-container")) return; // bpmn-js has had it
    if (command && key === "z") actions.trigger(event.shiftKey ? "redo" : "undo");
    else if (command && key === "y") actions.trigger("redo");
    else if (command && key === "f") actions.trigger("find");
    else if (command || event.shiftKey || document.documentElement.dataset.singleKeys === "off") return;
    else if (SINGLE[key]) palette.tool(SINGLE[key]);
    else if (OTHERS[key] && actions.isRegistered(OTHERS[key])) actions.trigger(OTHERS[key], event);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}

/** A name being typed belongs to what Ctrl S saves; it comes before the keys of the frame. */
function completeBeforeSaving(editing) {
  window.addEventListener(
    "keydown",
    (event) => {
      const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
      if (saves && editing.isActive()) editing.complete();
    },
    true,
  );
}
