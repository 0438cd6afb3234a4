// The menu that makes another kind of an element: only what the engine runs.
import ReplaceMenuProvider from "bpmn-js/lib/features/popup-menu/ReplaceMenuProvider";
import { accepts } from "./accepted.js";

class ReplaceMenu extends ReplaceMenuProvider {
  _createEntries(target, options) {
    return super._createEntries(target, options.filter((option) => accepts(option.target)));
  }
}

ReplaceMenu.$inject = ReplaceMenuProvider.$inject;

export const replaceModule = { replaceMenuProvider: ["type", ReplaceMenu] };
