"""Decision tables tried on what people type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from engine.boot import ROOT
from engine.commands import open_design, save_part
from engine.errors import Forbidden
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.decision_trial import TableTrial, try_table

KEY = "change_approval"
GRADE = (ROOT / "workflows/change_approval/grade.dmn").read_bytes()
VALUES = {"project_facts": "{contract_amount: 1000}", "cost_change": "60", "schedule_change": "5"}


@pytest.fixture
def tried(platform: Platform, person: Callable[[str], Actor]) -> Callable[..., TableTrial]:
    def run(typed: Mapping[str, str], content: bytes = GRADE) -> TableTrial:
        return try_table(platform, person("hejing"), KEY, "grade", content, "grade", typed)

    return run


def test_words_need_no_quotes(tried: Callable[..., TableTrial]) -> None:
    for scope in ("局部功能调整", '"局部功能调整"'):
        trial = tried({**VALUES, "scope_impact": scope})
        assert [rule.index for rule in trial.rules if rule.matched] == [4]
        assert trial.answers == [[("变更等级", "较大")]]
        assert trial.explanation == "费用占比 6% ≥ 5%"
        assert (trial.columns[0].label, trial.columns[0].value) == ("费用占比（%）", "6")


def test_nothing_typed_is_null(tried: Callable[..., TableTrial]) -> None:
    trial = tried({})
    assert trial.names == ["cost_change", "project_facts", "schedule_change", "scope_impact"]
    assert trial.columns[2].value == "（空）"


def test_a_default_is_the_answer_where_no_rule_matches(tried: Callable[..., TableTrial]) -> None:
    head, rule, tail = GRADE.partition(b'<rule id="grade_minor">')
    default = '><defaultOutputEntry><text>"一般"</text></defaultOutputEntry></output>'.encode()
    content = head.replace(b'name="grade" typeRef="string" />', b'name="grade" typeRef="string"' + default)
    content += tail.partition(b"</rule>")[2]
    assert rule
    trial = tried({**VALUES, "cost_change": "1", "scope_impact": "无"}, content)
    assert not any(one.matched for one in trial.rules)
    assert trial.answers == [[("变更等级", "一般")]]
    assert trial.explanation == "没有规则符合，取默认值"


def test_texts_that_are_no_values_are_named(tried: Callable[..., TableTrial]) -> None:
    assert set(tried({**VALUES, "project_facts": "{contract_amount: "}).wrong) == {"project_facts"}


def test_a_table_with_problems_says_which(tried: Callable[..., TableTrial]) -> None:
    trial = tried({}, GRADE.replace(b"&gt;= 10", b"&gt;= "))
    assert trial.findings
    assert trial.rules == []


def test_staff_try_nothing(platform: Platform, person: Callable[[str], Actor]) -> None:
    with pytest.raises(Forbidden):
        try_table(platform, person("chensiyuan"), KEY, "grade", GRADE, "grade", {})


DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"
HEAD = f'<definitions xmlns="{DMN}" id="m" name="m" namespace="urn:m">'
FEE = '<decision id="grade" name="费用"><literalExpression><text>cost * 2</text></literalExpression></decision>'


def test_an_expression_is_tried_like_a_table(tried: Callable[..., TableTrial]) -> None:
    trial = tried({"cost": "6"}, f"{HEAD}{FEE}</definitions>".encode())
    assert (trial.names, trial.rules, trial.columns) == (["cost"], [], [])
    assert trial.answers == [[("费用", "12")]]


def test_a_file_that_is_only_imported_says_so(tried: Callable[..., TableTrial]) -> None:
    types = '<itemDefinition name="t"><typeRef>number</typeRef></itemDefinition>'
    [found] = tried({}, f"{HEAD}{types}</definitions>".encode()).findings
    assert "只供别的文件导入" in found


IMPORT = '<import name="lib" namespace="urn:{}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
TWICE = """<businessKnowledgeModel id="twice" name="twice"><encapsulatedLogic><formalParameter name="x"/>
  <literalExpression><text>x * {}</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"""
CALLING = """<decision id="grade" name="费用"><knowledgeRequirement><requiredKnowledge href="urn:lib#twice"/>
  </knowledgeRequirement><literalExpression><text>lib.twice(cost)</text></literalExpression></decision>"""


def model(namespace: str, body: str) -> bytes:
    return f'<definitions xmlns="{DMN}" id="m" name="m" namespace="urn:{namespace}">{body}</definitions>'.encode()


def test_a_file_that_imports_another_one_of_the_draft_is_tried_with_it(
    platform: Platform, person: Callable[[str], Actor], tried: Callable[..., TableTrial]
) -> None:
    content = model("m", IMPORT.format("lib") + CALLING)
    assert "urn:lib" in tried({"cost": "6"}, content).findings[0]
    owner = person("hejing")
    open_design(platform, owner, KEY)
    kept = save_part(platform, owner, KEY, "decision", "lib", model("lib", TWICE.format(2)), None)
    assert tried({"cost": "6"}, content).answers == [[("费用", "12")]]
    save_part(platform, owner, KEY, "decision", "lib", model("lib", TWICE.format(3)), kept.revision)
    assert tried({"cost": "6"}, content).answers == [[("费用", "18")]]


def test_what_stands_in_the_editor_counts_and_not_what_was_saved_of_the_same_file(
    platform: Platform, person: Callable[[str], Actor]
) -> None:
    owner = person("hejing")
    open_design(platform, owner, KEY)
    save_part(platform, owner, KEY, "decision", "lib", model("lib", TWICE.format(2)), None)
    save_part(platform, owner, KEY, "decision", "fee", model("lib", TWICE.format(5)), None)  # by mistake a library once
    content = model("m", IMPORT.format("lib") + CALLING)
    assert try_table(platform, owner, KEY, "fee", content, "grade", {"cost": "6"}).answers == [[("费用", "12")]]
