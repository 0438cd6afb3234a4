"""The question bank: imported all or nothing, changed by number, for the training administrator alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from engine.commands.questions import enable_question, import_questions, save_blueprint, save_question
from engine.demo.bank import BLUEPRINTS, stock_bank
from engine.errors import Forbidden, InvalidForm, NotFound
from engine.exams import Kind, Question, draw, read_blueprint
from engine.exams.sheet import write_sheet
from engine.models import ExamQuestion, ExamQuestionVersion
from engine.question_bank import all_questions, enabled_questions
from tests.fixtures.story import Story

NEW = Question(code="", kind=Kind.SINGLE, stem="新题", options=("甲", "乙"), right=(0,))


@pytest.fixture(autouse=True)
def _stocked(story: Story) -> None:
    """The bank of the demo."""
    stock_bank(story.platform)


def bank(story: Story) -> list[Question]:
    """All questions."""
    with story.platform.database.read() as session:
        return all_questions(session)


def test_the_demo_has_a_bank_that_its_blueprints_can_draw_from(story: Story) -> None:
    assert len(bank(story)) >= 60
    for rules in BLUEPRINTS.values():
        assert not isinstance(draw(bank(story), read_blueprint(rules), "1"), list)


def test_with_one_wrong_row_nothing_is_imported_unless_the_right_rows_are_asked_for(story: Story) -> None:
    training, before = story.person("fangyuan"), len(bank(story))
    file = write_sheet([NEW, replace(NEW, stem="错的", right=())])
    refused = import_questions(story.platform, training, file)
    assert (refused.done, refused.rows, refused.right) == (False, 2, 1)
    assert [(error.row, error.column) for error in refused.errors] == [(3, "正确答案")]
    assert len(bank(story)) == before
    done = import_questions(story.platform, training, file, skip_wrong=True)
    assert (done.done, done.added, len(bank(story))) == (True, 1, before + 1)


def test_an_exported_bank_imported_again_changes_only_what_was_changed(story: Story) -> None:
    rows = bank(story)
    rows[3] = replace(rows[3], explanation="补充说明")
    done = import_questions(story.platform, story.person("fangyuan"), write_sheet(rows))
    assert (done.added, done.changed, done.same) == (0, 1, len(rows) - 1)
    versions = (
        select(func.count()).select_from(ExamQuestionVersion).where(ExamQuestionVersion.question_id == rows[3].id)
    )
    assert story.all(versions) == [2]


def test_a_question_that_is_there_already_and_a_number_used_twice_are_told(story: Story) -> None:
    first = bank(story)[0]
    file = write_sheet([replace(first, code=""), replace(NEW, code="X-1"), replace(NEW, code="X-1", stem="另一题")])
    refused = import_questions(story.platform, story.person("fangyuan"), file)
    assert [(error.row, error.column) for error in refused.errors] == [(2, "题干"), (4, "编号")]


def test_a_disabled_question_is_drawn_no_more(story: Story) -> None:
    training = story.person("fangyuan")
    code = save_question(story.platform, training, NEW)
    enable_question(story.platform, training, code, False)
    with story.platform.database.read() as session:
        assert code not in {one.code for one in enabled_questions(session)}
    with pytest.raises(NotFound):
        enable_question(story.platform, training, "none", True)


def test_what_is_wrong_with_a_question_or_blueprint_is_told_by_field(story: Story) -> None:
    training = story.person("fangyuan")
    with pytest.raises(InvalidForm) as refused:
        save_question(story.platform, training, replace(NEW, stem=" ", right=(0, 1)))
    assert set(refused.value.errors) == {"stem", "right"}
    with pytest.raises(InvalidForm) as refused:
        save_blueprint(story.platform, training, "x", {"name": "", "parts": [{"kind": "essay", "count": 0}]})
    assert set(refused.value.errors) == {"name", "parts.0.kind", "parts.0.count"}


def test_only_the_training_administrator_may(story: Story) -> None:
    for account in ("hejing", "xiewanqing", "dengkai"):
        with pytest.raises(Forbidden):
            import_questions(story.platform, story.person(account), write_sheet([NEW]))
        with pytest.raises(Forbidden):
            save_question(story.platform, story.person(account), NEW)
    assert story.all(select(ExamQuestion.id).where(ExamQuestion.stem == "新题")) == []
