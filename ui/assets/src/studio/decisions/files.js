// New files of decision tables.
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

/** A table of that name with one condition, one answer and one rule, all to be filled in. */
export function freshDecision(_key, name, title) {
  const id = idOf(name);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${id}_definitions" name="${escape(title)}" namespace="urn:guicheng:decisions" exporter="Guicheng" exporterVersion="1.0">
  <decision id="${id}" name="${escape(title)}">
    <decisionTable id="${id}_table" hitPolicy="FIRST">
      <input id="${id}_in_1" label="">
        <inputExpression id="${id}_in_1_expression" typeRef="string">
          <text></text>
        </inputExpression>
      </input>
      <output id="${id}_out_1" label="" name="result" typeRef="string" />
      <rule id="${id}_rule_1">
        <inputEntry id="${id}_rule_1_in_1">
          <text>-</text>
        </inputEntry>
        <outputEntry id="${id}_rule_1_out_1">
          <text></text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
`;
}

/** The same tables as a file of their own: the ids of decisions are known to the whole procedure, so they change. */
export function decisionCopy(content, _key, name) {
  const xml = new DOMParser().parseFromString(content, "application/xml");
  if (xml.querySelector("parsererror")) return content;
  const decisions = [...xml.getElementsByTagNameNS("*", "decision")];
  decisions.forEach((decision, index) => {
    const old = decision.getAttribute("id");
    const fresh = index ? `${idOf(name)}_${index + 1}` : idOf(name);
    decision.setAttribute("id", fresh);
    for (const shape of xml.querySelectorAll(`[dmnElementRef="${CSS.escape(old)}"]`)) shape.setAttribute("dmnElementRef", fresh);
  });
  xml.documentElement.setAttribute("id", `${idOf(name)}_definitions`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml.documentElement)}\n`;
}

/** An XML id: it begins with a letter and holds no hyphen where our keys hold none. */
function idOf(name) {
  return /^[A-Za-z_\u4e00-\u9fff]/.test(name) ? name : `table_${name}`;
}
