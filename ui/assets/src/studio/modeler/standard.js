// Where bpmn-moddle writes other elements than the standard's schema has: what it reads rightly it would save as something else.

const BY_PROPERTY = { "bpmn:ComplexBehaviorDefinition": ["bpmn:condition", "bpmn:event"] }; // <condition>, not <formalExpression>

/** Makes this modeler write what the standard says. */
export function writeStandard(modeler) {
  const { registry } = modeler.get("moddle");
  for (const [type, names] of Object.entries(BY_PROPERTY)) {
    for (const property of registry.typeMap[type].properties) {
      if (names.includes(property.name)) property.xml = { ...property.xml, serialize: "property" };
    }
  }
}
