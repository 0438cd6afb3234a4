// Entry of a decision table's page.
import { DecisionRoom } from "./studio/decisions/room.js";
import { startFrame } from "./studio/frame.js";

await new DecisionRoom(await startFrame()).open();
