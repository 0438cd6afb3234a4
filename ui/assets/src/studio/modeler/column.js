// The column of properties can be folded away, so that a wide diagram has the room; this device remembers it.
import { icon, make } from "../../dom.js";
import { t } from "./words.js";

const KEPT = "g:studio:properties";

export class Column {
  constructor(root, box) {
    this.root = root;
    this.column = root.querySelector("[data-properties]");
    this.column.id ||= "studio-properties";
    this.button = make("button.g-iconbtn", { type: "button", "aria-controls": this.column.id, onclick: () => this.fold(!this.folded) });
    box.append(make("div.g-float.g-float--tr", {}, this.button));
    this.fold(remembered(), false);
  }

  get folded() {
    return this.root.classList.contains("is-folded-right");
  }

  fold(away, remember = true) {
    this.root.classList.toggle("is-folded-right", away);
    const label = t(away ? "studio.properties.show" : "studio.properties.hide");
    for (const [name, value] of [["aria-expanded", String(!away)], ["aria-label", label], ["title", label]]) this.button.setAttribute(name, value);
    this.button.replaceChildren(icon(away ? "back" : "forward"));
    if (!remember) return;
    try {
      localStorage.setItem(KEPT, away ? "folded" : "");
    } catch {
      // remembered or not, it is folded now
    }
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEPT) === "folded";
  } catch {
    return false;
  }
}
