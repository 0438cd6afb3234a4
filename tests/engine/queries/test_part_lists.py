"""The lists of forms and tables of a draft."""

from __future__ import annotations

from collections.abc import Callable

from engine.commands import open_design, save_part
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.part_lists import list_parts

KEY = "change_approval"


def test_those_in_use_come_first_as_they_are_drawn(platform: Platform, person: Callable[[str], Actor]) -> None:
    owner = person("hejing")
    open_design(platform, owner, KEY)
    save_part(platform, owner, KEY, "form", "a_new_one", b'{"name": "\xe6\xa0\xb8\xe6\x9f\xa5"}', None)
    rows = list_parts(platform, owner, KEY, "form")
    assert (rows[0].name, rows[0].used_by) == ("application", ["提出变更"])
    assert (rows[-1].name, rows[-1].title, rows[-1].used_by) == ("a_new_one", "核查", [])
    tables = {row.name: row.used_by for row in list_parts(platform, owner, KEY, "decision")}
    assert tables["grade"] == ["变更定级"]


def test_parts_that_cannot_be_read_are_listed_all_the_same(platform: Platform, person: Callable[[str], Actor]) -> None:
    owner = person("hejing")
    open_design(platform, owner, KEY)
    save_part(platform, owner, KEY, "decision", "torn", b"<torn", None)
    assert "torn" in {row.name for row in list_parts(platform, owner, KEY, "decision")}
