"""Two scenarios of the try-out, step by step."""

from __future__ import annotations

import json
from typing import Any

from engine.comparing.model import Column, Facts, Kind, Row, Sheet, clean, details_of, fact
from engine.i18n import _

MAX_STEPS = 500
MAX_DEPTH = 12


def compare_scenario(name: str, before: bytes | None, after: bytes | None) -> Sheet | None:
    """The difference of one scenario; None where there is none."""
    if before == after:
        return None
    kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
    old, new = _load(before), _load(after)
    title = _plain((new or old or {}).get("name") or (new or old or {}).get("title")) or name
    if (before is not None and old is None) or (after is not None and new is None):
        note = _("这个场景有一方不能读取，无法逐步对比。")
        return Sheet(kind=kind, name=name, id=name, title=title, note=note)
    rows = _rows(_steps(old), _steps(new))
    details = details_of(_facts(old or {}), _facts(new or {})) if old is not None and new is not None else ()
    note = ""
    if kind is Kind.CHANGED and not details and not any(row.touched for row in rows):
        note = _("只有书写格式不同，步骤没有变化。")
    columns = (Column(Kind.SAME, _("步骤")),)
    return Sheet(
        kind=kind, name=name, id=name, title=title, columns=columns, rows=tuple(rows), details=details, note=note
    )


def _rows(old: list[str], new: list[str]) -> list[Row]:
    found = []
    for place in range(max(len(old), len(new))):
        was = old[place] if place < len(old) else None
        now = new[place] if place < len(new) else None
        kind = Kind.ADDED if was is None else Kind.REMOVED if now is None else Kind.SAME
        if was is not None and now is not None and was != now:
            kind = Kind.CHANGED
        found.append(Row(kind, str(place), _("第 {n} 步", n=place + 1), ((was, now),)))
    return found


def _load(content: bytes | None) -> dict[str, Any] | None:
    try:
        value = json.loads(content or b"")
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _steps(scenario: dict[str, Any] | None) -> list[str]:
    steps = (scenario or {}).get("steps")
    return [_plain(step) for step in steps[:MAX_STEPS]] if isinstance(steps, list) else []


def _facts(scenario: dict[str, Any]) -> Facts:
    words = {"start": _("发起"), "name": _("名称"), "title": _("名称"), "expect": _("预期"), "expectations": _("预期")}
    return {
        key: fact(words.get(key, clean(key)), _plain(value))
        for key, value in scenario.items()
        if key != "steps" and value not in (None, "", [], {})
    }


def _plain(value: Any, depth: int = 0) -> str:
    """A value in one line: `键：值，键：值`."""
    if isinstance(value, str):
        return clean(value.strip())
    if isinstance(value, dict | list) and depth > MAX_DEPTH:
        return "…"
    if isinstance(value, dict):
        return "，".join(f"{clean(key)}：{_plain(one, depth + 1)}" for key, one in value.items())
    if isinstance(value, list):
        return "、".join(_plain(one, depth + 1) for one in value)
    return "" if value is None else json.dumps(value)
