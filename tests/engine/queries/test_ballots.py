"""A vote with a rule on the pages of its case: the rule in words, how it stands, how it ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.bpmn.vote_words import rule_told, standing_told
from engine.commands import complete_task, start_process
from engine.models import Task, TaskState
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.cases import case_page
from tests.fixtures import toy

BUTTONS = """<guicheng:actions variable="vote">
  <guicheng:action value="agree" label="同意" kind="agree" opinion="optional"/>
  <guicheng:action value="oppose" label="不同意" kind="oppose" opinion="optional"/></guicheng:actions>"""
PEOPLE = ("fengbo", "heyuan", "zhangweimin")


def deploy(platform: Platform, rule: str, people: tuple[str, ...]) -> None:
    panel = ", ".join(f'"{one}"' for one in people)
    loop = (
        f"""<bpmn:multiInstanceLoopCharacteristics camunda:collection='= [{panel}]' camunda:elementVariable="voter"/>"""
    )
    vote = toy.task("decide", 'rule="person" value="= voter"', "f1", "f2").replace(toy.ACTIONS, f"{BUTTONS}{rule}")
    vote = vote.replace("</bpmn:userTask>", f"{loop}</bpmn:userTask>")
    after = toy.task("after", 'rule="role" value="platform"', "f2", "f3")
    line = toy.flows("begin>decide", "decide>after", "after>done")
    toy.deploy(platform, toy.start(), vote, after, toy.end("f3"), line)


@pytest.fixture
def starter(person: Callable[[str], Actor]) -> Actor:
    return person("chensiyuan")


def test_the_page_says_the_rule_and_how_the_vote_stands(
    platform: Platform, person: Callable[[str], Actor], starter: Actor
) -> None:
    rule = """<guicheng:vote rule="at_least" value="2" veto='= ["zhangweimin"]' result="review"/>"""
    deploy(platform, rule, PEOPLE)
    case = start_process(platform, starter, "toy", {"note": "一件事"}).instance_id
    vote(platform, person, "fengbo", "agree")
    page = case_page(platform, starter, case)
    step = next(s for s in page.timeline if s.node_id == "decide")
    assert step.badge == "1 / 3 已表态，同意 1，需 2"
    assert step.detail == f"3 人中至少 2 人同意为通过；{person('zhangweimin').name}可一票否决"
    assert page.why is not None
    assert page.why.text_bold == "卡在：decide（1 / 3 已表态，同意 1，需 2）。"
    assert "3 人中至少 2 人同意为通过" in page.why.text
    vote(platform, person, "zhangweimin", "oppose")
    step = next(s for s in case_page(platform, starter, case).timeline if s.node_id == "decide")
    assert (step.state, step.result) == ("refused", "一票否决：同意 1，不同意 1，弃权 0，未表态 1，需 2")
    assert [one.label for one in step.opinions] == ["同意", "未表态", "不同意"]


def test_a_vote_in_which_nobody_is_asked_is_told_all_the_same(platform: Platform, starter: Actor) -> None:
    deploy(platform, '<guicheng:vote rule="at_least" value="4" result="review"/>', PEOPLE)
    case = start_process(platform, starter, "toy", {"note": "一件事"}).instance_id
    step = next(s for s in case_page(platform, starter, case).timeline if s.node_id == "decide")
    assert (step.state, step.detail) == ("refused", "表决未通过：同意 0，不同意 0，弃权 0，未表态 3，需 4")


def vote(platform: Platform, person: Callable[[str], Actor], account: str, choice: str) -> None:
    actor = person(account)
    with platform.database.read() as session:
        asked = select(Task.id).where(Task.state == TaskState.OPEN, Task.assignee_id == actor.id)
        task_id = session.scalars(asked).one()
    complete_task(platform, actor, task_id, None, choice, "", {"note": ""})


@pytest.mark.parametrize(
    ("rule", "numerator", "denominator", "words", "standing"),
    [
        ("all", 5, 1, "全体 5 人都同意才通过", "4 / 5 已表态，同意 3，需 5"),
        ("at_least", 4, 1, "5 人中至少 4 人同意为通过", "4 / 5 已表态，同意 3，需 4"),
        ("percent_of_all", 2, 3, "全体 5 人中 2/3 以上同意为通过", "4 / 5 已表态，同意 3，需 4"),
        ("percent_of_all", 66, 100, "全体 5 人中 66% 以上同意为通过", "4 / 5 已表态，同意 3，需 4"),
        (
            "percent_of_voting",
            *(1, 2),
            "同意和不同意的人中 1/2 以上同意为通过，弃权和未表态的不计",
            "4 / 5 已表态，同意 3，需 1/2",
        ),
    ],
)
def test_rules_in_words(rule: str, numerator: int, denominator: int, words: str, standing: str) -> None:
    told = {"rule": rule, "numerator": numerator, "denominator": denominator, "total": 5, "veto": []}
    assert rule_told(told) == words
    assert standing_told(told, 4, 3) == standing
