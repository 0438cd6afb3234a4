// A FEEL field: the editor of bpmn-js-properties-panel with completion of what is known at the element.
import { FeelEntry, FeelTextAreaEntry } from "@bpmn-io/properties-panel";
import { useService } from "bpmn-js-properties-panel";
import { useDesk } from "../hooks.js";
import { w } from "../words/index.js";
import { suggestions } from "./variables.js";
import { useMemo } from "@bpmn-io/properties-panel/preact/hooks";

const WORDS = {
  "Unparsable FEEL expression.": "feel.broken",
  "Open pop-up editor": "feel.popup",
  "Opened in editor": "feel.opened",
  "FEEL expression is mandatory": "feel.always",
  "Click to set a dynamic value with FEEL expression": "feel.use",
  "Click to remove dynamic value with FEEL expression": "feel.drop",
};
const translate = (text) => (WORDS[text] ? w(WORDS[text]) : text);

// In the file an expression reads "= x", in the editor "=x".
const shown = (text, always) => (text?.startsWith("= ") ? `=${text.slice(2)}` : always && text && !text.startsWith("=") ? `=${text}` : text);
const stored = (text) => (text?.startsWith("=") ? `= ${text.slice(1)}` : text);

/** `always`: nothing but FEEL makes sense here; else a literal may stand in its place. `at`: where variables are asked for. */
export function FeelField({ id, element, at = element.id, label, hint, value, write, always, long, check, known, placeholder }) {
  const desk = useDesk();
  const debounce = useService("debounceInput");
  const container = useService("canvas").getContainer().ownerDocument.body;
  const list = known ?? desk.variables(at);
  const variables = useMemo(() => suggestions(list), [list]);
  const source = useMemo(() => ({ type: element.businessObject.name || element.id }), [element]); // the head of the large window
  const Entry = long ? FeelTextAreaEntry : FeelEntry;
  return (
    <Entry
      id={id}
      element={source}
      label={label}
      description={hint}
      feel={always ? "required" : "optional"}
      getValue={() => shown(value, always)}
      setValue={(text) => write(stored(text))}
      validate={check}
      debounce={debounce}
      variables={variables}
      tooltipContainer={container}
      placeholder={placeholder}
      translate={translate}
    />
  );
}
