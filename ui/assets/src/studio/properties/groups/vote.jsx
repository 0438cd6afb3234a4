// 会签规则: one task for each of several people, and when their answers decide.
import { actionsOf, extensionOf } from "../facts.js";
import { FeelField } from "../feel/field.jsx";
import { namesPeople, namesUnits, pathsOf } from "../feel/variables.js";
import { CheckField, Quiet, SegmentField, SelectField, Sentence, TextField } from "../fields.jsx";
import { useDesk, usePen } from "../hooks.js";
import { readRule, votesOf, writeRule } from "../vote-rule.js";
import { w } from "../words/index.js";
import { variableName } from "./names.js";
import { Source } from "./repeat.jsx";
import { firstRule, ruleOf, Ruled, withoutRule } from "./vote-ruled.jsx";
import { Share, ShareSays } from "./vote-share.jsx";

const LOOP = "bpmn:MultiInstanceLoopCharacteristics";

/** single, together (会签), first (或签) or sequential (依次审批). */
function modeOf(loop, rule) {
  if (!loop) return "single";
  if (loop.isSequential) return "sequential";
  return rule.kind === "first" ? "first" : "together";
}

function Vote({ facts }) {
  const { element, bo, loop } = facts;
  const pen = usePen();
  const actions = extensionOf(bo, "guicheng:Actions");
  const votes = votesOf(actionsOf(bo));
  const rule = readRule(loop?.completionCondition?.body, votes);
  const mode = modeOf(loop, rule);
  const usual = { list: loop?.get("guicheng:outputCollection") ?? `${bo.id.replace(/\W/g, "_")}_votes`, field: actions?.variable ?? "vote" };
  const desk = useDesk();
  desk.variables(element.id); // asked for now, so that they are there when somebody decides for several people
  const choose = async (next) => {
    const before = bo.loopCharacteristics;
    const [people] = listsFor(await desk.variablesOnceKnown(element.id), loop);
    if (bo.loopCharacteristics !== before) return; // decided otherwise meanwhile
    turn(pen, facts, next, rule, { ...usual, votes, people: people?.path ?? "people" });
  };
  return (
    <>
      <SegmentField
        label={w("group.vote")}
        value={mode}
        write={choose}
        options={["single", "together", "first", "sequential"].map((one) => [one, w(`vote.${one}`)])}
      />
      <Sentence>{w(`vote.${mode}.say`)}</Sentence>
      {loop && (
        <>
          {loop.loopCardinality ? <Source facts={facts} listLabel={w("vote.collection")} listHint={w("vote.collection.hint")} /> : <Voters facts={facts} />}
          <Ends facts={facts} rule={rule} mode={mode} usual={usual} votes={votes} />
          <Outputs facts={facts} usual={usual} />
        </>
      )}
    </>
  );
}

/** Another way to vote, in one step of undo: from none to several people, from beside to one after the other. */
function turn(pen, { element, bo, loop }, mode, rule, { list, field, votes, people }) {
  if (mode === "single") return pen.all(element, [[bo, { loopCharacteristics: undefined }], ...withoutRule(bo)]);
  if (loop && ruleOf(bo) && mode !== "first") return pen.set(element, loop, { isSequential: mode === "sequential" });
  const share = { kind: "share", list, field, ...votes, agree: votes.agree.slice(0, 1), abstentions: "against", numerator: "2", denominator: "3" };
  const fresh = votes.agree.length && votes.oppose.length ? share : { kind: "all" };
  const wanted = { first: { kind: "first" }, sequential: { kind: "all" }, together: rule.kind === "first" || rule.kind === "stop" || !loop ? fresh : rule }[mode];
  const body = writeRule(wanted);
  const isSequential = mode === "sequential";
  const known = loop?.completionCondition;
  if (loop) {
    const condition = body && (known?.body === body ? known : pen.make("bpmn:FormalExpression", { body }, loop));
    return pen.all(element, [[loop, { isSequential, completionCondition: condition }], ...withoutRule(bo)]);
  }
  const made = pen.make(LOOP, { isSequential, "camunda:collection": `= ${people}`, "camunda:elementVariable": "person" }, bo);
  made.set("guicheng:outputCollection", list);
  made.set("guicheng:outputElement", `= {person: person, ${field}: ${field}}`);
  if (body) made.set("completionCondition", pen.make("bpmn:FormalExpression", { body }, made));
  return pen.set(element, bo, { loopCharacteristics: made });
}

