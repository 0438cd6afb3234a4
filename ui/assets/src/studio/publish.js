// Publishing and discarding: everything open is saved first; the dialog comes from the server, which knows in words what changed
// and which cases go on as before; refusals stay in the dialog, findings go to the panel.
import { ask, busy } from "../dialogs.js";
import { notice } from "../dom.js";
import { keepToast } from "../toasts.js";
import { fragment, send } from "./net.js";
import { t } from "./words.js";

export function startPublishing(root, store, findings) {
  const publish = root.querySelector("[data-publish]");
  publish?.addEventListener("click", async () => {
    busy(publish, true);
    const ready = await store.flush();
    const found = ready ? await store.check() : null;
    busy(publish, false);
    if (found?.length) return findings.checkNow(); // the panel says what, the bar how many
    if (ready) show("publish", publish, store, findings);
  });
  const discard = root.querySelector("[data-discard]");
  discard?.addEventListener("click", () => show("discard", root.querySelector(".g-studio__bar summary") ?? discard, store, findings));
}

async function show(act, opener, store, findings) {
  const reply = await fragment(`${store.base}/${act}-dialog`);
  if (!reply.ok) return store.fail(reply);
  document.getElementById(`studio-${act}`)?.remove();
  document.body.append(reply.content);
  const dialog = document.getElementById(`studio-${act}`);
  ask(dialog, opener, async (fields) => {
    const answer = await send("POST", `${store.base}/${act}`, fields);
    if (answer.ok) return leave(store, answer);
    if (answer.data.findings) findings.judged({ findings: answer.data.findings, checked_at: new Date().toISOString() });
    notice(dialog.querySelector("[data-problem]"), "danger", answer.message || t("studio.offline"));
    return false;
  });
}

/** The draft is no more: nothing of it is kept here either. */
function leave(store, { location, data }) {
  store.forget();
  keepToast({ text: data.toast });
  window.location.assign(location || "/procedures");
  return true;
}
