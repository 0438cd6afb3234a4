// Publishing and discarding: everything open is saved first; the dialog comes from the server, which knows in words what changed
// and which cases go on as before; refusals stay in the dialog, findings go to the panel. The note being written is never lost.
import { ask, busy } from "../dialogs.js";
import { make, notice } from "../dom.js";
import { signIn } from "../net.js";
import { keepToast } from "../toasts.js";
import { stops } from "./findings.js";
import { fragment, send } from "./net.js";
import { Note } from "./note.js";
import { t } from "./words.js";

export function startPublishing(root, store, findings) {
  const publish = root.querySelector("[data-publish]");
  publish?.addEventListener("click", async () => {
    busy(publish, true);
    const ready = await store.flush();
    const found = ready ? await store.check() : null;
    busy(publish, false);
    if (found?.some(stops)) return findings.checkNow(); // the panel says what, the bar how many
    if (ready) show(root, "publish", publish, store, findings);
  });
  const discard = root.querySelector("[data-discard]");
  discard?.addEventListener("click", () => show(root, "discard", root.querySelector(".g-studio__bar summary") ?? discard, store, findings));
}

async function show(root, act, opener, store, findings) {
  const reply = await fragment(`${store.base}/${act}-dialog`);
  if (!reply.ok) return store.fail(reply);
  document.getElementById(`studio-${act}`)?.remove();
  document.body.append(reply.content);
  const dialog = document.getElementById(`studio-${act}`);
  const note = new Note(store.key, dialog.querySelector('[name="note"]'));
  let unanswered = false;
  ask(dialog, opener, async (fields) => {
    store.gate.rest();
    const answer = await send("POST", `${store.base}/${act}`, fields);
    const done = answer.ok || (unanswered && answer.data.gone && answer.data.by === root.dataset.viewerName);
    if (done) note.drop();
    if (answer.ok) return leave(store, answer);
    if (done) return leave(store, { data: { toast: t(`studio.act.${act}`, { n: answer.data.version }) } }); // the answer was lost, the act was not
    store.gate.wake();
    unanswered ||= answer.status === 0;
    if (answer.data.findings) findings.judged({ findings: answer.data.findings, checked_at: new Date().toISOString() });
    const links = answer.status === 401 ? [make("a", { href: signIn(answer.location), "data-sign-in": true }, t("net.signIn"))] : [];
    notice(dialog.querySelector("[data-problem]"), "danger", sentence(answer), ...links);
    return false;
  });
}

function sentence({ status, message }) {
  if (status === 401) return t("studio.act.expired");
  return status === 0 ? t("studio.act.unanswered") : message || t("studio.offline");
}

/** The draft is no more: nothing of it is kept here either. */
function leave(store, { location, data }) {
  store.forget();
  keepToast({ text: data.toast });
  window.location.assign(location || "/procedures");
  return true;
}
