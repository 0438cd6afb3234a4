"""Running clocks of cases: what is counted down, how much is left, how late it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.i18n import _
from engine.models import Countdown, Instance

_NEAR = timedelta(hours=1)


@dataclass(frozen=True)
class ClockView:
    """A countdown as pages show it: `label`, `text` (剩 32 分, 已超 1 小时 5 分), the moment in `title`, the
    `seconds` that are left (negative when late); `token_id` is the task's whose it is."""

    label: str
    at: datetime
    text: str
    title: str
    late: bool
    soon: bool
    seconds: int
    token_id: int


def clocks_of(session: Session, instance_ids: Iterable[int], now: datetime) -> dict[int, list[ClockView]]:
    """The running clocks by case, the most urgent first, in one statement; none of a case that is suspended."""
    wanted = set(instance_ids)
    found: dict[int, list[ClockView]] = defaultdict(list)
    if not wanted:
        return found
    rows = (
        select(Countdown.instance_id, Countdown.label, Countdown.due_at, Countdown.token_id)
        .join(Instance, Instance.id == Countdown.instance_id)
        .where(Countdown.instance_id.in_(wanted), Instance.suspended_at.is_(None))
        .order_by(Countdown.due_at, Countdown.id)
    )
    for instance_id, label, due_at, token_id in session.execute(rows):
        found[instance_id].append(clock_view(label, due_at, now, token_id))
    return found


def nearest(clocks: list[ClockView], token_id: int) -> ClockView | None:
    """The task's own clock, else the most urgent one of its case."""
    return next((clock for clock in clocks if clock.token_id == token_id), clocks[0] if clocks else None)


def clock_view(label: str, due_at: datetime, now: datetime, token_id: int = 0) -> ClockView:
    """One of them, in natural time."""
    late = now >= due_at
    span = span_text(now - due_at if late else due_at - now)
    text = _("已超 {time}", time=span) if late else _("剩 {time}", time=span)
    title = _("{label}：{moment} 到期（自然时间）", label=label, moment=f"{local(due_at):%Y-%m-%d %H:%M}")
    soon = not late and due_at - now <= _NEAR
    return ClockView(label, due_at, text, title, late, soon, int((due_at - now).total_seconds()), token_id)


def span_text(span: timedelta) -> str:
    """Days and hours, hours and minutes, or minutes; whole ones. The browser says the same (clocks.js)."""
    minutes = int(span.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("{d} 天 {h} 小时", d=days, h=hours) if hours else _("{d} 天", d=days)
    if hours:
        return _("{h} 小时 {m} 分", h=hours, m=rest) if rest else _("{h} 小时", h=hours)
    return _("{m} 分", m=rest)
