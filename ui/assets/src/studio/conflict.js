// Two people changed the same part: nothing is overwritten until the second one decides. Three ways, none of which loses anything:
// look at theirs (mine stays on this device and comes back with one click), put mine over theirs (the server keeps theirs), or
// take mine out as a file and go on with theirs.
import { make } from "../dom.js";
import { open } from "../dialogs.js";
import { save } from "./files.js";
import { moment, t } from "./words.js";

export function watchConflicts(store) {
  store.on("conflict", (conflict) => new Conflict(store, conflict).ask());
}

class Conflict {
  constructor(store, conflict) {
    this.store = store;
    Object.assign(this, conflict);
  }

  ask() {
    document.getElementById("studio-conflict")?.remove();
    const act = (kind, label, work) =>
      make(`button.btn${kind}`, { type: "button", autofocus: Boolean(kind), onclick: () => this.run(work) }, label);
    this.problem = make("div", { "data-problem": true });
    this.dialog = make(
      "dialog.g-dialog",
      { id: "studio-conflict", "aria-labelledby": "studio-conflict-title" },
      make("h2.g-h1", { id: "studio-conflict-title" }, t("studio.conflict.title", { by: this.by ?? "" })),
      make("p.g-2.g-mt", {}, t("studio.conflict.text", { by: this.by ?? "", time: moment(this.at) })),
      this.problem,
      make(
        "div.g-dialog__foot.g-row--wrap",
        {},
        act("", t("studio.conflict.file"), () => this.saveAsFile()),
        act("", t("studio.conflict.mine"), () => this.store.keepMine(this.kind, this.name)),
        act(".btn-primary", t("studio.conflict.theirs"), () => this.lookAtTheirs()),
      ),
    );
    this.dialog.addEventListener("cancel", (event) => event.preventDefault()); // one of the three: mine is not saved meanwhile
    document.body.append(this.dialog);
    document.querySelectorAll("dialog[open]").forEach((other) => other.close("cancel"));
    open(this.dialog);
  }

  async run(work) {
    if (await work()) this.dialog.close("ok");
    else this.problem.textContent = t("studio.offline");
  }

  async saveAsFile() {
    save(this.mine, fileName(this.kind, this.name), this.kind === "diagram" || this.kind === "decision" ? "application/xml" : "application/json");
    return this.store.takeTheirs(this.kind, this.name, this.by);
  }

  async lookAtTheirs() {
    const { kind, name, mine } = this;
    if (!(await this.store.takeTheirs(kind, name, this.by))) return false;
    const box = document.querySelector("[data-studio-notes]");
    const back = make(
      "button.btn.btn-sm.btn-link",
      {
        type: "button",
        onclick: () => {
          this.store.emit("replaced", { kind, name, content: mine, by: "" });
          this.store.edit(kind, name, mine);
          note.remove();
        },
      },
      t("studio.conflict.back"),
    );
    const note = make("div.g-notice", { role: "status" }, make("div.g-grow", {}, t("studio.conflict.looking", { by: this.by ?? "" }), " ", back));
    box?.append(note);
    return true;
  }
}

function fileName(kind, name) {
  return `${name}.${{ diagram: "bpmn", decision: "dmn" }[kind] ?? "json"}`;
}
