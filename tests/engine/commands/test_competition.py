"""Several people at once: exactly one wins, the others read who, no number is lost, no vote disappears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from engine.audit import verify_all
from engine.commands import claim_task, complete_task, start_process, withdraw_case
from engine.errors import InvalidForm, NotNow, TaskTaken
from engine.models import Event, Instance, Task
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.story import APPLICATION, EXPERTS, KEY, LARGER, MAJOR, PAPERS, Story


def test_two_complete_the_same_task_and_one_wins(story: Story) -> None:
    case = story.start()
    task_id = case.task("review_necessity")

    def act(by: str) -> Callable[[], Any]:
        actor = story.person(by)
        return lambda: complete_task(story.platform, actor, task_id, 1, "approve", by, PAPERS["review_necessity"])

    errors = failed(at_once([act("hejing"), act("zhoulan")]))
    winner = story.one(select(Task.opinion).where(Task.id == task_id))
    names = {"hejing": "何静（平台管理部）", "zhoulan": "周岚（平台管理部）"}
    assert [type(error) for error in errors] == [TaskTaken]
    assert str(errors[0]) == f"{names[winner]}已于 2026-11-06 09:30 办理：通过。"
    assert case.waits == ["department_approval"]
    assert story.all(select(Event.kind)).count("task_completed") == 1


def test_two_pages_of_one_person_count_once(story: Story) -> None:
    """A double click, or two tabs."""
    case = story.start().found_necessary()
    task_id, actor = case.task("department_approval"), story.person("leizhen")
    act = lambda: complete_task(  # noqa: E731  # the same act, four times
        story.platform, actor, task_id, 1, "department_approved", "同意", PAPERS["department_approval"]
    )
    errors = failed(at_once([act] * 4))
    assert [type(error) for error in errors] == [TaskTaken] * 3
    assert case.waits == ["issue_order"]


def test_one_of_many_claims(story: Story) -> None:
    task_id = story.start().task("review_necessity")
    people = [story.person(account) for account in ("hejing", "zhoulan", "xuwenbo")]
    errors = failed(at_once([lambda p=p: claim_task(story.platform, p, task_id) for p in people]))
    assert [type(error) for error in errors] == [TaskTaken] * 2
    holder = story.row(task_id).assignee_id
    name = next(person.name for person in people if person.id == holder)
    assert all(name in str(error) for error in errors)


def test_nine_votes_at_once_are_counted_exactly(story: Story) -> None:
    experts = (*EXPERTS, "luwenyuan", "yujingyi")
    case = story.start(**MAJOR).found_necessary().with_panel(*experts)
    tasks = {expert: case.task("expert_review", expert) for expert in experts}
    people = {expert: story.person(expert) for expert in experts}

    def vote(expert: str) -> Any:
        return complete_task(story.platform, people[expert], tasks[expert], 1, "agree", "同意", PAPERS["expert_review"])

    errors = failed(at_once([lambda e=e: vote(e) for e in experts]))
    assert len(errors) == 2  # five of seven decide, the last two come too late
    assert all(isinstance(error, TaskTaken) for error in errors)
    states = story.all(select(Task.state).where(Task.node_id == "expert_review"))
    assert sorted(states) == ["cancelled"] * 2 + ["completed"] * 5
    assert story.all(select(Event.kind)).count("task_completed") == 2 + 5
    with story.platform.database.read() as session:
        assert verify_all(session).sound


def test_votes_and_department_opinions_at_once(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel(affected_departments=["information", "finance"])
    acts = [
        ("zhangweimin", "expert_review", "agree"),
        ("fengbo", "expert_review", "agree"),
        ("wangjianguo", "department_opinion", "submit"),
        ("sunli", "department_opinion", "submit"),
    ]
    for by, _node, _act in acts:
        story.person(by)
    assert failed(at_once([lambda a=a: case.act(*a) for a in acts])) == []
    assert case.waits == ["department_approval"]


def test_the_initiator_withdraws_while_an_expert_votes(story: Story) -> None:
    case = story.start(**LARGER).found_necessary().with_panel()
    starter, expert, task_id = story.person("chensiyuan"), story.person("fengbo"), case.task("expert_review", "fengbo")
    errors = failed(
        at_once(
            [
                lambda: withdraw_case(story.platform, starter, case.id, "不再需要"),
                lambda: complete_task(story.platform, expert, task_id, 1, "agree", "同意", PAPERS["expert_review"]),
            ]
        )
    )
    assert all(isinstance(error, TaskTaken | NotNow) for error in errors)
    assert case.row.outcome == "withdrawn"


def test_ten_starts_at_once_leave_no_gap_though_some_fail(story: Story) -> None:
    starters = [story.person(account) for account in ("chensiyuan", "limin", "leizhen", "qiancheng")]
    bad = {**APPLICATION, "reason": ""}
    acts = [
        lambda n=n: start_process(story.platform, starters[n % 4], KEY, bad if n % 3 == 0 else APPLICATION)
        for n in range(10)
    ]
    results = at_once(acts)
    assert [type(error) for error in failed(results)] == [InvalidForm] * 4
    numbers = sorted(story.all(select(Instance.number)))
    assert numbers == [f"BG-2026-{n:04d}" for n in range(1, 7)]
    assert sorted(result.number for result in results if not isinstance(result, Exception)) == numbers


def test_cases_of_different_people_do_not_wait_for_each_other_for_ever(story: Story) -> None:
    """Starts, claims and completions of many cases mixed: all go through."""
    cases = [story.start() for _ in range(6)]
    people = [story.person(account) for account in ("hejing", "zhoulan", "xuwenbo")]
    tasks = [case.task("review_necessity") for case in cases]

    def review(n: int) -> Any:
        actor = people[n % 3]
        claim_task(story.platform, actor, tasks[n])
        return complete_task(story.platform, actor, tasks[n], None, "approve", "", PAPERS["review_necessity"])

    starters = [story.person("limin"), story.person("tangying")]
    acts: list[Callable[[], Any]] = [lambda n=n: review(n) for n in range(6)]  # type: ignore[misc]
    acts += [lambda s=s: start_process(story.platform, s, KEY, APPLICATION) for s in starters]  # type: ignore[misc]
    assert failed(at_once(acts)) == []
    assert [case.waits for case in cases] == [["department_approval"]] * 6
