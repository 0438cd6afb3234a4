// Foreign editors name their controls by tooltips and placeholders only; screen readers need real names.
export function nameControls(place) {
  for (const button of place.querySelectorAll("button[title]:not([aria-label])")) {
    if (!button.textContent.trim()) button.setAttribute("aria-label", button.title);
  }
  for (const input of place.querySelectorAll("input[placeholder]:not([aria-label])")) {
    if (!input.labels?.length) input.setAttribute("aria-label", input.placeholder);
  }
}
