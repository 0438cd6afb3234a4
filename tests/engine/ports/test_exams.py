"""Papers drawn, graded and recorded for a case; the training archive."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.errors import ExecutionError
from engine.exams import Kind, Question
from engine.models import ExamAnswer, ExamPaper, Instance, TrainingRecord
from engine.ports import HandlerContext
from engine.question_bank import add_question, change_question
from tests.fixtures.story import Story

PARTS = [
    {"kind": "single", "count": 2, "points": 2},
    {"kind": "multiple", "count": 1, "points": 3},
    {"kind": "judge", "count": 1, "points": 1},
    {"kind": "short", "count": 1, "points": 4},
]


@pytest.fixture
def bank(story: Story) -> Story:
    """Three questions of each kind."""
    with story.platform.database.write() as session:
        for kind, options, right in (
            (Kind.SINGLE, ("甲", "乙", "丙"), (0,)),
            (Kind.MULTIPLE, ("甲", "乙", "丙"), (0, 2)),
            (Kind.JUDGE, ("正确", "错误"), (1,)),
            (Kind.SHORT, (), ()),
        ):
            for n in range(3):
                sample = "写明即可" if kind == Kind.SHORT else ""
                asked = Question(code="", kind=kind, stem=f"{kind} {n}", options=options, right=right, sample=sample)
                add_question(session, asked, None, story.clock.now())
    return story


def context_of(story: Story, session: Any) -> HandlerContext:
    """The context of a case's handler."""
    instance = session.get_one(Instance, session.scalar(select(func.max(Instance.id))))
    return HandlerContext.for_case(session, instance, None, story.clock.now())


def right_answers(session: Any, paper: dict[str, Any]) -> dict[str, Any]:
    """What is right, told by the labels: 甲 and 丙."""
    answers: dict[str, Any] = {}
    for question in paper["questions"]:
        good = {"single": {"甲"}, "multiple": {"甲", "丙"}, "judge": {"错误"}}.get(question["kind"], set())
        letters = [option["value"] for option in question["options"] if option["label"] in good]
        answers[str(question["no"])] = letters if question["kind"] == "multiple" else "".join(letters) or "写了"
    return answers


def test_a_paper_from_draw_to_statistics(bank: Story) -> None:
    bank.start()
    with bank.platform.database.write() as session:
        exams = context_of(bank, session).exams
        paper = exams.draw({"parts": PARTS}, "r1")
        graded = exams.grade(paper["paper_id"], right_answers(session, paper))
        final = exams.record_scores(paper["paper_id"], "chensiyuan", {5: Decimal("2.5")})
        assert paper["points"] == Decimal(12)
        assert (graded["objective"], graded["objective_max"], graded["open_max"]) == (8, 8, 4)
        assert [(row["no"], row["hint"], row["answer"]) for row in graded["open"]] == [(5, "写明即可", "写了")]
        assert final == {"total": Decimal("10.5"), "points": Decimal(12)}
        assert session.scalar(select(ExamPaper.permille)) == 875
        found = session.execute(select(ExamAnswer.no, ExamAnswer.chosen, ExamAnswer.permille).order_by(ExamAnswer.no))
        rows = found.all()
    assert rows == [(1, "A", 1000), (2, "A", 1000), (3, "AC", 1000), (4, "B", 1000), (5, "", 625)]


def test_the_same_seed_draws_the_same_paper_and_nothing_in_it_tells_what_is_right(bank: Story) -> None:
    bank.start()
    with bank.platform.database.write() as session:
        exams = context_of(bank, session).exams
        first, again, other = (exams.draw({"parts": PARTS}, seed)["questions"] for seed in (7, "7", "other"))
    assert first == again
    assert first != other
    assert {key for question in first for key in question} == {"no", "kind", "stem", "options", "points"}


