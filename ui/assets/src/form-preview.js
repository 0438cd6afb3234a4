// The page inside a preview's frame: shows the form it is handed, by the very viewer that tasks use.
import { make } from "./dom.js";
import { mountAll } from "./form.js";

const place = document.querySelector("[data-preview]");

const data = (name, value) => make("script", { type: "application/json", [`data-${name}`]: true }, JSON.stringify(value));

window.guichengPreview = {
  /** Shows the form with these values; answers when it stands. */
  show(schema, values) {
    const box = make("div.g-formjs", { "data-form": true }, data("schema", schema), data("data", values));
    place.replaceChildren(box);
    box.addEventListener("g:form-change", () => this.changed());
    const ready = new Promise((done) => box.addEventListener("g:form-ready", done, { once: true }));
    mountAll(place);
    return ready;
  },
  /** Somebody typed; the editor puts its own in place. */
  changed() {},
  values: () => place.querySelector("[data-form]")?.guicheng?.data ?? {},
  /** What the viewer finds, shown at the fields: [{key, label, message}]. */
  validate: () => place.querySelector("[data-form]")?.guicheng?.validate().map(({ key, label, message }) => ({ key, label, message })) ?? [],
  /** Shows what the server found, {key: sentence}; answers how many of them stand at a field. */
  errors: (errors) => place.querySelector("[data-form]")?.guicheng?.showErrors(errors).length ?? 0,
};
document.documentElement.dataset.ready = "yes";
