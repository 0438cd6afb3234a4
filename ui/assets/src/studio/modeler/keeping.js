// What an element takes along when it becomes another kind or is copied: of our own settings only those that have an effect there.
// People and deadline of a user task would else lie dead in a service task, and the gate refuse them. Undo brings them back.
import { isOurs, works } from "../properties/effect.js";

class Keeping {
  static $inject = ["eventBus"];

  constructor(eventBus) {
    eventBus.on("moddleCopy.canCopyProperty", 2000, ({ parent, property }) => {
      if (!isOurs(property?.$type) || parent?.$type !== "bpmn:ExtensionElements") return undefined;
      return works(property.$type, parent.$parent) ? undefined : false;
    });
  }
}

export const keepingModule = { __init__: ["guichengKeeping"], guichengKeeping: ["type", Keeping] };
