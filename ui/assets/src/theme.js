// Light, dark, or as the system says (data-bs-theme="auto"). The choice is kept by the server with the person.
import { say } from "./dom.js";
import { post } from "./net.js";
import { t } from "./words.js";

const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  const theme = root.dataset.bsTheme;
  return theme === "dark" || (theme === "auto" && system.matches);
}

function changed() {
  document.dispatchEvent(new CustomEvent("g:theme", { detail: { dark: isDark() } }));
}

export function startTheme() {
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-theme-toggle]")) return;
    const theme = isDark() ? "light" : "dark";
    root.dataset.bsTheme = theme;
    say(t(`theme.${theme}`));
    changed();
    if (root.dataset.preferences) post(root.dataset.preferences, { theme });
  });
  system.addEventListener("change", changed);
}
