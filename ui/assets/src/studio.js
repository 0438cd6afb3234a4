// Entry of the modeler's page: the modeler on desks, a viewer on phones.
import { startFrame } from "./studio/frame.js";

const PHONE = "(max-width: 767.98px)";

const frame = await startFrame();
if (window.matchMedia(PHONE).matches) {
  const { Viewer } = await import("./studio/modeler/viewer.js");
  await new Viewer(frame).open();
} else {
  const { Studio } = await import("./studio/modeler/studio.js");
  await new Studio(frame).open();
}
