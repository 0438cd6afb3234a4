// The panel on the modeler's page: what it needs comes from the draft's addresses.
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import guicheng from "../guicheng-moddle.json";
import { send } from "../net.js";
import { propertiesModules } from "./index.js";

/** Options for the modeler: spread them into its own. */
export function propertiesFor({ root, store }) {
  return {
    additionalModules: propertiesModules,
    moddleExtensions: { camunda, guicheng },
    propertiesPanel: { parent: root.querySelector("[data-properties]") },
    guicheng: {
      store,
      context: answer("GET", `${store.base}/context.json`),
      variables: async (id) => {
        const known = await answer("POST", `${store.base}/variables`, { overlay: await store.overlay(), elements: [id] });
        return known?.by_element?.[id] ?? null;
      },
      whoWould: (candidates) => answer("POST", `${store.base}/candidates`, candidates),
    },
  };
}

// What the server says, or null: the panel then shows codes instead of names, and no suggestions.
async function answer(method, url, value) {
  const reply = await send(method, url, value);
  return reply.ok ? reply.data : null;
}
