"""The versions of a procedure and what runs on each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from engine.errors import NotFound
from engine.models import Instance
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries import library
from tests.engine.queries.library.conftest import Publish
from tests.engine.queries.rows import KEY, Rows, at

Finder = Callable[[str], Actor]


def test_the_newest_first_with_author_time_note_state_and_source(
    platform: Platform, person: Finder, publish: Publish
) -> None:
    publish(by="hejing", note="增加部门意见", when=at(5))
    publish(by="zhoulan", note="时限收紧", when=at(6))
    page = library.versions_page(platform, person("chensiyuan"), KEY)
    assert [(row.version, row.state, row.author.name, row.note, row.source) for row in page.versions] == [
        (3, "live", "周岚", "时限收紧", "browser"),
        (2, "retired", "何静", "增加部门意见", "browser"),
        (1, "retired", "—", "", "files"),
    ]
    assert page.live is page.versions[0]


def test_cases_stay_on_the_version_they_started_on(
    platform: Platform, person: Finder, publish: Publish, rows: Rows
) -> None:
    rows.case()
    rows.case(ended=at(5))
    newer = publish()
    moved = rows.case()
    with platform.database.write() as session:
        session.execute(update(Instance).where(Instance.id == moved).values(definition_id=newer))
    page = library.versions_page(platform, person("zhoulan"), KEY)
    assert [(row.version, row.running_cases, row.all_cases) for row in page.versions] == [(2, 1, 1), (1, 1, 2)]
    assert page.counted
    assert not library.versions_page(platform, person("chensiyuan"), KEY).counted


def test_one_version_knows_its_neighbours(platform: Platform, person: Finder, publish: Publish) -> None:
    publish()
    publish()
    page = library.version_page(platform, person("hejing"), KEY, 2)
    assert (page.before, page.row.version, page.after, page.live) == (1, 2, 3, 3)
    assert library.version_page(platform, person("hejing"), KEY, 1).before is None
    for ask in (library.version_page, library.version_diagram):
        with pytest.raises(NotFound, match="第 9 版"):
            ask(platform, person("hejing"), KEY, 9)


def test_every_version_keeps_its_own_diagram(platform: Platform, person: Finder, publish: Publish) -> None:
    first = library.version_diagram(platform, person("hejing"), KEY, 1)
    publish(bpmn=first.replace("必要性审查".encode(), "初步审查".encode()))
    assert library.version_diagram(platform, person("chensiyuan"), KEY, 1) == first
    assert "初步审查" in library.version_diagram(platform, person("chensiyuan"), KEY, 2).decode()
    assert "初步审查" in library.live_diagram(platform, person("chensiyuan"), KEY).decode()


def test_it_costs_the_same_with_many_versions(
    platform: Platform, person: Finder, publish: Publish, statements: Callable[[], Any]
) -> None:
    publish()
    with statements() as few:
        library.versions_page(platform, person("zhoulan"), KEY)
    for _ in range(8):
        publish()
    with statements() as many:
        library.versions_page(platform, person("zhoulan"), KEY)
    assert len(many) == len(few)
