// The draft of one procedure, as the browser holds it: parts, what is not saved yet, who else is here, what the gate finds.
//
//   const store = new Store(key);  await store.open();
//   const { content, revision } = await store.part("form", "approve");
//   store.edit("form", "approve", content)         saved 2 s after the last change; content may be a function that makes the text
//   await store.flush()                            save now; answers whether everything is on the server
//   store.on(event, listener)                      answers a function that ends it
//
// Events: design (design.json), edited {kind, name}, saving, saved {kind, name, revision, at}, trouble {code, message} and calm (all is well again),
// conflict (see conflict.js), replaced {kind, name, content, revision, by} — the editor on the page must load that content —,
// restored {kind, name, at}, editors [{name, department, part, me}], checking, findings {findings, checked_at}.
// Trouble codes: offline, expired, forbidden, refused, gone (published or discarded meanwhile), full (this device keeps no copy).
import { later } from "../dom.js";
import { Copies } from "./copies.js";
import { Gate } from "./gate.js";
import { send } from "./net.js";
import { Presence } from "./presence.js";

const SAVE = 2000; // ms after the last change
const COPY = 300;
const CHECK = 800;
const RETRIES = [3000, 6000, 15000, 30000]; // ms between attempts; the last one goes on
const TROUBLES = { 0: "offline", 401: "expired", 403: "forbidden" };

export class Store {
  constructor(key, part = `diagram/${key}`) {
    this.key = key;
    this.base = `/studio/${encodeURIComponent(key)}`;
    this.parts = new Map();
    this.listeners = new Map();
    this.copies = new Copies(key);
    this.presence = new Presence(this, part);
    this.gate = new Gate(this);
    this.design = null;
    this.attempt = 0;
    this.stopped = ""; // the code of a trouble that retrying does not mend
    this.saveLater = later(() => this.flush(), SAVE);
    this.copyLater = later(() => this.copy(), COPY);
    this.checkLater = later(() => this.check(), CHECK);
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("beforeunload", (event) => this.unkept && event.preventDefault());
  }

