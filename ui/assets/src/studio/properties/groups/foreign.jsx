// 外来写法: what another tool wrote in Camunda's or our words where they have no effect; the gate refuses it.
import { ATTRIBUTES, isOurs, works } from "../effect.js";
import { tagOf } from "../facts.js";
import { Sentence } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

/** What has no effect on a part: { part, names, changes }; the changes remove it. */
function strange(part) {
  const tag = tagOf(part);
  const known = ATTRIBUTES[tag] ?? [];
  const typed = part.$descriptor.properties.filter(({ ns, name }) => ns.prefix === "camunda" && Object.hasOwn(part, name) && part[name] !== undefined && !known.includes(ns.localName));
  const plain = Object.keys(part.$attrs).filter((name) => isOurs(name));
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

const partsOf = ({ bo, event, loop }) => [bo, event, loop].filter(Boolean).map(strange).filter(({ names }) => names.length);

function Foreign({ facts }) {
  const { element } = facts;
  const pen = usePen();
  const parts = partsOf(facts);
  const remove = () => pen.all(element, parts.flatMap(({ changes }) => changes));
  return (
    <>
      <Sentence warn>{w("foreign.say")}</Sentence>
      <ul class="g-propcodes">
        {parts.flatMap(({ part, names }) => names.map((name) => <li key={part.$type + name}><code>{name}</code> <span class="g-3">{valueOf(part, name)}</span></li>))}
      </ul>
      <div><button type="button" class="btn btn-sm" onClick={remove}>{w("foreign.remove")}</button></div>
    </>
  );
}

function valueOf(part, name) {
  const value = part.$attrs[name] ?? part.get(name);
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

const summary = (facts) => w("foreign.count", { n: partsOf(facts).reduce((sum, { names }) => sum + names.length, 0) });

export const foreign = { id: "foreign", fits: (facts) => partsOf(facts).length > 0, open: () => true, summary, body: Foreign };
