"""The expressions of a form file that may be half-made, with the component that bears each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MAX_DEPTH = 20


@dataclass(frozen=True)
class FormText:
    """An expression without its "=": `id` and `label` are the component's."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class FormTexts:
    """All expressions of a form, and every key that it uses for a field, a group or a list."""

    texts: tuple[FormText, ...]
    keys: frozenset[str]


def form_texts(content: bytes) -> FormTexts | None:
    """None for what is no form."""
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(schema, dict):
        return None
    components = list(_components(schema, 0))
    keys = {one.get(name) for one in components for name in ("key", "path")}
    texts = [found for one in components for found in _texts(one)]
    return FormTexts(tuple(texts), frozenset(key for key in keys if isinstance(key, str)))


def _components(holder: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    inner = holder.get("components")
    for one in inner if isinstance(inner, list) and depth < MAX_DEPTH else ():
        if isinstance(one, dict):
            yield one
            yield from _components(one, depth + 1)


def _texts(component: Mapping[str, Any]) -> Iterator[FormText]:
    """What starts with "=" among its own rules; texts for people are templates and are judged by the form's gate."""
    held = [component.get("readonly"), component.get("expression")]
    for name in ("conditional", "validate", "properties"):
        rules = component.get(name)
        held += rules.values() if isinstance(rules, dict) else ()
    label = component.get("label")
    for text in held:
        if isinstance(text, str) and text.startswith("="):
            yield FormText(_word(component.get("id")), _word(label) or _word(component.get("key")), text[1:].strip())


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""
