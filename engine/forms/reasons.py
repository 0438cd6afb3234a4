"""Why a form shows, locks, computes and limits what it does: its FEEL rules, place by place, on the values at hand.

    reasons(scope, {"budget": 600, "amount": 500}, run)
    # [Told(key="amount", label="金额", kind="limit", rule="max", text="budget * 0.5", held=False, value="300", …

A rule is told by the very settling that a check of the form makes, so that what is told is what holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.feel.explain import account, explain
from engine.feel.phrases import value_text
from engine.feel.values import to_feel
from engine.forms.conditions import Checking, Place, Settling, limit_now, options_now, value_of
from engine.forms.labels import labels_of
from engine.forms.model import Computable, Field, Group, Node, Option, Rows, Scope
from engine.forms.values import decimal_of, same_option

MOST = 200
"""Rules told of one form; the rows of long lists tell no more."""
_LOW = frozenset({"min", "minLength", "notBefore"})


@dataclass(frozen=True)
class Told:
    """One rule at one place: `key` as errors name it ("items.0.price"), `label` of the field.

    `kind` is hide, readonly, computed, limit or options; `rule` the limit's name, else "". `text` is the expression,
    `value` what it came to, `why` the sentences. `held` says whether a condition is true, and whether what was entered
    keeps a limit or is among the choices: None where nothing was entered, or nothing can be said.
    """

    key: str
    label: str
    kind: str
    rule: str
    text: str
    held: bool | None
    value: str
    why: str


def reasons(scope: Scope, data: Mapping[str, Any], run: Settling) -> list[Told]:
    """In the order of the form; at most `MOST`."""
    telling = _Telling(run)
    telling.root(scope, data)
    return sorted(telling.told, key=lambda one: _place(scope, one.key.split(".")))


def _place(scope: Scope, path: Sequence[str]) -> tuple[int, ...]:
    """Where a key lies in the form, row by row."""
    found: list[int] = []
    for part in path:
        if part.isdigit():
            found.append(int(part))
            continue
        at = next(at for at, node in enumerate(scope.nodes) if node.key == part)
        found.append(at)
        node = scope.nodes[at]
        scope = scope if isinstance(node, Field) else node.scope
    return tuple(found)


class _Telling(Checking):
    def __init__(self, run: Settling) -> None:
        super().__init__(run)
        self.told: list[Told] = []
        self._path: list[str] = []
        self._labels: Mapping[str, str] = {}

    def root(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        self._labels = {**self.run.labels, **labels_of(scope)}
        return super().root(scope, data)

    def node(self, node: Node, place: Place) -> None:
        for condition in node.hides:
            found = explain(condition.text, place.names, self._labels)
            self._tell(node, "hide", condition, found.held, "", found.text)
        super().node(node, place)

    def group(self, node: Group, place: Place) -> None:
        self._path.append(node.key)
        super().group(node, place)
        self._path.pop()

    def rows(self, node: Rows, place: Place) -> Any:
        self._path.append(node.key)
        settled = super().rows(node, place)
        self._path.pop()
        return settled

    def scope(self, scope: Scope, place: Place) -> None:
        if place.names.get("this") is not place.here:
            super().scope(scope, place)
            return
        self._path.append(str(place.names["i"][-1] - 1))  # a row: its number counts from 1
        super().scope(scope, place)
        self._path.pop()

    def field(self, node: Field, place: Place) -> None:
        if callable(node.readonly):
            found = explain(node.readonly.text, place.names, self._labels)
            self._tell(node, "readonly", node.readonly, found.held, "", found.text)
        super().field(node, place)
        if node.formula is not None:
            self._account(node, "computed", "", node.formula, None, place.here[node.key], place)
        if node.key not in place.tree:
            return  # locked: neither limits nor choices are asked
        raw = place.data.get(node.key)
        for name, limit in node.limits.items():
            if callable(limit):
                now = limit_now(name, limit, place.names, self.run.today)
                self._account(node, "limit", name, limit, _keeps(name, now, raw), now, place)
        if node.offer is not None:
            options = options_now(node, place.names, self.run)
            held = None if raw in (None, "", []) else _among(options, raw)
            self._account(node, "options", "", node.offer, held, value_of(node.offer, place.names), place)

    def _account(
        self, node: Field, kind: str, rule: str, expression: Computable, held: bool | None, value: Any, place: Place
    ) -> None:
        why = account(expression.text, place.names, self._labels).why
        self._tell(node, kind, expression, held, value_text(to_feel(value)), why, rule)

    def _tell(
        self, node: Node, kind: str, rule: Computable, held: bool | None, value: str, why: str, name: str = ""
    ) -> None:
        if len(self.told) < MOST:
            key = ".".join([*self._path, node.key])
            self.told.append(Told(key, node.label, kind, name, rule.text, held, value, why))


def _keeps(name: str, limit: Any, raw: Any) -> bool | None:
    """Whether an entered value keeps a limit; what is of no use to it is complained of elsewhere."""
    if limit is None or raw in (None, ""):
        return None
    value: Any = decimal_of(raw) if name in ("min", "max") else str(raw)
    if name in ("minLength", "maxLength"):
        value = len(value.strip())
    elif name in ("notBefore", "notAfter"):
        value, limit = value[:10], limit.isoformat()
    if value is None:
        return None
    return bool(value >= limit) if name in _LOW else bool(value <= limit)


def _among(options: Sequence[Option], raw: Any) -> bool:
    values = raw if isinstance(raw, list) else [raw]
    return all(any(same_option(option.value, one) for option in options) for one in values)
