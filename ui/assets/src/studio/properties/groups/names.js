// Names of variables: what FEEL can read and the platform does not use itself.
import { w } from "../words/index.js";

const RESERVED = ["case", "loopCounter", "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"];

/** What is wrong with a variable's name; null for a good one or none. */
export function variableName(name) {
  if (!name) return null;
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return w("name.wrong");
  return RESERVED.includes(name) ? w("name.reserved", { name }) : null;
}
