// What changed in the diagram, in words: groups of entries, each with its facts before → after. Choosing one shows it on the drawing.
import { make } from "../../dom.js";
import { t } from "./words.js";
import { detailList, kindBadge } from "./facts.js";

const MOST = 300; // entries of a group in the list; the drawing shows all
const GROUPS = ["process", "steps", "ways", "lanes", "other"];

export class Entries {
  constructor(element, entries, note, onPick) {
    this.element = element;
    this.onPick = onPick;
    this.entries = entries;
    this.items = new Map();
    element.append(make("h2", {}, t("compare.list")));
    if (note) element.append(make("p.g-cmp__note", {}, note));
    else if (!entries.length) element.append(make("p.g-3", {}, t("compare.same")));
    const told = entries.filter((entry) => entry.kind !== "moved" && !entry.under);
    for (const group of GROUPS) this.group(group, told.filter((entry) => entry.group === group));
    this.moved(entries.filter((entry) => entry.kind === "moved"));
  }

  group(group, entries) {
    if (!entries.length) return;
    const list = make("ol.g-cmp__entries", {}, ...entries.slice(0, MOST).map((entry) => this.item(entry)), this.more(entries));
    this.element.append(make("section", {}, make("h3", {}, t(`compare.group.${group}`), make("span.g-num", {}, String(entries.length))), list));
  }

  item(entry) {
    const item = make("li.g-cmp__entry", { "data-entry": entry.id }, this.button(entry));
    const brought = this.entries.filter((other) => other.under === entry.id && other.kind === entry.kind);
    if (entry.details.length) item.append(detailList(entry.details, entry.kind));
    if (brought.length) item.append(make("ul.g-cmp__brought", {}, ...brought.map((other) => this.sub(other))));
    this.items.set(entry.id, item);
    return item;
  }

  /** What an added or removed element brought along, one line each; with its own facts where it has any. */
  sub(entry) {
    const line = make("li", { "data-entry": entry.id }, this.button(entry, true));
    const brought = this.entries.filter((other) => other.under === entry.id && other.kind === entry.kind);
    if (entry.details.length) line.append(detailList(entry.details, entry.kind));
    if (brought.length) line.append(make("ul.g-cmp__brought", {}, ...brought.map((other) => this.sub(other))));
    this.items.set(entry.id, line);
    return line;
  }

  button(entry, small = false) {
    const also = entry.moved && entry.kind === "changed" ? make("span.g-3.g-small", {}, t("compare.alsoMoved")) : null;
    const attributes = { type: "button", onclick: () => this.choose(entry) };
    return make(`button.g-cmp__pick${small ? ".g-cmp__pick--small" : ""}`, attributes, small ? null : kindBadge(entry.kind), make("span", {}, entry.title), also);
  }

  moved(entries) {
    if (!entries.length) return;
    const list = make("ul.g-cmp__entries", {}, ...entries.slice(0, MOST).map((entry) => this.sub(entry)), this.more(entries));
    this.element.append(make("details.g-cmp__moved", {}, make("summary", {}, t("compare.onlyMoved", { n: entries.length })), list));
  }

  more(entries) {
    return entries.length > MOST ? make("li.g-3.g-small", {}, t("compare.moreEntries", { n: entries.length - MOST })) : null;
  }

  choose(entry) {
    this.mark(entry.id);
    this.onPick(entry);
  }

  /** An element was chosen on the drawing. */
  pick(id) {
    const item = this.items.get(id);
    if (!item) return;
    item.closest("details")?.setAttribute("open", "");
    this.mark(id);
    item.scrollIntoView({ block: "nearest" });
  }

  mark(id) {
    for (const [known, item] of this.items) item.classList.toggle("is-picked", known === id);
  }
}
