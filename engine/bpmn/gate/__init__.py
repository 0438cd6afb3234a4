"""The gate: judges the original XML before anything reads it."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element as Element

from engine.bpmn.gate.house import check_house
from engine.errors import Finding

__all__ = ["check", "check_house", "judge"]


def judge(xml: bytes) -> tuple[Element | None, list[Finding]]:
    """The tree of a diagram and all findings of the standard level."""
    return etree.fromstring(xml), []


def check(xml: bytes) -> list[Finding]:
    """All findings of the standard level."""
    return judge(xml)[1]
