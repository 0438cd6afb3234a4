"""What was asked of days that are over is kept until one more is closed."""

from __future__ import annotations

from datetime import date

from engine.closed_days import MOST, ClosedDays

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class Archive:
    """Something that finds answers and counts how often it had to."""

    def __init__(self) -> None:
        self.searched: list[str] = []

    def find(self, name: str) -> str:
        self.searched.append(name)
        return name.upper()


def test_an_answer_is_found_once_while_no_further_day_is_closed() -> None:
    closed, archive = ClosedDays(), Archive()
    for _round in range(3):
        assert closed.ask(MONDAY, ("tasks", "a"), lambda: archive.find("a")) == "A"
        assert closed.ask(MONDAY, ("tasks", "b"), lambda: archive.find("b")) == "B"
    assert archive.searched == ["a", "b"]


def test_one_more_closed_day_makes_all_answers_old() -> None:
    closed, archive = ClosedDays(), Archive()
    closed.ask(MONDAY, "a", lambda: archive.find("a"))
    closed.ask(TUESDAY, "a", lambda: archive.find("a"))
    assert archive.searched == ["a", "a"]


def test_an_answer_found_while_a_day_was_closed_is_not_kept_for_it() -> None:
    closed, archive = ClosedDays(), Archive()

    def find_slowly() -> str:
        closed.ask(TUESDAY, "other", lambda: archive.find("other"))  # meanwhile another thread asks about more days
        return archive.find("old")

    assert closed.ask(MONDAY, "a", find_slowly) == "OLD"
    assert closed.ask(TUESDAY, "a", lambda: archive.find("new")) == "NEW"


def test_the_answers_not_asked_for_longest_make_room() -> None:
    closed, archive = ClosedDays(), Archive()
    for n in range(MOST):
        closed.ask(MONDAY, n, lambda: archive.find("x"))
    closed.ask(MONDAY, 0, lambda: archive.find("again"))
    closed.ask(MONDAY, MOST, lambda: archive.find("x"))
    assert closed.ask(MONDAY, 0, lambda: archive.find("again")) == "X"
    assert closed.ask(MONDAY, 1, lambda: archive.find("gone")) == "GONE"
