"""The tests would notice: each rule of the runtime, broken on purpose, makes the sample or a named scenario fail."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from engine.bpmn import Definition, parse
from tests.engine.bpmn.oracle.blocks import Block
from tests.engine.bpmn.oracle.comparing import Twin
from tests.engine.bpmn.oracle.defects import DEFECTS, Defect
from tests.engine.bpmn.oracle.dice import model as model_of
from tests.engine.bpmn.oracle.drawing import as_bpmn
from tests.engine.bpmn.test_random_models import SAMPLE


@cache
def model(seed: int) -> tuple[Block, Definition, tuple[Any, ...]]:
    """A model of the sample, read once for all defects, and what its dice show next."""
    block, dice = model_of(seed)
    return block, parse(as_bpmn(block)), dice.getstate()


def run_sample() -> None:
    """Raises where engine and interpreter differ, or the engine breaks down."""
    for seed in range(SAMPLE):
        block, definition, state = model(seed)
        dice = random.Random()
        dice.setstate(state)
        Twin(block, dice, definition).run()


def scenario(name: str) -> Callable[[], None]:
    """A scenario test, with each of its parameters."""
    module, function = name.split(".")
    test = getattr(importlib.import_module(f"tests.engine.bpmn.{module}"), function)
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]

    def run() -> None:
        if not marks:
            test()
        for mark in marks:
            for one in mark.args[1]:
                test(*(one if isinstance(one, tuple) else (one,)))

    return run


def test_there_are_enough_of_them_and_each_is_one_of_its_own() -> None:
    assert len(DEFECTS) >= 40
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS)
    assert len({(defect.function, defect.right, defect.wrong) for defect in DEFECTS}) == len(DEFECTS)
    assert len({defect.function for defect in DEFECTS}) >= 40


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_is_noticed(defect: Defect, monkeypatch: pytest.MonkeyPatch) -> None:
    run = scenario(defect.sees) if defect.sees else run_sample
    monkeypatch.setattr(defect.function, "__code__", defect.code())
    with pytest.raises((Exception, pytest.fail.Exception)) as noticed:  # whatever it is that goes wrong
        run()
    assert not isinstance(noticed.value, NameError | SyntaxError)  # the defect is to run


@pytest.mark.parametrize("name", sorted({defect.sees for defect in DEFECTS if defect.sees}))
def test_the_scenarios_succeed_without_defect(name: str) -> None:
    scenario(name)()
