"""Search in Chinese: which pairs of characters a text has.

Word-based indexes cannot find 李敏 or 机房, which nothing separates from their neighbours. So every pair of
neighbouring characters of a case's number, title, starter and department is a row (`SearchGram`), and so is every single
character: one typed character already finds something. Letters are lower-cased and full-width forms narrowed;
punctuation, spaces and the border between Latin and Chinese separate, so “3 号机房” and “3号机房” are the same.

A case is found when it has *all* grams of the query. Neighbouring pairs say almost everything: a false hit would need
all pairs of the words somewhere else in the same case.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_QUERY = 60
"""Characters of a query that count; more only narrows a search that is already narrow."""

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_CASE_NUMBER = re.compile(r"([a-z]+)-([0-9]{4})-0*([0-9]+)")
_YEAR = re.compile(r"[0-9]{4}")
_SHORT_COUNT = re.compile(r"[1-9][0-9]{0,2}")


def grams(*texts: str) -> set[str]:
    """Everything by which a case with these texts can be found; each gram has at most 4 characters.

    A case number is also found without its hyphens and, after its year, without its zeros: BG20260001, BG-2026-1.
    """
    text = _plain(" ".join(texts))
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(run, _pairs(run))
    for number in _CASE_NUMBER.finditer(text):
        found.update(_pairs(number[0].replace("-", "")))
        if _SHORT_COUNT.fullmatch(number[3]):
            found.add(f"#{number[3]}")
    return found


def query_grams(query: str) -> set[str]:
    """What a case must have, all of it, to match; empty when the query has no letter, digit or character."""
    wanted: set[str] = set()
    previous = ""
    for run in _RUN.findall(_plain(query[:LONGEST_QUERY])):
        if _YEAR.fullmatch(previous) and _SHORT_COUNT.fullmatch(run):
            wanted.add(f"#{run}")
        else:
            wanted.update(_pairs(run) or {run})
        previous = run
    return wanted


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _pairs(run: str) -> set[str]:
    return {run[i : i + 2] for i in range(len(run) - 1)}
