"""考核与补考 on the real platform: cases that call each other, papers of the bank, the archive."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.casework import load_case
from engine.clock import MovableClock
from engine.commands import complete_task, deploy_files, start_process, withdraw_case
from engine.demo.answers import answers_of
from engine.demo.bank import stock_bank
from engine.jobs import run_due
from engine.models import Document, ExamAnswer, ExamPaper, Instance, TrainingRecord
from engine.platform import Platform
from engine.queries.people import next_actors
from tests.fixtures.platform import checkout_of
from tests.fixtures.story import Story
from tests.workflows.assessment.papers import PLAN


@pytest.fixture
def house(platform: Platform, clock: MovableClock, tmp_path: Path) -> Story:
    """With the procedures of assessment and the demo's question bank."""
    deploy_files(platform, checkout_of(tmp_path, "assessment", "personal_assessment"))
    stock_bank(platform)
    return Story(platform, clock)


def do(house: Story, case: int, by: str, act: str, **data: Any) -> None:
    """The open task of this person in this case; then everything that is due."""
    task = next(one.task_id for one in next_actors(house.platform, case) if one.person.account == by)
    complete_task(house.platform, house.person(by), task, None, act, "请按规定办理。", data)
    run_due(house.platform)


def variables(house: Story, case: int) -> dict[str, Any]:
    """What a running case knows."""
    with house.platform.database.read() as session:
        return dict(load_case(house.platform, session, case, None).execution.variables)


def test_one_passes_one_has_left_and_the_sheet_goes_to_hr(house: Story) -> None:
    data = {**PLAN, "opens_on": house.today, "heads": [], "business": ["limin", "chensiyuan"], "technical": []}
    plan = start_process(house.platform, house.person("fangyuan"), "assessment", data).instance_id
    do(house, plan, "zhoulan", "approve", plan_fit="适当")
    run_due(house.platform)  # the day has begun
    own, other = house.all(select(Instance.id).where(Instance.parent_id == plan).order_by(Instance.id))

    do(house, own, "limin", "submit", ready=True)
    paper = variables(house, own)["paper"]
    do(house, own, "limin", "submit", answers=answers_of(house.platform, paper, 1))
    marks = {str(row["no"]): 9 for row in variables(house, own)["open_answers"]}
    do(house, own, "hejing", "submit", skill_note="完成三项操作。", skill_score=85)
    do(house, own, "wangjianguo", "submit", performance_note="按时办结。", performance_score=80)
    do(house, own, "fangyuan", "submit", marks=marks)
    assert variables(house, own)["written"] == Decimal(98)
    do(house, own, "limin", "confirm", objection_part="没有")
    withdraw_case(house.platform, house.person("fangyuan"), other, "已调出本单位。")
    run_due(house.platform)

    number = house.one(select(Instance.number).where(Instance.id == own))
    assert house.all(select(ExamPaper.seed)) == [f"{number}/1"]
    assert house.one(select(func.count(ExamAnswer.id))) == len(paper["questions"])
    assert house.all(select(TrainingRecord.result)) == ["优秀"]
    summary = {"people": 2, "passed": 1, "at_once": 1, "stopped": 1, "percent": 50}
    assert variables(house, plan)["summary"] == summary
    assert house.all(select(Document.kind).where(Document.number.is_not(None))) == ["KHCJ"]
    do(house, plan, "xiewanqing", "submit", used_for=["绩效评价"])
    assert house.all(select(Instance.outcome).order_by(Instance.id)) == ["completed", "completed", "withdrawn"]
    assert house.incidents() == []
