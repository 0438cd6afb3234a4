// Which groups the panel shows for what is selected, in their order.
import { factsOf } from "./facts.js";
import { actions } from "./groups/actions.jsx";
import { adhoc } from "./groups/adhoc.jsx";
import { association } from "./groups/association.jsx";
import { basics } from "./groups/basics.jsx";
import { behavior } from "./groups/behavior.jsx";
import { branches } from "./groups/branches.jsx";
import { call } from "./groups/call.jsx";
import { cancel } from "./groups/cancel.jsx";
import { candidates } from "./groups/candidates.jsx";
import { casefile } from "./groups/casefile.jsx";
import { clauses } from "./groups/clauses.jsx";
import { compensation } from "./groups/compensation.jsx";
import { condition } from "./groups/condition.jsx";
import { conditional } from "./groups/conditional.jsx";
import { deadline } from "./groups/deadline.jsx";
import { decision } from "./groups/decision.jsx";
import { error } from "./groups/error.jsx";
import { escalation } from "./groups/escalation.jsx";
import { foreign } from "./groups/foreign.jsx";
import { form } from "./groups/form.jsx";
import { activation, waiting } from "./groups/gateways.jsx";
import { handler } from "./groups/handler.jsx";
import { link } from "./groups/link.jsx";
import { message } from "./groups/message.jsx";
import { outcome } from "./groups/outcome.jsx";
import { parameters } from "./groups/parameters.jsx";
import { refused } from "./groups/refused.jsx";
import { repeat } from "./groups/repeat.jsx";
import { returning } from "./groups/returning.jsx";
import { running } from "./groups/running.jsx";
import { script } from "./groups/script.jsx";
import { signal } from "./groups/signal.jsx";
import { takes } from "./groups/takes.jsx";
import { timer } from "./groups/timer.jsx";
import { triggers } from "./groups/triggers.jsx";
import { vote } from "./groups/vote.jsx";
import { Group } from "./group.jsx";
import { Findings, Head } from "./head.jsx";
import { builtins } from "./feel/builtins.js";
import { groupOf } from "./mending.js";
import { w } from "./words/index.js";

const GROUPS = [
  refused, foreign, candidates, vote, deadline, form, actions, clauses, returning, // people's steps
  call, handler, decision, script, adhoc, // the platform's steps, and those that hold others
  condition, branches, activation, waiting, // ways
  timer, message, signal, conditional, error, escalation, compensation, cancel, link, triggers, // events
  association, parameters, repeat, behavior, outcome, running, casefile, takes, // the rest
];

export class Provider {
  static $inject = ["propertiesPanel"];

  constructor(propertiesPanel) {
    propertiesPanel.setFeelLanguageContext({ builtins, parserDialect: undefined });
    propertiesPanel.registerProvider(this);
  }

  getGroups(element) {
    const facts = factsOf(element);
    const fitting = fittingOf(facts);
    return () => [
      { id: "head", component: Head, facts },
      { id: "findings", component: Findings, facts, groups: fitting.map(({ id }) => id) },
      ...fitting.map(({ id, label, open, ...group }) => ({
        id,
        component: Group,
        label: label?.(facts) ?? w(`group.${id}`),
        shouldOpen: open(facts) || fitting.length === 1,
        facts,
        ...group,
      })),
    ];
  }
}

function fittingOf(facts) {
  const rest = GROUPS.filter((group) => group.fits(facts));
  return facts.kind === "process" ? [basics, ...rest] : [...rest, basics];
}

/** The group of the panel in which a finding about this element is mended: { id, group, label }; null where drawing mends it. */
export function repairOf(finding, element) {
  const facts = factsOf(element);
  const group = groupOf(finding, facts);
  if (!fittingOf(facts).some(({ id }) => id === group)) return null;
  const label = group === "candidates" && facts.kind !== "userTask" ? "starters" : group;
  return { id: facts.id, group, label: w(`mend.${label}`) };
}
