"""The format of the demo's scripts: times, who acts in which case, forms that begin as their page would."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.calendar import WorkingCalendar
from engine.clock import LOCAL, MovableClock
from engine.demo import build
from engine.demo.script import Scripts
from engine.errors import ConfigurationError, GuichengError
from engine.jobs import run_due
from engine.models import Instance, Task
from engine.platform import Platform
from tests.fixtures import toy

MONDAY = date(2026, 11, 23)

OUTER = """
forms:
  start: {note: "= string(today())"}
cases:
  - by: zhoulan
    ago: 5
    at: "09:00"
    steps:
      - ["+30m", hejing, inner#1/a, submit, "", {note: first}]
      - ["+1h", hejing, inner#2/a, submit, "", {note: '= note + " and more"'}]
      - [1, "10:00", zhoulan, b]
"""
INNER = """
forms:
  start: {note: own}
cases: []
"""
CALL = """<bpmn:parallelGateway id="fork"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
<bpmn:outgoing>f3</bpmn:outgoing></bpmn:parallelGateway>
<bpmn:parallelGateway id="join"><bpmn:incoming>f4</bpmn:incoming><bpmn:incoming>f5</bpmn:incoming>
<bpmn:outgoing>f6</bpmn:outgoing></bpmn:parallelGateway>"""


def call(node: str, incoming: str, outgoing: str) -> str:
    return f"""<bpmn:callActivity id="{node}" name="{node}" calledElement="inner">
      <bpmn:extensionElements><camunda:in source="note" target="note"/></bpmn:extensionElements>
      <bpmn:incoming>{incoming}</bpmn:incoming><bpmn:outgoing>{outgoing}</bpmn:outgoing></bpmn:callActivity>"""


def written(root: Path, key: str, script: str, *body: str) -> None:
    folder = root / "workflows" / key
    folder.mkdir(parents=True)
    text = toy.diagram(*body).decode().replace('id="toy"', f'id="{key}"').replace('prefix="SY"', f'prefix="{key[0]}"')
    (folder / f"{key}.bpmn").write_text(text, encoding="utf-8")
    (folder / "cases.yaml").write_text(script, encoding="utf-8")
    (root / "forms" / key).mkdir(parents=True)
    (root / "forms" / key / "slip.json").write_bytes(toy.SLIP)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """`outer` calls `inner` twice, then asks for `b`."""
    (tmp_path / "workflows").mkdir()
    alone = toy.task("a", 'rule="person" value="hejing"', "f1", "f2")
    written(tmp_path, "inner", INNER, toy.start(), alone, toy.end("f2"), toy.flows("begin>a", "a>done"))
    last = toy.task("b", 'rule="person" value="zhoulan"', "f6", "f7")
    ways = ("begin>fork", "fork>one", "fork>two", "one>join", "two>join", "join>b", "b>done")
    calls = (CALL, call("one", "f2", "f4"), call("two", "f3", "f5"))
    written(tmp_path, "outer", OUTER, toy.start(), *calls, last, toy.end("f7"), toy.flows(*ways))
    return tmp_path


def test_a_step_acts_in_a_case_that_the_case_has_called(
    empty_platform: Platform, clock: MovableClock, root: Path
) -> None:
    clock.move_to(datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL))
    build(empty_platform, root, lambda: None, run_due)
    with empty_platform.database.read() as session:
        cases = session.execute(select(Instance.key, Instance.outcome).order_by(Instance.id)).all()
        done = session.scalars(select(Task.completed_at).order_by(Task.id)).all()
    assert cases == [("outer", "completed"), ("inner", "completed"), ("inner", "completed")]
    begun = datetime(2026, 11, 17, 9, 0, tzinfo=LOCAL)
    assert [(at - begun).total_seconds() / 60 for at in done if at is not None] == [30, 60, 25 * 60]


def test_a_step_that_cannot_be_done_says_which_one(empty_platform: Platform, clock: MovableClock, root: Path) -> None:
    script = root / "workflows" / "outer" / "cases.yaml"
    script.write_text(OUTER.replace("inner#2", "inner#3"), encoding="utf-8")
    clock.move_to(datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL))
    with pytest.raises(GuichengError, match=r"outer 1 11-17 10:00 hejing inner/a submit: 2 cases of inner"):
        build(empty_platform, root, lambda: None, run_due)


def test_times_are_working_days_or_natural(root: Path) -> None:
    steps = Scripts(root).steps(WorkingCalendar(), MONDAY)
    assert [f"{step.moment:%m-%d %H:%M}" for step in steps] == [
        "11-16 09:00",
        "11-16 09:30",
        "11-16 10:00",
        "11-17 10:00",
    ]
    assert [step.act and (step.act.called, step.act.nth, step.act.node) for step in steps] == [
        None,
        ("inner", 1, "a"),
        ("inner", 2, "a"),
        ("", None, "b"),
    ]


@pytest.mark.parametrize("wrong", ['["soon", hejing, b]', '["+1h", hejing, "a b"]'])
def test_what_cannot_be_read_is_refused(root: Path, wrong: str) -> None:
    script = root / "workflows" / "outer" / "cases.yaml"
    script.write_text(OUTER + f"      - {wrong}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="outer 1"):
        Scripts(root).steps(WorkingCalendar(), MONDAY)
