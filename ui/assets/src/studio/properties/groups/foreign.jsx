// 外来写法: what another tool wrote in Camunda's or our words. Some of it is run as it is, under the house's own words; the rest
// has no effect, and the gate refuses it.
import { ATTRIBUTES, isOurs, runs, works } from "../effect.js";
import { tagOf } from "../facts.js";
import { Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

const typedOf = (part) => part.$descriptor.properties.filter(({ ns, name }) => ns.prefix === "camunda" && Object.hasOwn(part, name) && part[name] !== undefined);

/** What is run as another tool wrote it: { part, names }. */
const running = (part) => ({ part, names: typedOf(part).filter(({ ns }) => runs(ns.localName, part) && !ATTRIBUTES[tagOf(part)]?.includes(ns.localName)).map(({ ns }) => `${ns.prefix}:${ns.localName}`) });

/** What has no effect on a part: { part, names, changes }; the changes remove it. */
function strange(part) {
  const tag = tagOf(part);
  const known = ATTRIBUTES[tag] ?? [];
  const typed = typedOf(part).filter(({ ns }) => !known.includes(ns.localName) && !runs(ns.localName, part));
  const plain = Object.keys(part.$attrs).filter((name) => isOurs(name) && !known.includes(name.split(":")[1]));
  const names = [...typed.map(({ ns }) => `${ns.prefix}:${ns.localName}`), ...plain];
  const properties = Object.fromEntries(names.map((name) => [name, undefined]));
  const values = part.extensionElements?.get("values") ?? [];
  const bad = values.filter(({ $type }) => isOurs($type) && !works($type, part));
  const rest = values.filter((value) => !bad.includes(value));
  const changes = [];
  if (names.length) changes.push([part, properties]);
  if (bad.length && rest.length) changes.push([part.extensionElements, { values: rest }]);
  if (bad.length && !rest.length) changes.push([part, { extensionElements: undefined }]);
  return { part, names: [...names, ...bad.map(({ $type }) => $type)], changes };
}

const found = ({ bo, event, loop }, look) => [bo, event, loop].filter(Boolean).map(look).filter(({ names }) => names.length);
const partsOf = (facts) => found(facts, strange);

function Foreign({ facts }) {
  const { element } = facts;
  const pen = usePen();
  const parts = partsOf(facts);
  const remove = () => pen.all(element, parts.flatMap(({ changes }) => changes));
  return (
    <>
      <Listed parts={found(facts, running)} say={<Sentence>{w("foreign.runs")}</Sentence>} />
      <Listed parts={parts} say={<Sentence warn>{w("foreign.say")}</Sentence>} />
      {parts.length > 0 && <div><button type="button" class="btn btn-sm" onClick={remove}>{w("foreign.remove")}</button></div>}
    </>
  );
}

function Listed({ parts, say }) {
  if (!parts.length) return null;
  return (
    <>
      {say}
      <ul class="g-propcodes">
        {parts.flatMap(({ part, names }) => names.map((name) => <li key={part.$type + name}><code>{name}</code> <span class="g-3">{valueOf(part, name)}</span></li>))}
      </ul>
    </>
  );
}

function valueOf(part, name) {
  const value = part.$attrs[name] ?? part.get(name);
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

const everything = (facts) => [...found(facts, running), ...partsOf(facts)];
const summary = (facts) => w("foreign.count", { n: everything(facts).reduce((sum, { names }) => sum + names.length, 0) });

export const foreign = { id: "foreign", fits: (facts) => everything(facts).length > 0, open: () => true, summary, body: Foreign };
