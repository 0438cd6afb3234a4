// The house look of every diagram, drawn or shown. Colours are variables that css/diagram.css and css/studio/modeler.css set
// from the tokens of the theme, per element by class. The font must be written out: the renderer measures on a canvas, which
// knows no variables.
const FONT = getComputedStyle(document.documentElement).getPropertyValue("--g-font").trim() || "sans-serif";

export const HOUSE = {
  bpmnRenderer: { defaultFillColor: "var(--d-fill)", defaultStrokeColor: "var(--d-line)", defaultLabelColor: "var(--d-text)" },
  textRenderer: {
    defaultStyle: { fontFamily: FONT, fontSize: 14, lineHeight: 1.25 },
    externalStyle: { fontSize: 14, lineHeight: 1.25 },
  },
};
