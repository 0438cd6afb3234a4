// Attachments: a drop zone that uploads each file by itself, with progress, retry and removal per file.
// POST multipart "file" to data-upload-url; answer {id, name, size} or {file: {…}}.
import { icon, make, say } from "../dom.js";
import { outcome, post, token } from "../net.js";
import { t } from "../words.js";

const ICONS = { docx: "DOC", doc: "DOC", wps: "DOC", xlsx: "XLS", xls: "XLS", csv: "XLS", pptx: "PPT", ppt: "PPT", png: "IMG", jpg: "IMG", jpeg: "IMG", gif: "IMG", webp: "IMG" };

export class Uploads {
  constructor(desk, changed) {
    this.box = desk.querySelector("[data-attachments]");
    if (!this.box) return;
    this.url = desk.dataset.uploadUrl;
    this.changed = changed;
    this.list = this.box.querySelector("[data-files]");
    this.input = this.box.querySelector('input[type="file"]');
    this.drop = this.box.querySelector("[data-drop]");
    this.limit = Number(this.box.dataset.limit) || 20;
    this.maxBytes = (Number(this.box.dataset.maxMb) || 50) * 1024 * 1024;
    this.types = (this.input.accept || "").split(",").map((type) => type.trim().toLowerCase()).filter(Boolean);
    this.listen();
  }

  listen() {
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    this.list.addEventListener("click", ({ target }) => {
      const row = target.closest("[data-remove]")?.closest("li");
      if (row) this.remove(row);
    });
    for (const name of ["dragenter", "dragover"]) {
      this.drop.addEventListener(name, (event) => {
        event.preventDefault();
        this.drop.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) this.drop.addEventListener(name, () => this.drop.classList.remove("is-over"));
    this.drop.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  /** Ids of all uploaded files, as numbers when they are numbers. */
  get ids() {
    if (!this.box) return [];
    return [...this.list.querySelectorAll("[data-file-id]")].map(({ dataset }) => (/^\d+$/.test(dataset.fileId) ? Number(dataset.fileId) : dataset.fileId));
  }

  /** What a copy on this device must know to show them again. */
  get stored() {
    if (!this.box) return [];
    return [...this.list.querySelectorAll("[data-file-id]")].map((row) => ({
      id: row.dataset.fileId,
      name: row.querySelector("[data-name]")?.textContent ?? "",
      size: row.querySelector("small")?.textContent ?? "",
    }));
  }

  /** Shows uploaded files again that the page does not list. */
  put(files) {
    for (const file of this.box ? files : []) {
      if (this.list.querySelector(`[data-file-id="${CSS.escape(file.id)}"]`)) continue;
      this.done(this.row({ name: file.name, size: 0 }), file, file);
    }
  }

  problems() {
    if (!this.box) return [];
    const states = [...this.list.children].map((row) => row.dataset.state);
    const message = states.includes("sending") ? t("upload.busy") : states.includes("failed") ? t("upload.broken") : "";
    this.say(message);
    return message ? [{ key: "attachments", label: this.box.querySelector(".g-label")?.textContent ?? "", message, focus: () => this.input.focus() }] : [];
  }

  take(files) {
    this.say("");
    for (const file of files) {
      if (this.list.children.length >= this.limit) {
        this.say(t("upload.count", { n: this.limit }));
        return;
      }
      const row = this.row(file);
      const refusal = this.refusal(file);
      if (refusal) this.failed(row, refusal, null);
      else this.send(row, file);
    }
  }

  refusal(file) {
    const type = `.${file.name.split(".").pop().toLowerCase()}`;
    if (this.types.length && !this.types.includes(type)) return t("upload.type", { types: this.types.join(" ") });
    if (file.size === 0) return t("upload.empty");
    if (file.size > this.maxBytes) return t("upload.size", { size: bytes(this.maxBytes) });
    return "";
  }

  row(file) {
    const extension = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
    const row = make(
      "li.g-upload",
      { "data-state": "sending" },
      make("span.g-file__t", { "aria-hidden": "true" }, ICONS[extension] ?? (extension.slice(0, 4).toUpperCase() || "—")),
      make("span.g-grow", {}, make("span", { "data-name": true }, file.name), make("small.g-3", { "data-note": true }, t("upload.waiting")), make("progress", { max: 100, value: 0 })),
      make("button.g-iconbtn", { type: "button", "data-remove": true, "aria-label": t("upload.remove", { name: file.name }) }, icon("close")),
    );
    this.list.append(row);
    return row;
  }

  send(row, file) {
    row.dataset.state = "sending";
    row.querySelector("[data-retry]")?.remove();
    const bar = row.querySelector("progress");
    bar.hidden = false;
    const note = row.querySelector("[data-note]");
    note.className = "g-3";
    const request = new XMLHttpRequest();
    row.request = request;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? (loaded / total) * 100 : 0;
      note.textContent = `${bytes(loaded)} / ${bytes(total)}`;
    });
    request.addEventListener("load", () => {
      const reply = outcome(request.status, parse(request.responseText));
      if (reply.ok) this.done(row, file, reply.data.file ?? reply.data);
      else this.failed(row, reply.message, () => this.send(row, file));
    });
    request.addEventListener("error", () => this.failed(row, t("upload.network"), () => this.send(row, file)));
    request.open("POST", this.url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", token());
    const body = new FormData();
    body.append("file", file, file.name);
    request.send(body);
  }

  done(row, file, stored) {
    row.dataset.state = "done";
    row.dataset.fileId = stored.id;
    if (stored.remove_url) row.dataset.removeUrl = stored.remove_url;
    row.querySelector("progress").hidden = true;
    row.querySelector("[data-note]").textContent = typeof stored.size === "string" ? stored.size : bytes(stored.size ?? file.size);
    if (stored.url) row.querySelector("[data-name]").replaceWith(make("a", { href: stored.url, "data-name": true }, stored.name ?? file.name));
    say(`${file.name} ${t("upload.done")}`);
    this.changed();
  }

  failed(row, reason, again) {
    row.dataset.state = "failed";
    row.querySelector("progress").hidden = true;
    const note = row.querySelector("[data-note]");
    note.className = "g-danger";
    note.textContent = t("upload.failed", { reason });
    say(note.textContent);
    if (again) row.querySelector("[data-remove]").before(make("button.btn.btn-sm", { type: "button", "data-retry": true, onclick: again }, t("upload.retry")));
  }

  remove(row) {
    row.request?.abort();
    if (row.dataset.removeUrl) post(row.dataset.removeUrl, {});
    row.remove();
    this.say("");
    this.changed();
    this.input.focus();
  }

  say(message) {
    const box = this.box.querySelector("[data-error]");
    if (!box) return;
    box.hidden = !message;
    box.replaceChildren(...(message ? [icon("warn", 12), ` ${message}`] : []));
  }
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function bytes(count) {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${Math.round(count / 1024)} KB`;
  return `${(count / 1024 / 1024).toFixed(1)} MB`;
}
