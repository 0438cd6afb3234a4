"""Files that are there to be imported, and files as other tools leave them."""

from __future__ import annotations

from engine.feel.dmn import by_namespace
from tests.engine.feel.dmn.models import answer, decision, knowledge, literal, model, needs, one, problems

IMPORT = '<import name="lib" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'


def test_a_file_may_hold_nothing_but_knowledge_or_types() -> None:
    library = model(knowledge("twice", "x", literal("x * 2")), namespace="urn:lib")
    assert problems(library) == []
    assert problems(model('<itemDefinition name="t"><typeRef>number</typeRef></itemDefinition>')) == []
    assert problems(model()) == ["文件里没有决策"]
    xml = model(IMPORT, decision("d", literal("lib.twice(n)"), needs("fn:urn:lib#twice")))
    assert one(xml, models=by_namespace([library, xml])).evaluate({"n": 4}).value == 8


def test_knowledge_that_no_decision_requires_is_looked_at() -> None:
    [found] = problems(model(knowledge("f", "x", literal("x +"))))
    assert "没有写完" in found
    [found] = problems(model(knowledge("f", "x", literal("g(x)")), knowledge("g", "x", literal("x"))))
    assert "没有函数 g()" in found
    assert problems(model(knowledge("f", "x", literal("if x <= 0 then 0 else f(x - 1)")))) == []


def test_services_that_no_decision_requires_are_looked_at() -> None:
    assert problems(model('<decisionService id="s" name="s"/>')) == ["决策服务没有输出的决策"]


def test_inputs_that_were_deleted_are_variables_of_the_case() -> None:
    assert answer(model(decision("d", literal("n + 1"), needs("in:gone"))), {"n": 1}) == 2
    assert problems(model(decision("d", literal("1"), needs("gone")))) == ["找不到所依赖的 #gone"]
