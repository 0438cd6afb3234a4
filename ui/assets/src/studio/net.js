// Requests of the studio: every method, the answer's text, data and headers in one shape. Never throws.
import { outcome, token } from "../net.js";
import { t } from "./words.js";

/** A piece of a page that the server has written: {ok, status, message, content: DocumentFragment}. */
export async function fragment(url) {
  const reply = await send("GET", url, undefined, { accept: "text/html", headers: { "HX-Request": "true" } });
  return { ...reply, content: document.createRange().createContextualFragment(reply.ok ? reply.text : "") };
}

/** {ok, status, data, text, message, location, headers}; status 0: the server could not be reached. */
export async function send(method, url, value = undefined, { keepalive = false, accept = "application/json", headers = {}, signal } = {}) {
  let reply;
  let text;
  try {
    reply = await fetch(url, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        Accept: accept,
        "X-CSRF-Token": token(),
        ...headers,
        ...(value === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body: value === undefined ? undefined : JSON.stringify(value),
      keepalive,
      signal,
    });
    text = await reply.text();
  } catch {
    return { ok: false, status: 0, data: {}, text: "", message: t("studio.offline"), location: "", headers: new Headers() };
  }
  let data = {};
  if ((reply.headers.get("Content-Type") ?? "").includes("json")) {
    try {
      data = JSON.parse(text) ?? {};
    } catch {
      data = {};
    }
  }
  const found = outcome(reply.status, data);
  return { ...found, text, headers: reply.headers };
}
