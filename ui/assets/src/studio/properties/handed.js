// What camunda:in and camunda:out say: pairs of a name and FEEL, and whether everything is handed over.

/** { all, rows: [{ name, value }] } of the extensions of a type. */
export function readHanded(owner, type) {
  const items = (owner.extensionElements?.get("values") ?? []).filter(({ $type }) => $type === type);
  const rows = items.filter(({ target }) => target).map((item) => ({ name: item.target, value: item.sourceExpression ? feel(item.sourceExpression) : `= ${item.source ?? "null"}` }));
  return { all: items.some(({ variables }) => variables === "all"), rows };
}

const feel = (text) => (text.trim().startsWith("=") ? text : `= ${text}`);

/** The same as properties of extensions: a name alone is a source, anything else an expression. */
export function writeHanded({ all, rows }) {
  const row = ({ name, value }) => {
    const text = value.replace(/^\s*=\s*/, "");
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && text !== "null" ? { source: text, target: name } : { sourceExpression: `= ${text}`, target: name };
  };
  return [...(all ? [{ variables: "all" }] : []), ...rows.map(row)];
}
