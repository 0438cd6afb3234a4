// What the parts of the panel share: the services of the modeler, and a field's text while it is being typed.
import { useEvent } from "@bpmn-io/properties-panel";
import { useCallback, useEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { useService } from "bpmn-js-properties-panel";

const PAUSE = 400; // ms after the last key before what was typed goes into the diagram

/** The desk; whoever uses it is drawn anew when it has learnt something. */
export function useDesk() {
  const [, setTurn] = useState(0);
  useEvent("guicheng.redraw", useCallback(() => setTurn((turn) => turn + 1), []), useService("eventBus"));
  return useService("propertiesDesk");
}

export const usePen = () => useService("propertiesPen");

/**
 * The text of a field while it is typed: [text, type, commit]. It goes into the diagram after a pause, when the field is left
 * and when the panel turns to another element, so that nothing typed is lost and one word is one step of undo.
 */
export function useTyped(value, write) {
  const [text, setText] = useState(value ?? "");
  const open = useRef(null); // what is typed and not written yet
  const commit = useCallback(() => {
    if (!open.current) return;
    clearTimeout(open.current.timer);
    const { run } = open.current;
    open.current = null;
    run();
  }, []);
  useEffect(() => commit, []);
  useEffect(() => {
    if (!open.current) setText(value ?? "");
  }, [value]);
  const type = (typed) => {
    setText(typed);
    clearTimeout(open.current?.timer);
    open.current = { timer: setTimeout(commit, PAUSE), run: () => write(typed) };
  };
  return [text, type, commit];
}
