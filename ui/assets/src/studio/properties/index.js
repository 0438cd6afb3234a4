// The properties panel of the modeler: bpmn-js-properties-panel with our own groups only.
//
//   new Modeler({ additionalModules: propertiesModules, propertiesPanel: { parent },
//                 guicheng: { context, variables, store, whoWould }, moddleExtensions: { camunda, guicheng } })
//
// context        what pickers need (context.json), or a promise of it
// variables(id)  the variables known at an element, or a promise of them
// store          the draft: its parts, findings and design
// whoWould(rule) a promise of { people, note } for a rule of candidates
import { BpmnPropertiesPanelModule } from "bpmn-js-properties-panel";
import { Desk } from "./desk.js";
import { Pen } from "./pen.js";
import { Provider } from "./provider.js";

const guicheng = {
  __init__: ["propertiesProvider"],
  propertiesDesk: ["type", Desk],
  propertiesPen: ["type", Pen],
  propertiesProvider: ["type", Provider],
};

export const propertiesModules = [BpmnPropertiesPanelModule, guicheng];
