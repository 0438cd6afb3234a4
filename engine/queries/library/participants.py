"""Who takes part in a step, in words: from candidate rules, lanes, and the forms in which people are chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine import bpmn
from engine.deployments import Deployed
from engine.i18n import _
from engine.queries.library.fields import field_names
from engine.queries.library.names import Names
from engine.queries.order import Placed

_STARTER = "case.starter"
_NAME = re.compile(r"[A-Za-z_]\w*")


def literal_accounts(process: bpmn.Definition) -> set[str]:
    """The accounts that a diagram names itself."""
    found: set[str] = set()
    for node in process.nodes.values():
        rule = node.candidates
        if rule and rule.rule in ("person", "several") and rule.value and not rule.value.startswith("="):
            found.update(one.removeprefix("person:").strip() for one in _listed(rule.value) if _is_account(rule, one))
        for text in (rule.fallback if rule else None, node.deadline.escalate if node.deadline else None):
            if text and text.startswith("person:") and not text.startswith("person:="):
                found.add(text.removeprefix("person:").strip())
    return found


class Participants:
    """The words for one version of a procedure."""

    def __init__(self, deployed: Deployed, names: Names) -> None:
        process = deployed.process
        self._names = names
        self._fields = field_names(deployed)
        self._lanes = frozenset(process.lanes)
        self.starter = process.start.lane or _("发起人")
        self._elements = {
            node.multi_instance.element: node.multi_instance.collection.removeprefix("=").strip()
            for node in process.nodes.values()
            if node.multi_instance and node.multi_instance.element
        }
        self._deciders: dict[str, list[str]] = {}
        for node in process.nodes.values():
            if node.actions:
                self._deciders.setdefault(f"{node.actions.variable or 'action'}_by", []).append(node.name)

    def who(self, placed: Placed) -> str:
        """Who does it: 平台管理部, 部门负责人, 实施人."""
        rule = placed.node.candidates
        if rule is None:
            return placed.lane or _("任何人")
        return self._by_rule(rule.rule, rule.value or "", placed)

    def chosen_in(self, placed: Placed) -> str:
        """The step in which the person is chosen, "" where the rule itself says who."""
        rule = placed.node.candidates
        if rule is None or not (rule.value or "").startswith("="):
            return ""
        inner = self._variable(rule.value or "")
        field = self._fields.get(inner)
        return field.step if field else ""

    def except_for(self, placed: Placed) -> list[str]:
        """Who may not do it although the rule fits."""
        rule = placed.node.candidates
        text = (rule.exclude or "") if rule else ""
        if not text.startswith("="):
            return [self._person(account) for account in _listed(text)]
        parts = text.removeprefix("=").strip().strip("[]").split(",")
        found = [self._excluded(part.strip(), placed.node.name) for part in parts]
        return list(dict.fromkeys(word for word in found if word))

    def stand_in(self, placed: Placed) -> str:
        """Who does it when the rule finds nobody."""
        fallback = placed.node.candidates.fallback if placed.node.candidates else None
        return self._target(fallback, placed) if fallback else ""

    def informed(self, placed: Placed) -> str:
        """To whom a missed deadline is told."""
        escalate = placed.node.deadline.escalate if placed.node.deadline else None
        if escalate == "leader":
            return _("办理人的部门负责人")
        return self._target(escalate, placed) if escalate else ""

    def accountable(self, placed: Placed) -> str:
        """Who answers for a step that decides nothing: the unit of its lane, a department through its leader. In a
        subprocess without lanes of its own, a step that is given to a department belongs to that department."""
        who = self.who(placed)
        unit = who if placed.inherited and who in self._names.leaders else placed.lane
        if not unit:
            return self.informed(placed) or who
        leader = self._names.leaders.get(unit)
        return _("{department}负责人 {name}", department=unit, name=leader) if leader else unit

    def _target(self, text: str, placed: Placed) -> str:
        rule, _sep, value = text.partition(":")
        return self._by_rule(rule, value.strip(), placed)

    def _by_rule(self, rule: str, value: str, placed: Placed) -> str:
        if rule == "anyone":
            return _("任何人")
        if value.startswith("="):
            return self._computed(rule, value, placed)
        values = _listed(value)
        if rule == "several":
            return _("、").join(self._target(one, placed) for one in values)
        if rule == "role":
            return _("、").join(self._names.roles.get(code, code) for code in values)
        if rule == "person":
            return _("、").join(self._person(account) for account in values)
        departments = _("、").join(self._names.departments.get(code, code) for code in values)
        return _("{department}负责人", department=departments) if rule == "leader" else departments

    def _computed(self, rule: str, value: str, placed: Placed) -> str:
        """What a FEEL value stands for: the starter, a field of a form, else the lane it is drawn in."""
        inner = self._variable(value)
        if inner == _STARTER:
            return self.starter
        field = self._fields.get(inner)
        if field is not None:
            return _("{department}负责人", department=field.label) if rule == "leader" else field.label
        return placed.lane or _("按案件确定的人")

    def _variable(self, value: str) -> str:
        inner = value.removeprefix("=").strip()
        return self._elements.get(inner, inner)

    def _excluded(self, inner: str, step: str) -> str:
        if inner == _STARTER:
            return self.starter
        if inner in self._deciders:
            steps = [name for name in self._deciders[inner] if name != step]
            return _("“{step}”的办理人", step=_("、").join(steps)) if steps else ""
        field = self._fields.get(inner)
        return field.label if field else ""

    def _person(self, account: str) -> str:
        found = self._names.people.get(account)
        return str(found) if found else account


def _is_account(rule: bpmn.Candidates, one: str) -> bool:
    return rule.rule == "person" or one.startswith("person:")


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def joined(words: Iterable[str]) -> str:
    """甲、乙、丙, each once."""
    return _("、").join(dict.fromkeys(word for word in words if word))
