// Publishing: saves what is open, asks the server for the dialog (what changed, who is affected), sends the note. Discarding likewise.
import { ask, busy } from "../dialogs.js";
import { make, notice } from "../dom.js";
import { send } from "./net.js";
import { t } from "./words.js";

export function startPublishing(root, store, findings) {
  const button = root.querySelector("[data-publish]");
  button?.addEventListener("click", async () => {
    busy(button, true);
    const ready = await store.flush();
    const found = ready ? await store.check() : null;
    busy(button, false);
    if (found?.length) return findings.checkNow(); // the panel says what; the bar says how many
    if (ready) show("publish", button, store, findings);
  });
  root.querySelector("[data-discard]")?.addEventListener("click", (event) => show("discard", event.currentTarget, store, findings));
}

/** The dialog comes from the server: it knows the words for what changed and the cases on earlier versions. */
async function show(act, opener, store, findings) {
  const reply = await fetch(`${store.base}/${act}-dialog`, { credentials: "same-origin", headers: { "HX-Request": "true" } }).catch(() => null);
  if (!reply?.ok) return store.fail({ status: reply?.status ?? 0, message: t("studio.offline") });
  document.getElementById(`studio-${act}`)?.remove();
  document.body.append(...make("div", {}, document.createRange().createContextualFragment(await reply.text())).children);
  const dialog = document.getElementById(`studio-${act}`);
  ask(dialog, opener, async (fields) => {
    const answer = await send("POST", `${store.base}/${act}`, { ...fields, revision: store.design?.revision ?? null });
    if (answer.ok) return leave(answer.data.location ?? "/procedures", answer.data.toast);
    if (answer.data.findings) findings.judged({ findings: answer.data.findings, checked_at: new Date().toISOString() });
    notice(dialog.querySelector("[data-problem]"), "danger", answer.message);
    return false;
  });
}

function leave(location) {
  window.location.assign(location);
  return true;
}
