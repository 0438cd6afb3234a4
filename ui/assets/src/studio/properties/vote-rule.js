// Completion conditions of multi-instance tasks that follow a pattern people know, read and written as FEEL:
//   share   so many of all agree (⅔, or numerator and denominator given by a table); decided as soon as it is certain
//   all     nothing ends it early: everybody answers
//   first   the first answer ends it (或签)
//   stop    a refusal ends it (依次审批)
// Everything else stays the FEEL it is.

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const TERM = String.raw`\d+|${NAME}(?:\.${NAME})*`;
const TEXT = String.raw`"[^"]*"`;
const AGREE = new RegExp(String.raw`^count\((${NAME})\[item\.(${NAME}) = (${TEXT})\]\) \* (${TERM}) >= (${TERM}) \* `, "u");
const STOP = new RegExp(String.raw`^count\((${NAME})\[(.+)\]\) >= 1$`, "u");
const TEST = new RegExp(String.raw`^item\.(${NAME}) = (${TEXT})$`, "u");

const quote = (value) => `"${value}"`;
const unquote = (text) => text.slice(1, -1);
const plain = (text) => (text ?? "").trim().replace(/^=\s*/, "").replace(/\s+/g, " ").trim();
const tests = (field, values) => values.map((value) => `item.${field} = ${quote(value)}`).join(" or ");
const amount = (list, field, values) => (values.length ? `count(${list}[${tests(field, values)}])` : "0");

/** The condition of a rule, as it stands in the diagram; undefined where nothing ends the vote early. */
export function writeRule(rule) {
  if (rule.kind === "all") return undefined;
  if (rule.kind === "first") return "= nrOfCompletedInstances >= 1";
  if (rule.kind === "stop") return `= ${amount(rule.list, rule.field, rule.against)} >= 1`;
  if (rule.kind === "free") return rule.text;
  return `= ${share(rule)}`;
}

function share({ list, field, agree, oppose, abstain, abstentions, numerator, denominator }) {
  const uncounted = abstentions === "outside" && abstain.length;
  const base = uncounted ? `(nrOfInstances - ${amount(list, field, abstain)})` : "nrOfInstances";
  const against = amount(list, field, [...oppose, ...abstain]);
  return [
    `${amount(list, field, agree)} * ${denominator} >= ${numerator} * ${base}`,
    `  or (nrOfInstances - ${against}) * ${denominator} < ${numerator} * ${base}`,
  ].join("\n");
}

/** What a condition says; `{ kind: "free", text }` when it follows no pattern. `votes` are the buttons by their kind. */
export function readRule(condition, votes) {
  const text = plain(condition);
  if (!text) return { kind: "all" };
  if (text === "nrOfCompletedInstances >= 1") return { kind: "first" };
  const found = readStop(text) ?? readShare(text, votes);
  return found && plain(writeRule(found)) === text ? found : { kind: "free", text: condition };
}

function readStop(text) {
  const match = STOP.exec(text);
  if (!match) return null;
  const parts = match[2].split(" or ").map((part) => TEST.exec(part));
  if (parts.some((part) => !part || part[1] !== parts[0][1])) return null;
  return { kind: "stop", list: match[1], field: parts[0][1], against: parts.map((part) => unquote(part[2])) };
}

function readShare(text, votes) {
  const match = AGREE.exec(text);
  if (!match) return null;
  const [, list, field, agree, denominator, numerator] = match;
  const all = [...text.slice(match[0].length).matchAll(new RegExp(String.raw`item\.${field} = (${TEXT})`, "gu"))];
  const against = [...new Set(all.map((one) => unquote(one[1])))];
  const abstain = against.filter((value) => votes.abstain.includes(value));
  return {
    kind: "share",
    list,
    field,
    agree: [unquote(agree)],
    oppose: against.filter((value) => !abstain.includes(value)),
    abstain,
    abstentions: text.slice(match[0].length).startsWith("(") ? "outside" : "against",
    numerator,
    denominator,
  };
}

/** How many votes of `people` decide: { pass, fail }; null where the share is no number or can never be reached. */
export function decisive(rule, people) {
  const [numerator, denominator] = [Number(rule.numerator), Number(rule.denominator)];
  if (!(numerator > 0) || !(denominator > 0) || numerator > denominator) return null;
  const pass = Math.ceil((numerator * people) / denominator);
  return { pass, fail: Math.floor(people - (numerator * people) / denominator) + 1 };
}

/** The buttons of a vote by their kind: values that agree, oppose and abstain. */
export function votesOf(actions) {
  const of = (...kinds) => actions.filter((action) => kinds.includes(action.kind)).map((action) => action.value);
  return { agree: of("agree", "approve", "submit"), oppose: of("oppose", "reject", "return", "rework"), abstain: of("abstain") };
}
