// Entry of the page 对比: two states of a procedure, coloured diagrams, forms and tables beside their former selves.
import { Page } from "./studio/compare/page.js";

const element = document.querySelector("[data-compare]");
if (document.querySelector("[data-studio]")) {
  const { startFrame } = await import("./studio/frame.js");
  const { store } = await startFrame();
  await store.flush(); // what this device has not saved yet belongs to the draft that is compared
}
new Page(element).open();
