// The gate's opinion of the draft as it stands in the browser: what is not saved is laid over what is; the newest answer wins.
import { send } from "./net.js";

export class Gate {
  constructor(store) {
    this.store = store;
    this.turn = 0;
    this.question = null; // under way
    this.resting = false;
    this.findings = undefined; // not asked yet
  }

  /** The findings; null when it could not be asked or something newer was asked meanwhile. */
  async ask() {
    if (this.resting) return null;
    const turn = (this.turn += 1);
    this.store.emit("checking", {});
    let overlay;
    try {
      overlay = await this.store.overlay();
    } catch {
      return null; // the editor is in the middle of something; the next change asks again
    }
    if (turn !== this.turn) return null;
    this.question?.abort();
    this.question = new AbortController();
    const reply = await send("POST", `${this.store.base}/check`, { overlay }, { signal: this.question.signal });
    if (turn !== this.turn) return null;
    if (!reply.ok) {
      this.store.emit("findings", null);
      if (reply.status === 401 || reply.data.gone) this.store.fail(reply);
      return null;
    }
    this.findings = reply.data.findings;
    this.store.emit("findings", reply.data);
    return this.findings;
  }

  /** While the draft is being published or discarded nothing is asked: it may be gone before the answer. */
  rest() {
    this.resting = true;
    this.turn += 1;
    this.question?.abort();
  }

  /** It is still there. */
  wake() {
    this.resting = false;
    this.ask();
  }
}
