"""From a row to the acting person, and the lists of people that doors show."""

from __future__ import annotations

from engine.people import load_actor
from engine.permissions import Permission
from engine.queries.people import actor_by_account, actor_by_id, demo_people, next_actors
from tests.fixtures.story import LARGER, Story


def test_a_person_comes_with_department_roles_and_permissions_in_one_statement(story: Story) -> None:
    person_id = story.person("zhoulan").id
    with story.listening() as said, story.platform.database.read() as session:
        actor = load_actor(session, person_id)
    assert len(said.statements) == 1
    assert actor is not None
    assert (actor.name, actor.department_code, actor.department) == ("周岚", "platform", "平台管理部")
    assert actor.roles == {"platform", "leader", "process-owner", "staff"}
    assert actor.can(Permission.SEE_ALL_CASES)


def test_who_left_or_never_was_is_nobody(story: Story) -> None:
    person_id = story.person("limin").id
    story.suspend("limin")
    assert actor_by_id(story.platform, person_id) is None
    assert actor_by_account(story.platform, "limin") is None
    assert actor_by_id(story.platform, 4711) is None
    assert actor_by_account(story.platform, "nobody") is None


def test_the_switcher_lists_everybody_in_demo_mode_only(story: Story) -> None:
    people = {person.account: person for person in demo_people(story.platform)}
    assert len(people) >= 30
    assert (people["hejing"].name, people["hejing"].department) == ("何静", "平台管理部")
    assert "平台管理部" in people["hejing"].roles
    story.platform.mode = "real"
    assert demo_people(story.platform) == []


def test_who_acts_next(story: Story) -> None:
    case = story.start(**LARGER)
    assert {n.person.account for n in next_actors(story.platform, case.id)} == {"zhoulan", "hejing", "xuwenbo"}
    case.found_necessary().with_panel()
    assert [(n.person.account, n.node) for n in next_actors(story.platform, case.id)] == [
        ("zhangweimin", "专家论证"),
        ("fengbo", "专家论证"),
        ("heyuan", "专家论证"),
        ("wangjianguo", "部门意见"),
    ]
