// What is not yet saved on the server lies on this device: one entry of localStorage for each part of a design. It survives a
// lost network, an expired sign-in and a closed window, and goes when the server has it. Shared machines: a week at most.

import { tidy } from "../tidy.js";

const PREFIX = "g:design:";

export class Copies {
  constructor(key) {
    this.prefix = `${PREFIX}${document.documentElement.dataset.viewer ?? ""}:${key}:`;
    tidy(PREFIX);
  }

  /** Keeps a part; false when the device has no room or allows none. */
  keep(kind, name, content, revision) {
    try {
      localStorage.setItem(this.prefix + `${kind}/${name}`, JSON.stringify({ at: new Date().toISOString(), revision, content }));
      return true;
    } catch {
      return false;
    }
  }

  drop(kind, name) {
    try {
      localStorage.removeItem(this.prefix + `${kind}/${name}`);
    } catch {
      // what cannot be written cannot be there
    }
  }

  /** Everything kept of this design: [{kind, name, at, revision, content}]. */
  all() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(this.prefix)) continue;
        const [kind, ...rest] = key.slice(this.prefix.length).split("/");
        const kept = JSON.parse(localStorage.getItem(key));
        if (typeof kept?.content === "string") found.push({ kind, name: rest.join("/"), ...kept });
      }
    } catch {
      // unreadable storage holds nothing of ours
    }
    return found;
  }
}
