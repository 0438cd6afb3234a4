// Entry of the try-out's page.
import { startFrame } from "./studio/frame.js";
import { TryOut } from "./studio/tryout/page.js";

const frame = await startFrame();
await new TryOut(frame).open();
