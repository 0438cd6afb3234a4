// <details class="g-menu">: one open at a time, closed by Esc and by a click elsewhere, arrows move inside.

export function startMenus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll("details.g-menu[open]")) {
      const inside = menu.contains(target);
      if (!inside || target.closest(".g-menu__item")) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details.g-menu");
    if (!menu) return;
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(menu, event);
  });
}

function move(menu, event) {
  const items = [...menu.querySelectorAll(".g-menu__item")];
  if (!items.length) return;
  event.preventDefault();
  menu.open = true;
  const at = items.indexOf(document.activeElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  items[(at + step + items.length) % items.length].focus();
}
