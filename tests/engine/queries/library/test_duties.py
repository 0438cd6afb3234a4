"""Who does what by when, as the diagram of 项目变更审批 says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.permissions import Actor
from engine.platform import Platform
from engine.queries import library
from engine.queries.library import Duty, ReaderPage
from tests.engine.queries.library.conftest import Publish
from tests.engine.queries.rows import KEY

Finder = Callable[[str], Actor]


@pytest.fixture
def page(platform: Platform, person: Finder) -> ReaderPage:
    """The page as any member of staff reads it."""
    return library.reader_page(platform, person("chensiyuan"), KEY)


def duty(page: ReaderPage, node_id: str) -> Duty:
    """The row of a step."""
    return next(row for row in page.duties if row.node_id == node_id)


def test_every_step_of_people_has_one_row_in_the_order_of_the_diagram(page: ReaderPage) -> None:
    names = [row.name for row in page.duties]
    assert names[:4] == ["提出变更", "必要性审查", "组织论证", "专家论证"]
    assert len(names) == len(set(names)) == 15
    assert names.index("下达实施令") < names.index("实施") < names.index("验证") < names.index("人工核定基线")
    assert duty(page, "implement").within == "实施与验证"


def test_who_does_it_is_told_in_words(page: ReaderPage) -> None:
    assert duty(page, "submit_change").who == "工作人员、部门负责人、承建单位"
    assert duty(page, "review_necessity").who == "平台管理部"
    assert duty(page, "revise").who == "申请人", "case.starter is called as the lane of the start"
    assert duty(page, "platform_approval").who == "平台管理部负责人"
    assert duty(page, "executive_approval").who == "分管领导"


def test_people_chosen_in_a_form_are_called_as_its_field_and_the_step_is_named(page: ReaderPage) -> None:
    assert (duty(page, "implement").who, duty(page, "implement").chosen_in) == ("实施人", "下达实施令")
    assert (duty(page, "expert_review").who, duty(page, "expert_review").several) == ("论证专家", True)
    assert duty(page, "department_opinion").who == "受影响的部门负责人"


def test_who_may_not_and_who_stands_in(page: ReaderPage) -> None:
    approval = duty(page, "department_approval")
    assert approval.except_for == ("申请人", "“必要性审查”的办理人")
    assert approval.stand_in == "分管领导"
    assert "“部门负责人审批、平台管理部审批”的办理人" in duty(page, "executive_approval").except_for


def test_whoever_decides_answers_for_it_else_the_unit_of_the_lane(page: ReaderPage) -> None:
    assert duty(page, "review_necessity").judges
    assert duty(page, "review_necessity").accountable == "平台管理部"
    assert duty(page, "form_panel").accountable.startswith("平台管理部负责人 ")
    assert duty(page, "implement").accountable == "实施单位"
    assert duty(page, "supervise").accountable.startswith("平台管理部负责人 ")
    assert duty(page, "expert_review").accountable == "平台管理部", "those who are asked answer for nothing"


def test_votes_and_opinions_are_consulted_by_the_judgements_after_them(page: ReaderPage) -> None:
    assert duty(page, "department_approval").consulted == ("论证专家（专家论证）", "受影响的部门负责人（部门意见）")
    assert duty(page, "review_necessity").consulted == ()
    assert duty(page, "verify").consulted == (), "another level of the diagram"


def test_who_is_told_when_it_is_late(page: ReaderPage) -> None:
    assert duty(page, "review_necessity").informed == "办理人的部门负责人"
    assert duty(page, "executive_approval").informed == "监督管理部"


def test_time_limits_carry_the_figures_of_their_table(page: ReaderPage) -> None:
    assert duty(page, "review_necessity").limit == "紧急 2 个工作日，一般 3 个工作日"
    assert duty(page, "issue_order").limit == "2 个工作日", "one figure for all"
    assert duty(page, "implement").limit == "由“下达实施令”填写的“实施时限”决定"
    assert duty(page, "review_necessity").remind == "1 个工作日"
    assert duty(page, "review_necessity").consequence.startswith("逾期提醒办理人")


def test_drawn_timers_say_where_they_lead(page: ReaderPage) -> None:
    assert duty(page, "expert_review").timers == ("表决到期：本环节结束，转到“统计表决”",)
    assert duty(page, "implement").timers == ("实施逾期：另行“督办”，本环节继续",)
    (lapse,) = duty(page, "revise").timers
    assert lapse == "逾期未提交（紧急 5 个工作日，一般 10 个工作日）：本环节结束，转到“逾期失效”"


@pytest.mark.parametrize(
    ("due", "unit", "words"),
    [
        ("5", "workday", "5 个工作日"),
        ("= 5", "workday", "5 个工作日"),
        ("24", "hour", "24 小时"),
        ("= voting.members_min", "workday", "较大 3 个工作日，重大 5 个工作日"),
        ("= limits.nothing", "workday", "按决策表“核定时限”"),
        ("= somewhere.else", "workday", "按案件计算"),
        ("= a + b", "workday", "按案件计算"),
    ],
)
def test_limits_of_every_kind(
    platform: Platform, person: Finder, publish: Publish, due: str, unit: str, words: str
) -> None:
    with platform.database.read() as session:
        xml = platform.deployments.live(session, KEY).bpmn_xml
    old = b'due="= limits.necessity" unit="workday"'
    assert old in xml
    publish(bpmn=xml.replace(old, f'due="{due}" unit="{unit}"'.encode()))
    page = library.reader_page(platform, person("hejing"), KEY)
    assert duty(page, "review_necessity").limit == words


@pytest.mark.parametrize(
    ("timer", "words"),
    [
        ("P3D", "3 天"),
        ("PT2H30M", "2 小时 30 分钟"),
        ("48 小时", "48 小时"),
        ("5 个工作日", "5 个工作日"),
        ("= now() + x", "按案件计算"),
    ],
)
def test_timers_of_every_kind(platform: Platform, person: Finder, publish: Publish, timer: str, words: str) -> None:
    with platform.database.read() as session:
        xml = platform.deployments.live(session, KEY).bpmn_xml
    old = '= string(limits.lapse) + " 个工作日"'.encode()
    assert old in xml
    publish(bpmn=xml.replace(old, timer.encode()))
    page = library.reader_page(platform, person("hejing"), KEY)
    assert duty(page, "revise").timers[0].startswith(f"逾期未提交（{words}）")


def test_what_the_platform_does_itself_is_named(page: ReaderPage) -> None:
    assert page.automatic == ["核定时限", "变更定级", "论证规则", "统计表决", "汇总意见", "审批链", "更新项目基线"]
