// The form editor of form-js has no translation hook either. While bundling, every English text of it that people see is
// put through our word table (src/studio/forms/editor-zh.js). A text that is gone, stands there more or less often than it
// did, or is new breaks the build instead of showing English to people.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ZH } from "../src/studio/forms/editor-zh.js";

// where texts for people stand in the code …
const PLACE =
  /((?:label|title|description|tooltip|placeholder|children|alt|text|content|closeButtonTooltip|name|"aria-label")(?:: | = )|return |translate\(|let \w+ = |\? |: |\|\| |, \[?|\[)('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
// … and what such a text looks like (the second are drawings)
const TEXT = /^(ID$|[A-Z#<"].*[a-z> ])/;
const DRAWING = /^[MmZ][\d.-]/;

// how often a text stands there, where that is not once
const TIMES = {
  Components: 2,
  Expression: 2,
  Key: 3,
  Label: 2,
  "Must be a variable or a dot separated path.": 2,
  "Must be unique.": 3,
  "Must not be a prohibited path.": 2,
  "Must not be empty.": 8,
  "Must not contain numerical path segments.": 3,
  "Must not contain spaces.": 2,
  "Options expression": 2,
  "Should be an integer.": 5,
  "Should be greater than zero.": 4,
  "Toggle section": 2,
  Type: 2,
  Value: 2,
};

// texts of components that the server refuses (html, iframe, table, button, files) and of entries our panel leaves out …
const LEFT_OUT = [
  "<none>", "A comma-separated list of", "A source is a JSON object containing metadata for a document or an array of documents.", "Action",
  "Additional details are optional. The expected format is as follows:",
  "Allow the iframe to access more functionality of your browser, details regarding the various options can be found in the",
  "Column", "Column 1", "Column 2", "Column 3", "Content", "Data source", "Define an expression to populate the options from.",
  "Document preview", "Document reference", "Document.pdf",
  "Documents whose height exceeds the defined value in pixels will be vertically scrollable",
  "Each entry must include a document ID, name, and MIME type.",
  "Enter a HTTPS URL to a source or populate it dynamically via a template or an expression (e.g., to pass a value from the variable).",
  "Please make sure that the URL is safe as it might impose security risks.",
  "Not all external sources can be displayed in the iFrame. Read more about it in the", "X-FRAME-OPTIONS documentation",
  "Enter a form input variable that contains the data for the table or define an expression to populate the data dynamically.",
  'For security reasons the URL must start with "https".', "Header items", "Headers source", "Html view is empty",
  "Html view is populated by an expression", "Html view is templated", "Learn more", "Learn more in our", "List of items",
  "MDN iFrame documentation.", "Max height of preview container", "Must be number", "Number of rows per page", "Pagination", "Reset",
  "Security attributes", "Specify an expression to populate column items", "Specify the source from which to populate the table", "Submit",
  "Supported file formats",
  "Supports HTML, styling, and templating. Styles are automatically scoped to the HTML component.", "Table label",
  "The document data source is required.",
  "The expression may result in an array of simple values or alternatively follow this schema:",
  "The input property may be an array of simple values or alternatively follow this schema:",
  "These options can incur security risks, especially if used in combination with dynamic links. Ensure that you are aware of them, that you trust the source url and only enable what your use case requires.",
  "Upload multiple files", "Value must be a number.",
  "When using Camunda Tasklist UI, additional document reference attributes are automatically handled. Modifying the document reference may affect the document preview functionality.",
  '"Static" defines a constant, predefined set of form options.\n\n',
];
// … and what no person sees
const UNSEEN = [
  "#fff", "Add", "Backspace", "Del", "Delete", "Drop is not a valid target", "Drop not allowed by path registry", "EmptyForm_svg__a",
  "No associated form field in the registry", "Subtract",
];
const PASSED = new Set([...LEFT_OUT, ...UNSEEN]);

// texts that stand in the viewer and reach the editor through its tables (src/studio/forms/components.js exchanges them)
const IN_VIEWER = [
  "Text field", "Text area", "Number", "Date time", "Checkbox", "Checkbox group", "Radio group", "Select", "Tag list", "Text view",
  "Image view", "Separator", "Spacer", "Group", "Dynamic list", "Date & Time", "# Text", "UTC offset", "UTC normalized", "No timezone",
  "Static", "Input data",
];

// texts that are put together in the code, and places where the server understands something else than form-js
const EXCHANGES = [
  ["`Minimum ${MIN_COLUMNS} columns are allowed`", '__w("At least {n} columns", { n: MIN_COLUMNS })'],
  ["`Maximum ${MAX_COLUMNS} columns are allowed`", '__w("At most {n} columns", { n: MAX_COLUMNS })'],
  ["`New value exceeds the maximum of ${MAX_COLUMNS_PER_ROW} columns per row`", '__w("A row has at most {n} columns", { n: MAX_COLUMNS_PER_ROW })'],
  ["`Maximum ${MAX_FIELDS_PER_ROW} fields per row are allowed`", '__w("A row has at most {n} components", { n: MAX_FIELDS_PER_ROW })'],
  ["`Expression for '${key}'`", '__w("Expression of {key}", { key })'],
  ["`Create ${getIndefiniteArticle(type)} ${label} element`", '__w("Add {label}", { label })'],
  ["`Remove ${entry.label}`", '__w("Remove {label}", { label: entry.label })'],
  ["`Should be at least ${min}.`", '__w("Should be at least {n}.", { n: min })'],
  ["`Should be at most ${max}.`", '__w("Should be at most {n}.", { n: max })'],
  ["`Should be at least ${minimumValue.toString()}.`", '__w("Should be at least {n}.", { n: minimumValue.toString() })'],
  ["`Should not contain more than ${decimalDigits} decimal digits`", '__w("At most {n} decimal digits", { n: decimalDigits })'],
  ["`Should not contain more than ${decimalDigits} decimal digits.`", '__w("At most {n} decimal digits", { n: decimalDigits })'],
  ["translate(`Click to ${active ? 'remove' : 'set a'} dynamic value with FEEL expression`)", '__w(active ? "Remove the FEEL expression" : "Write a FEEL expression")'],
  ["translate(`List contains {numOfItems} item${items.length != 1 ? 's' : ''}`", 'translate(__w(items.length === 1 ? "List contains {numOfItems} item" : "List contains {numOfItems} items")'],
  ['children: ["Supports markdown and templating."', 'children: [__w("Plain text; FEEL after =")'],
  // a click on what is selected leaves it selected, as in every editor of the studio
  ["if (id === field.id) {\n      selection.toggle(field);", "if (id === field.id) {\n      selection.set(field);"],
  // links to the documentation of another product
  ["', jsx(\"a\", {\n    href: \"https://docs.camunda.io/docs/components/modeler/forms/form-element-library/forms-element-library-text/\"", "', false && jsx(\"a\", {\n    href: \"https://docs.camunda.io/docs/components/modeler/forms/form-element-library/forms-element-library-text/\""],
  // a new option: its value reads like its label, as in all forms of the house
  ["label: 'Value',\n    value: 'value'\n", "label: __w('Value'),\n    value: __w('Value')\n"],
  ["existingEntry.label === `Value ${index}` || existingEntry.value === `value${index}`", "[existingEntry.label, existingEntry.value].includes(index > 1 ? `${__w('Value')} ${index}` : __w('Value'))"],
  ["entry.value += `${index}`", "entry.value += ` ${index}`"],
  ["const index = values.length + 1;\n    const entry = getIndexedEntry(index, values)", "const index = 1;\n    const entry = getIndexedEntry(index, values)"],
  // expressions and {{ templates }}: the server takes FEEL in texts and notes only, and no templates anywhere
  ["\nforwardRef((props, ref) => {\n  const {\n    id,\n    disabled,\n    onInput,\n    value,\n    onFocus,\n    onBlur,\n    placeholder\n", "\nconst OptionalFeelTextArea = forwardRef((props, ref) => {\n  const {\n    id,\n    disabled,\n    onInput,\n    value,\n    onFocus,\n    onBlur,\n    placeholder\n"],
  ["class: \"bio-properties-panel-feel-templating\",\n    OptionalComponent: TemplatingEditor,\n    ...props", "OptionalComponent: props.singleLine ? OptionalFeelInput : OptionalFeelTextArea,\n    ...props"],
  ["function FeelTemplatingEntry(props) {\n", 'function FeelTemplatingEntry(props) {\n  if (!["text", "description"].includes(props.id)) return jsx(TextfieldEntry, props);\n'],
];

// what our own entries are made of
const PARTS = "export { TextfieldEntry, SelectEntry, CheckboxEntry, NumberFieldEntry, FeelEntry, Group, ListGroup };";

export function editorWords(here) {
  const words = JSON.stringify(join(here, "src/studio/forms/editor-words.js"));
  return {
    name: "editor-words",
    setup(build) {
      build.onLoad({ filter: /form-js-editor[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
        await checkViewer(here);
        const code = translated(await readFile(path, "utf8"));
        return { contents: `import { w as __w } from ${words};\n${code}\n${PARTS}`, loader: "js" };
      });
    },
  };
}

/** form-js's code with its texts put through our table; throws when the two no longer fit. */
export function translated(code) {
  return say(exchange(code));
}

function exchange(code) {
  for (const [from, to] of EXCHANGES) {
    const found = code.split(from).length - 1;
    if (found !== 1) throw new Error(`form-js editor: expected once ${from}\nbut found ${found}; see build/editor-words.mjs`);
    code = code.replace(from, () => to);
  }
  return code;
}

/** Every text for people becomes a call of `__w`. */
function say(code) {
  const found = {};
  const fresh = new Set();
  const said = code.replace(PLACE, (whole, place, literal, at) => {
    const line = code.slice(code.lastIndexOf("\n", at) + 1, at).trimStart();
    if (line.startsWith("*") || line.startsWith("//")) return whole; // comments hold examples that look like texts
    const text = JSON.parse(literal.startsWith("'") ? `"${literal.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"` : literal);
    if (!TEXT.test(text) || DRAWING.test(text) || PASSED.has(text)) return whole;
    if (!(text in ZH)) fresh.add(text);
    found[text] = (found[text] ?? 0) + 1;
    return `${place}__w(${literal})`;
  });
  if (fresh.size) throw new Error(`form-js editor says something new: ${[...fresh].join(" | ")}; see build/editor-words.mjs`);
  const composed = new Set([...IN_VIEWER, ...EXCHANGES.flatMap(([, to]) => [...to.matchAll(/"([^"]+)"/g)].map((match) => match[1]))]);
  for (const text of Object.keys(ZH)) {
    const times = composed.has(text) && !(text in found) ? undefined : (TIMES[text] ?? 1);
    if (found[text] !== times) throw new Error(`form-js editor: expected ${times} × ${text}, found ${found[text] ?? 0}; see build/editor-words.mjs`);
  }
  return said;
}

async function checkViewer(here) {
  const code = await readFile(join(here, "node_modules/@bpmn-io/form-js-viewer/dist/index.es.js"), "utf8");
  for (const text of IN_VIEWER) if (!code.includes(`'${text}'`)) throw new Error(`form-js viewer: '${text}' is gone; see build/editor-words.mjs`);
}