def test_a_question_changed_later_leaves_a_drawn_paper_as_it_was(bank: Story) -> None:
    bank.start()
    with bank.platform.database.write() as session:
        exams = context_of(bank, session).exams
        paper = exams.draw({"parts": [{"kind": "judge", "count": 3}]}, 1)
        answers = right_answers(session, paper)
        for code in ("0007", "0008", "0009"):
            turned = Question(code=code, kind=Kind.JUDGE, stem="反过来", right=(0,))
            change_question(session, turned, None, bank.clock.now())
        assert exams.grade(paper["paper_id"], answers)["objective"] == 3


def test_too_small_a_bank_says_what_is_lacking(bank: Story) -> None:
    bank.start()
    with bank.platform.database.write() as session, pytest.raises(ExecutionError) as refused:
        context_of(bank, session).exams.draw({"parts": [{"kind": "single", "count": 4}]}, 1)
    assert "单选题需要 4 道，题库里可用 3 道" in str(refused.value)


@pytest.mark.parametrize("wrong", [{"9": 1, "1": 2.5}, {"1": -1}, {"1": "NaN"}, {"1": "优"}])
def test_a_score_that_is_none_is_refused(bank: Story, wrong: dict[str, Any]) -> None:
    bank.start()
    with bank.platform.database.write() as session:
        exams = context_of(bank, session).exams
        paper = exams.draw({"parts": PARTS}, 1)
        with pytest.raises(ExecutionError, match="还没有判分"):
            exams.record_scores(paper["paper_id"], "chensiyuan", {})
        exams.grade(paper["paper_id"], {})
        with pytest.raises(ExecutionError, match="第 1 题的得分"):
            exams.record_scores(paper["paper_id"], "chensiyuan", wrong)


def test_the_archive_keeps_what_was_recorded(story: Story) -> None:
    story.start()
    with story.platform.database.write() as session:
        training = context_of(story, session).training
        training.record("chensiyuan", "training", "数据安全培训", "已参加", None, Decimal("3.5"), "2026-11-05")
        training.record("chensiyuan", "assessment", "年度考核", "合格", 86.5, None, date(2026, 11, 6))
        found = select(TrainingRecord.title, TrainingRecord.score, TrainingRecord.hours, TrainingRecord.on)
        rows = session.execute(found.order_by(TrainingRecord.id)).all()
        for wrong in (("nobody", "training"), ("chensiyuan", "party")):
            with pytest.raises(ExecutionError):
                training.record(*wrong, "x", "y")
    assert rows == [
        ("数据安全培训", None, Decimal("3.5"), date(2026, 11, 5)),
        ("年度考核", Decimal("86.5"), None, date(2026, 11, 6)),
    ]


def test_a_bank_says_beforehand_what_it_lacks(bank: Story) -> None:
    bank.start()
    with bank.platform.database.write() as session:
        exams = context_of(bank, session).exams
        assert exams.lacking({"parts": PARTS}) == []
        short = exams.lacking({"parts": [{"kind": "single", "count": 4}, {"kind": "judge", "count": 3}]})
        assert short == ["单选题需要 4 道，题库里可用 3 道"]
        assert "没有组卷方案“nothing”" in exams.lacking("nothing")[0]
        assert "组卷方案有误" in exams.lacking({"parts": []})[0]


def test_figures_of_papers_name_the_hardest_question_first(bank: Story) -> None:
    bank.start()
    with bank.platform.database.write() as session:
        exams = context_of(bank, session).exams
        rules = {"parts": [{"kind": "single", "count": 3, "points": 2}]}
        papers = [exams.draw(rules, seed) for seed in ("a", "b")]
        for paper in papers:
            first = next(one for one in paper["questions"] if one["stem"] == "single 0")
            answers = {no: answer for no, answer in right_answers(session, paper).items() if no != str(first["no"])}
            exams.grade(paper["paper_id"], answers)
            exams.record_scores(paper["paper_id"], "chensiyuan")
        ungraded = exams.draw(rules, "c")
        found = exams.figures([paper["paper_id"] for paper in (*papers, ungraded)])
        assert [(row["stem"], row["kind"], row["asked"], row["percent"]) for row in found] == [
            ("single 0", "单选题", 2, 0),
            ("single 1", "单选题", 2, 100),
            ("single 2", "单选题", 2, 100),
        ]
        assert exams.figures([]) == []
