"""What every input has in common: nothing sent, empty, required.

A field receives a `Given`: what was sent, with the limits and options that hold for this very place (they may be
computed). A field that receives nothing at all is hidden or read-only there, and is left out of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError, missing
from marshmallow import fields as ma

from engine.forms.model import Field, Option
from engine.i18n import _


@dataclass(frozen=True)
class Given:
    """What was sent for one field at one place, and the limits that hold there.

    `because` tells how the limit of a name came about, or with "" the choices; nothing of those that are written.
    `paper` is the paper that an exam field asks (papers.py).
    """

    value: Any
    limits: Mapping[str, Any]
    options: Sequence[Option]
    today: date
    because: Callable[[str], str] = lambda _rule: ""
    paper: Any = None


class Input(ma.Field[Any]):
    """Base of all inputs: nothing sent, empty, required; `read` and `check` are what each kind adds."""

    empty: Any = None

    def __init__(self, spec: Field) -> None:
        super().__init__(data_key=spec.key, attribute=spec.key)
        self.spec = spec

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        if value is missing:
            return missing
        given: Given = value
        if self.is_empty(given.value):
            if self.spec.required:
                raise ValidationError(self.say_required())
            return self.empty
        result = self.read(given.value, given)
        self.check(result, given)
        return result

    def is_empty(self, raw: Any) -> bool:
        return raw is missing or raw is None or (isinstance(raw, str) and not raw.strip())

    def say_required(self) -> str:
        return _("{label}还没有填写", label=self.spec.label)

    def read(self, raw: Any, given: Given) -> Any:
        """The typed value; raises `ValidationError` when `raw` is of another kind."""
        return raw

    def check(self, value: Any, given: Given) -> None:
        """The rules on the typed value."""


def reasoned(message: str, given: Given, rule: str) -> str:
    """A refusal, with how the limit it names was computed."""
    reason = given.because(rule)
    return _("{message}（{reason}）", message=message, reason=reason) if reason else message
