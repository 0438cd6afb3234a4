// Talking to the server: JSON with the token, and one shape of answer for everything that can happen.
import { t } from "./words.js";

export function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/**
 * POST a JSON value. Never throws; answers {ok, status, data, message, errors, location}.
 * status 0: the server could not be reached.
 */
export async function post(url, value, { accept = "application/json", signal, keepalive = false } = {}) {
  try {
    const reply = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: accept, "X-CSRF-Token": token() },
      body: JSON.stringify(value),
      signal,
      keepalive,
    });
    return await read(reply); // its text may be cut off too, when the page is left or the question is taken back
  } catch (error) {
    return { ok: false, status: 0, aborted: error.name === "AbortError", message: t("net.offline"), errors: {} };
  }
}

async function read(reply) {
  const text = await reply.text();
  const json = (reply.headers.get("Content-Type") ?? "").includes("json");
  let data = {};
  if (json && text) {
    try {
      data = JSON.parse(text) ?? {};
    } catch {
      data = {};
    }
  }
  return outcome(reply.status, data, json ? "" : text);
}

/** One shape for what came back, also for uploads (XMLHttpRequest). */
export function outcome(status, data, html = "") {
  const ok = status >= 200 && status < 300;
  return {
    ok,
    status,
    data,
    html,
    message: data.message || (ok ? "" : sentence(status)),
    errors: data.errors ?? {},
    location: data.location ?? "",
  };
}

function sentence(status) {
  if (status === 401) return t("net.expired");
  if (status === 403) return t("net.forbidden");
  if (status === 413) return t("net.tooLarge");
  return t("net.failed");
}

/** The sign-in page that leads back here; the server's address (it has no way back for a POST) is completed. */
export function signIn(location = "") {
  const here = window.location.pathname + window.location.search;
  const url = new URL(location || "/sign-in", window.location.origin);
  if (!url.searchParams.get("next")) url.searchParams.set("next", here);
  return url.pathname + url.search;
}
