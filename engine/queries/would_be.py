"""Who would that be: a candidate rule as it is being written, asked of the organisation as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn.expressions import feel_of
from engine.casework.candidates import flat, literal_values
from engine.errors import GuichengError
from engine.feel import NOW, FeelError, check_expression, from_feel
from engine.i18n import _
from engine.models import Department, Person, Role
from engine.organisation import CandidateRequest, Member, parts_of, resolve
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.queries.real_case import RealCase, recent_cases
from engine.queries.values import PersonRef

MOST = 50
MOST_VALUES = 500
RULES = ("anyone", "person", "role", "department", "leader", "several")


@dataclass(frozen=True)
class Rule:
    """A candidate rule as written in a diagram, perhaps half-written; texts after "=" are FEEL."""

    rule: str
    value: str = ""
    exclude: str = ""
    fallback: str = ""


@dataclass(frozen=True)
class WouldBe:
    """At most `MOST` of the `total` people, and a sentence about how they came about. `nobody`: the rule finds no one
    as things are. `case` is the number of the real case whose data answered, `depends_on` what the answer hangs on
    where no case could answer."""

    people: list[PersonRef]
    total: int
    note: str
    nobody: bool = False
    case: str = ""
    depends_on: tuple[str, ...] = ()


class _Open(Exception):
    """The answer depends on a case, and there is none that could answer."""

    def __init__(self, note: str, names: Sequence[str] = ()) -> None:
        super().__init__(note)
        self.note = note
        self.names = tuple(names)


def would_be(
    platform: Platform, actor: Actor, key: str, rule: Rule, sample: Mapping[str, Any] | None = None
) -> WouldBe:
    """Never raises for a rule, however wrong. With `sample` FEEL is judged by these variables, else by those of the
    newest real case that this person may read and that can answer. `Forbidden` for who may not design."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        try:
            return _answer(platform, session, actor, key, rule, sample)
        except _Open as open_:
            return WouldBe([], 0, open_.note, depends_on=open_.names)
        except GuichengError as error:
            return WouldBe([], 0, str(error))


def _answer(
    platform: Platform, session: Session, actor: Actor, key: str, rule: Rule, sample: Mapping[str, Any] | None
) -> WouldBe:
    if rule.rule not in RULES:
        return WouldBe([], 0, _("还没有选择办理人规则。"))
    if rule.rule == "anyone":
        return WouldBe([], 0, _("所有有账号的人都可以办理。"))
    if not rule.value.strip():
        return WouldBe([], 0, _("还没有填写由谁办理。"))
    notes: list[str] = []
    case = None
    if any(feel_of(text) is not None for text in (rule.value, rule.exclude)):
        cases = [RealCase("", "", sample)] if sample is not None else recent_cases(platform, session, actor, key)
        values, case = _work_out(platform, rule.value, cases)
        if case is not None and case.number:
            notes.append(_("按 {number}“{title}”的数据推算。", number=case.number, title=case.title))
        excluded = _excluded(platform, rule.exclude, [case] if case is not None else cases, notes)
    else:
        values, excluded = literal_values(rule.value), literal_values(rule.exclude)
    values, excluded = _usable(values), _usable(excluded)
    notes += _unknown(session, rule.rule, values)
    request = CandidateRequest(rule.rule, values, frozenset(excluded), _fallback(rule))
    found = resolve(session, [request])[0]
    before = resolve(session, [CandidateRequest(rule.rule, values)])[0].members
    left_out = [member for member in before if member.account in request.exclude]
    if left_out:
        notes.append(_("已排除{names}。", names=_names(left_out)))
    if found.nobody:
        notes.append(_nobody(session, rule, found.members))
    people = [PersonRef(one.account, one.name, one.department) for one in found.members[:MOST]]
    return WouldBe(
        people, len(found.members), " ".join(notes), nobody=found.nobody, case=case.number if case is not None else ""
    )


