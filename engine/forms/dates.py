"""datetime components: days, times of day, moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from marshmallow import ValidationError

from engine.clock import LOCAL
from engine.forms.inputs import Given, Input, reasoned
from engine.forms.values import shown
from engine.i18n import _

#: What the pages can show and the calendar can count.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile(rf"{_DATE.pattern}T{_TIME.pattern}")


class DateInput(Input):
    """datetime of subtype date."""

    def read(self, raw: Any, given: Given) -> date:
        try:
            if not isinstance(raw, str) or not _DATE.fullmatch(raw.strip()):
                raise ValueError
            value = date.fromisoformat(raw.strip())
        except ValueError:
            raise ValidationError(
                _("{label}须是日期，例如 2026-11-06，你填的是 {value}", label=self.spec.label, value=shown(raw))
            ) from None
        return value

    def check(self, value: date, given: Given) -> None:
        self.check_day(value, given)

    def check_day(self, day: date, given: Given) -> None:
        label = self.spec.label
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("{label}须在 1900 年到 2199 年之间", label=label))
        if self.spec.future_only and day < given.today:
            raise ValidationError(_("{label}早于今天 {today}，请改晚", label=label, today=given.today.isoformat()))
        first, last = given.limits.get("notBefore"), given.limits.get("notAfter")
        if first is not None and day < first:
            name = self.spec.limit_names.get("notBefore", "")
            message = _("{label}早于{name} {day}，请改晚", label=label, name=name, day=first.isoformat())
            raise ValidationError(reasoned(message, given, "notBefore"))
        if last is not None and day > last:
            name = self.spec.limit_names.get("notAfter", "")
            message = _("{label}晚于{name} {day}，请改早", label=label, name=name, day=last.isoformat())
            raise ValidationError(reasoned(message, given, "notAfter"))


class TimeInput(Input):
    """datetime of subtype time: the wall clock of Asia/Shanghai."""

    def read(self, raw: Any, given: Given) -> time:
        try:
            if not isinstance(raw, str) or not _TIME.fullmatch(raw.strip()):
                raise ValueError
            value = time.fromisoformat(raw.strip())
        except ValueError:
            raise ValidationError(
                _("{label}须是时间，例如 09:30，你填的是 {value}", label=self.spec.label, value=shown(raw))
            ) from None
        if value.tzinfo is None:
            return value
        # China has had one offset since 1991, so any day will do for the conversion.
        return datetime.combine(date(2000, 1, 2), value).astimezone(LOCAL).time()


class MomentInput(DateInput):
    """datetime of subtype datetime: aware, in UTC; without an offset it is the wall clock of Asia/Shanghai."""

    def read(self, raw: Any, given: Given) -> datetime:
        try:
            if not isinstance(raw, str) or not _MOMENT.fullmatch(raw.strip()):
                raise ValueError
            value = datetime.fromisoformat(raw.strip())
            local_value = value.replace(tzinfo=LOCAL) if value.tzinfo is None else value
            return local_value.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError(
                _(
                    "{label}须是日期和时间，例如 2026-11-06 09:30，你填的是 {value}",
                    label=self.spec.label,
                    value=shown(raw),
                )
            ) from None

    def check(self, value: date, given: Given) -> None:
        assert isinstance(value, datetime)
        try:
            day = value.astimezone(LOCAL).date()
        except OverflowError:
            day = LAST_DAY.replace(year=LAST_DAY.year + 1)
        self.check_day(day, given)
        self._check_moment(value, given)

    def _check_moment(self, value: datetime, given: Given) -> None:
        """On the day of a limit that is a moment: to the minute."""
        label, names = self.spec.label, self.spec.limit_names
        first, last = (getattr(given.limits.get(name), "at", None) for name in ("notBefore", "notAfter"))
        if first is not None and _minute(value) < _minute(first):
            name = names.get("notBefore", "")
            message = _("{label}早于{name} {moment}，请改晚", label=label, name=name, moment=_clock(first))
            raise ValidationError(reasoned(message, given, "notBefore"))
        if last is not None and _minute(value) > _minute(last):
            name = names.get("notAfter", "")
            message = _("{label}晚于{name} {moment}，请改早", label=label, name=name, moment=_clock(last))
            raise ValidationError(reasoned(message, given, "notAfter"))


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
