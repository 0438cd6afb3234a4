// The panel below: what stands in the way of publishing (standard, house) and what is worth a look (hints of the server and of lint). Each row leads to its
// element, also into subprocesses and onto the pages of other parts. The other tabs say whom a new version affects, and
// which kept runs still go as expected.
import { icon, make } from "../dom.js";
import { fragment } from "./net.js";
import { ScenarioTab } from "./scenario-tab.js";
import { clock, t } from "./words.js";

const ORDER = { standard: 0, house: 1, hint: 2 };
const BADGE = { standard: "no", house: "no", hint: "back" };
const TABS = ["findings", "impact", "scenarios"];
const PAGE = { form: "forms", decision: "decisions" };

/** Whether a finding keeps the draft from being published; hints do not. */
export const stops = ({ level }) => level !== "hint";

export class Findings {
  constructor(root, store) {
    this.root = root;
    this.store = store;
    this.box = root.querySelector("[data-findings]");
    this.gate = [];
    this.lint = [];
    this.known = false;
    this.listeners = new Map();
    this.select = () => false;
    this.naming = () => ""; // what the page calls an element without a name
    this.mending = () => null; // what mends a finding on this page: { label, act }
    this.cursor = -1;
    if (this.box) this.build();
    store.on("checking", () => this.box?.classList.add("is-checking"));
    store.on("findings", (answer) => this.judged(answer));
  }

  /** Events: verdict {errors, warnings, known}, shown (findings of the part on this page). */
  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  emit(event, detail) {
    for (const listener of this.listeners.get(event) ?? []) listener(detail);
  }

  /** How the page shows an element: `select(element_id)` answers whether there is such a one. */
  onSelect(select) {
    this.select = select;
    const wanted = decodeURIComponent(window.location.hash.slice(1));
    if (wanted) select(wanted);
  }

  judged(answer) {
    this.box?.classList.remove("is-checking");
    if (!answer) return; // could not be asked: what was found before still stands
    this.gate = answer.findings;
    this.known = true;
    this.at = answer.checked_at;
    this.show();
  }

  /** What lint found on the page's part: [{element_id, element_name, message, code}]. */
  setLint(found) {
    const [kind, name] = this.here;
    this.lint = found.map((one) => ({ level: "hint", kind, name, ...one }));
    this.show();
  }

  get here() {
    const [kind, ...rest] = this.root.dataset.part.split("/");
    return [kind, rest.join("/")];
  }

  get all() {
    return [...this.gate, ...this.lint].sort((one, other) => ORDER[one.level] - ORDER[other.level]);
  }

  async checkNow() {
    this.unfold(true);
    this.tab("findings");
    await this.store.check();
  }

