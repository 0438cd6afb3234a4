"""Form files at the door: size, shape, and every component by name.

Whatever the server could not check in the same way as the browser, whatever could run, and whatever would silently do
nothing is refused, all at once, each with the id and label of its component and a sentence that says what to change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import Finding, FormRefused
from engine.forms.components import Reader
from engine.forms.model import Scope
from engine.i18n import _

MAX_BYTES = 256 * 1024
#: JSON levels; twenty groups inside each other need about fifty.
MAX_LEVELS = 64

_ROOT = frozenset({"$schema", "type", "id", "name", "components", "properties", "schemaVersion", "versionTag"}) | {
    "exporter",
    "executionPlatform",
    "executionPlatformVersion",
}


class _Repeated(ValueError):
    """A JSON object that names a member twice."""


@dataclass(frozen=True)
class FormFile:
    """A file as it was read: its JSON, its scope, and the names that its computed texts look at."""

    source: dict[str, Any]
    scope: Scope
    text_names: frozenset[str]


def read(data: bytes) -> FormFile:
    """The file; raises `FormRefused` with all that is wrong with it."""
    schema, problem = _load(data)
    if problem or schema is None:
        raise FormRefused([Finding("standard", "form.file", "", "", problem)])
    reader = Reader()
    name = schema.get("id")
    if not isinstance(name, str) or not name:
        reader.note("form.id", _("表单没有 id，请在文件最外层写上"), schema)
    if schema.get("type") != "default":
        reader.note("form.type", _("最外层的 type 须是 default，这不是 form-js 表单"), schema)
    for key in sorted(set(schema) - _ROOT):
        reader.note("form.property", _("最外层不认识属性 {key}，请删去", key=key[:40]), schema)
    scope = reader.scope(schema)
    if reader.findings:
        raise FormRefused(reader.findings)
    return FormFile(schema, scope, reader.text_names)


def _load(data: bytes) -> tuple[dict[str, Any] | None, str]:
    if len(data) > MAX_BYTES:
        return None, _("表单文件有 {n} KiB，最多 {most} KiB", n=len(data) // 1024, most=MAX_BYTES // 1024)
    try:
        schema = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        return None, _("表单文件不是 UTF-8 文本")
    except _Repeated as error:
        return None, str(error)
    except RecursionError:
        return None, _("表单嵌套太深")
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return None, _("表单文件不是有效的 JSON（第 {line} 行附近）", line=line)
    if not isinstance(schema, dict):
        return None, _("表单文件的最外层须是 JSON 对象")
    if _levels(schema) > MAX_LEVELS:
        return None, _("表单嵌套太深")
    if _has_half_pair(schema):
        return None, _("表单文件里有残缺的字符（单个代理码），请重新输入该处文字")
    return schema, ""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Repeated(_("同一个对象里属性 {key} 写了两次，请删去一个", key=twice[:40]))
    return found


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _levels(value: Any) -> int:
    """How deep objects and arrays lie inside each other; walked without recursion."""
    deepest, todo = 0, [(value, 1)]
    while todo:
        one, level = todo.pop()
        deepest = max(deepest, level)
        children = one.values() if isinstance(one, Mapping) else one if isinstance(one, list) else ()
        todo.extend((child, level + 1) for child in children if isinstance(child, dict | list))
    return deepest


def _has_half_pair(value: Any) -> bool:
    """Whether any text holds a lone surrogate, which no database and no page can take."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            if any("\ud800" <= char <= "\udfff" for char in one):
                return True
        elif isinstance(one, Mapping):
            todo.extend(one.keys())
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)
    return False
