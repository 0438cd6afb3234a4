"""What a try-out tells instead of doing it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effect:
    """What a handler would have done to the platform, in words."""

    text: str
    detail: str = ""
