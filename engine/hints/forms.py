"""Forms, judged by what the browser will make of their expressions."""

from __future__ import annotations

import json
from functools import lru_cache

from engine.errors import Finding, PartFinding
from engine.forms.feelin import browser_hints
from engine.i18n import language
from engine.parts import Parts


def form_hints(parts: Parts) -> list[PartFinding]:
    """Hints on the forms, file by file; files that cannot be read are left out."""
    return [
        PartFinding("form", name, finding)
        for name, content in parts.forms.items()
        for finding in _hints(content, language())
    ]


@lru_cache(maxsize=256)
def _hints(content: bytes, _language: str) -> tuple[Finding, ...]:
    """Kept, because a draft is judged after every change and most of its forms stay as they are."""
    try:
        schema = json.loads(content)
        return tuple(browser_hints(schema)) if isinstance(schema, dict) else ()
    except (ValueError, RecursionError):
        return ()
