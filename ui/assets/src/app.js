// What every page loads: htmx and the behaviours of the frame. Forms and diagrams come when a page has one.
import htmx from "htmx.org";
import { startActs } from "./acts.js";
import { startClocks } from "./clocks.js";
import { startDialogs } from "./dialogs.js";
import { say } from "./dom.js";
import { startKeys } from "./keys.js";
import { startLists } from "./lists.js";
import { startMenus } from "./menus.js";
import { token } from "./net.js";
import { startTasks } from "./task/desk.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toasts.js";

window.htmx = htmx; // pages with hx-… attributes and the form's preview use it

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRF-Token"] = token();
});
// after a swap the focus goes to what the server marks, else it stays (elements with an id); [data-said] is read out
document.addEventListener("htmx:afterSwap", () => {
  document.querySelector("main [data-focus]")?.focus();
  const said = document.querySelector("main [data-said]");
  if (said) say(said.textContent);
});

function wake(root = document) {
  if (root.querySelector("[data-form]")) import("./form.js").then((module) => module.mountAll(root));
  if (root.querySelector("form[data-send]")) import("./library.js").then((module) => module.startLibrary());
  if (root.querySelector("[data-diagram]")) import("./diagram.js").then((module) => module.mountAll(root));
  startTasks(root);
  startLists(root);
}

startTheme();
startToasts();
startMenus();
startDialogs();
startActs();
startKeys();
startClocks();
wake();
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && wake(detail.elt));

