// Choosing what a file declares beside its process (messages, signals, errors, escalations): one that is there, a new one, its name.
import { definitionsOf } from "./facts.js";
import { SelectField, TextField } from "./fields.jsx";
import { usePen } from "./hooks.js";
import { w } from "./words/index.js";

/** Everything of a type that the file declares. */
export const declaredIn = (bo, type) => definitionsOf(bo).get("rootElements").filter((one) => one.$type === type);

// Who refers to it: the definitions of events, and tasks that send or wait.
function usersOf(bo, reference, declared) {
  const found = [];
  const look = (part) => {
    if (part[reference] === declared) found.push(part);
    for (const one of [...(part.eventDefinitions ?? []), ...(part.flowElements ?? [])]) look(one);
  };
  for (const root of definitionsOf(bo).get("rootElements")) look(root);
  return found;
}

const named = (code, name) => (name && name !== code ? `${name} · ${code}` : code);

/**
 * `owner[reference]` is the one chosen. `words` is the prefix of its sentences; `code` the attribute that tells them apart, where it is
 * not the name, `id` that of the field, where there are several of its kind. `none` is what no choice means; `more` are [code, name] that could be declared.
 */
export function Declared({ facts: { element, bo }, owner, reference, type, words, code, label, none, more = [], hint, id = words }) {
  const pen = usePen();
  const all = declaredIn(bo, type);
  const chosen = owner[reference];
  const choose = (choice) => {
    if (!choice) return pen.set(element, owner, { [reference]: undefined });
    if (choice.startsWith("=")) return pen.set(element, owner, { [reference]: all.find((one) => one.id === choice.slice(1)) });
    const [key, name] = more.find(([one]) => one === choice.slice(1)) ?? [];
    const properties = code ? { name: name ?? w(`${words}.fresh`), [code]: key ?? fresh(all, code, words.toUpperCase()) } : { name: fresh(all, "name", words) };
    return pen.declare(element, definitionsOf(bo), type, properties, owner, reference);
  };
  const option = (one) => [`=${one.id}`, code ? named(one[code] ?? one.id, one.name) : one.name || one.id];
  const others = chosen ? usersOf(bo, reference, chosen).length - 1 : 0;
  const shared = others > 0 ? w("declared.shared", { n: others }) : "";
  const write = (name) => (text) => (text || name === "name") && pen.set(element, chosen, { [name]: text });
  const needed = (text) => (text ? null : w("actions.empty"));
  return (
    <>
      <SelectField id={id} label={label ?? w(`${words}.label`)} value={chosen ? `=${chosen.id}` : ""} options={[["", none ?? w("declared.none")], ...all.map(option), ...more.map(([key, name]) => [`+${key}`, named(key, name)]), ["+", w(`${words}.new`)]]} write={choose} />
      {chosen && !code && <TextField id={`${id}-name`} label={w(`${words}.name`)} required value={chosen.name} check={needed} write={(name) => name && pen.set(element, chosen, { name })} hint={[hint, shared].filter(Boolean).join(w("semi")) || undefined} />}
      {chosen && code && (
        <>
          <div class="g-two">
            <TextField id={`${id}-name`} label={w("error.name")} value={chosen.name} write={write("name")} />
            <TextField id={`${id}-code`} label={w("declared.code")} required value={chosen[code]} check={needed} write={write(code)} />
          </div>
          {shared && <p class="g-hint">{shared}</p>}
        </>
      )}
    </>
  );
}

function fresh(all, attribute, base) {
  let number = 1;
  while (all.some((one) => one[attribute] === `${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}
