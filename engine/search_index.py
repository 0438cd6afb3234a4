"""Search in Chinese: which pairs of characters a text has, and the cases that have them all.

Word-based indexes cannot find 李敏 or 机房, which nothing separates from their neighbours. So every pair of
neighbouring characters of a case's number, title, starter and department is a row (`SearchGram`), and so is every
single one: one typed character already finds something. Letters are lower-cased and full-width forms narrowed;
punctuation, spaces and the border between Latin and Chinese separate, so “3 号机房” and “3号机房” are the same.

A case is found when it has *all* grams of the query. Neighbouring pairs say almost everything: a false hit would need
all pairs of the words somewhere else in the same case. Case numbers consist of too few digits for that and are compared
as numbers.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from engine.models import Instance, SearchGram

LONGEST_QUERY = 60
"""Characters of a query that count; more only narrows a search that is already narrow."""

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_CASE_NUMBER = re.compile(r"([a-z]{1,10})-?([0-9]{4})-?([0-9]{0,6})")
_WITHOUT_PREFIX = re.compile(r"()([0-9]{4})-([0-9]{1,6})")


def grams(*texts: str) -> set[str]:
    """Everything by which a case with these texts can be found: its single characters and its pairs."""
    found: set[str] = set()
    for run in _runs(" ".join(texts)):
        found.update(run, _pairs(run))
    return found


def query_grams(query: str) -> set[str]:
    """What a case must have, all of it, to match; empty when the query has no letter, digit or character."""
    wanted: set[str] = set()
    for run in _runs(query[:LONGEST_QUERY]):
        wanted.update(_pairs(run) or {run})
    return wanted


def matching(query: str, case_id: SQLColumnExpression[int] = Instance.id) -> ColumnElement[bool]:
    """The condition on a case, by its id wherever that stands, that a search finds it; what has nothing to search for
    finds nothing.

    BG-2026-0001, bg20260001, 2026-1 and BG-2026 are read as (beginnings of) case numbers.
    """
    text = _plain(query.strip())
    number = _CASE_NUMBER.fullmatch(text) or _WITHOUT_PREFIX.fullmatch(text)
    if number:
        return case_id.in_(_numbered(number[1].upper(), number[2], number[3]))
    # The rarest gram first: its rows are read in the order of the index, the others only looked up.
    wanted = sorted(query_grams(query), key=_commonness)
    if not wanted:
        return false()
    first, *others = wanted
    conditions: list[ColumnElement[bool]] = [SearchGram.gram == first]
    for gram in others:
        other = aliased(SearchGram)
        conditions.append(exists().where(other.gram == gram, other.instance_id == SearchGram.instance_id))
    return case_id.in_(select(SearchGram.instance_id).where(and_(*conditions)))


def _numbered(prefix: str, year: str, count: str) -> Select[Any]:
    start = f"{prefix}-{year}-" if prefix else f"%-{year}-"
    case = aliased(Instance)  # looked up beside: the numbers alone lie close together in their index
    found: ColumnElement[bool] = case.number.like(f"{start}{count}%")
    if count:
        exact = f"{start}{int(count):04d}"
        found = or_(found, case.number == exact if prefix else case.number.like(exact))
    return select(case.id).where(found)


def _commonness(gram: str) -> tuple[bool, bool, str]:
    """Single characters and digits are everywhere, pairs of Chinese characters are not."""
    return len(gram) == 1, gram.isascii(), gram


def _runs(text: str) -> list[str]:
    """The unbroken stretches of letters and digits, or of characters, in lower case."""
    return _RUN.findall(_plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _pairs(run: str) -> set[str]:
    return {run[i : i + 2] for i in range(len(run) - 1)}
