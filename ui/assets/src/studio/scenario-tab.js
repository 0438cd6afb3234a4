// 场景测试 n/m in the panel of findings: which kept runs still go as expected on the draft as it stands here, and the first step
// of each that went another way.
import { make } from "../dom.js";
import { send } from "./net.js";
import { t } from "./words.js";

export class ScenarioTab {
  constructor(store) {
    this.store = store;
    this.count = make("span.g-num");
    this.panel = make("ul.g-list.g-findings.g-scenarios", { id: "panel-scenarios", role: "tabpanel", "aria-labelledby": "tab-scenarios", hidden: true });
    this.turn = 0;
    store.on("findings", (answer) => answer && this.judged(answer.findings));
  }

  /** A draft with other findings may not even start: its scenarios are played when those are mended. */
  judged(findings) {
    this.turn += 1;
    if (findings.some(({ kind, level }) => kind !== "scenario" && level !== "hint")) this.say(t("studio.scenarios.later"));
    else this.refresh();
  }

  async refresh() {
    const turn = ++this.turn;
    let overlay;
    try {
      overlay = await this.store.overlay();
    } catch {
      return; // the editor is in the middle of something; the next change asks again
    }
    const reply = await send("POST", `${this.store.base}/scenarios`, { overlay });
    if (turn !== this.turn) return;
    if (!reply.ok || reply.data.later) this.say(reply.ok ? t("studio.scenarios.later") : reply.message);
    else this.show(reply.data);
  }

  say(text) {
    this.count.textContent = "";
    this.panel.replaceChildren(make("li.g-findings__none.g-3", {}, text));
  }

  show({ scenarios, passed, total }) {
    if (!total) return this.say(t("studio.scenarios.none"));
    this.count.textContent = `${passed}/${total}`;
    this.count.classList.toggle("g-danger", passed < total);
    const worstFirst = [...scenarios].sort((one, other) => Number(one.ok) - Number(other.ok));
    return this.panel.replaceChildren(...worstFirst.map((one) => this.row(one)));
  }

  row({ name, title, steps, ok, departure }) {
    const href = `${this.store.base}/tryout?scenario=${encodeURIComponent(name)}`;
    return make(
      "li",
      { "data-scenario": name },
      make(`span.g-badge.g-badge--${ok ? "ok" : "no"}`, {}, t(ok ? "studio.scenarios.ok" : "studio.scenarios.bad")),
      make("b.g-b", {}, title),
      make(`span.g-scenarios__why${ok ? ".g-3" : ""}`, {}, ok ? t("studio.scenarios.steps", { n: steps }) : departure.text),
      make("a.btn.btn-sm.btn-link", { href }, t("studio.scenarios.open")),
    );
  }
}
