"""What is hidden, what is computed, which limits hold: the form's FEEL, settled before anything is checked.

A form is settled scope by scope in an order in which whatever an expression looks at is settled before it (the gate
refuses circles), so one pass is enough. A hidden or read-only field counts as empty for everything after it: a value
that somebody smuggled in for it has no effect anywhere.

Names an expression sees, as in the browser: the process variables that the caller handed in (`context`), over them the
form's own data; inside a list also `this` (the row), `parent` (what the list lies in) and `i` (the row's number from 1,
one for each list around it, outermost first).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from engine.clock import LOCAL
from engine.errors import ExpressionError
from engine.feel import TODAY
from engine.feel.explain import account
from engine.forms.choices import offered
from engine.forms.inputs import Given
from engine.forms.labels import labels_of
from engine.forms.model import Field, Group, Limit, Node, Option, Rows, Scope
from engine.forms.values import decimal_of
from engine.i18n import _

#: A list with more rows than this is not looked into; the schema then refuses it by its length.
MOST_ROWS = 1000


@dataclass(frozen=True)
class Settling:
    """What one check of a form knows beside the data."""

    context: Mapping[str, Any]
    options: Mapping[str, Sequence[Option]]
    today: date
    labels: Mapping[str, str] = field(default_factory=dict)
    """What people call the variables of the process."""


@dataclass(frozen=True)
class Chosen:
    """For reading: what was chosen, among options that are computed at that place."""

    value: Any
    options: Sequence[Option]


@dataclass(frozen=True)
class Place:
    """One mapping of the data on its way: the form's own, a group's, or a row's.

    `data` is what was sent for it, `known` what the process already holds for it, `here` its part of what expressions
    see, `names` all they see, `tree` the result.
    """

    data: Mapping[str, Any]
    known: Mapping[str, Any]
    here: dict[str, Any]
    names: dict[str, Any]
    tree: dict[str, Any]


def settle(scope: Scope, data: Mapping[str, Any], run: Settling) -> dict[str, Any]:
    """The data as the schema wants it: a `Given` for each field that counts, nothing for hidden and read-only ones.

    Keys the form does not know stay as they are, so that the schema can name them.
    """
    return Checking(run).root(scope, data)


def visible(scope: Scope, data: Mapping[str, Any], run: Settling) -> dict[str, Any]:
    """The tree of what is shown, for reading: `data` without what conditions hide; read-only values stay."""
    return _Reading(run).root(scope, data)


class Settler(ABC):
    """Walks the scopes; what becomes of a single field and of malformed rows is for the two kinds below."""

    def __init__(self, run: Settling) -> None:
        self.run = run

    def root(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        names = {**self.run.context, TODAY: self.run.today, "i": [], **_seen(scope, data)}
        place = Place(data, self.run.context, names, names, self.strangers(scope, data))
        self.scope(scope, place)
        return place.tree

    def scope(self, scope: Scope, place: Place) -> None:
        for node in scope.order:
            self.node(node, place)

    def node(self, node: Node, place: Place) -> None:
        if any(holds(condition, place.names) for condition in node.hides):
            place.here.pop(node.key, None)
        elif isinstance(node, Group):
            self.group(node, place)
        elif isinstance(node, Rows):
            place.tree[node.key] = self.rows(node, place)
        else:
            self.field(node, place)

    def group(self, node: Group, place: Place) -> None:
        raw = place.data.get(node.key)
        if raw is not None and not isinstance(raw, Mapping):
            self.malformed(node, raw, place)
            return
        inner = raw or {}
        tree = place.tree[node.key] = self.strangers(node.scope, inner)
        known = _mapping(place.known.get(node.key))
        self.scope(node.scope, Place(inner, known, place.here[node.key], place.names, tree))

    def rows(self, node: Rows, place: Place) -> Any:
        raw = place.data.get(node.key)
        if not isinstance(raw, list) or len(raw) > MOST_ROWS:
            return self.no_rows(raw)
        settled: list[Any] = []
        for number, row in enumerate(raw):
            if not isinstance(row, Mapping):
                settled.append(self.no_row(row))
                continue
            own = place.here[node.key][number]
            special = {"this": own, "parent": place.here, "i": [*place.names.get("i", []), number + 1]}
            names = {**place.names, **special, **{f"_{name}_": value for name, value in special.items()}}
            inner = Place(row, {}, own, names, self.strangers(node.scope, row))
            self.scope(node.scope, inner)
            settled.append(inner.tree)
        return settled

    @abstractmethod
    def strangers(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the result begins with: the keys that the form does not know."""

    @abstractmethod
    def field(self, node: Field, place: Place) -> None:
        """A single field that is not hidden."""

    @abstractmethod
    def malformed(self, node: Group, raw: Any, place: Place) -> None:
        """A group that is no mapping."""

    @abstractmethod
    def no_rows(self, raw: Any) -> Any:
        """A list that is missing, too long or no list."""

    @abstractmethod
    def no_row(self, row: Any) -> Any:
        """A row that is no mapping."""


