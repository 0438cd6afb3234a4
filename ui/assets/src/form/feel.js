// A condition is an expression, in the browser as on the server: form-js evaluates `hide` as a unary test, for which
// null is true, so that an empty number would hide what the server asks for.
export function asExpressions(language) {
  language.evaluateUnaryTest = (expression, data) => language.evaluate(expression, data);
}

export const conditions = { __init__: [["expressionLanguage", asExpressions]] };
