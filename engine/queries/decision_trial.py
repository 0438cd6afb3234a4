"""试算: what a decision table that is being drawn says to values typed into the studio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.errors import DecisionRefused, ExpressionError
from engine.feel import check_expression, from_feel, to_feel
from engine.feel.budget import Budget
from engine.feel.dmn import Decision, Trial, TriedRule, answer_text, by_namespace, sound_decisions, try_decision
from engine.feel.rendering import render
from engine.i18n import _
from engine.models import Design, DesignPart
from engine.permissions import Actor, Permission
from engine.platform import Platform

LONGEST = 500
MOST_SHOWN = 200
_FEW = 5


@dataclass(frozen=True)
class TriedColumn:
    """An input column and the value that came of it, as people read it."""

    label: str
    value: str


@dataclass(frozen=True)
class TableTrial:
    """What a table says to typed values.

    `names` are the variables it needs. `findings` say why the table cannot be tried, `wrong` which typed texts are no
    values; then there is nothing more. `answers` are (label, value) of the outputs, rule by rule that counts; `problem`
    says why there is no answer.
    """

    names: list[str]
    findings: list[str]
    wrong: dict[str, str]
    columns: list[TriedColumn]
    rules: list[TriedRule]
    answers: list[list[tuple[str, str]]]
    explanation: str
    problem: str


def try_table(
    platform: Platform, actor: Actor, key: str, name: str, content: bytes, decision_id: str, typed: Mapping[str, str]
) -> TableTrial:
    """Evaluate one table of a DMN file as it stands in the editor; `typed` holds a FEEL text for each variable.

    What it imports are the other files of the draft `key` as they are saved; `name` is its own name there, under which
    `content` stands in for what is saved. A plain word is taken as the text it is (重大), an empty one as null.
    """
    actor.require(Permission.DESIGN)
    files = {**_saved(platform, key, content), name: content}
    try:
        decisions = sound_decisions(content, by_namespace(files.values()))
    except DecisionRefused as refused:
        return TableTrial([], [str(finding) for finding in refused.findings[:20]], {}, [], [], [], "", "")
    decision = decisions.get(decision_id) or next(iter(decisions.values()), None)
    if decision is None:
        return TableTrial([], [_("这个文件里没有决策，只供别的文件导入，不能单独试算。")], {}, [], [], [], "", "")
    names = sorted(decision.names)
    context, wrong = _values({name: text for name, text in typed.items() if name in decision.names})
    if wrong:
        return TableTrial(names, [], wrong, [], [], [], "", "")
    return _told(decision, names, try_decision(decision, context))


def _saved(platform: Platform, key: str, content: bytes) -> dict[str, bytes]:
    """The DMN files of a draft by name; not read for a file that imports nothing."""
    if b"import" not in content:
        return {}
    asked = (
        select(DesignPart.name, DesignPart.content)
        .join(Design, DesignPart.design_id == Design.id)
        .where(Design.key == key, DesignPart.kind == "decision")
        .order_by(DesignPart.name)
    )
    with platform.database.read() as session:
        return {row.name: row.content for row in session.execute(asked)}


def _told(decision: Decision, names: list[str], trial: Trial) -> TableTrial:
    values = trial.inputs or (None,) * len(decision.inputs)
    columns = [
        TriedColumn(column.label, "" if trial.inputs is None else text_of(value))
        for column, value in zip(decision.inputs, values, strict=True)
    ]
    decided = trial.decided
    answers = [
        [(column.label or column.name, text_of(rule.outputs.get(column.name))) for column in decision.outputs]
        for rule in (decided.matched if decided else ())
    ]
    if decided is not None and (decision.hit_policy is None or decision.aggregation or decided.defaulted):
        answers = [_whole(decision, decided.value)]
    explanation = decided.explanation if decided else ""
    return TableTrial(names, [], {}, columns, list(trial.rules), answers, explanation, trial.problem)


def _whole(decision: Decision, value: Any) -> list[tuple[str, str]]:
    """An answer that no single rule gives."""
    if decision.hit_policy is None or not isinstance(value, dict):
        return [(decision.name, text_of(value))]
    return [(column.label or column.name, text_of(value.get(column.name))) for column in decision.outputs]


def text_of(value: Any) -> str:
    """A value as people read it; lists and contexts that are more than a few words as FEEL writes them. At most 200
    characters."""
    is_long = isinstance(value, dict) or (isinstance(value, list) and (len(value) > _FEW or any(map(_nested, value))))
    text = render(to_feel(value), Budget(), 0) if is_long else answer_text(value)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def _nested(value: Any) -> bool:
    return isinstance(value, (list, dict))


def _values(typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    context: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, text in typed.items():
        try:
            context[name] = _value(text.strip())
        except ExpressionError as error:
            wrong[name] = str(error)
    return context, wrong


def _value(text: str) -> Any:
    """12.6, true, date("2026-11-06"), [1, 2], {a: 1}; words that are no FEEL, or names of nothing, are a text."""
    if not text:
        return None
    try:
        expression = check_expression(text[:LONGEST])
    except ExpressionError:
        if text[0] in '"[{' or "(" in text:
            raise
        return text
    return text if expression.names else from_feel(expression({}))
