// The note of a publication while it is written: kept in this window until it is published, also over a dialog closed by mistake and
// a sign-in in between.

export class Note {
  constructor(key, field) {
    this.place = `g:note:${document.documentElement.dataset.viewer ?? ""}:${key}`;
    if (!field) return;
    field.value ||= this.kept();
    field.addEventListener("input", () => this.keep(field.value));
  }

  kept() {
    try {
      return sessionStorage.getItem(this.place) ?? "";
    } catch {
      return "";
    }
  }

  keep(text) {
    try {
      sessionStorage.setItem(this.place, text);
    } catch {
      // then it stays as long as the dialog is open
    }
  }

  drop() {
    try {
      sessionStorage.removeItem(this.place);
    } catch {
      // what cannot be written cannot be there
    }
  }
}
