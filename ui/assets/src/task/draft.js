// Drafts save themselves 2 s after the last key. A copy on this device exists exactly while something is not saved on the
// server: it survives an expired login, a lost network and a closed window, and is put back when the page opens again.
import { later, make, notice } from "../dom.js";
import { post, signIn } from "../net.js";
import { tidy } from "../tidy.js";
import { clock, moment, t } from "../words.js";

const PREFIX = "g:draft:";
const RETRIES = [3000, 6000, 15000, 30000]; // ms between attempts; the last one goes on

export class Draft {
  constructor(desk) {
    this.desk = desk;
    this.url = desk.settings.draftUrl;
    this.key = `${PREFIX}${document.documentElement.dataset.viewer ?? ""}:${desk.settings.key ?? location.pathname}`;
    this.status = desk.element.querySelector("[data-autosave]") ?? document.querySelector("[data-autosave]");
    this.last = null; // what the server has, as JSON
    this.attempt = 0;
    this.stopped = false;
    this.copyLater = later(() => this.copy(), 300);
    this.saveLater = later(() => this.save(), 2000);
    if (desk.settings.savedAt) this.say("draft.saved", { time: moment(desk.settings.savedAt) });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => this.copyExists() && this.save());
    tidy(PREFIX);
  }

  /** Puts back what this device kept; else remembers what the page came with. */
  restore() {
    const kept = this.read();
    this.last = JSON.stringify(this.desk.content());
    if (!kept) return;
    const { at, files, ...content } = kept;
    if (JSON.stringify(content) === this.last) {
      this.drop(); // it reached the server while the window closed
      return;
    }
    this.desk.load({ ...content, files });
    const discard = make("button.btn.btn-sm.btn-link", { type: "button", onclick: () => this.discard() }, t("draft.discard"));
    notice(this.desk.box(), "info", t("draft.restored", { time: moment(at) }), discard);
    this.saveLater();
  }

  changed() {
    if (this.stopped || this.last === null) return;
    if (JSON.stringify(this.desk.content()) === this.last) return;
    this.copyLater();
    if (this.url) this.saveLater();
  }

  async save() {
    this.saveLater.cancel();
    if (this.stopped || !this.url || this.saving) return;
    const content = this.desk.content();
    const text = JSON.stringify(content);
    if (text === this.last) return;
    this.saving = true;
    const reply = await post(this.url, { ...content, action: null });
    this.saving = false;
    if (this.stopped) return;
    if (reply.ok) this.saved(text);
    else this.failed(reply);
  }

  saved(text) {
    this.last = text;
    this.attempt = 0;
    this.copyLater.cancel();
    this.drop();
    this.say("draft.saved", { time: clock() });
    this.changed(); // something may have been typed meanwhile
  }

  failed(reply) {
    this.copy();
    if (reply.status === 401) {
      this.stopped = true;
      this.say("draft.local");
      notice(this.desk.box(), "warn", reply.message, make("a", { href: signIn(), "data-sign-in": true }, t("net.signIn")));
      return;
    }
    if (reply.status === 403 || reply.status === 404 || reply.status === 409) {
      this.stopped = true; // the task is no longer ours: the copy stays on this device
      this.say("draft.local");
      notice(this.desk.box(), "warn", reply.message, ...(reply.location ? [make("a", { href: reply.location }, t("net.open"))] : []));
      return;
    }
    this.say("draft.failed", {}, true);
    const wait = RETRIES[Math.min(this.attempt, RETRIES.length - 1)];
    this.attempt += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.save(), wait);
  }

  /** While an act is on its way nothing is saved beside it. */
  pause() {
    this.saveLater.cancel();
    clearTimeout(this.retry);
    this.copyLater.cancel();
    this.copy();
  }

  /** The act was refused: go on as before; `alone`: the server could not take it, so the copy must stay. */
  keep(alone) {
    if (!alone && this.url) this.saveLater();
  }

  /** The act is done: there is nothing left to keep. */
  forget() {
    this.stopped = true;
    this.saveLater.cancel();
    this.copyLater.cancel();
    this.drop();
  }

  /** The window closes: the copy stays here, and the draft is sent on its way without waiting for an answer. */
  leave() {
    if (this.stopped || this.last === null || JSON.stringify(this.desk.content()) === this.last) return;
    this.copy();
    if (this.url) post(this.url, { ...this.desk.content(), action: null }, { keepalive: true });
  }

  discard() {
    this.drop();
    window.location.reload();
    this.stopped = true;
  }

  copy() {
    if (this.last === null || JSON.stringify(this.desk.content()) === this.last) return;
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: new Date().toISOString(), files: this.desk.uploads.stored, ...this.desk.content() }));
    } catch {
      // no room or no permission: the server's draft is still there
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  copyExists() {
    return this.read() !== null;
  }

  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // see copy()
    }
  }

  say(key, fields = {}, trouble = false) {
    if (!this.status) return;
    this.status.textContent = t(key, fields);
    this.status.classList.toggle("g-warn", trouble);
  }
}
