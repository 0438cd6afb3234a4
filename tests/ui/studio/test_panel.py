"""The properties panel's own tables: its sentences in both languages, the functions it offers, the rules of a vote."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn.moments import read_moment
from engine.feel import compile_expression
from engine.feel.builtins import all_builtins
from tests.ui.test_translations import HAN
from ui import assets

PANEL = assets.SOURCES / "src" / "studio" / "properties"
VOTES = {"agree": ["agree"], "oppose": ["oppose"], "abstain": ["abstain"]}


def ask(module: str, expression: str, *values: Any) -> Any:
    """What a module of the panel answers: an expression over its exports `m` and `values`."""
    script = f"""
      globalThis.document = {{ documentElement: {{ lang: "zh-CN" }} }};
      const m = await import(process.argv[1]);
      const values = JSON.parse(process.argv[2]);
      console.log(JSON.stringify({expression}));
    """
    command = [*assets.find_node().node, "--input-type=module", "-e", script, (PANEL / module).as_uri()]
    done = subprocess.run([*command, json.dumps(values)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def sources() -> Iterator[Path]:
    """The scripts of the panel without its words."""
    yield from (path for path in PANEL.rglob("*.js*") if path.parent.name != "words")


def test_every_sentence_stands_in_both_languages_with_the_same_fields() -> None:
    words = ask("words/index.js", "m.WORDS")
    assert len(words) > 300
    for key, (chinese, english) in words.items():
        assert chinese or key == "space", key
        assert english, key
        assert not HAN.search(re.sub("[“”]|个工作日|小时|撤销", "", english)), key
        assert set(re.findall(r"\{(\w+)", chinese)) == set(re.findall(r"\{(\w+)", english)), key


def test_every_sentence_that_the_panel_asks_for_exists() -> None:
    words = ask("words/index.js", "Object.keys(m.WORDS)")
    asked = {key for path in sources() for key in re.findall(r'\bw\(\s*"([\w.]+)"', path.read_text("utf-8"))}
    assert asked - set(words) == set()
    assert len(asked) > 150


def test_no_sentence_stands_outside_the_words() -> None:
    comment = re.compile(r"//.*|/\*.*?\*/", re.DOTALL)
    units = re.compile("个?工作日|小时|个")
    found = [
        (path.name, line.strip())
        for path in sources()
        if path.name != "builtins.js"
        for line in comment.sub("", path.read_text("utf-8")).splitlines()
        if HAN.search(units.sub("", line)) and "test(" not in line and "账号|" not in line and "部门代码|" not in line
    ]
    assert found == []


def test_functions_that_are_offered_are_those_that_the_engine_knows() -> None:
    offered = ask("feel/builtins.js", "m.builtins.map(({ name, params }) => [name, params.length])")
    known = {one.name: max(len(way.parameters) for way in one.signatures) for one in all_builtins()}
    assert {name for name, _count in offered} == set(known)
    for name, count in offered:
        assert count <= known[name]


@pytest.mark.parametrize("share", ["1/2", "2/3", "3/4", "1/1", "voting.numerator/voting.denominator"])
@pytest.mark.parametrize("abstentions", ["against", "outside"])
def test_a_share_of_votes_is_written_as_feel_and_read_again(share: str, abstentions: str) -> None:
    numerator, denominator = share.split("/")
    rule = {
        "kind": "share",
        "list": "votes",
        "field": "vote",
        **VOTES,
        "abstentions": abstentions,
        "numerator": numerator,
        "denominator": denominator,
    }
    expression = "[m.writeRule(values[0]), m.readRule(m.writeRule(values[0]), values[1])]"
    text, again = ask("vote-rule.js", expression, rule, VOTES)
    assert again == rule
    decided = compile_expression(text.removeprefix("="))
    upper, lower = (2, 3) if "voting" in share else (int(numerator), int(denominator))
    for agree, oppose in ((a, o) for a in range(6) for o in range(6 - a)):
        cast = [{"vote": "agree"}] * agree + [{"vote": "oppose"}] * oppose + [None] * (5 - agree - oppose)
        context = {"votes": cast, "nrOfInstances": 5, "voting": {"numerator": 2, "denominator": 3}}
        assert decided(context) is (agree * lower >= upper * 5 or (5 - oppose) * lower < upper * 5)


def test_how_many_votes_decide_is_what_the_condition_says() -> None:
    cases = [(n, d, people) for n, d in ((1, 2), (2, 3), (3, 4), (1, 1), (3, 5)) for people in range(1, 12)]
    told = ask(
        "vote-rule.js",
        "values[0].map(([numerator, denominator, people]) => m.decisive({ numerator, denominator }, people))",
        cases,
    )
    for (numerator, denominator, people), answer in zip(cases, told, strict=True):
        passing = [votes for votes in range(people + 1) if votes * denominator >= numerator * people]
        failing = [votes for votes in range(people + 1) if (people - votes) * denominator < numerator * people]
        assert answer == {"pass": passing[0], "fail": failing[0]}


def test_a_condition_of_its_own_stays_as_it_is() -> None:
    free = '= count(votes[item.vote = "agree"]) > 3 and risk = "高"'
    assert ask("vote-rule.js", "m.readRule(values[0], values[1])", free, VOTES) == {"kind": "free", "text": free}


DURATIONS = ["5 个工作日", "5工作日", "48 小时", "1.5 小时", "7", "P3D", "PT2H30M", "P1Y2M", "P", "5 天", "PT", "每周"]
DATES = ["2026-11-06", "2026-11-06T09:30:00", "2026-11-06T09:30:00+08:00", "2026-13-01", "明天", "5 个工作日"]


@pytest.mark.parametrize(
    ("kind", "text"), [*(("duration", one) for one in DURATIONS), *(("date", one) for one in DATES)]
)
def test_timers_are_understood_as_the_engine_understands_them(kind: str, text: str) -> None:
    mode = ask("moments.js", "m.readMoment(values[0], values[1]).mode", kind, text)
    moment = read_moment(text)
    good = moment is not None and (isinstance(moment, datetime)) == (kind == "date")
    assert (mode != "wrong") == good
