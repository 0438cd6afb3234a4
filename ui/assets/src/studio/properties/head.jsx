// The top of the panel: what is selected, and what the gate finds about it.
import { useDesk } from "./hooks.js";
import { Mark } from "./icons.jsx";
import { kindWords } from "./kinds.js";
import { groupOf } from "./mending.js";
import { w } from "./words/index.js";

export function Head({ facts }) {
  return (
    <header class="g-prophead">
      <div class="g-row g-row--wrap">
        <h2 class="g-propname">{facts.name || w("head.nameless")}</h2>
        <span class="g-tag">{kindWords(facts)}</span>
      </div>
      <div class="g-small g-3 g-propid">{facts.id}</div>
    </header>
  );
}

export function Findings({ facts, groups }) {
  const desk = useDesk();
  const findings = desk.findings(facts.id);
  if (!findings.length) return null;
  return (
    <section class="g-propfound" aria-label={w("head.findings")}>
      <ul>
        {findings.map((one, index) => {
          const group = groupOf(one, facts);
          return (
            <li key={index} class={`g-propfound__${one.level}`}>
              <Mark />
              <span>
                <span class="g-sr">{w(`head.${one.level}`)}</span>
                {one.message}
                {groups.includes(group) && (
                  <button type="button" class="btn btn-link btn-sm" onClick={() => desk.showGroup(facts.id, group)}>
                    {w("head.mend", { group: w(`group.${group}`) })}
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
