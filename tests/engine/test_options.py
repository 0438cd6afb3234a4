"""What dynamic choices offer."""

from __future__ import annotations

from engine.commands.questions import save_blueprint
from engine.options import options_for
from tests.fixtures.story import Story


def values(story: Story, source: str) -> list[str]:
    """The values of one source."""
    with story.platform.database.read() as session:
        return [option.value for option in options_for(session, [source])[source]]


def test_projects_by_code(story: Story) -> None:
    offered = values(story, "projects")
    assert offered == sorted(offered)
    assert {"XM-2025-09", "XM-2026-03"} <= set(offered)


def test_departments_are_inside_and_have_a_head(story: Story) -> None:
    found = values(story, "departments")
    assert {"platform", "information", "finance"} <= set(found)
    assert not {"experts", "contractor", "evaluator"} & set(found)


def test_people_and_those_of_a_role_without_who_left(story: Story) -> None:
    story.suspend("fengbo")
    assert "fengbo" not in values(story, "experts")
    assert set(values(story, "experts")) == set(values(story, "people:experts"))
    assert values(story, "people:security") == ["luocheng"]
    assert {"hejing", "qiancheng"} <= set(values(story, "people"))
    assert values(story, "people:no-such-role") == []


def test_labels_name_person_and_department(story: Story) -> None:
    with story.platform.database.read() as session:
        labels = {option.value: option.label for option in options_for(session, ["people"])["people"]}
    assert labels["hejing"] == "何静（平台管理部）"
    with story.platform.database.read() as session:
        assert options_for(session, []) == {}


def test_blueprints_by_code_with_their_names(story: Story) -> None:
    save_blueprint(story.platform, None, "quiz", {"name": "安全测验", "parts": [{"kind": "judge", "count": 1}]})
    with story.platform.database.read() as session:
        offered = options_for(session, ["blueprints"])["blueprints"]
    assert ("quiz", "安全测验") in [(option.value, option.label) for option in offered]
