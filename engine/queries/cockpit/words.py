"""Figures in words, the same in tables, diagrams and charts."""

from __future__ import annotations

from engine.i18n import _


def days_text(days: float | None) -> str:
    """6.8 天; below a twentieth of a day "<0.1 天"; a dash where there is nothing."""
    if days is None:
        return "–"
    return _("<0.1 天") if days < 0.05 else _("{n} 天", n=f"{days:.1f}")


def limit_text(days: float | None, natural: bool = False) -> str:
    """A time limit: 5 天, 2.5 天, of clocks in hours 8 小时 or 2 天 by natural time."""
    if days is None:
        return "–"
    if natural and days < 1:
        return _("{n} 小时", n=f"{days * 24:g}")
    return _("{n} 天", n=f"{round(days, 1):g}")