/** Lists of people or departments that are known before the vote. */
function listsFor(variables, loop) {
  const fits = (one) => one.type === "list" && !one.own && (namesPeople(one) || namesUnits(one));
  return pathsOf(variables, fits).filter(({ path }) => path !== loop?.get("guicheng:outputCollection"));
}

function Voters({ facts: { element, bo, loop } }) {
  const pen = usePen();
  const variables = useDesk().variables(element.id);
  const collection = loop.get("camunda:collection");
  const chosen = (collection ?? "").replace(/^\s*=\s*/, "");
  const others = listsFor(variables, loop).filter(({ path }) => path !== chosen).slice(0, 6);
  return (
    <>
      <FeelField id="collection" element={element} always label={w("vote.collection")} value={collection} write={(text) => pen.set(element, loop, { "camunda:collection": text })} hint={w("vote.collection.hint")} />
      {others.length > 0 && (
        <div class="g-row g-row--wrap g-propchips">
          {others.map(({ path, label }) => (
            <button key={path} type="button" class="g-chip g-chip--s" title={path} onClick={() => pen.set(element, loop, { "camunda:collection": `= ${path}` })}>{label || path}</button>
          ))}
        </div>
      )}
      <div><Quiet onClick={() => byNumber(pen, element, loop)}>{w("vote.count")}</Quiet></div>
      <TextField id="element-variable" label={w("vote.element")} value={loop.get("camunda:elementVariable")} check={variableName} hint={w("vote.element.hint", { name: loop.get("camunda:elementVariable") ?? "person" })} write={(name) => pen.set(element, loop, { "camunda:elementVariable": name })} />
    </>
  );
}

/** So many, whoever they are: there is no list any more, and nobody of it to record. */
function byNumber(pen, element, loop) {
  const person = loop.get("camunda:elementVariable");
  const item = loop.get("guicheng:outputElement")?.replace(`${person}: ${person}, `, "");
  pen.set(element, loop, { "camunda:collection": undefined, "camunda:elementVariable": undefined, "guicheng:outputElement": item, loopCardinality: pen.make("bpmn:FormalExpression", { body: "3" }, loop) });
}

function Ends({ facts, rule, mode, usual, votes }) {
  const { element, bo, loop } = facts;
  const pen = usePen();
  const byRule = () => pen.all(element, [[loop, { completionCondition: undefined }], firstRule(pen, bo)]);
  const put = (next) => pen.expression(element, loop, "completionCondition", writeRule(next));
  if (ruleOf(bo)) {
    return (
      <>
        <Ruled facts={facts} />
        <div><Quiet onClick={() => pen.all(element, withoutRule(bo))}>{w("rule.remove")}</Quiet></div>
      </>
    );
  }
  if (rule.kind === "free") return <Free facts={facts} rule={rule} />;
  if (mode === "first") return null;
  const use = <div><Quiet onClick={byRule}>{w("rule.use")}</Quiet></div>;
  if (mode === "sequential") {
    const against = votes.oppose;
    const stop = (on) => put(on ? { kind: "stop", ...usual, against } : { kind: "all" });
    return <>{use}<CheckField id="stop" label={w("vote.stop")} value={rule.kind === "stop"} disabled={!against.length} write={stop} hint={against.length ? undefined : w("vote.votes.missing")} /></>;
  }
  const kinds = [["share", w("vote.ends.share")], ["all", w("vote.ends.all")], ["free", w("vote.ends.free")]];
  const choose = (kind) => {
    if (kind === "free") return put({ kind: "free", text: "= nrOfCompletedInstances = nrOfInstances" });
    return put(kind === "all" ? { kind } : { kind: "share", ...usual, ...votes, agree: votes.agree.slice(0, 1), abstentions: "against", numerator: "2", denominator: "3" });
  };
  return (
    <>
      <SelectField id="ends" label={w("vote.ends")} value={rule.kind} options={kinds} write={choose} error={rule.kind === "share" && !votes.agree.includes(rule.agree[0]) ? w("vote.votes.missing") : undefined} />
      {rule.kind === "share" && <Share facts={facts} rule={rule} put={put} />}
      {rule.kind === "share" && <ShareSays rule={rule} />}
      {rule.kind === "all" && <Sentence>{w("vote.all.say")}</Sentence>}
      {use}
    </>
  );
}

