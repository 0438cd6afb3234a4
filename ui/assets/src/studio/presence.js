// Who else has this draft open: told and asked every 15 s while the window is seen; a closed window says so.
import { send } from "./net.js";

const BEAT = 15000; // ms

export class Presence {
  constructor(store, part) {
    this.store = store;
    this.part = part;
  }

  start() {
    this.beat();
    this.timer = setInterval(() => document.hidden || this.beat(), BEAT);
    document.addEventListener("visibilitychange", () => document.hidden || this.beat());
  }

  async beat() {
    const reply = await send("POST", `${this.store.base}/presence`, { part: this.part });
    if (!reply.ok) return this.lost(reply);
    this.store.emit("editors", reply.data.editors ?? []);
    this.store.seen(reply.data.parts ?? []);
    if (reply.data.revision > (this.store.design?.revision ?? 0)) this.store.refresh();
  }

  /** Published or discarded by somebody, or signed out: said before the next change is made. A lost network is not. */
  lost(reply) {
    if (reply.status === 401 || reply.data.gone) this.store.fail(reply);
    if (reply.data.gone) clearInterval(this.timer);
  }

  leave() {
    clearInterval(this.timer);
    send("POST", `${this.store.base}/presence`, { part: this.part, leaving: true }, { keepalive: true });
  }
}
