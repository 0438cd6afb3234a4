"""Words and addresses of these pages: periods, measures, durations, links that keep the rest of the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import request, url_for

from engine.i18n import _
from engine.queries.cockpit import ON_TIME_TARGET, PERIODS, days_text, limit_text
from ui.cockpit.blueprint import blueprint

blueprint.add_app_template_filter(days_text, "days")
blueprint.add_app_template_filter(limit_text, "limit")


def link(**changes: Any) -> str:
    """This very address with some parts changed; None takes one away. A change goes back to page one."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if value}
    if "page" not in changes:
        kept.pop("page", None)
    kept.update(changes)
    wanted = {name: value for name, value in kept.items() if value is not None}
    return url_for(str(request.endpoint), **(request.view_args or {}), **wanted)


def choices(options: Iterable[Sequence[str]], name: str, current: str) -> list[tuple[str, str, bool]]:
    """Entries of a filter menu: (text, address, whether chosen)."""
    return [(text, link(**{name: value}), value == current) for value, text in options]


def period_text(days: int) -> str:
    """近 90 天, 近 12 个月."""
    return _("近 12 个月") if days == 365 else _("近 {n} 天", n=days)


def periods(current: int) -> list[tuple[str, str, bool]]:
    """Entries of the menu of periods."""
    return [(period_text(days), link(days=days), days == current) for days in PERIODS]


def measures(current: str) -> list[tuple[str, str, bool]]:
    """The segments over the diagram."""
    words = (
        ("tokens", _("现有件数")),
        ("time", _("停留时间")),
        ("arrivals", _("到达次数")),
        ("late", _("超期次数")),
    )
    return [(text, link(measure=value), value == current) for value, text in words]


def outcome_options() -> list[tuple[str, str]]:
    """How cases end, for the filter."""
    return [
        ("completed", _("已办结")),
        ("rejected", _("已驳回")),
        ("withdrawn", _("已撤销")),
        ("rolled_back", _("已回退")),
        ("lapsed", _("已失效")),
        ("cancelled", _("已取消")),
        ("terminated", _("已终止")),
        ("failed", _("因错误结束")),
    ]


def points(rate: float, target: float) -> str:
    """高 0.8 个百分点: a rate held against its target."""
    gap = round((rate - target) * 100, 1)
    if gap == 0:
        return _("与目标持平")
    return _("高 {n} 个百分点", n=gap) if gap > 0 else _("低 {n} 个百分点", n=-gap)


@blueprint.context_processor
def words() -> dict[str, Callable[..., Any] | float]:
    """Give them to this room's templates."""
    return {
        "link": link,
        "choices_of": choices,
        "period_text": period_text,
        "periods": periods,
        "measures": measures,
        "outcome_options": outcome_options,
        "points": points,
        "target": ON_TIME_TARGET,
    }
