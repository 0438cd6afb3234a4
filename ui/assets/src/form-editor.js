// Entry of a form's page.
import { startFrame } from "./studio/frame.js";
import { FormRoom } from "./studio/forms/room.js";

await new FormRoom(await startFrame()).open();
