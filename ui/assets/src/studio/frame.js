// What every page of the studio starts with: the store of the draft, the bar, the findings, the keys.
//
//   const { root, store, findings, bar } = await startFrame();
//   findings.onSelect((element_id) => …)      shows an element of the part on this page, answers whether it could
import { Bar } from "./bar.js";
import { watchConflicts } from "./conflict.js";
import { Findings } from "./findings.js";
import { startKeys } from "./keys.js";
import { startPublishing } from "./publish.js";
import { Store } from "./store.js";

export async function startFrame() {
  const root = document.querySelector("[data-studio]");
  const store = new Store(root.dataset.key, root.dataset.part);
  const findings = new Findings(root, store);
  const bar = new Bar(root, store, findings);
  watchConflicts(store);
  startPublishing(root, store, findings);
  startKeys(root, store, findings);
  await store.open();
  store.check();
  return { root, store, findings, bar };
}
