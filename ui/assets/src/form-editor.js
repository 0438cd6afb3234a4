// The page of one form: the editor, its preview, and the findings of the gate on the components.
export { FormCanvas } from "./studio/forms/editor.js";
