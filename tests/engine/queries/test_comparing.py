"""Which states of a procedure can be compared, by whom, and what is compared without a choice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.commands import open_design, publish_design, save_part
from engine.errors import NotFound
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries import designs
from engine.queries.comparing import compare_page, compared
from tests.fixtures.story import KEY

People = Callable[[str], Actor]


def draw(platform: Platform, actor: Actor, old: str, new: str) -> None:
    """Change a text of the diagram in the draft."""
    open_design(platform, actor, KEY)
    part = designs.part_content(platform, actor, KEY, "diagram", KEY)
    content = part.content.decode().replace(old, new, 1)
    save_part(platform, actor, KEY, "diagram", KEY, content.encode(), part.revision)


@pytest.fixture
def drawn(platform: Platform, person: People) -> None:
    """A draft in which a step has another name."""
    draw(platform, person("hejing"), 'name="必要性审查"', 'name="必要性初审"')


@pytest.mark.usefixtures("drawn")
def test_an_owner_compares_what_is_in_force_with_the_draft(platform: Platform, person: People) -> None:
    found = compared(platform, person("hejing"), KEY)
    assert (found.page.before.label, found.page.after.label) == ("第 1 版", "草稿")
    assert found.page.before.live
    assert str(found.page.after.by) == "何静（平台管理部）"
    assert [entry.title for entry in found.difference.entries] == ["用户任务“必要性审查”"]


@pytest.mark.usefixtures("drawn")
def test_others_see_published_versions_only(platform: Platform, person: People) -> None:
    page = compare_page(platform, person("chensiyuan"), KEY)
    assert [state.value for state in page.states] == ["1"]
    assert page.before == page.after
    with pytest.raises(NotFound):
        compare_page(platform, person("chensiyuan"), KEY, "1", "draft")


@pytest.mark.usefixtures("drawn")
def test_a_reader_compares_what_is_in_force_with_the_version_before(platform: Platform, person: People) -> None:
    owner = person("hejing")
    publish_design(platform, owner, KEY, "改名", designs.design(platform, owner, KEY).revision)
    found = compared(platform, person("chensiyuan"), KEY)
    assert (found.page.before.value, found.page.after.value) == ("1", "2")
    assert found.page.after.note == "改名"
    assert found.difference.count == 1
    assert compared(platform, person("chensiyuan"), KEY, "2", "2").difference.count == 0


@pytest.mark.usefixtures("drawn")
def test_codes_are_called_by_their_names(platform: Platform, person: People) -> None:
    draw(platform, person("hejing"), 'rule="role" value="platform"', 'rule="leader" value="information"')
    entry = compared(platform, person("hejing"), KEY).difference.entries[0]
    told = next(detail for detail in entry.details if detail.label == "办理人")
    assert (told.before, told.after) == ("角色“平台管理部”", "“信息中心”的负责人")


@pytest.mark.parametrize(("before", "after"), [("9", "1"), ("1", "x"), ("1", "draft"), ("-1", ""), ("1" * 30, "")])
def test_a_state_that_is_not_there(platform: Platform, person: People, before: str, after: str) -> None:
    with pytest.raises(NotFound):
        compare_page(platform, person("hejing"), KEY, before, after)


def test_a_procedure_that_is_not_there(platform: Platform, person: People) -> None:
    with pytest.raises(NotFound):
        compare_page(platform, person("hejing"), "nosuch")
