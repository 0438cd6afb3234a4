// New, copy, rename and delete of forms and decision tables, from their lists and from the editors.
import { ask } from "../../dialogs.js";
import { make, notice } from "../../dom.js";
import { freshDecision, decisionCopy } from "../decisions/files.js";
import { freshForm, formCopy } from "../forms/files.js";
import { send } from "../net.js";
import { t } from "./words.js";

const PLACE = { form: "forms", decision: "decisions" };
const FRESH = { form: freshForm, decision: freshDecision };
const COPY = { form: formCopy, decision: decisionCopy };

export function startPartActs(root, store) {
  const list = root.querySelector("[data-part-list]");
  const kind = list.dataset.partList;
  const acts = new PartActs(kind, store);
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-part-act]");
    if (!button) return;
    button.closest("details")?.removeAttribute("open");
    const row = button.closest("[data-part-row]");
    const name = row?.dataset.partRow ?? list.dataset.name;
    acts.run(button.dataset.partAct, name, (row ?? list).dataset.uses, button);
  });
}

class PartActs {
  constructor(kind, store) {
    this.kind = kind;
    this.store = store;
  }

  run(act, name, uses, opener) {
    const dialog = document.getElementById(`part-${act}`);
    const note = dialog.querySelector("[data-part-uses]");
    if (note) note.textContent = uses ?? "";
    ask(dialog, opener, (fields) => this[act](fields, name, dialog), { name: act === "copy" ? `${name}_2` : act === "rename" ? name : "" });
  }

  async new({ title, name }, _here, dialog) {
    return this.create(name, FRESH[this.kind](this.store.key, name, title), dialog);
  }

  async copy({ name }, here, dialog) {
    await this.store.flush();
    const part = await this.store.part(this.kind, here);
    return part && this.create(name, COPY[this.kind](part.content, this.store.key, name), dialog);
  }

  async create(name, content, dialog) {
    if (this.store.known(this.kind, name)) return this.problem(dialog, t("parts.taken", { name }));
    const reply = await send("PUT", this.store.address(this.kind, name), { content, revision: null });
    return reply.ok ? this.go(name) : this.problem(dialog, reply.message);
  }

  async rename({ name }, here, dialog) {
    if (name === here) return true;
    if (!(await this.store.flush())) return this.problem(dialog, t("parts.unsaved"));
    const reply = await send("POST", `${this.store.address(this.kind, here)}/rename`, { to: name });
    if (!reply.ok) return this.problem(dialog, reply.message);
    if (this.kind === "form" && !(await this.follow(here, name))) return this.problem(dialog, t("parts.notFollowed", { name }));
    return this.go(name);
  }

  /** The steps of the diagram that show this form show it under its new name; tables are named there by their own ids. */
  async follow(old, name) {
    const { store } = this;
    const diagram = await store.part("diagram", store.key);
    const content = diagram?.content.replaceAll(`formRef="${old}"`, `formRef="${name}"`);
    if (!diagram || content === diagram.content) return Boolean(diagram);
    store.edit("diagram", store.key, content);
    return store.flush();
  }

  async delete(_fields, here, dialog) {
    if (!(await this.store.flush())) return this.problem(dialog, t("parts.unsaved"));
    await this.store.refresh();
    const revision = this.store.known(this.kind, here)?.revision ?? null;
    const reply = await send("DELETE", this.store.address(this.kind, here), { revision });
    return reply.ok ? this.go("") : this.problem(dialog, reply.message);
  }

  go(name) {
    window.location.assign(`${this.store.base}/${PLACE[this.kind]}${name ? `/${encodeURIComponent(name)}` : ""}`);
    return true;
  }

  problem(dialog, message) {
    const box = dialog.querySelector("[data-problem]");
    box.replaceChildren(make("div.g-mt"));
    notice(box.firstChild, "danger", message);
    return false;
  }
}
