// Forms, decision tables and scenarios as tables: every cell that differs shows what it was and what it is.
import { make } from "../../dom.js";
import { detailList, kindBadge, side, text } from "./facts.js";
import { t } from "./words.js";

export function sheets(list, tab) {
  return make("div.g-cmp__sheets", {}, ...list.map((sheet) => card(sheet, tab)));
}

function card(sheet, tab) {
  const whole = sheet.kind !== "changed";
  const name = sheet.title === sheet.name ? sheet.name : `${sheet.title}`;
  const head = make("header.g-card__head", {}, make("h2.g-card__title", {}, name), make("span.g-3.g-small.g-code", {}, sheet.name), kindBadge(sheet.kind));
  head.append(make("span.g-end.g-3.g-small", {}, whole ? t(`compare.whole.${sheet.kind}`) : sheet.note ? "" : t("compare.count", { n: sheet.count })));
  const element = make(`section.g-card.g-cmp__sheet`, { "data-sheet": sheet.name }, head);
  if (sheet.note) element.append(make("p.g-cmp__note", {}, sheet.note));
  if (sheet.details.length) element.append(detailList(sheet.details));
  if (sheet.rows.length || sheet.columns.some((column) => column.kind !== "same")) element.append(table(sheet, tab));
  return element;
}

function table(sheet, tab) {
  const head = make("tr", {}, make("th.g-cmp__rowhead", { scope: "col" }, make("span.g-sr", {}, t("compare.row"))), ...sheet.columns.map((column) => headCell(column)));
  const body = make("tbody");
  const rows = sheet.rows.map((row) => line(row, sheet, tab));
  body.append(...rows);
  const wrap = make("div.g-tablewrap", { tabindex: "0", role: "region", "aria-label": sheet.title }, make("table.table.g-cmp__table", {}, make("thead", {}, head), body));
  const same = rows.filter((row) => row.dataset.kind === "same");
  // Rules of a table are read as a whole; of a form only what differs, until the rest is asked for.
  if (!same.length || (tab === "decisions" && sheet.rows.length <= 30)) return wrap;
  for (const row of same) row.hidden = true;
  const button = make("button.btn.btn-link.btn-sm", { type: "button", "aria-expanded": "false" }, t("compare.unchanged", { n: same.length }));
  button.addEventListener("click", () => {
    const open = same[0].hidden;
    for (const row of same) row.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? t("compare.hideUnchanged") : t("compare.unchanged", { n: same.length });
  });
  return make("div", {}, wrap, make("div.g-cmp__foot", {}, button));
}

function headCell(column) {
  const cell = make(`th.is-${column.kind}`, { scope: "col" }, column.label);
  if (column.kind !== "same") cell.append(" ", kindBadge(column.kind));
  if (column.details.length) cell.append(detailList(column.details));
  return cell;
}

function line(row, sheet, tab) {
  const element = make(`tr.is-${row.kind}`, { "data-kind": row.kind, "data-row": row.id });
  const head = make("th.g-cmp__rowhead", { scope: "row" });
  if (row.kind !== "same") head.append(kindBadge(row.kind));
  if (tab !== "forms") head.append(" ", make("span.g-3.g-small", {}, row.title));
  element.append(head, ...row.cells.map(([before, after], place) => cell(before, after, row, place, sheet)));
  return element;
}

function cell(before, after, row, place, sheet) {
  const element = make("td");
  const gone = sheet.columns[place]?.kind === "removed";
  const fresh = sheet.columns[place]?.kind === "added";
  if (before !== null && after !== null && before !== after) {
    element.className = "is-changed";
    element.append(...both(before, after));
  } else {
    const value = after ?? before ?? "";
    if (gone && row.kind !== "removed") element.className = "is-removed";
    if (fresh && row.kind !== "added") element.className = "is-added";
    if (value) element.append(text(value));
  }
  if (place === 0) {
    if (row.depth) element.classList.add(`g-cmp__in-${Math.min(row.depth, 4)}`);
    const more = row.details.filter((detail) => !shown(detail, sheet, row));
    if (more.length) element.append(detailList(more));
  }
  return element;
}

/** Of several facts in one cell only those that differ are told twice. */
function both(before, after) {
  const [old, now] = [parts(before), parts(after)];
  if (old.length + now.length < 3) return [side("del", before), side("ins", after)];
  const gone = old.filter((part) => !now.includes(part));
  const fresh = now.filter((part) => !old.includes(part));
  const same = now.filter((part) => old.includes(part));
  return [...gone.map((part) => side("del", part)), ...fresh.map((part) => side("ins", part)), same.length ? text(same.join("；")) : ""].filter(Boolean);
}

function parts(value) {
  return value.split("；").filter(Boolean);
}

/** Whether a detail can be read in a cell of its own: its column shows both sides. */
function shown(detail, sheet, row) {
  return row.cells.some(([before, after], place) => {
    const { label } = sheet.columns[place];
    if (before === after) return false;
    if (before === detail.before && after === detail.after) return true;
    return label.includes(detail.label) || [before, after].some((one) => parts(one ?? "").some((part) => part.startsWith(`${detail.label} `)));
  });
}
