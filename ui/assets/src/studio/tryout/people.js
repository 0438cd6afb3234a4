// Who does it: one name when there is only one, else a list to choose from, with a filter where it is long.
import { make } from "../../dom.js";
import { t } from "./words.js";

const LONG = 12;
let count = 0;

export class People {
  constructor(people, holder = null) {
    this.people = people;
    this.account = people.some((person) => person.account === holder) ? holder : (people[0]?.account ?? "");
  }

  element(label) {
    if (!this.people.length) return "";
    const id = `try-person-${++count}`;
    if (this.people.length === 1) return make("div.g-try__who", {}, make("span.g-label", {}, label), make("b.g-b", {}, said(this.people[0])));
    const select = make("select.form-select", { id, onchange: () => (this.account = select.value) });
    this.list(select, "");
    if (this.people.length <= LONG) return make("div.g-field.g-try__who", {}, make("label.g-label", { for: id }, label), select);
    const filter = make("input.form-control", { type: "search", "aria-label": t("try.findPerson"), placeholder: t("try.findPerson"), autocomplete: "off" });
    filter.addEventListener("input", () => this.list(select, filter.value.trim()));
    return make("div.g-field.g-try__who", {}, make("label.g-label", { for: id }, label), make("div.g-two", {}, filter, select));
  }

  list(select, wanted) {
    const found = this.people.filter((person) => !wanted || said(person).includes(wanted) || person.account.includes(wanted));
    select.replaceChildren(...found.map((person) => make("option", { value: person.account, selected: person.account === this.account }, said(person))));
    if (found.length && !found.some((person) => person.account === this.account)) this.account = found[0].account;
    select.value = this.account;
  }
}

export function said({ name, department }) {
  return `${name}（${department}）`;
}
