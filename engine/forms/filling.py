"""Fill a form as a person might: what is hidden is left alone, what is asked for keeps the form's own rules.

For demo years, tests, benchmarks and previews. The values come from a `Writer` (words of the procedure), else from
`samples`; each is tried against the very check that the server makes, so what comes out can be sent. The same random
source gives the same data.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, Protocol

from marshmallow import ValidationError

from engine.forms import samples
from engine.forms.conditions import (
    Place,
    Settler,
    Settling,
    as_seen,
    holds,
    limit_now,
    options_now,
    paper_now,
    value_of,
)
from engine.forms.fields import input_for
from engine.forms.inputs import Given
from engine.forms.model import Field, Group, Rows, Scope

TRIES = 4
"""How often a value is made up anew when the form's rules refuse it."""

MORE_ROWS = 2


class Writer(Protocol):
    """Who knows what people of this procedure write."""

    def write(self, field: Field, given: Given, names: Mapping[str, Any]) -> Any:
        """A value for the field; None leaves it to the samples. `names` is what the form's expressions see."""
        ...


def fill(scope: Scope, kept: Mapping[str, Any], run: Settling, rng: Random, writer: Writer | None) -> dict[str, Any]:
    """Data for the whole form. `kept` values stay where they still fit."""
    return _Filling(run, rng, writer).root(scope, kept)


class _Filling(Settler):
    def __init__(self, run: Settling, rng: Random, writer: Writer | None) -> None:
        super().__init__(run)
        self._rng = rng
        self._writer = writer

    def field(self, node: Field, place: Place) -> None:
        if node.formula is not None:
            place.here[node.key] = value_of(node.formula, place.names)
            return
        if node.disabled or node.readonly is True or holds(node.readonly, place.names):
            place.here[node.key] = place.known.get(node.key, node.default)
            return
        limits = {name: limit_now(name, limit, place.names, self.run.today) for name, limit in node.limits.items()}
        options = options_now(node, place.names, self.run)
        value = self._value(
            node,
            Given(place.data.get(node.key), limits, options, self.run.today, paper=paper_now(node, place.names)),
            place,
        )
        place.here[node.key] = as_seen(node, value)
        if value not in (None, "", []):
            place.tree[node.key] = value

    def _value(self, node: Field, given: Given, place: Place) -> Any:
        """The first of: what was kept, what the writer writes, a sample — that the form's own check lets pass."""
        if given.value not in (None, "", [], False) and _passes(node, given, given.value):
            return given.value
        value = None
        for attempt in range(TRIES):
            if self._writer is not None and attempt < TRIES - 1:
                value = self._writer.write(node, given, place.names)
                if value is not None:
                    value = samples.fitted(node, given, value)
            if value is None:
                value = samples.sample(self._rng, node, given, place.here)
            if _passes(node, given, value):
                return value
        return value if node.required else node.empty

    def rows(self, node: Rows, place: Place) -> Any:
        """As many rows as the list asks for, and at times a few more."""
        kept = place.data.get(node.key)
        if not isinstance(kept, list) or not node.at_least <= len(kept) <= node.at_most:
            least = min(max(node.at_least, 1), node.at_most)
            count = self._rng.randint(least, min(least + MORE_ROWS, node.at_most))
            kept = [{} for _row in range(count)]
        place.here[node.key] = [{} for _row in kept]
        rows = Place({**place.data, node.key: kept}, place.known, place.here, place.names, place.tree)
        return super().rows(node, rows)

    def strangers(self, scope: Scope, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def malformed(self, node: Group, raw: Any, place: Place) -> None:
        place.tree[node.key] = {}

    def no_rows(self, raw: Any) -> Any:
        return []

    def no_row(self, row: Any) -> Any:
        return {}


def _passes(node: Field, given: Given, value: Any) -> bool:
    try:
        input_for(node).deserialize(Given(value, given.limits, given.options, given.today, paper=given.paper))
    except ValidationError:
        return False
    return True
