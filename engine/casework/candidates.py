"""From a diagram's candidate rule and a case's variables to a request the organisation can answer."""

from __future__ import annotations

from typing import Any

from engine import bpmn
from engine.organisation import CandidateRequest


def request_of(execution: bpmn.Execution, item: bpmn.WorkItem) -> CandidateRequest:
    """The candidate rule of a work item with its FEEL values worked out for this very token."""
    rule = item.node.candidates
    if rule is None:
        return CandidateRequest("person", ())
    return CandidateRequest(
        rule=rule.rule,
        values=values_of(execution, rule.value, item.token_id),
        exclude=frozenset(values_of(execution, rule.exclude, item.token_id)),
        fallback=rule.fallback,
    )


def start_request(rule: bpmn.Candidates | None, values: tuple[str, ...]) -> CandidateRequest:
    """Who may start: without a rule, anyone."""
    return CandidateRequest(rule.rule if rule else "anyone", values)


def values_of(execution: bpmn.Execution, text: str | None, token_id: int | None) -> tuple[str, ...]:
    """A literal list (comma-separated) or a FEEL text after `=`, as accounts or codes; for a token that is gone (None)
    judged by the variables of the case."""
    if not text or not text.startswith("="):
        return literal_values(text or "")
    return flat(execution.evaluate(text, token_id))


def literal_values(text: str) -> tuple[str, ...]:
    """The accounts or codes of a comma-separated list."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def flat(value: Any) -> tuple[str, ...]:
    """The accounts or codes in what an expression yields: one, a list, or lists of lists."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(account for part in value for account in flat(part))
    return literal_values(str(value))