  on(event, listener) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event).add(listener);
    return () => this.listeners.get(event).delete(listener);
  }

  emit(event, detail) {
    for (const listener of this.listeners.get(event) ?? []) listener(detail);
  }

  /** Reads what the draft consists of, takes up what this device kept of it, and tells the others who is here. */
  async open() {
    await this.refresh();
    for (const kept of this.copies.all()) this.takeUp(kept);
    this.presence.start();
    if (this.waiting.length) this.flush();
    return this.design;
  }

  async refresh() {
    if (this.stopped === "gone") return this.design; // published a moment ago: there is nothing more to ask for
    const reply = await send("GET", `${this.base}/design.json`);
    if (this.stopped === "gone") return this.design;
    if (reply.ok) {
      this.design = reply.data;
      this.emit("design", this.design);
    } else this.fail(reply);
    return this.design;
  }

  /** What the design says about a part: {kind, name, title, revision, updated_at, updated_by}. */
  known(kind, name) {
    return this.design?.parts.find((part) => part.kind === kind && part.name === name) ?? null;
  }

  /** The text of a part and its revision: what this device kept, else what the server has; null when neither has it. */
  async part(kind, name) {
    const held = this.parts.get(`${kind}/${name}`);
    if (held?.dirty) return { content: await textOf(held.content), revision: held.revision };
    const reply = await send("GET", this.address(kind, name));
    if (!reply.ok) {
      if (reply.status !== 404) this.fail(reply);
      return null;
    }
    const revision = Number(reply.headers.get("X-Revision")) || null;
    this.parts.set(`${kind}/${name}`, { kind, name, content: reply.text, saved: reply.text, revision, dirty: false });
    return { content: reply.text, revision };
  }

  address(kind, name) {
    return `${this.base}/parts/${kind}/${encodeURIComponent(name)}`;
  }

  edit(kind, name, content) {
    const id = `${kind}/${name}`;
    const held = this.parts.get(id) ?? { kind, name, revision: this.known(kind, name)?.revision ?? null, saved: null };
    this.parts.set(id, { ...held, content, dirty: true, changes: (held.changes ?? 0) + 1 });
    this.copyLater();
    this.saveLater();
    this.checkLater();
    this.emit("edited", { kind, name });
  }

  get waiting() {
    return [...this.parts.values()].filter((part) => part.dirty && !part.conflict);
  }

  /** Whether everything is on the server afterwards. Parts are saved one after the other, each as it is then. */
  async flush() {
    this.saveLater.cancel();
    if (this.flushing) return this.flushing;
    this.flushing = this.saveAll();
    const done = await this.flushing;
    this.flushing = null;
    if (done && this.waiting.length && !this.stopped) this.saveLater(); // something was changed meanwhile
    return done;
  }

  async saveAll() {
    await this.copy();
    for (const part of this.waiting) if (!(await this.save(part))) return false;
    if (this.waiting.length === 0) this.calm();
    return true;
  }

  async save(part, force = false) {
    const id = `${part.kind}/${part.name}`;
    const { changes } = part;
    let content;
    try {
      content = await textOf(part.content);
    } catch (error) {
      console.error(error); // the editor cannot write it down just now; its next change tries again
      return false;
    }
    if (content === part.saved && !force) return this.settle(id, changes, part);
    this.emit("saving", part);
    const reply = await send("PUT", this.address(part.kind, part.name), { content, revision: part.revision, ...(force && { force }) });
    if (!reply.ok) {
      this.copies.keep(part.kind, part.name, content, part.revision);
      this.fail(reply, part, content);
      return false;
    }
    this.attempt = 0;
    const { revision, saved_at: at } = reply.data;
    this.settle(id, changes, { saved: content, revision, conflict: null });
    this.emit("saved", { kind: part.kind, name: part.name, revision, at });
    return true;
  }

  /** The server has the part as it was after so many changes. */
  settle(id, changes, more) {
    const now = { ...this.parts.get(id), ...more };
    now.content = this.parts.get(id).content;
    now.changes = this.parts.get(id).changes;
    now.dirty = now.changes !== changes;
    this.parts.set(id, now);
    if (!now.dirty) this.copies.drop(now.kind, now.name);
    return true;
  }

  fail(reply, part = null, content = null) {
    if (reply.status === 409 && part && !reply.data.gone) return this.collide(part, content, reply.data);
    const code = reply.data?.gone ? "gone" : (TROUBLES[reply.status] ?? (reply.status >= 500 ? "offline" : "refused"));
    this.stopped = code === "offline" ? "" : code;
    this.emit("trouble", { code, message: reply.message, location: reply.location });
    if (!part || this.stopped) return;
    const wait = RETRIES[Math.min(this.attempt, RETRIES.length - 1)];
    this.attempt += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), wait);
  }

  calm() {
    clearTimeout(this.retry);
    this.stopped = "";
    this.attempt = 0;
    this.emit("calm", {});
  }

  /** Somebody saved this part since it was read here: nothing more is saved of it until a person decides. */
  collide(part, content, { message, by, at, revision }) {
    const id = `${part.kind}/${part.name}`;
    this.parts.set(id, { ...this.parts.get(id), conflict: { by, at, revision } });
    this.emit("conflict", { kind: part.kind, name: part.name, mine: content, message, by, at, revision });
  }

  /** Mine stays: theirs is kept by the server as a copy. */
  async keepMine(kind, name) {
    const part = this.parts.get(`${kind}/${name}`);
    if (!part) return false;
    const done = await this.save({ ...part, revision: part.conflict?.revision ?? part.revision }, true);
    if (done) this.calm();
    return done;
  }

  /** Theirs stays: the editor gets it; what was here is forgotten (the dialog has offered it as a file). */
  async takeTheirs(kind, name, by = "") {
    const reply = await send("GET", this.address(kind, name));
    if (!reply.ok) return this.fail(reply);
    const revision = Number(reply.headers.get("X-Revision")) || null;
    this.parts.set(`${kind}/${name}`, { kind, name, content: reply.text, saved: reply.text, revision, dirty: false });
    this.copies.drop(kind, name);
    this.emit("replaced", { kind, name, content: reply.text, revision, by });
    this.calm();
    this.checkLater();
    return true;
  }

  /** Another person saved a part that is open here: taken over at once while nothing of it is unsaved here. */
  seen(parts) {
    for (const { kind, name, revision, updated_by: by } of parts) {
      const held = this.parts.get(`${kind}/${name}`);
      if (!held || held.dirty || held.conflict || !(revision > held.revision)) continue;
      this.takeTheirs(kind, name, by);
    }
  }

  takeUp({ kind, name, at, revision, content }) {
    const id = `${kind}/${name}`;
    this.parts.set(id, { kind, name, content, saved: null, revision, dirty: true, changes: 1 });
    this.emit("restored", { kind, name, at });
  }

  /** Forgets what was restored and takes what the server has. */
  discardLocal(kind, name) {
    return this.takeTheirs(kind, name);
  }

  /** The draft was published or discarded: what this device kept of it goes too. */
  forget() {
    for (const part of this.parts.values()) this.copies.drop(part.kind, part.name);
    this.parts.clear();
    this.stopped = "gone";
  }

  async copy() {
    this.copyLater.cancel();
    let kept = true;
    for (const part of [...this.parts.values()].filter((one) => one.dirty)) {
      try {
        kept = this.copies.keep(part.kind, part.name, await textOf(part.content), part.revision) && kept;
      } catch {
        kept = false;
      }
    }
    this.unkept = !kept;
    if (!kept) this.emit("trouble", { code: "full" });
  }

  leave() {
    for (const part of this.waiting) {
      if (typeof part.content !== "string") continue; // its copy was made 300 ms after the change
      this.copies.keep(part.kind, part.name, part.content, part.revision);
    }
    this.presence.leave();
  }

  /** What is not saved yet, to be laid over the stored draft: [{kind, name, content}]. */
  async overlay() {
    const dirty = [...this.parts.values()].filter((part) => part.dirty);
    return Promise.all(dirty.map(async ({ kind, name, content }) => ({ kind, name, content: await textOf(content) })));
  }

  /** Asks the gate about the draft as it stands here. Answers the findings, null when it could not be asked. */
  check() {
    this.checkLater.cancel();
    return this.gate.ask();
  }

  /** What the gate found last. */
  get findings() {
    return this.gate.findings;
  }
}

async function textOf(content) {
  return typeof content === "function" ? content() : content;
}
