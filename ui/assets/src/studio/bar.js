// The bar: who saved when, how much was changed, what stands in the way of publishing, who else is here, and troubles that stay.
import { icon, make, say } from "../dom.js";
import { signIn } from "../net.js";
import { clock, moment, t } from "./words.js";

export class Bar {
  constructor(root, store, findings) {
    this.root = root;
    this.store = store;
    this.findings = findings;
    this.notes = root.querySelector("[data-studio-notes]");
    this.line = root.querySelector("[data-studio-line]");
    this.saved = "";
    store.on("design", (design) => this.show(design));
    store.on("edited", () => root.setAttribute("data-unsaved", ""));
    store.on("saving", () => this.state(t("studio.saving")));
    store.on("saved", ({ at }) => this.hasSaved(at));
    store.on("trouble", (trouble) => this.trouble(trouble));
    store.on("conflict", () => this.state(t("studio.conflict.short"), true));
    store.on("calm", () => this.calm());
    store.on("restored", (part) => this.restored(part));
    store.on("replaced", (part) => this.replaced(part));
    store.on("editors", (editors) => this.others(editors));
    findings.on("verdict", (verdict) => this.verdict(verdict));
    root.querySelector("[data-check]")?.addEventListener("click", () => findings.checkNow());
  }

  show(design) {
    const { root } = this;
    root.querySelector("[data-studio-name]").textContent = design.name;
    root.querySelector("[data-studio-state]").textContent = design.base_version ? t("studio.basedOn", { n: design.base_version }) : t("studio.fresh");
    for (const [place, kind] of [["forms", "form"], ["decisions", "decision"]]) {
      const tab = root.querySelector(`[data-tab="${place}"]`);
      const parts = design.parts.filter((part) => part.kind === kind);
      if (!tab) continue;
      tab.querySelector("[data-count]").textContent = parts.length;
      tab.href = `${this.store.base}/${place}${parts.length ? `/${encodeURIComponent(parts[0].name)}` : ""}`;
    }
    const last = [...design.parts].sort((one, other) => (one.updated_at < other.updated_at ? 1 : -1))[0];
    this.who = last?.updated_by ?? "";
    this.saved ||= last?.updated_at ? t("studio.savedAt", { time: moment(last.updated_at) }) : "";
    this.state(this.saved);
  }

  hasSaved(at) {
    this.who = this.root.dataset.viewerName ?? this.who;
    this.saved = t("studio.savedAt", { time: moment(at) });
    this.state(this.saved);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.store.refresh(), 1500); // how much differs from the version in force
  }

  state(text, bad = false) {
    const { changed, live_version: base } = this.store.design ?? {};
    const parts = [[this.who, text].filter(Boolean).join(" ")];
    if (base && changed !== undefined && changed !== null) parts.push(changed ? t("studio.changed", { n: changed, base }) : t("studio.unchanged", { base }));
    this.line.textContent = parts.filter(Boolean).join(" · ");
    this.line.classList.toggle("g-danger", bad);
  }

  trouble({ code, message, location }) {
    this.state(t(`studio.trouble.${code}.short`), true);
    const text = code === "refused" || code === "gone" ? message : t(`studio.trouble.${code}`);
    const acts = code === "expired" ? [make("a", { href: signIn(location), "data-sign-in": true }, t("net.signIn"))] : [];
    this.note("trouble", code === "offline" ? "warn" : "danger", text, ...acts);
  }

  calm() {
    this.root.toggleAttribute("data-unsaved", this.store.waiting.length > 0);
    this.clear("trouble");
  }

  restored({ kind, name, at }) {
    this.root.setAttribute("data-unsaved", ""); // until the server has it
    const undo = make("button.btn.btn-sm.btn-link", { type: "button", onclick: () => this.undoRestore(kind, name) }, t("studio.restore.discard"));
    this.note("restored", "info", t("studio.restored", { time: moment(at) }), undo, this.closer("restored"));
  }

  async undoRestore(kind, name) {
    await this.store.discardLocal(kind, name);
    this.clear("restored");
  }

  replaced({ by }) {
    if (!by) return;
    this.note("replaced", "info", t("studio.replaced", { by, time: clock() }), this.closer("replaced"));
  }

  others(editors) {
    const others = editors.filter((editor) => !editor.me);
    if (!others.length) {
      this.read = "";
      return this.clear("others");
    }
    const here = this.root.dataset.part;
    const same = others.filter((editor) => editor.part === here);
    const people = (same.length ? same : others).map((editor) => `${editor.name}（${editor.department}）`).join("、");
    const key = !same.length ? "studio.others.elsewhere" : here.startsWith("diagram/") ? "studio.others.diagram" : "studio.others.part";
    const text = t(key, { people });
    const close = () => {
      this.read = text; // told once; anybody else who comes is told anew
      this.clear("others");
    };
    if (text === this.read) this.clear("others");
    else this.note("others", same.length ? "warn" : "info", text, this.closer("others", close));
  }

  verdict({ errors, warnings, known }) {
    const box = this.root.querySelector("[data-studio-verdict]");
    const button = this.root.querySelector("[data-publish]");
    if (!box) return;
    box.classList.toggle("g-danger", errors > 0);
    const text = !known ? "" : errors ? t("studio.blocked", { n: errors }) : warnings ? t("studio.hints", { n: warnings }) : t("studio.clean");
    if (box.dataset.said !== text) box.replaceChildren(...(errors ? [icon("warn", 12), " "] : []), text);
    box.dataset.said = text;
    button?.setAttribute("aria-disabled", String(errors > 0));
    if (button) button.title = errors ? t("studio.blocked", { n: errors }) : "";
  }

  /** A note that stays until it is cleared; one of each name. */
  note(name, kind, text, ...acts) {
    const shown = this.notes.querySelector(`[data-note="${name}"]`);
    if (shown?.dataset.text === text) return;
    const box = make(`div.g-notice${kind === "info" ? "" : `.g-notice--${kind}`}`, { "data-note": name, "data-text": text, role: kind === "danger" ? "alert" : "status" });
    box.append(icon(kind === "info" ? "info" : "warn"), make("div.g-grow", {}, text, ...acts.flatMap((act) => [" ", act])));
    if (shown) shown.replaceWith(box);
    else this.notes.append(box);
    say(text);
  }

  closer(name, onclick = () => this.clear(name)) {
    return make("button.g-iconbtn", { type: "button", "aria-label": t("toast.close"), onclick }, icon("close", 12));
  }

  clear(name) {
    this.notes.querySelector(`[data-note="${name}"]`)?.remove();
    if (name === "trouble" && this.saved) this.state(this.saved);
  }
}
