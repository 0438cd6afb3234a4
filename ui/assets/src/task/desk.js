// The desk of a task or of a new application: form, opinion, attachments, acts, draft, preview in one element [data-task].
// What is sent: {revision, action, opinion, data, attachments: [id], return_to}. Whatever the answer, nothing typed is lost.
import { follow, showProblem } from "../acts.js";
import { ask, busy, confirmEffect, showFieldProblem } from "../dialogs.js";
import { later, make } from "../dom.js";
import { post } from "../net.js";
import { t } from "../words.js";
import { Draft } from "./draft.js";
import { showErrors, clearErrors } from "./errors.js";
import { Opinion } from "./opinion.js";
import { Preview } from "./preview.js";
import { Uploads } from "./upload.js";

const WITHOUT_FORM = new Set(["reject", "return"]); // 退回 and 驳回 need no finished form

export function startTasks(root) {
  for (const element of root.querySelectorAll("[data-task]")) {
    if (!element.dataset.started) new Desk(element);
  }
}

class Desk {
  constructor(element) {
    this.element = element;
    element.dataset.started = "yes";
    this.settings = element.dataset;
    this.form = null; // set when form-js is ready
    this.sending = false;
    this.opinion = new Opinion(element, () => this.changed());
    this.uploads = new Uploads(element, () => this.changed());
    this.preview = new Preview(this);
    this.draft = new Draft(this);
    this.refresh = later(() => this.preview.refresh(), 400);
    this.listen();
    const mounted = element.querySelector("[data-form]");
    if (mounted?.guicheng) this.formReady(mounted.guicheng);
    else if (!mounted) this.draft.restore();
  }

  listen() {
    this.element.addEventListener("g:form-ready", ({ detail }) => this.formReady(detail));
    this.element.addEventListener("g:form-change", () => this.changed());
    this.element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button) this.act(button);
    });
    this.element.addEventListener("g:show-effect", ({ target }) => this.act(target, true));
  }

  formReady(form) {
    this.form = form;
    this.draft.restore();
  }

  changed() {
    if (this.sending) return;
    this.draft.changed();
    this.refresh();
  }

  /** What is in the desk now, as a draft or a submission needs it. */
  content() {
    return {
      data: this.form?.data ?? {},
      opinion: this.opinion.text,
      attachments: this.uploads.ids,
    };
  }

  load({ data, opinion, files }) {
    if (data) this.form?.load(data);
    if (opinion !== undefined) this.opinion.text = opinion;
    if (files) this.uploads.put(files);
    this.refresh();
  }

  /** One act: checks, dialog when it has one, then sends. `effectFirst`: by keyboard, so its effect is shown before. */
  act(button, effectFirst = false) {
    if (this.sending || button.disabled) return;
    clearErrors(this.element);
    const dialog = button.dataset.confirm && document.getElementById(button.dataset.confirm);
    if (!this.inOrder(button, dialog)) return;
    if (dialog) {
      ask(dialog, button, (fields) => this.send(button, fields, dialog), { opinion: this.opinion.text });
      return;
    }
    if (effectFirst) {
      const label = button.dataset.label ?? button.textContent.trim();
      const effect = button.dataset.effect || this.element.querySelector("[data-next]")?.textContent.trim() || t("effect.plain");
      confirmEffect(t("effect.title", { act: label }), effect, label, (fields) => this.send(button, fields, document.getElementById("g-effect")), button);
      return;
    }
    this.send(button, {});
  }

  /** Whether everything the act needs is there; else the problems are shown and the first gets the focus. */
  inOrder(button, dialog) {
    const problems = [];
    if (this.form && !WITHOUT_FORM.has(button.dataset.kind) && button.dataset.validate !== "no") problems.push(...this.form.validate());
    if (button.dataset.opinion !== "none" && !dialog?.querySelector('[name="opinion"]')) {
      problems.push(...this.opinion.problems(button.dataset.opinion === "required"));
    }
    problems.push(...this.uploads.problems());
    if (problems.length) showErrors(this.element, problems);
    return !problems.length;
  }

  async send(button, fields, dialog = null) {
    const content = this.content();
    const body = {
      revision: this.settings.revision ? Number(this.settings.revision) : null,
      action: button.dataset.act,
      opinion: button.dataset.opinion === "none" ? "" : (fields.opinion ?? content.opinion),
      data: content.data,
      attachments: content.attachments,
      return_to: fields.return_to ?? null,
    };
    this.lock(button, true);
    this.draft.pause();
    this.refresh.cancel();
    this.preview.stop();
    const reply = await post(this.settings.submitUrl, body);
    if (reply.ok) {
      this.draft.forget();
      return follow(reply);
    }
    this.lock(button, false);
    this.draft.keep(reply.status === 401 || reply.status === 0);
    return this.refused(reply, dialog);
  }

  /** In place: at the fields where the server names them, else as a notice. The dialog closes unless it can show it. */
  refused(reply, dialog) {
    const errors = { ...reply.errors };
    let inDialog = false;
    for (const name of Object.keys(errors)) {
      const field = dialog?.querySelector(`[name="${CSS.escape(name)}"]`);
      if (!field) continue;
      showFieldProblem(field, errors[name]);
      field.focus();
      delete errors[name];
      inDialog = true;
    }
    if (inDialog && !Object.keys(errors).length) return false;
    dialog?.close("cancel");
    const problems = this.problemsOf(errors);
    if (problems.length) showErrors(this.element, problems, reply.message);
    else showProblem(this.box(), reply).querySelector("a")?.focus();
    return false;
  }

  problemsOf(errors) {
    const rest = { ...errors };
    const problems = this.form?.showErrors(rest) ?? [];
    for (const { key } of problems) delete rest[key];
    for (const [key, message] of Object.entries(rest)) {
      const field = key === "opinion" ? this.opinion.field : null;
      if (field) showFieldProblem(field, message);
      problems.push({ key, label: key === "opinion" ? t("opinion.label") : "", message, focus: () => field?.focus() });
    }
    return problems;
  }

  box() {
    let box = this.element.querySelector("[data-problem]:not(dialog *)");
    if (!box) {
      box = make("div.g-problem", { "data-problem": true });
      const card = this.element.querySelector("[data-form], [data-field]")?.closest(".g-card__body") ?? this.element;
      card.prepend(box);
    }
    return box;
  }

  lock(button, on) {
    this.sending = on;
    for (const other of this.element.querySelectorAll("[data-act]")) if (other !== button) other.disabled = on;
    if (!button.closest(".g-menu__list")) busy(button, on);
    this.element.setAttribute("aria-busy", String(on));
  }
}

