"""form-js scopes as marshmallow schemas, and marshmallow's errors as one sentence a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, missing
from marshmallow import fields as ma

from engine.forms.fields import input_for
from engine.forms.model import Field, Group, Rows, Scope
from engine.forms.values import shown
from engine.i18n import _

#: No form needs more sentences at once; a hostile one would make thousands.
MOST_ERRORS = 50

_UNKNOWN = "\x00unknown"
_NO_MAPPING = "\x00type"


class FormSchema(Schema):
    """Base of all generated schemas: unknown keys are errors, and ours are the words."""

    class Meta:
        unknown = RAISE
        register = False

    error_messages = {"unknown": _UNKNOWN, "type": _NO_MAPPING}  # noqa: RUF012  # marshmallow declares it so


class Mapped(ma.Nested):
    """A group: a mapping, or nothing when the group is hidden."""

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        return missing if value is missing else super().deserialize(value, attr, data, **kwargs)


class RowList(ma.List[Any]):
    """A dynamic list: a list of mappings, of bounded length."""

    def __init__(self, node: Rows) -> None:
        super().__init__(Mapped(build(node.scope)), data_key=node.key, attribute=node.key)
        self.node = node

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        if value is missing:
            return missing
        label, least, most = self.node.label, self.node.at_least, self.node.at_most
        if not isinstance(value, list):
            raise ValidationError(_("{label}须是列表，请逐行填写", label=label))
        if len(value) < least:
            raise ValidationError(_("{label}至少 {least} 行，你填了 {n} 行", label=label, least=least, n=len(value)))
        if len(value) > most:
            raise ValidationError(_("{label}最多 {most} 行，你填了 {n} 行", label=label, most=most, n=len(value)))
        return super().deserialize(value, attr, data, **kwargs)


def build(scope: Scope) -> Schema:
    """The schema of one scope. Attribute names are numbered, so that no key can collide with marshmallow's own."""
    members: dict[str, ma.Field[Any]] = {}
    for number, node in enumerate(scope.nodes):
        name = f"f{number}"
        if isinstance(node, Field):
            members[name] = input_for(node)
        elif isinstance(node, Group):
            members[name] = Mapped(build(node.scope), data_key=node.key, attribute=node.key)
        else:
            members[name] = RowList(node)
    return FormSchema.from_dict(members, name="Generated")()


def flatten(messages: Any, scope: Scope) -> dict[str, str]:
    """marshmallow's nested messages as {"items.0.name": sentence}, in the order of the form, unknown keys last."""
    found: dict[str, str] = {}
    _walk(messages, (), scope, found)
    return dict(list(found.items())[:MOST_ERRORS])


def _walk(messages: Any, path: tuple[str, ...], scope: Scope | None, found: dict[str, str]) -> None:
    if isinstance(messages, Mapping):
        order = {node.key: n for n, node in enumerate(scope.nodes)} if scope else {}
        for key in sorted(messages, key=lambda key: (order.get(key, len(order)), key if isinstance(key, int) else 0)):
            here = path if key == "_schema" else (*path, shown(key))
            _walk(messages[key], here, _below(scope, key), found)
        return
    first = messages[0] if isinstance(messages, list) and messages else messages
    found.setdefault(".".join(path), _sentence(str(first), path))


def _below(scope: Scope | None, key: Any) -> Scope | None:
    """The scope of what lies under `key`; the number of a row leads nowhere deeper."""
    if scope is None or isinstance(key, int):
        return scope
    node = scope.get(key)
    return node.scope if isinstance(node, Group | Rows) else None


def _sentence(message: str, path: tuple[str, ...]) -> str:
    if message == _UNKNOWN:
        return _("没有名为 {key} 的字段", key=path[-1] if path else "")
    if message == _NO_MAPPING:
        return _("内容的结构不对，请刷新页面后重新填写")
    return message