class Checking(Settler):
    """For validation: nothing malformed is mended, so that the schema can complain."""

    def strangers(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        return {str(key): value for key, value in data.items() if scope.get(str(key)) is None}

    def field(self, node: Field, place: Place) -> None:
        raw: Any = place.data.get(node.key)
        if node.formula is not None:
            raw = place.here[node.key] = value_of(node.formula, place.names)
        elif node.disabled or node.readonly is True or holds(node.readonly, place.names):
            place.here[node.key] = place.known.get(node.key, node.default)
            return
        limits = {name: limit_now(name, limit, place.names, self.run.today) for name, limit in node.limits.items()}
        options = options_now(node, place.names, self.run)
        place.tree[node.key] = Given(
            raw, limits, options, self.run.today, partial(self.because, node, place.names), paper_now(node, place.names)
        )

    def root(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        self._root = scope
        return super().root(scope, data)

    def because(self, node: Field, names: Mapping[str, Any], rule: str) -> str:
        """How a computed limit came about, or with the rule "" the choices; asked only when a value is refused."""
        expression = node.limits.get(rule) if rule else node.offer
        if not callable(expression):
            return ""
        found = account(expression.text, names, {**self.run.labels, **labels_of(self._root)})
        if not found.text:
            return found.why
        if found.why:
            return _("按 {text} 算出：{why}", text=found.text, why=found.why)
        return "" if rule in node.limit_names else _("按 {text}", text=found.text)

    def malformed(self, node: Group, raw: Any, place: Place) -> None:
        place.tree[node.key] = raw

    def no_rows(self, raw: Any) -> Any:
        return [] if raw is None else raw

    def no_row(self, row: Any) -> Any:
        return row


class _Reading(Settler):
    """For reading: what is there is shown as well as it goes."""

    def strangers(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def field(self, node: Field, place: Place) -> None:
        if node.formula is not None:
            place.here[node.key] = value_of(node.formula, place.names)
        value = place.data.get(node.key)
        place.tree[node.key] = value if node.offer is None else Chosen(value, options_now(node, place.names, self.run))

    def malformed(self, node: Group, raw: Any, place: Place) -> None:
        place.tree[node.key] = {}

    def no_rows(self, raw: Any) -> Any:
        return []

    def no_row(self, row: Any) -> Any:
        return {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _seen(scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
    """The form's data as FEEL may see it: only known keys, each of its own kind or empty."""
    seen: dict[str, Any] = {}
    for node in scope.nodes:
        raw = data.get(node.key)
        if isinstance(node, Field):
            seen[node.key] = as_seen(node, raw)
        elif isinstance(node, Group):
            seen[node.key] = _seen(node.scope, _mapping(raw))
        else:
            rows = raw if isinstance(raw, list) else []
            seen[node.key] = [_seen(node.scope, _mapping(row)) for row in rows[:MOST_ROWS]]
    return seen


def as_seen(node: Field, raw: Any) -> Any:
    """A value of the kind the browser's expressions would see; what is of another kind counts as empty."""
    if node.formula is not None:
        return None  # computed when its turn comes, whatever was sent
    if node.type == "number":
        return decimal_of(raw)
    if node.type == "checkbox":
        return raw is True
    if node.paper:
        return raw if isinstance(raw, Mapping) else {}
    if node.many:
        return [_scalar(one) for one in raw if _scalar(one) is not None] if isinstance(raw, list) else []
    if node.type in ("textfield", "textarea"):
        return raw if isinstance(raw, str) else ""
    if node.type == "datetime":
        return raw.isoformat() if isinstance(raw, date) else raw if isinstance(raw, str) else None
    return _scalar(raw)


def _scalar(raw: Any) -> Any:
    if isinstance(raw, str | bool):
        return raw
    return decimal_of(raw)


def value_of(expression: Callable[[Mapping[str, Any]], Any], names: Mapping[str, Any]) -> Any:
    """The value, or null when the data do not allow one: a form never breaks on what somebody typed."""
    try:
        return expression(names)
    except ExpressionError:
        return None


def holds(expression: object, names: Mapping[str, Any]) -> bool:
    return callable(expression) and value_of(expression, names) is True


def options_now(node: Field, names: Mapping[str, Any], run: Settling) -> Sequence[Option]:
    """The choices that there are now: written, the platform's, or computed."""
    if node.offer is not None:
        try:
            return offered(value_of(node.offer, names))
        except ExpressionError:
            return ()
    return run.options.get(node.source, ()) if node.source else node.options


def paper_now(node: Field, names: Mapping[str, Any]) -> Any:
    """The paper that an exam field asks."""
    return names.get(node.paper) if node.paper else None


def limit_now(name: str, limit: Limit, names: Mapping[str, Any], today: date) -> Any:
    """The limit that holds now, of the kind its rule needs; None when a computed one gives nothing usable."""
    value = value_of(limit, names) if callable(limit) else limit
    if name in ("notBefore", "notAfter"):
        return _day(value, today)
    number = decimal_of(value)
    if name in ("minLength", "maxLength") and number is not None:
        return int(number)
    return number


class DayOf(date):
    """The day of a limit that is a moment; a field of date and time is held against the moment itself, `at`."""

    at: datetime

    @classmethod
    def moment(cls, at: datetime) -> DayOf:
        """The day of `at` in Beijing; without a zone it is that wall clock anyway."""
        there = at.replace(tzinfo=LOCAL) if at.tzinfo is None else at.astimezone(LOCAL)
        day = cls(there.year, there.month, there.day)
        day.at = there
        return day


def _day(value: Any, today: date) -> date | None:
    if value == "today":
        return today
    if isinstance(value, datetime):
        return DayOf.moment(value)
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return DayOf.moment(datetime.fromisoformat(value)) if "T" in value else date.fromisoformat(value)
    except (ValueError, OverflowError):
        return None
