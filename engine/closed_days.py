"""What was asked of days that are over, kept until one more day is closed.

A finished task never changes, and neither does a closed day (see `engine/figures.py`): an answer made of those alone
holds until the next day is closed. So a page reads the past once a day in each process and only today every time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

Answer = TypeVar("Answer")

MOST = 256
"""Answers kept at most; the ones not asked for longest go first."""


class ClosedDays:
    """The answers kept by one process; shared by its threads, who must not change them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until: date | None = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def ask(self, until: date, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer to a question about days up to `until`, the last one closed; `find` finds it where none is kept.

        Two threads may find the same at once: that costs time, not truth."""
        with self._lock:
            if self._until != until:
                self._until = until
                self._answers.clear()
            if question in self._answers:
                self._answers.move_to_end(question)
                kept: Answer = self._answers[question]
                return kept
        found = find()
        with self._lock:
            if self._until == until:
                self._answers[question] = found
                while len(self._answers) > MOST:
                    self._answers.popitem(last=False)
        return found
