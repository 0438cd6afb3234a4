// Runs that were kept: which still go as expected on this draft, the first step of those that do not; opening, keeping, removing.
import { icon, make, notice } from "../../dom.js";
import { confirmEffect } from "../../dialogs.js";
import { send } from "../net.js";
import { t } from "./words.js";

export class Scenarios {
  constructor(page, box, count) {
    this.page = page;
    this.box = box;
    this.count = count;
    this.found = [];
    page.store.on("saved", ({ kind }) => kind === "scenario" && this.refresh());
  }

  async refresh() {
    const reply = await this.page.ask("scenarios", {});
    if (!reply.ok) return notice(this.box, "warn", reply.message);
    this.found = reply.data.scenarios;
    const { passed, total } = reply.data;
    this.count.textContent = total ? `${passed}/${total}` : "";
    this.count.classList.toggle("g-danger", passed < total);
    this.draw();
    return this.found;
  }

  mark() {
    if (this.found.length) this.draw();
  }

  draw() {
    const rows = this.found.map((one) => this.row(one));
    const red = this.found.filter((one) => !one.ok);
    const all = make("div.g-row.g-scenarios__all", {}, make("span.g-2", {}, t("try.scenario.red", { n: red.length })), make("button.btn.btn-sm", { type: "button", onclick: () => this.acceptAll(red) }, t("try.scenario.acceptAll")));
    this.box.replaceChildren(red.length > 1 ? all : "", rows.length ? make("ul.g-list.g-scenarios", {}, ...rows) : make("p.g-3.g-try__none", {}, t("try.scenario.none")));
  }

  row({ name, title, steps, ok, departure }) {
    const open = name === this.page.run.scenario;
    return make(
      `li${open ? ".is-cursor" : ""}`,
      { "data-scenario": name },
      badge(ok),
      make("b.g-b", {}, title),
      make(`span${ok ? ".g-3" : ""}.g-scenarios__why`, {}, ok ? t("try.scenario.steps", { n: steps }) : departure.text),
      make(
        "span.g-row",
        {},
        ok ? "" : make("button.btn.btn-sm.btn-link", { type: "button", title: t("try.scenario.acceptTitle"), onclick: () => this.accept({ name, title }) }, t("try.scenario.accept")),
        make("button.btn.btn-sm.btn-link", { type: "button", onclick: () => this.page.openScenario(name) }, t("try.scenario.open")),
        make("button.g-iconbtn", { type: "button", "aria-label": t("try.scenario.removeOne", { title }), title: t("try.scenario.remove"), onclick: ({ currentTarget }) => this.ask(name, title, currentTarget) }, icon("trash")),
      ),
    );
  }

  /** What the scenario brings about now is what is expected from now on. A step that cannot be done must be mended by hand. */
  async accept({ name, title }) {
    const message = await this.write(name, title, await this.runOf(name));
    if (message) {
      await this.page.openScenario(name);
      return;
    }
    await this.refresh();
  }

  async acceptAll(red) {
    let left = 0;
    for (const one of red) if (await this.write(one.name, one.title, await this.runOf(one.name))) left += 1;
    await this.refresh();
    if (left) this.page.desk.trouble({ message: t("try.scenario.left", { n: left }) });
  }

  async runOf(name) {
    const part = await this.page.store.part("scenario", name);
    try {
      const { start, steps } = JSON.parse(part.content);
      return { start, steps };
    } catch {
      return null;
    }
  }

  ask(name, title, opener) {
    confirmEffect(t("try.scenario.removeTitle", { title }), t("try.scenario.removeText"), t("try.scenario.remove"), () => this.remove(name), opener);
  }

  async remove(name) {
    const { store } = this.page;
    const revision = store.known("scenario", name)?.revision ?? store.parts.get(`scenario/${name}`)?.revision;
    const reply = await send("DELETE", store.address("scenario", name), { revision });
    if (!reply.ok) {
      this.page.desk.trouble(reply);
      return true;
    }
    store.parts.delete(`scenario/${name}`);
    if (this.page.run.scenario === name) this.page.run.kept("", "");
    await Promise.all([store.refresh(), this.refresh(), store.check()]);
    return true;
  }

  /** Keeps the run on show: under its own name where it was opened from a scenario, else under a new one. */
  keep(opener) {
    const { run, state } = this.page;
    document.getElementById("try-keep")?.remove();
    const field = make("input.form-control", { id: "try-keep-title", name: "title", type: "text", maxlength: 60, required: true, autofocus: true, value: run.title || state.case.title });
    const problem = make("div.g-problem", { "data-problem": true });
    const ok = make("button.btn.btn-primary", { type: "submit", "data-ok": true }, run.scenario ? t("try.scenario.update") : t("try.scenario.save"));
    const form = make(
      "form",
      { method: "dialog", novalidate: true },
      make("h2", { id: "try-keep-head" }, run.scenario ? t("try.scenario.updateTitle") : t("try.scenario.saveTitle")),
      make("p.g-2", {}, t("try.scenario.saveText")),
      problem,
      make("div.g-field", {}, make("label.g-label", { for: "try-keep-title" }, t("try.scenario.name")), field),
      make("div.g-dialog__foot", {}, make("button.btn", { type: "button", "data-close": true }, t("effect.cancel")), ok),
    );
    const dialog = make("dialog.g-dialog", { id: "try-keep", "aria-labelledby": "try-keep-head" }, form);
    document.body.append(dialog);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      ok.disabled = true;
      const message = await this.save(field.value.trim());
      ok.disabled = false;
      if (message) notice(problem, "danger", message);
      else dialog.close("ok");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus();
    });
    dialog.showModal();
    field.select();
  }

  /** Answers what went wrong, nothing when it was kept. */
  async save(title) {
    const { page } = this;
    const message = await this.write(page.run.scenario, title, page.run.whole);
    if (message) return message;
    page.run.kept(this.last, title);
    window.history.replaceState(null, "", `?scenario=${encodeURIComponent(this.last)}`);
    await page.store.refresh();
    page.panel.tab("scenarios");
    await this.refresh();
    page.clock.show(page.state);
    return "";
  }

  async write(scenario, title, run) {
    const { page } = this;
    const { store } = page;
    const reply = await page.ask("tryout/keep", { run, title, scenario });
    if (!reply.ok) return reply.message;
    const { name, content } = reply.data;
    if (store.known("scenario", name) && !store.parts.has(`scenario/${name}`)) await store.part("scenario", name);
    store.edit("scenario", name, content);
    this.last = name;
    return (await store.flush()) ? "" : t("try.scenario.unsaved");
  }
}

export function badge(ok) {
  return make(`span.g-badge.g-badge--${ok ? "ok" : "no"}`, {}, t(ok ? "try.scenario.ok" : "try.scenario.bad"));
}
