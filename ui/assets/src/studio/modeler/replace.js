// The menu that makes another kind of an element: first what the engine runs, then the rest, marked as not publishable. What only
// the rest has (loops, repeated participants, starts that do not interrupt) is offered only to be switched off.
import ReplaceMenuProvider from "bpmn-js/lib/features/popup-menu/ReplaceMenuProvider";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { t } from "./words.js";
import { accepts } from "./accepted.js";

class ReplaceMenu extends ReplaceMenuProvider {
  _createEntries(target, options) {
    const sorted = [...options].sort((one, other) => Number(accepts(other.target, target)) - Number(accepts(one.target, target)));
    return super._createEntries(target, sorted);
  }

  _createEntry(option, target, action) {
    const entry = super._createEntry(option, target, action);
    if (accepts(option.target, target)) return { ...entry, group: { id: "accepted", name: t("studio.replace.accepted") } };
    return { ...entry, className: `${entry.className} is-refused`, group: { id: "refused", name: t("studio.replace.refused") } };
  }

  getPopupMenuHeaderEntries(target) {
    const entries = Object.entries(super.getPopupMenuHeaderEntries(target));
    const fits = (name) => (name.endsWith("-mi") ? is(target, "bpmn:UserTask") : name === "toggle-non-interrupting" && is(target, "bpmn:BoundaryEvent"));
    return Object.fromEntries(entries.filter(([name, { active }]) => active || fits(name)));
  }
}

ReplaceMenu.$inject = ReplaceMenuProvider.$inject;

export const replaceModule = { replaceMenuProvider: ["type", ReplaceMenu] };