def _work_out(platform: Platform, text: str, cases: Sequence[RealCase]) -> tuple[tuple[str, ...], RealCase | None]:
    """The values of a text by the newest case that gives any; a literal needs none."""
    formula = feel_of(text)
    if formula is None:
        return literal_values(text), cases[0] if cases else None
    expression = _compiled(formula)
    for case in cases:
        values = _values(platform, formula, case)
        if values:
            return values, case
    names = sorted(expression.names | expression.item_names)
    if not names:
        return _values(platform, formula, RealCase("", "", {})), None
    told = "、".join(names)
    if cases:
        note = _("由 {names} 决定；近期的真实事项里还没有这些数据，所以现在说不出是谁。", names=told)
    else:
        note = _("由 {names} 决定；这个流程还没有真实事项，所以现在说不出是谁。", names=told)
    raise _Open(note, names)


def _excluded(platform: Platform, text: str, cases: Sequence[RealCase], notes: list[str]) -> tuple[str, ...]:
    formula = feel_of(text)
    if formula is None:
        return literal_values(text)
    expression = _compiled(formula)
    if not cases:
        told = "、".join(sorted(expression.names | expression.item_names))
        notes.append(_("另按 {names} 排除，每件事项不同。", names=told))
        return ()
    if cases[0].number and not any(cases[0].number in note for note in notes):
        notes.append(_("按 {number}“{title}”的数据推算。", number=cases[0].number, title=cases[0].title))
    return _values(platform, formula, cases[0])


def _compiled(formula: str) -> Any:
    """The compiled expression; says in words what is wrong with it."""
    try:
        return check_expression(formula)
    except FeelError as error:
        raise _Open(_("表达式还不完整：{reason}", reason=error.message)) from error


def _values(platform: Platform, formula: str, case: RealCase) -> tuple[str, ...]:
    try:
        return flat(from_feel(_compiled(formula)({**case.variables, NOW: platform.clock.now()})))
    except (FeelError, RecursionError):
        return ()


def _usable(values: Sequence[str]) -> tuple[str, ...]:
    """What a database can be asked for, and no more than a rule can sensibly name."""
    return tuple(value for value in dict.fromkeys(values) if value.isprintable() and len(value) <= 100)[:MOST_VALUES]


def _fallback(rule: Rule) -> str | None:
    """The stand-in, where it is one that can be asked for."""
    return rule.fallback if rule.fallback.isprintable() and ":" in rule.fallback else None


def _unknown(session: Session, rule: str, values: Sequence[str]) -> list[str]:
    """What the organisation does not have."""
    if rule == "several":
        parts = parts_of(CandidateRequest(rule, tuple(values)))
        return [note for part in parts if part.rule != "anyone" for note in _unknown(session, part.rule, part.values)]
    column = {"role": Role.code, "person": Person.account}.get(rule, Department.code)
    known = set(session.scalars(select(column).where(column.in_(values))))
    missing = "、".join(value for value in dict.fromkeys(values) if value not in known)
    if not missing:
        return []
    if rule == "role":
        return [_("没有代码为 {codes} 的角色。", codes=missing)]
    if rule == "person":
        return [_("没有账号为 {codes} 的人。", codes=missing)]
    return [_("没有代码为 {codes} 的部门。", codes=missing)]


def _nobody(session: Session, rule: Rule, stand_ins: Sequence[Member]) -> str:
    if _fallback(rule) is None:
        return _("按规则无人可办，也没有备选；这样的事项会停在这里。")
    code = rule.fallback.partition(":")[2].strip()
    name = session.scalar(select(Role.name).where(Role.code == code)) or rule.fallback
    if stand_ins:
        return _("按规则无人可办，由备选“{role}”办理。", role=name)
    return _("按规则无人可办，备选“{role}”里也没有人；这样的事项会停在这里。", role=name)


def _names(members: Sequence[Member]) -> str:
    shown = "、".join(member.name for member in members[:5])
    return _("{names}等 {n} 人", names=shown, n=len(members)) if len(members) > 5 else shown
