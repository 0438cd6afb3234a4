"""What handlers may do: read projects, set baselines once, send notices, raise an error the diagram catches."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.bpmn import BpmnError
from engine.models import Instance, Person, ProjectBaseline
from engine.options import options_for
from engine.ports import HandlerContext
from engine.tryout.directory import Directory
from engine.tryout.sandbox import People as SandboxPeople
from tests.fixtures.story import Case, Story

CODE = "XM-2026-03"


def new_baseline(story: Story, instance_id: int, **changes: Any) -> dict[str, Any] | None:
    """Set a new baseline on behalf of a case."""
    values = {
        "cost_change": Decimal("4.25"),
        "end_date": date(2027, 4, 30),
        "scope": "新的范围",
        "reason": "离线采集",
        "expected_revision": 1,
        **changes,
    }
    with story.platform.database.write() as session:
        instance = session.get_one(Instance, instance_id)
        context = HandlerContext.for_case(session, instance, story.person("hejing"), story.clock.now())
        found: dict[str, Any] | None = context.projects.update_baseline(changes.pop("code", CODE), **values)
        return found


def test_a_handler_knows_the_case_the_actor_and_the_moment(story: Story) -> None:
    case = story.start()
    with story.platform.database.read() as session:
        instance = session.get_one(Instance, case.id)
        context = HandlerContext.for_case(session, instance, story.person("hejing"), story.clock.now())
        clock = HandlerContext.for_case(session, instance, None, story.clock.now())
    assert context.case == {"number": case.number, "title": "执法终端离线采集功能调整"}
    assert (context.actor, clock.actor, context.now) == ("hejing", None, story.clock.now())


def test_facts_of_a_project(story: Story) -> None:
    case = story.start()
    with story.platform.database.read() as session:
        instance = session.get_one(Instance, case.id)
        projects = HandlerContext.for_case(session, instance, None, story.clock.now()).projects
        facts = projects.facts(CODE)
        assert projects.facts("XM-1999-01") is None
    assert (facts["contract_amount"], facts["owner"], facts["revision"]) == (Decimal("486.50"), "enforcement", 1)


def test_a_new_baseline_adds_up_and_keeps_the_old(story: Story) -> None:
    case = story.start()
    found = new_baseline(story, case.id)
    assert found is not None
    assert (found["contract_amount"], found["revision"]) == (Decimal("490.75"), 2)
    project = story.project()
    assert (project.contract_amount, project.reserve, project.scope) == (
        Decimal("490.75"),
        Decimal("25.75"),
        "新的范围",
    )
    history = story.all(
        select(ProjectBaseline).where(ProjectBaseline.project_id == project.id).order_by(ProjectBaseline.revision)
    )
    assert [(b.revision, b.instance_id) for b in history] == [(1, None), (2, case.id)]


@pytest.mark.parametrize("changes", [{"expected_revision": 2}, {"expected_revision": 0}, {"code": "XM-1999-01"}])
def test_a_baseline_that_is_not_the_expected_one_stays(story: Story, changes: dict[str, Any]) -> None:
    case = story.start()
    code = changes.pop("code", CODE)
    with story.nothing_changes(), story.platform.database.write() as session:
        context = HandlerContext.for_case(session, session.get_one(Instance, case.id), None, story.clock.now())
        values = {"cost_change": Decimal(1), "end_date": date(2027, 1, 1), "scope": "x", "reason": "x"}
        answer = context.projects.update_baseline(code, **{**values, "expected_revision": 1, **changes})
        assert answer is None


def test_notices_reach_active_people_once_and_are_cut(story: Story) -> None:
    case = story.start()
    story.suspend("limin")
    with story.platform.database.write() as session:
        context = HandlerContext.for_case(session, session.get_one(Instance, case.id), None, story.clock.now())
        context.notify.send(["hejing", "hejing", "limin", "nobody"], "长" * 500)
        context.notify.send([], "x")
    assert story.notices("hejing", "notice") == ["长" * 400]
    assert story.notices("limin") == []


def test_an_error_carries_its_code(story: Story) -> None:
    case = story.start()
    with story.platform.database.read() as session:
        context = HandlerContext.for_case(session, session.get_one(Instance, case.id), None, story.clock.now())
        with pytest.raises(BpmnError) as raised:
            context.error("BASELINE_CONFLICT", "基线已变")
    assert (raised.value.code, raised.value.message) == ("BASELINE_CONFLICT", "基线已变")


def test_an_accepted_project_says_so_and_is_accepted_once(story: Story) -> None:
    case = story.start()
    with story.platform.database.write() as session:
        projects = HandlerContext.for_case(
            session, session.get_one(Instance, case.id), None, story.clock.now()
        ).projects
        accepted = projects.accept(CODE, result="通过", on=date(2026, 11, 20), certificate="YSZS〔2026〕1号")
        assert (accepted["acceptance_result"], accepted["accepted_on"]) == ("通过", date(2026, 11, 20))
        assert accepted["certificate"] == "YSZS〔2026〕1号"
        assert projects.accept(CODE, result="整改后通过", on=date(2026, 11, 21), certificate="另一号") is None
        assert projects.fail_acceptance(CODE, again_from=date(2027, 1, 1)) is None
        assert projects.facts(CODE) == accepted
        assert projects.accept("XM-1999-01", result="通过", on=date(2026, 11, 20), certificate="x") is None
        offered = options_for(session, ["projects"])["projects"]
    assert "移动执法终端项目（2026-11-20 已验收）" in [option.label for option in offered]


def test_a_failed_acceptance_says_from_when_it_may_be_tried_again(story: Story) -> None:
    case = story.start()
    with story.platform.database.write() as session:
        projects = HandlerContext.for_case(
            session, session.get_one(Instance, case.id), None, story.clock.now()
        ).projects
        failed = projects.fail_acceptance(CODE, again_from=date(2027, 1, 10))
        assert (failed["acceptance_result"], failed["acceptance_from"]) == ("不通过", date(2027, 1, 10))
        offered = options_for(session, ["projects"])["projects"]
        assert "移动执法终端项目（验收未通过，2027-01-10 起可再申请）" in [option.label for option in offered]
        accepted = projects.accept(CODE, result="通过", on=date(2027, 2, 1), certificate="YSZS〔2027〕1号")
    assert accepted["acceptance_from"] is None


def test_a_project_is_put_forward_by_one_case_at_a_time(story: Story) -> None:
    first, second = story.start(), story.start()
    numbers = [story.one(select(Instance.number).where(Instance.id == case.id)) for case in (first, second)]

    def put_forward(case: Case) -> str | None:
        with story.platform.database.write() as session:
            instance = session.get_one(Instance, case.id)
            projects = HandlerContext.for_case(session, instance, None, story.clock.now()).projects
            other: str | None = projects.put_forward(CODE)
            assert projects.facts(CODE)["acceptance_case"] == other
            return other

    assert put_forward(first) is None
    assert put_forward(first) is None, "it stands not in its own way"
    assert put_forward(second) == numbers[0]
    with story.platform.database.read() as session:
        offered = [option.label for option in options_for(session, ["projects"])["projects"]]
    assert f"移动执法终端项目（验收申请 {numbers[0]} 在办）" in offered
    first.act("hejing", "review_necessity", "reject", "不需要变更")
    assert put_forward(second) is None, "the first one has ended"
    assert put_forward(first) == numbers[1]


def test_those_who_had_a_hand_in_a_change_are_known(story: Story) -> None:
    case = story.start()
    case.found_necessary()
    with story.platform.database.write() as session:
        projects = HandlerContext.for_case(
            session, session.get_one(Instance, case.id), None, story.clock.now()
        ).projects
        assert projects.involved(CODE, ["review_necessity"]) == []  # nothing has changed yet
    new_baseline(story, case.id)
    with story.platform.database.read() as session:
        projects = HandlerContext.for_case(
            session, session.get_one(Instance, case.id), None, story.clock.now()
        ).projects
        assert projects.involved(CODE, ["review_necessity", "implement"]) == ["hejing"]
        assert projects.involved(CODE, ["implement"]) == []
        assert projects.involved("XM-2026-01", ["review_necessity"]) == []


def test_the_people_of_a_group(story: Story) -> None:
    case = story.start()
    with story.platform.database.read() as session:
        people = HandlerContext.for_case(session, session.get_one(Instance, case.id), None, story.clock.now()).people
        found = people.of_role("executive")
    assert [(one["account"], one["name"], one["department"]) for one in found] == [
        ("gaozhendong", "高振东", "领导班子"),
        ("linshuhua", "林淑华", "领导班子"),
    ]


def test_the_people_of_a_department_and_who_leads_them(story: Story) -> None:
    case = story.start()
    with story.platform.database.write() as session:
        session.execute(update(Person).where(Person.account == "zhongxiaoyan").values(active=False))
        people = HandlerContext.for_case(session, session.get_one(Instance, case.id), None, story.clock.now()).people
        assert [one["account"] for one in people.of_department("enforcement")] == ["leizhen", "chensiyuan"]
        assert people.of_department("nowhere") == []
        assert people.facts(["chensiyuan", "nobody", "zhongxiaoyan", "fengbo", "chensiyuan"]) == [
            {
                "account": "chensiyuan",
                "name": "陈思远",
                "department": "执法支队",
                "department_code": "enforcement",
                "leader": "leizhen",
            },
            {
                "account": "fengbo",
                "name": "冯博",
                "department": "专家库",
                "department_code": "experts",
                "leader": None,
            },
        ]


def test_a_try_out_knows_the_same_of_people(story: Story) -> None:
    case = story.start()
    asked = ["chensiyuan", "zhoulan", "fengbo"]
    with story.platform.database.read() as session:
        people = HandlerContext.for_case(session, session.get_one(Instance, case.id), None, story.clock.now()).people
        tried = SandboxPeople(Directory(session))
        assert tried.facts(asked) == people.facts(asked)
        assert tried.of_department("enforcement") == people.of_department("enforcement")
