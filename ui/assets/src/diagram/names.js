// Names inside activities. A name stands clear of what is drawn in the same box: the icon of a task in its upper left corner,
// the marks at its foot (+ of a subprocess, bars of a multi-instance …). It moves up or down as far as it must, and is written
// smaller where it would not fit otherwise, so that it never covers the neighbours either. Names beside events, gateways and
// flows have room of their own and stay as they are.
import BpmnRenderer from "bpmn-js/lib/draw/BpmnRenderer";
import TextRenderer from "bpmn-js/lib/draw/TextRenderer";
import { isAny } from "bpmn-js/lib/util/ModelUtil";
import TextUtil from "diagram-js/lib/util/Text";

const SMALLEST = 7; // px at 100 %; a name of 40 characters fits a task of the usual size well above it
const EDGE = 3; // px kept free above and below
const ICON = { right: 30, bottom: 25 }; // px from the corner that the renderer's largest icon takes
const MARKS = 22; // px from the foot that the marks take
const RISE = 0.88; // of the size of the font, from the base line to the top of a character; the rest hangs below it
const WITH_ICON = ["UserTask", "ServiceTask", "ScriptTask", "BusinessRuleTask", "SendTask", "ReceiveTask", "ManualTask"].map((name) => `bpmn:${name}`);

/** Tells the writer of texts whose name it writes. */
class NamingRenderer extends BpmnRenderer {
  static $inject = ["config.bpmnRenderer", "eventBus", "styles", "pathMap", "canvas", "textRenderer"];

  constructor(config, eventBus, styles, pathMap, canvas, textRenderer) {
    super(config, eventBus, styles, pathMap, canvas, textRenderer);
    this.texts = textRenderer;
  }

  drawShape(graphics, shape, attributes) {
    this.texts.drawing = shape;
    return super.drawShape(graphics, shape, attributes);
  }
}

class FittingNames extends TextRenderer {
  static $inject = ["config.textRenderer"];

  constructor(config) {
    super(config);
    const write = this.createText;
    const paper = new TextUtil({ style: this.getDefaultStyle() });
    this.createText = (text, options = {}) => {
      const within = options.align === "center-middle" && !options.fitBox && options.box?.height;
      return within ? fitted(paper, this.getDefaultStyle().fontSize, text, options, this.drawing) : write.call(this, text, options);
    };
  }
}

/** The name as large as its room allows, in the middle of the box or as near to it as the room lies. */
function fitted(paper, usual, text, options, shape) {
  const { height } = options.box;
  const drawn = shape && shape.height === height ? shape : null;
  const foot = height - (drawn && hasMarks(drawn) ? MARKS : EDGE);
  for (let size = usual; ; size -= 1) {
    const { element } = paper.layoutText(text, { ...options, style: { ...options.style, fontSize: size } });
    const lines = [...element.children];
    const top = Number(lines[0].getAttribute("y")) - RISE * size;
    const bottom = Number(lines.at(-1).getAttribute("y")) + (1 - RISE) * size;
    const beside = Math.min(...lines.map((line) => Number(line.getAttribute("x")))) >= ICON.right;
    const head = drawn && isAny(drawn, WITH_ICON) && !beside ? ICON.bottom : EDGE;
    if (bottom - top > foot - head && size > SMALLEST) continue;
    const move = Math.max(Math.min(0, foot - bottom), head - top);
    for (const line of lines) line.setAttribute("y", Number(line.getAttribute("y")) + move);
    return element;
  }
}

/** Whether something is drawn at its foot; a subprocess whose name stands in its middle is closed. */
function hasMarks({ businessObject: one }) {
  return isAny(one, ["bpmn:SubProcess", "bpmn:CallActivity"]) || !!one.loopCharacteristics || !!one.isForCompensation;
}

export const fittingNames = { textRenderer: ["type", FittingNames], bpmnRenderer: ["type", NamingRenderer] };
