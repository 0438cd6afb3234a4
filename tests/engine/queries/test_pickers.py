"""What pickers offer, and who a candidate rule would be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from engine.clock import MovableClock
from engine.errors import Forbidden
from engine.models import Person
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.pickers import choices
from engine.queries.would_be import Rule, WouldBe, would_be
from tests.fixtures.story import KEY, LARGER, Story

Ask = Callable[..., WouldBe]


@pytest.fixture
def ask(platform: Platform, person: Callable[[str], Actor]) -> Ask:
    def asking(rule: str, value: str = "", exclude: str = "", fallback: str = "", **more: object) -> WouldBe:
        written = Rule(rule, value, exclude, fallback)
        return would_be(platform, person("hejing"), KEY, written, more.get("sample"))  # type: ignore[arg-type]

    return asking


@pytest.fixture
def story(platform: Platform, clock: MovableClock) -> Story:
    return Story(platform, clock)


def accounts(found: WouldBe) -> list[str]:
    return [one.account for one in found.people]


def test_the_organisation_handlers_and_clauses(platform: Platform, person: Callable[[str], Actor]) -> None:
    found = choices(platform, person("hejing"))
    roles = {role.code: role for role in found.roles}
    assert roles["executive"].name == "分管领导"
    assert roles["executive"].people > 0
    departments = {one.code: one for one in found.departments}
    assert departments["information"].leader == "王建国"
    somebody = next(one for one in found.people if one.account == "hejing")
    assert (somebody.name, somebody.department) == ("何静", "平台管理部")
    assert "process-owner" in somebody.roles
    assert "change_approval.update_baseline" in {one.topic for one in found.handlers}
    assert len(found.clauses) == 47
    assert ("change_approval", 1) in {(one.key, one.version) for one in found.procedures}
    assert found.workdays.known_until >= 2025


def test_only_who_may_design_is_answered(platform: Platform, person: Callable[[str], Actor]) -> None:
    with pytest.raises(Forbidden):
        choices(platform, person("chensiyuan"))
    with pytest.raises(Forbidden):
        would_be(platform, person("chensiyuan"), KEY, Rule("anyone"))


def test_a_role_is_its_holders_without_the_excluded(ask: Ask) -> None:
    everybody = accounts(ask("role", "platform"))
    assert "hejing" in everybody
    found = ask("role", "platform", exclude="hejing")
    assert set(accounts(found)) == set(everybody) - {"hejing"}
    assert "已排除何静" in found.note


def test_a_leader_is_found_by_the_department(ask: Ask) -> None:
    assert accounts(ask("leader", "information")) == ["wangjianguo"]


def test_a_missing_code_is_named(ask: Ask) -> None:
    found = ask("role", "platform, nosuch")
    assert found.people
    assert "nosuch" in found.note
    assert "nosuch" in ask("person", "nosuch").note
    assert "nosuch" in ask("department", "nosuch").note


def test_where_nobody_fits_the_fallback_stands_in(ask: Ask) -> None:
    found = ask("role", "nosuch", fallback="role:executive")
    assert found.nobody
    assert found.people
    assert "由备选“分管领导”办理" in found.note
    assert "停在这里" in ask("role", "nosuch").note
    assert "也没有人" in ask("role", "nosuch", fallback="role:nosuch").note


def test_people_who_left_are_not_among_them(platform: Platform, ask: Ask) -> None:
    with platform.database.write() as session:
        session.execute(update(Person).where(Person.account == "wangjianguo").values(active=False))
    assert accounts(ask("leader", "information")) == []


def test_without_any_case_it_says_what_it_depends_on(ask: Ask) -> None:
    found = ask("leader", "= project_facts.owner", exclude="= [case.starter]")
    assert not found.people
    assert found.depends_on == ("project_facts",)
    assert "还没有真实事项" in found.note


def test_a_literal_with_a_computed_exclusion_says_what_excludes(ask: Ask) -> None:
    found = ask("role", "platform", exclude="= [case.starter]")
    assert found.people
    assert "另按 case 排除" in found.note


def test_the_latest_real_case_answers(ask: Ask, story: Story) -> None:
    case = story.start("chensiyuan")
    found = ask("person", "= case.starter")
    assert accounts(found) == ["chensiyuan"]
    assert found.case == case.number
    assert case.number in found.note
    assert accounts(ask("leader", "= project_facts.owner"))
    assert "chensiyuan" not in accounts(ask("role", "staff", exclude="= [case.starter]"))


def test_a_case_that_has_not_come_so_far_is_passed_over(ask: Ask, story: Story) -> None:
    voting = story.start("chensiyuan", **LARGER).found_necessary().with_panel()
    story.start("chensiyuan")
    found = ask("person", "= expert")
    assert found.case == voting.number
    assert len(found.people) == 1
    assert "还没有这些数据" in ask("person", "= nobody_writes_this").note


def test_an_ended_case_answers_by_its_forms(ask: Ask, story: Story) -> None:
    case = story.start("chensiyuan")
    case.act("hejing", "review_necessity", "reject")
    assert accounts(ask("person", "= case.starter")) == ["chensiyuan"]


def test_sample_values_come_first(ask: Ask, story: Story) -> None:
    story.start("chensiyuan")
    assert accounts(ask("person", "= case.starter", sample={"case": {"starter": "limin"}})) == ["limin"]


@pytest.mark.parametrize(
    "rule",
    [
        Rule(""),
        Rule("nosuch", "x"),
        Rule("role"),
        Rule("role", "="),
        Rule("role", "= ("),
        Rule("role", "= " + "(" * 500),
        Rule("role", "= 1 / 0"),
        Rule("role", '= "platform"'),
        Rule("person", "a\x00b"),
        Rule("person", ",".join(f"p{n}" for n in range(40000))),
        Rule("role", "platform", "= (", "executive"),
        Rule("role", "nosuch", "", "role"),
        Rule("role", "nosuch", "", "role:\x00"),
        Rule("anyone", "= ("),
    ],
)
def test_never_fails(platform: Platform, person: Callable[[str], Actor], rule: Rule) -> None:
    found = would_be(platform, person("hejing"), KEY, rule)
    assert found.people or found.note
    assert would_be(platform, person("hejing"), "nosuch", rule)
