// Long names inside boxes: a name that would run over its box is written smaller until it fits, so that it never covers
// the neighbours. Names beside events, gateways and flows have room of their own and stay as they are.
import TextRenderer from "bpmn-js/lib/draw/TextRenderer";
import TextUtil from "diagram-js/lib/util/Text";

const SMALLEST = 7; // px at 100 %; a name of 40 characters fits a task of the usual size well above it
const ROOM = 4; // px kept free above and below

class FittingNames extends TextRenderer {
  static $inject = ["config.textRenderer"];

  constructor(config) {
    super(config);
    const write = this.createText;
    const paper = new TextUtil({ style: this.getDefaultStyle() });
    this.createText = (text, options = {}) => write.call(this, text, fitted(paper, this.getDefaultStyle().fontSize, text, options));
  }
}

function fitted(paper, usual, text, options) {
  const { box, align, fitBox, style } = options;
  if (fitBox || align !== "center-middle" || !box?.height) return options;
  let size = usual;
  const at = () => ({ ...options, style: { ...style, fontSize: size } });
  while (size > SMALLEST && paper.getDimensions(text, at()).height > box.height - 2 * ROOM) size -= 1;
  return size < usual ? at() : options;
}

export const fittingNames = { textRenderer: ["type", FittingNames] };
