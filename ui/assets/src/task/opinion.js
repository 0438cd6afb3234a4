// The opinion outside form-js: counter, 常用语, its own rules.
import { problemOf, showFieldProblem } from "../dialogs.js";
import { t } from "../words.js";

export class Opinion {
  constructor(desk, changed) {
    this.field = desk.querySelector('textarea[name="opinion"]:not(dialog *)');
    if (!this.field) return;
    this.box = this.field.closest("[data-field]");
    this.field.addEventListener("input", () => {
      this.count();
      showFieldProblem(this.field, "");
      changed();
    });
    this.box?.addEventListener("click", ({ target }) => {
      const chip = target.closest("[data-phrase]");
      if (!chip) return;
      this.insert(chip.dataset.phrase);
      changed();
    });
    this.count();
  }

  get text() {
    return this.field?.value.trim() ?? "";
  }

  set text(value) {
    if (!this.field) return;
    this.field.value = value;
    this.count();
  }

  /** A phrase fills an empty opinion and else goes to where the cursor stands, as a sentence of its own. */
  insert(phrase) {
    const { value, selectionStart: at } = this.field;
    const place = document.activeElement === this.field || at ? at : value.length;
    const before = value.slice(0, place);
    const glue = before && !/[，。；！？\s]$/.test(before) ? "；" : "";
    this.field.value = before + glue + phrase + value.slice(place);
    this.field.focus();
    this.field.setSelectionRange(place + glue.length + phrase.length, place + glue.length + phrase.length);
    showFieldProblem(this.field, "");
    this.count();
  }

  count() {
    const box = this.box?.querySelector("[data-count]");
    if (!box || !this.field) return;
    const max = Number(this.field.dataset.max);
    const has = [...this.field.value.trim()].length;
    box.textContent = `${has} / ${max}`;
    box.classList.toggle("g-danger", has > max);
  }

  problems(required) {
    if (!this.field) return [];
    this.field.toggleAttribute("data-required", required);
    const message = problemOf(this.field);
    showFieldProblem(this.field, message);
    return message ? [{ key: "opinion", label: this.field.dataset.label || t("opinion.label"), message, focus: () => this.field.focus() }] : [];
  }
}
