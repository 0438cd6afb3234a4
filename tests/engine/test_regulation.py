"""The 47 clauses that the procedures carry out, in the product's own words."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from engine import regulation
from engine.errors import ConfigurationError
from engine.i18n import set_language

RUN = 8
"""Chinese characters in a row, without punctuation between, that count as copied."""

RUNS = frozenset((Path(__file__).parent / "regulation_runs.txt").read_text(encoding="ascii").split())
"""Every run of the clauses' text, as the first 8 digits of its SHA-256: enough to find a copy, too little to read."""

COUNTS = {"2": 7, "3": 9, "4": 9, "5": 9, "6": 8, "7": 5}
"""Operative clauses by chapter."""


def runs(text: str) -> list[str]:
    """Every stretch of `RUN` characters of the text."""
    parts = re.split(r"[^\u4e00-\u9fff]+", text)
    return [part[i : i + RUN] for part in parts for i in range(len(part) - RUN + 1)]


def test_there_are_47_clauses_in_order_each_once() -> None:
    numbers = [clause.number for clause in regulation.clauses()]
    assert len(numbers) == 47
    assert numbers == sorted(set(numbers), key=lambda number: [int(part) for part in number.split(".")])


def test_every_chapter_has_its_sections_and_every_section_its_clauses() -> None:
    chapters = regulation.chapters()
    assert {chapter.number: len(chapter.clauses) for chapter in chapters} == COUNTS
    assert [len(chapter.sections) for chapter in chapters] == [3, 3, 3, 3, 3, 3]
    for chapter in chapters:
        for section in chapter.sections:
            assert section.number.startswith(f"{chapter.number}.")
            assert all(clause.number.startswith(f"{section.number}.") for clause in section.clauses)
            assert {(clause.section, clause.chapter) for clause in section.clauses} == {
                (section.number, chapter.number)
            }


def test_headings_and_summaries_are_short_and_differ() -> None:
    clauses = regulation.clauses()
    assert len({clause.heading for clause in clauses}) == len(clauses)
    for clause in clauses:
        assert 2 <= len(clause.heading) <= 12, clause.number
        assert 12 <= len(clause.summary) <= 60, clause.number
        assert clause.summary.endswith("。"), clause.number
        assert not clause.heading.endswith("。"), clause.number


def test_no_summary_copies_the_text_of_the_regulation() -> None:
    for clause in regulation.clauses():
        for run in runs(clause.heading) + runs(clause.summary):
            assert hashlib.sha256(run.encode()).hexdigest()[:8] not in RUNS, f"{clause.number}: {run}"


def test_a_clause_is_found_by_its_number() -> None:
    clause = regulation.clause("2.2.3")
    assert clause is not None
    assert clause.heading == "变更论证与审批"
    assert regulation.clause("9.9.9") is None
    assert regulation.name() == "智慧监管平台管理办法"


@pytest.mark.parametrize("text", ["2.2.3 4.2.1", "2.2.3,4.2.1", "2.2.3， 4.2.1  2.2.3"])
def test_a_diagram_may_separate_clauses_by_blanks_or_commas(text: str) -> None:
    assert regulation.clause_numbers(text) == ["2.2.3", "4.2.1"]
    assert regulation.clause_numbers(None) == []


def test_english_says_every_heading_and_summary() -> None:
    set_language("en")
    try:
        chapters, clauses = regulation.chapters(), regulation.clauses()
    finally:
        set_language("zh")
    headings = [part.heading for chapter in chapters for part in (chapter, *chapter.sections)]
    texts = headings + [text for clause in clauses for text in (clause.heading, clause.summary)]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)] == []
    assert len({clause.heading for clause in clauses}) == 47
    assert [clause.number for clause in clauses] == [clause.number for clause in regulation.clauses()]
    assert regulation.clauses()[0].heading == "建设规划"


def test_what_is_not_translated_stays_as_it_is() -> None:
    found = regulation.translated(regulation.read(GOOD), {"1": "General", "1.1.1": ["One", "The first."]})
    assert [chapter.heading for chapter in found.chapters] == ["General"]
    assert [(clause.heading, clause.summary) for clause in found.clauses] == [("One", "The first."), ("乙", "二。")]


GOOD = """
name: 办法
chapters:
  - number: "1"
    heading: 总
    sections:
      - number: "1.1"
        heading: 节
        clauses:
          - {number: 1.1.1, heading: 甲, summary: 一。}
          - {number: 1.1.2, heading: 乙, summary: 二。}
"""


def test_another_regulation_is_another_file() -> None:
    found = regulation.read(GOOD)
    assert [clause.heading for clause in found.clauses] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("1.1.2", "1.1.1", "1.1.1 重复"),
        ("number: 1.1.2", "number: 1.2.2", "编号“1.2.2”"),
        ('"1.1"', '"2.1"', "编号“2.1”"),
        ("heading: 甲, ", "", "1.1.1 缺少 heading"),
        ("summary: 二。", "note: 二。", "1.1.2 缺少 summary"),
        ("name: 办法", "title: 办法", "缺少 name"),
        ("chapters:", "parts:", "缺少 chapters"),
        ("name: 办法", "name: [", "regulation.yaml"),
    ],
)
def test_a_mistake_in_the_file_is_named(right: str, wrong: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        regulation.read(GOOD.replace(right, wrong))


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        regulation.read(
            GOOD.replace("heading: 甲, ", "").replace("summary: 二。", "summary:").replace("name: 办法", "")
        )
    assert str(refused.value).count("\n") == 3