function Free({ facts: { element, loop }, rule }) {
  const pen = usePen();
  const known = useDesk().variables(element.id);
  const counters = ["nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances"].map((name) => ({ name, type: "number", label: w(`var.${name}`) }));
  const results = loop.get("guicheng:outputCollection");
  const more = results ? [{ name: results, type: "list", label: w("vote.results") }] : [];
  return (
    <>
      <FeelField id="condition" element={element} always long label={w("vote.condition")} hint={w("vote.condition.hint")} value={rule.text} known={[...counters, ...more, ...known]} write={(text) => pen.expression(element, loop, "completionCondition", text)} />
      <div><Quiet onClick={() => pen.expression(element, loop, "completionCondition", undefined)}>{w("vote.simple")}</Quiet></div>
    </>
  );
}

function Outputs({ facts: { element, bo, loop }, usual }) {
  const pen = usePen();
  const set = (properties) => pen.set(element, loop, properties);
  const item = loop.get("guicheng:outputElement");
  const list = loop.get("guicheng:outputCollection");
  const person = loop.get("camunda:elementVariable") ?? "person";
  const writeList = (name) => set(name ? { "guicheng:outputCollection": name, ...(!item && { "guicheng:outputElement": `= {person: ${person}, ${usual.field}: ${usual.field}}` }) } : { "guicheng:outputCollection": undefined, "guicheng:outputElement": undefined });
  const fields = [{ name: person, type: "string", label: w("vote.element") }, ...useDesk().variables(element.id)];
  return (
    <>
      <TextField id="output-collection" label={w("vote.output")} value={list} check={variableName} write={writeList} hint={w("vote.output.hint")} />
      {list && <FeelField id="output-element" element={element} always label={w("vote.output.item")} value={item} known={fields} write={(text) => text && set({ "guicheng:outputElement": text })} hint={w("vote.output.item.hint")} />}
      <TextField id="tally" label={w("vote.tally")} value={bo.get("guicheng:tally")} check={variableName} write={(name) => pen.set(element, bo, { "guicheng:tally": name })} hint={w("vote.tally.hint")} />
    </>
  );
}

function summary({ bo, loop }) {
  if (!loop) return w("vote.single");
  if (ruleOf(bo)) return w(`rule.${ruleOf(bo).rule}`);
  const rule = readRule(loop.completionCondition?.body, votesOf(actionsOf(bo)));
  const mode = modeOf(loop, rule);
  if (mode !== "together") return w(`vote.${mode}`);
  if (rule.kind === "share") return /^\d+$/.test(rule.numerator) ? w("vote.short", { share: `${rule.numerator}/${rule.denominator}` }) : w("vote.short.table");
  return w(rule.kind === "all" ? "vote.ends.all" : "vote.ends.free");
}

export const vote = { id: "vote", fits: ({ kind }) => kind === "userTask", open: ({ loop }) => !!loop, summary, body: Vote };
