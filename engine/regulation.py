"""The regulation that the procedures carry out: chapters, sections and clauses by number, heading and summary.

Read once from `workflows/regulation.yaml`. The words are the product's own; they show the way and do not stand in for
the text. Whoever runs another regulation writes another file: `ConfigurationError` names what is wrong in it. What
`regulation.en.yaml` has is said in English to who reads English; what it leaves out stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engine.errors import ConfigurationError
from engine.i18n import _, language

FILE = Path(__file__).resolve().parent.parent / "workflows" / "regulation.yaml"
ENGLISH = FILE.with_name("regulation.en.yaml")


@dataclass(frozen=True)
class Clause:
    """One operative clause: 2.2.3, its heading, one line on what it asks for; `section` 2.2 and `chapter` 2."""

    number: str
    heading: str
    summary: str
    section: str
    chapter: str


@dataclass(frozen=True)
class Section:
    """A section with its clauses in order."""

    number: str
    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter with its sections in order."""

    number: str
    heading: str
    sections: tuple[Section, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Those of all its sections."""
        return tuple(clause for section in self.sections for clause in section.clauses)


@dataclass(frozen=True)
class Regulation:
    """The whole of it, by the name on its first page."""

    name: str
    chapters: tuple[Chapter, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All of them, in order."""
        return tuple(clause for chapter in self.chapters for clause in chapter.clauses)


def name() -> str:
    """What the regulation is called."""
    return _regulation(language()).name


def chapters() -> tuple[Chapter, ...]:
    """The chapters that ask for procedures, in order."""
    return _regulation(language()).chapters


def clauses() -> tuple[Clause, ...]:
    """Every operative clause, in order."""
    return _regulation(language()).clauses


def clause(number: str) -> Clause | None:
    """The clause of this number; None where the regulation has no such clause."""
    return _by_number(language()).get(number)


def clause_numbers(text: str | None) -> list[str]:
    """The clauses that a diagram names in one attribute: "2.2.3, 4.2.1" or "2.2.3 4.2.1", each once."""
    return list(dict.fromkeys((text or "").replace(",", " ").replace("，", " ").split()))


def read(text: str) -> Regulation:
    """A regulation from YAML; `ConfigurationError` with every problem that was found."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _refused([str(error)]) from error
    problems: list[str] = []
    found_chapters = tuple(_chapter(part, problems) for part in _parts(raw, "chapters", problems))
    title = raw.get("name") if isinstance(raw, Mapping) else None
    if not isinstance(title, str) or not title.strip():
        problems.append(_("缺少 name（办法的名称）"))
    found = Regulation(str(title), found_chapters)
    problems += _disorder([clause.number for clause in found.clauses])
    if problems:
        raise _refused(problems)
    return found


@cache
def _regulation(spoken: str) -> Regulation:
    words: Mapping[str, Any] = {}
    if spoken == "en" and ENGLISH.is_file():
        words = yaml.safe_load(ENGLISH.read_text(encoding="utf-8")) or {}
    return translated(read(FILE.read_text(encoding="utf-8")), words)


@cache
def _by_number(spoken: str) -> Mapping[str, Clause]:
    return {clause.number: clause for clause in _regulation(spoken).clauses}


def translated(found: Regulation, words: Mapping[str, Any]) -> Regulation:
    """With other headings by number; of clauses heading and summary. What `words` does not have stays."""

    def of_clause(clause: Clause) -> Clause:
        heading, summary = words.get(clause.number, (clause.heading, clause.summary))
        return replace(clause, heading=heading, summary=summary)

    def of_section(section: Section) -> Section:
        heading = words.get(section.number, section.heading)
        return replace(section, heading=heading, clauses=tuple(map(of_clause, section.clauses)))

    def of_chapter(chapter: Chapter) -> Chapter:
        heading = words.get(chapter.number, chapter.heading)
        return replace(chapter, heading=heading, sections=tuple(map(of_section, chapter.sections)))

    return replace(found, chapters=tuple(map(of_chapter, found.chapters)))


_Part = tuple[str, str, Mapping[str, Any]]
"""Number, heading and the whole of an entry."""


def _chapter(part: _Part, problems: list[str]) -> Chapter:
    number, heading, raw = part
    return Chapter(
        number, heading, tuple(_section(inner, number, problems) for inner in _parts(raw, "sections", problems, number))
    )


def _section(part: _Part, chapter: str, problems: list[str]) -> Section:
    number, heading, raw = part
    clauses = tuple(_clause(inner, number, chapter, problems) for inner in _parts(raw, "clauses", problems, number))
    return Section(number, heading, clauses)


def _clause(part: _Part, section: str, chapter: str, problems: list[str]) -> Clause:
    number, heading, raw = part
    summary = str(raw.get("summary") or "").strip()
    if not summary:
        problems.append(_("{number} 缺少 summary（摘要）", number=number))
    return Clause(number, heading, summary, section, chapter)


def _parts(raw: Any, kind: str, problems: list[str], under: str = "") -> list[_Part]:
    """The entries of a list in `raw`; what is missing or misplaced goes into `problems`."""
    entries = raw.get(kind) if isinstance(raw, Mapping) else None
    if not isinstance(entries, list) or not entries:
        problems.append(_("{where}缺少 {kind}", where=f"{under} " if under else "", kind=kind))
        return []
    found: list[_Part] = []
    for entry in entries:
        fields = entry if isinstance(entry, Mapping) else {}
        number, heading = str(fields.get("number", "")), fields.get("heading")
        if not re.fullmatch(re.escape(f"{under}.") + r"\d{1,3}" if under else r"\d{1,3}", number):
            problems.append(_("{kind} 中的编号“{number}”不对", kind=kind, number=number))
        elif not isinstance(heading, str) or not heading.strip():
            problems.append(_("{number} 缺少 heading（标题）", number=number))
        else:
            found.append((number, heading.strip(), fields))
    return found


def _disorder(numbers: list[str]) -> list[str]:
    """Clauses that come twice or out of order."""
    keys = [tuple(int(part) for part in number.split(".")) for number in numbers]
    return [
        _("{number} 重复，或没有按顺序排列", number=number)
        for number, before, here in zip(numbers[1:], keys, keys[1:], strict=False)
        if here <= before
    ]


def _refused(problems: list[str]) -> ConfigurationError:
    heading = _("workflows/regulation.yaml 有误，没有启动：")
    return ConfigurationError("\n".join([heading, *(f"  {problem}" for problem in problems)]))
