"""A procedure in the words of another tool, published and done by people of the organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands import complete_task, start_process
from engine.errors import NotFound, PartsRefused
from engine.jobs import run_due
from engine.models import Instance, Notification, Person, Task, TaskCandidate
from engine.permissions import Actor
from tests.fixtures import toy
from tests.fixtures.story import Story

OURS = f"<bpmn:documentation>办理。</bpmn:documentation><bpmn:extensionElements>{toy.ACTIONS}</bpmn:extensionElements>"
START = (
    '<bpmn:startEvent id="begin" name="开始" camunda:formKey="embedded:app:forms/slip.html" camunda:initiator="me"/>'
)


def task(node: str, words: str) -> str:
    return f'<bpmn:userTask id="{node}" name="{node}" guicheng:clauses="2.2.3" {words}>{OURS}</bpmn:userTask>'


def deploy(story: Story, words: str) -> None:
    toy.deploy(
        story.platform,
        START,
        task("check", f'camunda:formKey="camunda-forms:deployment:slip.form" {words}'),
        task("confirm", 'camunda:formKey="slip" camunda:assignee="${me}" camunda:dueDate="P5D"'),
        '<bpmn:exclusiveGateway id="noted" name="noted?" default="f4"/>',
        toy.end(),
        toy.way("f1", "begin", "check"),
        toy.way("f2", "check", "noted"),
        toy.way("f3", "noted", "confirm", "${act eq 'submit' &amp;&amp; !empty note}", "yes"),
        toy.way("f4", "noted", "done", name="no"),
        toy.way("f5", "confirm", "done"),
    )


def candidates(story: Story, task_id: int) -> set[str]:
    asked = select(Person.account).join(TaskCandidate, TaskCandidate.person_id == Person.id)
    return set(story.all(asked.where(TaskCandidate.task_id == task_id)))


def submit(story: Story, actor: Actor, task_id: int, note: str) -> None:
    complete_task(story.platform, actor, task_id, None, "submit", "", {"note": note})


def test_persons_and_roles_of_another_tools_file_do_it(story: Story) -> None:
    deploy(story, 'camunda:candidateUsers="leizhen" camunda:candidateGroups="platform" camunda:dueDate="P2D"')
    case = start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id
    check = story.task(case, "check")
    assert candidates(story, check) == {"leizhen", "zhoulan", "hejing", "xuwenbo"}
    due = story.one(select(Task.due_at).where(Task.id == check))
    assert due == story.clock.now() + timedelta(days=2)
    with pytest.raises(NotFound):
        submit(story, story.person("gaozhendong"), check, "x")
    submit(story, story.person("xuwenbo"), check, "看过")
    submit(story, story.person("chensiyuan"), story.task(case, "confirm"), "")
    assert story.one(select(Instance.state).where(Instance.id == case)) == "completed"


def test_a_follow_up_date_reminds_who_may_do_it(story: Story) -> None:
    deploy(story, 'camunda:candidateUsers="leizhen" camunda:followUpDate="P1D" camunda:dueDate="P2D"')
    case = start_process(story.platform, story.person("chensiyuan"), "toy", {}).instance_id
    story.clock.advance(timedelta(days=1, minutes=1))
    run_due(story.platform)
    asked = select(Notification.kind).where(Notification.task_id == story.task(case, "check"))
    assert "remind" in set(story.all(asked))


def test_publication_says_what_the_house_still_asks_for(story: Story) -> None:
    with pytest.raises(PartsRefused) as refused:
        deploy(story, 'camunda:candidateGroups="nobody" camunda:assignee="${users.next()}" camunda:followUpDate="P1D"')
    assert [one.code for one in refused.value.findings] == ["needs_java", "deadline_missing"]
