"""A form: parsed from a form-js file, checked against data, read aloud."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from marshmallow import Schema, ValidationError

from engine.clock import SystemClock, local
from engine.errors import InvalidForm
from engine.forms import filling, gate, limits, ordering, present, reasons, schema
from engine.forms.conditions import Settling, settle, visible
from engine.forms.model import Field, Group, Option, Rows, Scope
from engine.forms.patterns import MOBILE
from engine.forms.sample import sample_values
from engine.forms.values import plain
from engine.i18n import _

_NONE: Mapping[str, Any] = {}


class Form:
    """One form file. It is immutable, and safe to share between threads.

    `context` below is what the process holds: variables that conditions and limits may look at (`reads`), and the
    values of read-only fields. `options` maps each name in `sources` to the choices the caller offers. `today` is the
    day against which 不早于今天 is judged. `keys` are the names of what may be sent, fields and lists of rows.
    """

    def __init__(self, file: gate.FormFile) -> None:
        self._source = file.source
        self._scope = scope = file.scope
        self._schema: Schema = schema.build(scope)
        self.name: str = file.source["id"]
        self.fields: list[Field] = [field for field in scope.fields() if field.type != "expression"]
        self.keys = frozenset(node.key for node in scope.nodes)
        self.sources: frozenset[str] = frozenset(field.source for field in self.fields if field.source)
        self.reads: frozenset[str] = _outside(scope, file.text_names)

    @classmethod
    def parse(cls, data: bytes) -> Form:
        """The form in a file; raises `FormRefused` with all findings at once."""
        return cls(gate.read(data))

    @property
    def schema(self) -> dict[str, Any]:
        """The form for the browser: the file, with the rules written out that form-js has no or another idea of."""
        sent = copy.deepcopy(self._source)
        _spell_out(sent)
        return sent

    @property
    def value_keys(self) -> dict[str, str]:
        """For the browser's data: each `valuesKey` of the form and the source whose options belong there."""
        found: dict[str, str] = {}
        todo = [self._source]
        while todo:
            component = todo.pop()
            todo.extend(component.get("components", []))
            if component.get("valuesKey"):
                found[component["valuesKey"]] = component["properties"]["source"]
        return found

    def validate(
        self,
        data: Any,
        options: Mapping[str, Sequence[Option]] = _NONE,
        today: date | None = None,
        context: Mapping[str, Any] = _NONE,
        labels: Mapping[str, str] = _NONE,
    ) -> dict[str, Any]:
        """The typed values of all fields that are visible and may be edited; raises `InvalidForm`.

        What computed limits refuse is told with how they came about; `labels` are what people call the variables of
        the process.
        Empty fields are there as None (checkbox: False, several choices and lists: []), hidden and read-only ones are
        not there at all.
        """
        values, errors = self._load(data, self._settling(options, today, context, labels))
        if errors:
            raise InvalidForm(errors)
        return values

    def salvage(
        self,
        data: Any,
        options: Mapping[str, Sequence[Option]] = _NONE,
        today: date | None = None,
        context: Mapping[str, Any] = _NONE,
    ) -> dict[str, Any]:
        """What of half-finished data is in order: as `validate`, without the fields that it would refuse."""
        return self._load(data, self._settling(options, today, context))[0]

    def _load(self, data: Any, settling: Settling) -> tuple[dict[str, Any], dict[str, str]]:
        """The values that are in order, and what is wrong with the others."""
        if not isinstance(data, Mapping):
            return {}, {"": _("表单的内容须是一组字段，请刷新页面后重新填写")}
        try:
            values: dict[str, Any] = self._schema.load(settle(self._scope, data, settling))
        except ValidationError as error:
            sound = error.valid_data if isinstance(error.valid_data, dict) else {}
            return sound, schema.flatten(error.messages, self._scope)
        return values, {}

    def present(
        self,
        data: Mapping[str, Any],
        options: Mapping[str, Sequence[Option]] = _NONE,
        context: Mapping[str, Any] = _NONE,
        only: Collection[str] | None = None,
    ) -> list[tuple[str, str]]:
        """(label, text) of what is visible, in the order of the form; `only` keeps these top-level keys."""
        shown = visible(self._scope, data, self._settling(options, None, context))
        if only is not None:
            shown = {key: value for key, value in shown.items() if key in only}
        return present.rows(self._scope, shown, options)

    def reasons(
        self,
        data: Mapping[str, Any],
        options: Mapping[str, Sequence[Option]] = _NONE,
        today: date | None = None,
        context: Mapping[str, Any] = _NONE,
    ) -> list[reasons.Told]:
        """Each condition, formula and computed limit with what it comes to on these values, and why."""
        return reasons.reasons(self._scope, data, self._settling(options, today, context))

    def defaults(self) -> dict[str, Any]:
        """What the form holds before anybody types, as the browser wants it."""
        return _defaults(self._scope)

    def sample(self, options: Mapping[str, Sequence[Option]] = _NONE, today: date | None = None) -> dict[str, Any]:
        """Values as a person might fill them in, for a preview; fields that no idea fits are not there."""
        return sample_values(self._scope, options, today or local(SystemClock().now()).date())

    def opening(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """What the form opens with: its defaults, over them what the process knows under the form's own names.

        Variables that its expressions look at (`reads`) are there too, so that the browser decides as the server will.
        """
        own = {node.key for node in self._scope.nodes} | self.reads
        known = {key: plain(value) for key, value in variables.items() if key in own and value is not None}
        return {**self.defaults(), **known}

    def fill(
        self,
        rng: Random,
        options: Mapping[str, Sequence[Option]] = _NONE,
        today: date | None = None,
        context: Mapping[str, Any] = _NONE,
        kept: Mapping[str, Any] = _NONE,
        writer: filling.Writer | None = None,
    ) -> dict[str, Any]:
        """Plausible data as the browser would send it, for demo, try-out and preview; `kept` values stay where they
        fit, `writer` knows the words of the procedure. The same `rng` gives the same data."""
        return filling.fill(self._scope, kept, self._settling(options, today, context), rng, writer)

    def label_of(self, key: str) -> str:
        """The label behind a key such as an error names it: "items.0.name" gives 工作项 1 · 名称."""
        scope = self._scope
        labels: list[str] = []
        parts = key.split(".")
        while parts:
            node = scope.get(parts.pop(0))
            if node is None:
                return key
            if isinstance(node, Field):
                return " · ".join([*labels, node.label])
            if isinstance(node, Rows) and parts and parts[0].isdigit():
                labels.append(f"{node.label} {int(parts.pop(0)[:6]) + 1}")
            elif isinstance(node, Rows) or not parts:
                labels.append(node.label)
            scope = node.scope
        return " · ".join(labels)

    @staticmethod
    def _settling(
        options: Mapping[str, Sequence[Option]],
        today: date | None,
        context: Mapping[str, Any],
        labels: Mapping[str, str] = _NONE,
    ) -> Settling:
        return Settling(context, options, today or local(SystemClock().now()).date(), labels)


def _defaults(scope: Scope) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for node in scope.nodes:
        if isinstance(node, Group):
            values[node.key] = _defaults(node.scope)
        elif isinstance(node, Rows):
            values[node.key] = [_defaults(node.scope) for _row in range(node.first)]
        elif node.formula is None:
            values[node.key] = node.empty if node.default is None else copy.deepcopy(node.default)
    return values


def _outside(scope: Scope, text_names: frozenset[str]) -> frozenset[str]:
    """Names that the form's expressions look at and that are no fields of its own."""
    names = {name for node in scope.nodes for name in (*ordering.looks_at(node), *ordering.may_look_at(node))}
    names |= {field.paper for field in scope.fields() if field.paper}
    return frozenset((names | text_names) - {node.key for node in scope.nodes} - ordering.ROW_WORDS)


def _spell_out(component: dict[str, Any]) -> None:
    """Write into the browser's copy what the server would refuse anyway: default lengths, the Chinese phone rule."""
    for child in component.get("components", []):
        _spell_out(child)
    kind = str(component.get("type"))
    if kind not in limits.DEFAULT_LENGTH:
        return
    validate = component.setdefault("validate", {})
    if validate.get("maxLength") in (None, ""):
        validate["maxLength"] = limits.DEFAULT_LENGTH[kind]
    if validate.get("validationType") == "phone":
        # form-js's own rule wants +86 before the number.
        validate["validationType"] = "custom"
        validate.setdefault("pattern", MOBILE)
        validate.setdefault("patternErrorMessage", _("须是 11 位手机号，例如 13800000000"))
