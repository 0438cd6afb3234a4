"""Types that no model defines: a `typeRef` of a decision, an input or a variable that is nobody's name.

The engine runs on without such a type: the value is simply not checked, and the slip of the pen is never seen. Types of
columns and of item definitions are refused where they are read, and are not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from lxml import etree

from engine.errors import Finding, PartFinding
from engine.feel.dmn import by_namespace
from engine.feel.dmn.reading import attribute, read_definitions
from engine.feel.dmn.types import known_type
from engine.feel.dmn.xml import children, local
from engine.i18n import _, language
from engine.parts import Parts

_REFUSED_ELSEWHERE = frozenset({"inputExpression", "output"})
_COMMON = ("string", "number", "boolean", "date", "time", "dateTime", "dayTimeDuration", "yearMonthDuration")
_NEAR = 0.6
"""How like a name must be to be suggested: 0 for anything, 1 for the same."""
_DEEP = 10
"""Imports of imports that are followed."""


def typeref_hints(parts: Parts) -> list[PartFinding]:
    """Hints on the DMN files, file by file; files that cannot be read are left out."""
    models = tuple(sorted(by_namespace(parts.decisions.values()).items()))
    return [
        PartFinding("decision", name, finding)
        for name, content in parts.decisions.items()
        for finding in _of_file(content, models, language())
    ]


@lru_cache(maxsize=64)
def _of_file(content: bytes, models: tuple[tuple[str, bytes], ...], _language: str) -> tuple[Finding, ...]:
    """Kept, because a draft is judged after every change and most of its files stay as they are."""
    root = read_definitions(content)
    return () if isinstance(root, Finding) else tuple(_unknown(root, _types_of(root, dict(models), 0)))


def _types_of(root: etree._Element, models: Mapping[str, bytes], depth: int) -> frozenset[str]:
    """The names of the types that a file may use; those of an imported file stand under the name of the import."""
    names = {attribute(one, "name") for one in children(root, "itemDefinition")}
    for one in children(root, "import") if depth < _DEEP else ():
        there = read_definitions(models.get(attribute(one, "namespace"), b""))
        if not isinstance(there, Finding):
            names |= {f"{attribute(one, 'name')}.{name}" for name in _types_of(there, models, depth + 1)}
    return frozenset(names)


def _unknown(root: etree._Element, types: frozenset[str]) -> Iterator[Finding]:
    for element in root.iter(etree.Element):
        reference = attribute(element, "typeRef").strip()
        if local(element) in _REFUSED_ELSEWHERE or known_type(reference) is not None or reference in types:
            continue
        element_id, name = _bearer(element)
        near = get_close_matches(reference, sorted(types | set(_COMMON)), 1, _NEAR)
        if near:
            message = _("没有类型 {type}，这里的值不受检查；是不是 {near}？", type=reference[:60], near=near[0])
        else:
            message = _("没有类型 {type}，这里的值不受检查；请改用基本类型，或先定义它。", type=reference[:60])
        yield Finding("hint", "dmn-unknown_type", element_id, name, message)


def _bearer(element: etree._Element) -> tuple[str, str]:
    """The nearest element that the drawing knows, and what it is called: a variable lies in its decision or input."""
    around = [one for one in element.iterancestors() if one.get("name") and one.get("id")]
    owner = around[0] if around and around[0].getparent() is not None else element
    return attribute(owner, "id"), attribute(element, "name") or attribute(owner, "name")
