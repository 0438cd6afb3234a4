"""Values as a person might fill them in, made from the form alone: for the preview in the studio.

Each value is tried on the field's own rules; where none of our ideas fits (a pattern, computed limits), it stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from engine.forms.fields import input_for
from engine.forms.inputs import Given
from engine.forms.model import Field, Group, Option, Rows, Scope
from engine.forms.values import plain
from engine.i18n import _

_SHAPES = (
    "13800000000",
    "010-12345678",
    "name@example.com",
    "2026-11-06",
    "A-0001",
    "ABC-2026-0001",
    "100000",
    "001",
    "1",
)
"""What patterns usually ask for: telephone numbers, addresses, days, numbers of documents, postcodes."""
_AMOUNTS = ("12", "86.4", "8.5", "1", "0.5", "0", "3", "100", "-1")


def sample_values(scope: Scope, options: Mapping[str, Sequence[Option]], today: date) -> dict[str, Any]:
    """A value for each field that one can be made for, as the browser's form wants it."""
    values: dict[str, Any] = {}
    for node in scope.nodes:
        if isinstance(node, Group):
            values[node.key] = sample_values(node.scope, options, today)
        elif isinstance(node, Rows):
            rows = min(max(node.first, node.at_least, 1), node.at_most)
            values[node.key] = [sample_values(node.scope, options, today) for _row in range(rows)]
        elif node.formula is None:
            value = _fitting(node, options.get(node.source, ()) if node.source else node.options, today)
            if value is not None:
                values[node.key] = value
    return values


def _fitting(field: Field, choices: Sequence[Option], today: date) -> Any:
    limits = {name: limit for name, limit in field.limits.items() if not callable(limit)}
    rules = input_for(field)
    for value in _ideas(field, choices, limits, today):
        try:
            rules.deserialize(Given(value, limits, choices, today))
        except ValidationError:
            continue
        return value
    return None


def _ideas(field: Field, choices: Sequence[Option], limits: Mapping[str, Any], today: date) -> Iterable[Any]:
    if field.default not in (None, "", []):
        yield field.default
    if field.many:
        yield [option.value for option in choices[:2]]
    elif field.chosen:
        yield from (option.value for option in choices[:1])
    elif field.type == "checkbox":
        yield True
    elif field.type == "number":
        yield from (plain(Decimal(amount)) for amount in _AMOUNTS)
        yield from (plain(limit) for limit in (limits.get("min"), limits.get("max"), field.step) if limit is not None)
    elif field.type == "datetime":
        yield from _moments(field, limits, today)
    else:
        yield from _texts(field, limits)


def _moments(field: Field, limits: Mapping[str, Any], today: date) -> Iterator[str]:
    if field.subtype == "time":
        yield "09:30"
        return
    days = [today + timedelta(days=14), limits.get("notBefore"), limits.get("notAfter")]
    for day in days:
        if isinstance(day, date):
            yield f"{day.isoformat()}T09:30" if field.subtype == "datetime" else day.isoformat()


def _texts(field: Field, limits: Mapping[str, Any]) -> Iterator[str]:
    least, most = int(limits.get("minLength", 0)), int(limits.get("maxLength", 500))
    if field.pattern is None and not field.validation_type:
        sentence = _("{label}示例", label=field.label)
        if field.type == "textarea":
            sentence = _("{label}的示例内容，用来看排版。", label=field.label)
        yield (sentence * (max(least, 1) // len(sentence) + 1))[:most]
    yield from _SHAPES
