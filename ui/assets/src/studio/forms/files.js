// New form files.

/** An empty form of that title. */
export function freshForm(key, name, title) {
  return text({ id: `${key}_${name}`, name: title, type: "default", schemaVersion: 19, exporter: { name: "Guicheng", version: "1.0" }, components: [] });
}

/** The same form as a file of its own; what cannot be read is copied as it is. */
export function formCopy(content, key, name) {
  try {
    return text({ ...JSON.parse(content), id: `${key}_${name}` });
  } catch {
    return content;
  }
}

const text = (schema) => `${JSON.stringify(schema, null, 2)}\n`;
