// Entry of the modeler's page.
import { startFrame } from "./studio/frame.js";
import { Studio } from "./studio/modeler/studio.js";

const frame = await startFrame();
await new Studio(frame).open();
