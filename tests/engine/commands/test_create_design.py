"""A new procedure: its first diagram, and what cannot name one."""

from __future__ import annotations

import pytest

from engine.bpmn import parse
from engine.commands import create_design
from engine.errors import Forbidden, InvalidForm
from engine.queries import designs
from tests.fixtures.story import Story


def diagram(story: Story, key: str) -> bytes:
    """What the draft draws."""
    return designs.part_content(story.platform, story.person("hejing"), key, "diagram", key).content


def test_it_begins_with_a_diagram_that_runs_and_names_its_clauses(story: Story) -> None:
    create_design(story.platform, story.person("hejing"), "acceptance", "验收 <一>", "YS", clauses="2.3.1, 2.3.2")
    process = parse(diagram(story, "acceptance"))
    assert (process.key, process.name, process.prefix, process.clauses) == (
        "acceptance",
        "验收 <一>",
        "YS",
        "2.3.1 2.3.2",
    )


def test_without_clauses_it_names_none(story: Story) -> None:
    create_design(story.platform, story.person("hejing"), "acceptance", "验收", "YS")
    assert parse(diagram(story, "acceptance")).clauses is None


@pytest.mark.parametrize(
    ("key", "name", "prefix", "clauses", "said"),
    [
        ("验收", "验收", "YS", "", "小写字母"),
        ("acceptance", " ", "YS", "", "名称"),
        ("acceptance", "验收", "Y S", "", "编号前缀"),
        ("acceptance", "验收", "YS", "2.9.9", "没有第2.9.9条"),
        ("acceptance", "验收", "YS", '2.3.1"/>', "没有第"),
    ],
)
def test_what_cannot_be(story: Story, key: str, name: str, prefix: str, clauses: str, said: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        create_design(story.platform, story.person("hejing"), key, name, prefix, clauses=clauses)
    (told,) = refused.value.errors.values()
    assert said in told


def test_by_designers_only(story: Story) -> None:
    with pytest.raises(Forbidden):
        create_design(story.platform, story.person("chensiyuan"), "acceptance", "验收", "YS")