  build() {
    const tab = (name, ...children) => make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, "aria-selected": "false", onclick: () => this.tab(name) }, ...children);
    this.count = { no: make("span.g-count.g-count--late", { hidden: true }), hint: make("span.g-count.g-count--warn", { hidden: true }) };
    this.impactCount = make("span.g-num");
    this.scenarios = new ScenarioTab(this.store);
    this.time = make("span.g-small.g-3.g-only-desk");
    this.folder = make("button.g-iconbtn", { type: "button", "aria-label": t("studio.panel.fold"), "aria-expanded": "true", onclick: () => this.unfold(this.box.classList.contains("is-folded")) }, icon("down"));
    this.list = make("ul.g-list.g-findings", { id: "panel-findings", role: "tabpanel", "aria-labelledby": "tab-findings" });
    this.impact = make("div.g-impact", { id: "panel-impact", role: "tabpanel", "aria-labelledby": "tab-impact", hidden: true });
    this.box.replaceChildren(
      make(
        "div.g-row.g-findhead",
        {},
        make("div.g-tabs", { role: "tablist" }, tab("findings", t("studio.panel.findings"), " ", this.count.no, " ", this.count.hint), tab("impact", t("studio.panel.impact"), " ", this.impactCount), tab("scenarios", t("studio.panel.scenarios"), " ", this.scenarios.count)),
        make("span.g-grow"),
        this.time,
        this.folder,
      ),
      this.list,
      this.impact,
      this.scenarios.panel,
    );
    this.tab("findings");
    this.show();
    this.store.on("design", () => this.showImpact());
  }

  tab(name) {
    for (const one of TABS) {
      this.box.querySelector(`#tab-${one}`).setAttribute("aria-selected", String(one === name));
      this.box.querySelector(`#panel-${one}`).hidden = one !== name;
    }
    if (name === "impact") this.showImpact();
  }

  async showImpact() {
    const reply = await fragment(`${this.store.base}/impact`);
    if (!reply.ok) return this.impact.replaceChildren(reply.message);
    this.impact.replaceChildren(reply.content);
    const running = Number(this.impact.querySelector("[data-running]")?.dataset.running ?? 0);
    this.impactCount.textContent = t("studio.running", { n: running });
  }

  unfold(open) {
    this.box.classList.toggle("is-folded", !open);
    this.folder.setAttribute("aria-expanded", String(open));
  }

  show() {
    const all = this.all;
    const errors = this.gate.filter(stops).length;
    const warnings = all.length - errors;
    this.emit("verdict", { errors, warnings, known: this.known });
    this.emit("shown", all.filter((one) => this.isHere(one)));
    if (!this.box) return;
    this.mark(this.count.no, errors);
    this.mark(this.count.hint, warnings);
    this.time.textContent = this.at ? t("studio.checkedAt", { time: clock(new Date(this.at)) }) : "";
    const focused = document.activeElement?.closest?.("[data-finding]")?.dataset.finding;
    this.list.replaceChildren(...(all.length ? all.map((one, index) => this.row(one, index)) : [make("li.g-findings__none.g-3", {}, this.known ? t("studio.noFindings") : t("studio.checking"))]));
    if (focused) this.list.querySelector(`[data-finding="${focused}"] button`)?.focus();
    this.cursor = Math.min(this.cursor, all.length - 1);
  }

  mark(element, n) {
    element.hidden = !n;
    element.textContent = n;
  }

  isHere(finding) {
    const [kind, name] = this.here;
    return (finding.kind ?? kind) === kind && (!finding.name || finding.name === name);
  }

  row(finding, index) {
    const part = this.isHere(finding) ? null : make("span.g-3", {}, t(`studio.kind.${finding.kind}`), " ", this.titleOf(finding));
    return make(
      `li${index === this.cursor ? ".is-cursor" : ""}`,
      { "data-finding": index, onclick: () => this.go(finding, index) },
      make(`span.g-badge.g-badge--${BADGE[finding.level] ?? "back"}`, { title: t(`studio.level.${finding.level}.title`) }, t(`studio.level.${finding.level}`)),
      make("b.g-b.g-findings__who", {}, this.who(finding) || part || this.titleOf(finding)),
      make("span.g-findings__what", {}, finding.message, ...(part && finding.element_id ? [" ", part] : [])),
      make("span.g-findings__acts", {}, make("button.btn.btn-sm.btn-link", { type: "button" }, this.isHere(finding) ? t("studio.locate") : t("studio.openPart")), this.repair(finding, index)),
    );
  }

  /** The button that leads right to what has to be set, beside the one that only shows the element. */
  repair(finding, index) {
    const found = this.isHere(finding) && this.mending(finding);
    if (!found) return "";
    const mend = (event) => {
      event.stopPropagation();
      this.point(index);
      found.act();
    };
    return make("button.btn.btn-sm.btn-link", { type: "button", onclick: mend }, found.label);
  }

  /** The element's name; of a scenario that stops in the diagram too. Elements without one are called by their kind. */
  who(finding) {
    const { element_id: id, element_name: name, kind } = finding;
    if (name && name !== id) return name;
    const drawn = kind === "scenario" && this.here[0] === "diagram";
    if (id && (drawn || this.isHere(finding))) return this.naming(id) || id;
    return kind === "scenario" ? "" : id;
  }

  /** The row that is at hand now. */
  point(index) {
    this.cursor = index;
    for (const row of this.list?.children ?? []) row.classList.toggle("is-cursor", row.dataset.finding === String(index));
  }

  titleOf({ kind, name }) {
    return this.store.known(kind, name)?.title || name || "";
  }

  /** Shows the element; a finding of another part opens that part's page, everything saved first. */
  async go(finding, index = this.all.indexOf(finding)) {
    this.point(index);
    if (this.isHere(finding)) return this.select(finding.element_id);
    await this.store.flush();
    if (finding.kind === "scenario") return window.location.assign(`${this.store.base}/tryout?scenario=${encodeURIComponent(finding.name)}`);
    const page = finding.kind === "diagram" ? this.store.base : `${this.store.base}/${PAGE[finding.kind] ?? "forms"}/${encodeURIComponent(finding.name)}`;
    window.location.assign(`${page}#${encodeURIComponent(finding.element_id ?? "")}`);
    return true;
  }

  next(step = 1) {
    const { all } = this;
    if (!all.length) return;
    this.unfold(true);
    this.tab("findings");
    this.cursor = (this.cursor + step + all.length) % all.length;
    this.go(all[this.cursor], this.cursor);
    this.list.children[this.cursor]?.scrollIntoView({ block: "nearest" });
  }
}
