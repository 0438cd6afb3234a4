// 办理后会怎样: asked from the server with the data now in the form. The answer is HTML for the inside of [data-preview] (with
// hx-swap-oob parts for other places, such as [data-next]), or JSON {outcomes: [{label, kind, next, detail}], next}.
import { make } from "../dom.js";
import { post } from "../net.js";

const TINTS = {
  approve: "g-ok", agree: "g-ok", submit: "g-ok", return: "g-warn", rework: "g-warn", abstain: "g-warn", reject: "g-danger", oppose: "g-danger",
};

export class Preview {
  constructor(desk) {
    this.desk = desk;
    this.url = desk.settings.previewUrl;
    this.panel = desk.element.querySelector("[data-preview]");
  }

  /** An act is on its way: what would have come of it is no longer a question. */
  stop() {
    this.running?.abort();
    this.panel?.removeAttribute("aria-busy");
  }

  async refresh() {
    if (!this.url || !this.panel) return;
    this.running?.abort();
    this.running = new AbortController();
    this.panel.setAttribute("aria-busy", "true");
    const { data, opinion } = this.desk.content();
    const reply = await post(this.url, { data, opinion }, { accept: "text/html, application/json;q=0.5", signal: this.running.signal });
    if (reply.aborted) return;
    this.panel.removeAttribute("aria-busy");
    if (!reply.ok) return; // incomplete data has no effect yet: the panel keeps what it said
    if (reply.html) window.htmx.swap(this.panel, reply.html, { swapStyle: "innerHTML" });
    else if (Array.isArray(reply.data.outcomes)) this.panel.replaceChildren(...reply.data.outcomes.map(line));
    if (typeof reply.data.next === "string") this.desk.element.querySelector("[data-next]")?.replaceChildren(reply.data.next);
  }
}

function line({ label, kind, next, detail }) {
  const text = make("div", {}, next ?? "");
  if (detail) text.append(make("div.g-small.g-3", {}, detail));
  return make("li", {}, make(`b.g-b${TINTS[kind] ? `.${TINTS[kind]}` : ""}`, {}, label), text);
}
