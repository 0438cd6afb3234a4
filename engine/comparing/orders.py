"""Two orders of the same things: what stands elsewhere, and both read as one list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


class Matched(Generic[T]):
    """Things of two sides, matched by the first of several looks that both have, in order; a look of "" is none.

    `before` and `after` are places by name: a thing has one name on both sides, whichever way round they are compared.
    `order` are all names as one list.
    """

    def __init__(self, old: Sequence[T], new: Sequence[T], *looks: Callable[[T], str]) -> None:
        self._old, self._new = old, new
        self.before: dict[str, int] = {}
        self.after: dict[str, int] = {}
        left, free = dict(enumerate(old)), dict(enumerate(new))
        for level, look in enumerate(looks):
            olds, news = _by_look(left, look), _by_look(free, look)
            for key in olds.keys() & news.keys():
                for number, (was, now) in enumerate(zip(olds[key], news[key], strict=False)):
                    name = f"{level} {key} {number}"
                    self.before[name], self.after[name] = was, now
                    del left[was], free[now]
        self.before |= {f"- {place}": place for place in left}
        self.after |= {f"+ {place}": place for place in free}
        befores, afters = _sorted(self.before), _sorted(self.after)
        self.order = merged_order(befores, afters)

    @cached_property
    def moved(self) -> set[str]:
        """Those that stand elsewhere among the others."""
        return strays(_sorted(self.before), _sorted(self.after))

    def both(self, name: str) -> tuple[T | None, T | None]:
        """The two sides of one thing."""
        was, now = self.before.get(name), self.after.get(name)
        return None if was is None else self._old[was], None if now is None else self._new[now]


def _by_look(things: dict[int, T], look: Callable[[T], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, one in things.items():
        key = look(one)
        if key:
            found.setdefault(key, []).append(place)
    return found


def _sorted(places: dict[str, int]) -> list[str]:
    return sorted(places, key=lambda name: places[name])


def strays(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those that stand elsewhere among the common ones: as few as possible, and the same in both directions."""
    there, here = set(after), set(before)
    first, second = [one for one in before if one in there], [one for one in after if one in here]
    if second < first:
        first, second = second, first
    place = {one: number for number, one in enumerate(first)}
    kept = _longest_rise([place[one] for one in second])
    return {one for number, one in enumerate(second) if number not in kept}


def merged_order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The order of `after`, with what is gone right behind what it followed."""
    there = set(after)
    follow: dict[str, list[str]] = {}
    last = ""
    for one in before:
        if one in there:
            last = one
        else:
            follow.setdefault(last, []).append(one)
    found = list(follow.get("", ()))
    for one in after:
        found += [one, *follow.get(one, ())]
    return found


def _longest_rise(numbers: list[int]) -> set[int]:
    """The indices of a longest increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        previous.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[at], ends[at] = number, index
    kept = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept
