"""Words for moments, sizes and numbers on pages. Moments come in as aware UTC and are shown in Asia/Shanghai."""

from __future__ import annotations

import re
from datetime import date, datetime

from flask import Flask, current_app
from markupsafe import Markup, escape

from engine.clock import local
from engine.i18n import _
from engine.queries.values import TOTAL_CAP

NUMBER = re.compile(r"[A-Z]{2,6}-\d{4}-\d{4,}")


def _now() -> datetime:
    return local(current_app.extensions["guicheng"].clock.now())


def moment(value: datetime | None) -> str:
    """2026-11-06 09:30, for tables."""
    return local(value).strftime("%Y-%m-%d %H:%M") if value else ""


def short(value: datetime | None) -> str:
    """11-06 09:30 within the current year, with the year otherwise; for narrow lists."""
    if value is None:
        return ""
    there = local(value)
    return there.strftime("%m-%d %H:%M" if there.year == _now().year else "%Y-%m-%d %H:%M")


def short_day(value: datetime | None) -> str:
    """11-06 within the current year, with the year otherwise."""
    return short(value).rsplit(" ", 1)[0]


def recent(value: datetime | None) -> str:
    """09:12 today, 昨天, then 11-04: for notices."""
    if value is None:
        return ""
    there, today = local(value), _now().date()
    days = (today - there.date()).days
    if days == 0:
        return there.strftime("%H:%M")
    if days == 1:
        return _("昨天")
    return there.strftime("%m-%d" if there.year == today.year else "%Y-%m-%d")


def day(value: datetime | date | None) -> str:
    """2026-11-06."""
    if value is None:
        return ""
    return (local(value) if isinstance(value, datetime) else value).strftime("%Y-%m-%d")


def clock_time(value: datetime | None) -> str:
    """09:28, for what was saved a moment ago; with the day when that was not today."""
    if value is None:
        return ""
    there = local(value)
    return there.strftime("%H:%M") if there.date() == _now().date() else short(value)


def document_day(value: datetime | date | None) -> str:
    """2026年11月6日, for documents."""
    if value is None:
        return ""
    there = local(value) if isinstance(value, datetime) else value
    return _("{y}年{m}月{d}日", y=there.year, m=there.month, d=there.day)


def document_moment(value: datetime | None) -> str:
    """2026年11月6日 09:30, for documents."""
    return f"{document_day(value)} {local(value):%H:%M}" if value else ""


def iso(value: datetime | None) -> str:
    """For `<time datetime>`."""
    return local(value).isoformat(timespec="minutes") if value else ""


def weekday(value: datetime) -> str:
    """星期五."""
    names = (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
    return names[local(value).weekday()]


def file_size(value: int) -> str:
    """86 KB, 1.2 MB."""
    if value < 1024:
        return f"{value} B"
    if value < 1024 * 1024:
        return f"{value / 1024:.0f} KB"
    return f"{value / 1024 / 1024:.1f} MB"


def capped(value: int) -> str:
    """Totals beyond ten thousand are shown as 10 000+."""
    return "10 000+" if value >= TOTAL_CAP else str(value)


def percent(value: float | None) -> str:
    """92%, or a dash where there is nothing to count."""
    return "–" if value is None else f"{value * 100:.0f}%"


def unbroken(text: str) -> Markup:
    """The text with its case numbers (BG-2026-0001) kept in one piece."""
    return Markup(NUMBER.sub(r'<span class="g-nowrap">\g<0></span>', str(escape(text))))


def paragraphs(text: str) -> list[str]:
    """The lines of a diagram's documentation, without its indentation."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def first_sentence(text: str) -> str:
    """The lead of a diagram's documentation."""
    whole = "".join(paragraphs(text))
    return whole.split("。")[0] + "。" if "。" in whole else whole


def arrowless(value: str) -> str:
    """What follows an act, without the arrow that the page draws itself."""
    return value.removeprefix("→").strip()


def register(app: Flask) -> None:
    """Give them to the templates."""
    for function in (
        *(moment, short, short_day, recent, day, clock_time, document_day, document_moment, iso, weekday),
        *(file_size, capped, percent, arrowless, paragraphs, first_sentence, unbroken),
    ):
        app.add_template_filter(function)
