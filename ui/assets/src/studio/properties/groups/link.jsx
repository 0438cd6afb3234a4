// 链接: where a flow goes on elsewhere on the same sheet; the two ends have the same name.
import { eventOf, throws } from "../facts.js";
import { Sentence, TextField } from "../fields.jsx";
import { usePen } from "../hooks.js";
import { w } from "../words/index.js";

/** The other ends in the same scope: those that catch, for one that throws. */
const othersOf = (bo) => (bo.$parent?.flowElements ?? []).filter((one) => one !== bo && eventOf(one, "Link") && throws(one) !== throws(bo));

function Link({ facts: { element, bo } }) {
  const pen = usePen();
  const event = eventOf(bo, "Link");
  const names = [...new Set(othersOf(bo).map((one) => eventOf(one, "Link").name).filter(Boolean))];
  const met = names.includes(event.name);
  const write = (name) => pen.set(element, event, { name });
  return (
    <>
      <TextField id="link" label={w("link.label")} required value={event.name} check={(name) => (name ? null : w("actions.empty"))} hint={w("link.hint")} write={(name) => name && write(name)} />
      {!met && names.length > 0 && (
        <div class="g-row g-row--wrap g-propchips">
          {names.map((name) => <button key={name} type="button" class="g-chip g-chip--s" onClick={() => write(name)}>{name}</button>)}
        </div>
      )}
      <Sentence warn={!met}>{w(met ? (throws(bo) ? "link.say.throw" : "link.say.catch") : throws(bo) ? "link.none.throw" : "link.none.catch", { name: event.name ?? "" })}</Sentence>
    </>
  );
}

const summary = ({ bo }) => eventOf(bo, "Link").name ?? w("none");

export const link = { id: "link", fits: ({ bo }) => Boolean(eventOf(bo, "Link")), open: () => true, summary, body: Link };
