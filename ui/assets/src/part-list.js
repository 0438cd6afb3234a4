// Entry of the lists of forms and tables.
import { startFrame } from "./studio/frame.js";
import { startPartActs } from "./studio/parts/acts.js";

const { root, store } = await startFrame();
startPartActs(root, store);
