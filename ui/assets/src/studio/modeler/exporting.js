// The diagram as a picture. Colours of the theme become those of paper: an exported picture has no variables and is light.
import { save } from "../files.js";

const PAPER = { fill: "#ffffff", line: "#4a5467", text: "#1a2130" };
const LANE = "#cfd4dd";
const SHARP = 2; // pixels of a PNG for one of the drawing
const MARGIN = 16;

export async function exportSvg(modeler, name) {
  save(await drawing(modeler), `${name}.svg`, "image/svg+xml");
}

/** Very large drawings are made less sharp rather than refused: browsers draw up to about 16,000 pixels a side. */
export async function exportPng(modeler, name) {
  const svg = await drawing(modeler);
  const picture = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  const sharp = Math.min(SHARP, 12000 / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.ceil((picture.width + 2 * MARGIN) * sharp);
  sheet.height = Math.ceil((picture.height + 2 * MARGIN) * sharp);
  const pen = sheet.getContext("2d");
  pen.fillStyle = PAPER.fill;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(picture, MARGIN * sharp, MARGIN * sharp, picture.width * sharp, picture.height * sharp);
  const blob = await new Promise((done) => sheet.toBlob(done, "image/png"));
  save(blob, `${name}.png`, "image/png");
}

export async function exportXml(text, name) {
  save(await text(), `${name}.bpmn`, "application/xml");
}

async function drawing(modeler) {
  const { svg } = await modeler.saveSVG();
  const paper = new DOMParser().parseFromString(svg.replace(/var\(--d-(\w+)\)/g, (whole, name) => PAPER[name] ?? whole), "image/svg+xml");
  for (const line of paper.querySelectorAll(".g-lane > .djs-visual > :is(rect, path, polyline)")) Object.assign(line.style, { stroke: LANE, strokeWidth: "1px" });
  return new XMLSerializer().serializeToString(paper);
}

function load(url) {
  return new Promise((done, failed) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.onerror = failed;
    picture.src = url;
  });
}
