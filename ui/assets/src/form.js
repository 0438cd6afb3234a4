// [data-form]: the form-js viewer in the house look. Schema and values come from <script type="application/json" data-schema>
// and data-data inside it (or data-schema-url). The element gets `.guicheng` (see FormBox) and fires g:form-ready, g:form-change.
import { Form } from "@bpmn-io/form-js-viewer";
import flatpickr from "flatpickr";
import { Mandarin } from "flatpickr/dist/esm/l10n/zh.js";
import { notice } from "./dom.js";
import { exams } from "./form/exam.jsx";
import { conditions } from "./form/feel.js";
import { english, t } from "./words.js";

if (!english) flatpickr.localize({ ...Mandarin, firstDayOfWeek: 1 });

export function mountAll(root) {
  for (const element of root.querySelectorAll("[data-form]")) {
    if (!element.guicheng && !element.dataset.mounting) mount(element);
  }
}

async function mount(element) {
  element.dataset.mounting = "yes";
  try {
    const schema = await schemaOf(element);
    element.guicheng = await new FormBox(element).open(schema, json(element, "[data-data]") ?? {});
    element.dispatchEvent(new CustomEvent("g:form-ready", { bubbles: true, detail: element.guicheng }));
  } catch (error) {
    console.error(error);
    notice(element, "danger", t("form.failed"));
  }
  element.removeAttribute("aria-busy");
}

/** A form in an element of the page; answers its FormBox. */
export function openForm(element, schema, data) {
  return new FormBox(element).open(schema, data);
}

async function schemaOf(element) {
  const inside = json(element, "[data-schema]");
  if (inside) return inside;
  const reply = await fetch(element.dataset.schemaUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!reply.ok) throw new Error(`schema: ${reply.status}`);
  return reply.json();
}

function json(element, selector) {
  const text = element.querySelector(`script${selector}`)?.textContent;
  return text ? JSON.parse(text) : null;
}

/** One mounted form. */
class FormBox {
  constructor(element) {
    this.element = element;
    this.readOnly = "readOnly" in element.dataset;
    this.given = {};
  }

  async open(schema, data) {
    this.given = data;
    this.schema = schema;
    this.form = new Form({ debounce: false, properties: { readOnly: this.readOnly }, additionalModules: [conditions, exams] });
    await this.form.importSchema(schema, data);
    this.element.querySelector("[data-skeleton]")?.remove();
    this.form.attachTo(this.element);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input:not([type=submit])") && !event.ctrlKey) event.preventDefault();
    });
    let last = JSON.stringify(this.data);
    this.form.on("changed", () => {
      const now = JSON.stringify(this.data);
      if (now === last) return;
      last = now;
      this.element.dispatchEvent(new CustomEvent("g:form-change", { bubbles: true }));
    });
    return this;
  }

  /** The values of all fields that are shown and not disabled. */
  get data() {
    return this.form._getSubmitData();
  }

  /** Puts these values over those the page came with (which also hold the lists of choices). */
  load(data) {
    return this.form.importSchema(this.schema, { ...this.given, ...data });
  }

  /** Checks every field; answers the problems in the order of the page. */
  validate() {
    return this.problems(this.form.validate());
  }

  /** Shows what the server found, {key: message}; answers the problems it could place. */
  showErrors(errors) {
    const found = {};
    for (const { id, valuePath, indexes } of this.fields()) {
      const message = errors[valuePath.join(".")] ?? errors[valuePath[0]];
      if (!message) continue;
      const repeats = Object.values(indexes ?? {});
      if (!repeats.length) found[id] = [message];
      else repeats.reduce((place, index, depth) => (place[index] = depth === repeats.length - 1 ? [message] : (place[index] ?? {})), (found[id] ??= {}));
    }
    this.form._setState({ errors: { ...this.form._getState().errors, ...found } });
    return this.problems(found);
  }

  fields() {
    return this.form.get("formFieldInstanceRegistry").getAllKeyed();
  }

  problems(errors) {
    const registry = this.form.get("formFieldRegistry");
    const problems = [];
    for (const { id, valuePath, indexes } of this.fields()) {
      const mine = Object.values(indexes ?? {}).reduce((place, index) => place?.[index], errors[id]);
      if (!Array.isArray(mine) || !mine.length) continue;
      const field = registry.get(id);
      problems.push({
        key: valuePath.join("."),
        label: String(field.label ?? field.dateLabel ?? ""),
        message: mine[0],
        focus: () => this.focus(id, indexes),
      });
    }
    return problems;
  }

  /** Focus the control of a field; form-js ids end with the field's id and its place in lists. */
  focus(id, indexes) {
    const tail = [id, ...Object.values(indexes ?? {})].join("_");
    const controls = [...this.element.querySelectorAll("input, select, textarea, button")];
    const control =
      controls.find((one) => one.id.endsWith(tail)) ??
      controls.find((one) => one.id.includes(id)) ??
      this.element.querySelector(`[data-id="${CSS.escape(id)}"] :is(input, select, textarea, button)`);
    control?.focus({ preventScroll: true });
    control?.closest(".fjs-form-field")?.scrollIntoView({ block: "center", behavior: "smooth" });
  }
}
