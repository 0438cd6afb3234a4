"""Files that are there to be imported, and files as other tools leave them."""

from __future__ import annotations

import pytest

from engine.feel import DecisionError
from engine.feel.dmn import by_namespace
from tests.engine.feel.dmn.models import answer, decision, given, knowledge, literal, model, needs, one, problems

IMPORT = '<import name="lib" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'


def test_a_file_may_hold_nothing_but_knowledge_or_types() -> None:
    library = model(knowledge("twice", "x", literal("x * 2")), namespace="urn:lib")
    assert problems(library) == []
    assert problems(model('<itemDefinition name="t"><typeRef>number</typeRef></itemDefinition>')) == []
    assert problems(model()) == ["文件里没有决策"]
    xml = model(IMPORT, decision("d", literal("lib.twice(n)"), needs("fn:urn:lib#twice")))
    assert one(xml, models=by_namespace([library, xml])).evaluate({"n": 4}).value == 8


TYPES = ("string", "number")
UNNAMED = '<import name="" namespace="{}" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'


def test_what_is_imported_without_a_name_is_known_by_its_own() -> None:
    deep = model(decision("deep one", literal("x + 1"), needs("in:x")), given("x", "number"), namespace="urn:deep")
    lib = model(
        UNNAMED.format("urn:deep"),
        '<itemDefinition name="tShort"><typeRef>string</typeRef><allowedValues><text>string length(?) &lt; 3</text>'
        "</allowedValues></itemDefinition>",
        knowledge("twice", "x", literal("x * 2")),
        decision("base", literal("deep one * 10"), needs("deep one")),
        '<decisionService id="s" name="s"><outputDecision href="#base"/><inputDecision href="#deep one"/>'
        "</decisionService>",
        namespace="urn:lib",
    )
    xml = model(
        UNNAMED.format("urn:lib"),
        given("t", "tShort"),
        decision("d", literal("twice(base) + deep one"), needs("fn:twice", "base", "urn:lib#base", "deep one")),
        decision("e", literal("t"), needs("in:t")),
        decision("f", literal("s(4)"), needs("fn:s")),
    )
    models = by_namespace([deep, lib, xml])
    assert one(xml, models=models).evaluate({"x": 1}).value == 42
    assert one(xml, "f", models).evaluate({}).value == 40
    assert one(xml, "e", models).evaluate({"t": "甲"}).value == "甲"
    with pytest.raises(DecisionError):
        one(xml, "e", models).evaluate({"t": "甲乙丙"})


def test_names_of_several_words_are_known_across_imports() -> None:
    named = IMPORT.replace('name="lib"', 'name="the lib"')
    deep = model(decision("say hello", literal('"你好，" + the person'), needs("in:the person")), namespace="urn:deep")
    link = UNNAMED.format("urn:deep").replace('name=""', 'name="down there"')
    lib = model(
        link,
        decision("greet", literal('down there.say hello + "！"'), needs("urn:deep#say hello")),
        namespace="urn:lib",
    )
    xml = model(named, decision("d", literal("the lib.greet"), needs("urn:lib#greet")))
    models = by_namespace([deep, lib, xml])
    assert problems(xml, models) != []  # an input that the file does not name is two words
    deep = model(
        given("the person"),
        decision("say hello", literal('"你好，" + the person'), needs("in:the person")),
        namespace="urn:deep",
    )
    models = by_namespace([deep, lib, xml])
    assert one(xml, models=models).evaluate({"the person": "甲"}).value == "你好，甲！"


def test_what_a_file_defines_itself_is_never_replaced_by_an_import_without_a_name() -> None:
    string, number = (f'<itemDefinition name="t"><typeRef>{kind}</typeRef></itemDefinition>' for kind in TYPES)
    deep = model(number, decision("same", literal('"deep"')), namespace="urn:deep")
    near = model(UNNAMED.format("urn:deep"), number, decision("same", literal('"near"')), namespace="urn:near")
    xml = model(UNNAMED.format("urn:near"), string, decision("d", literal("same"), needs("same"), type_name="t"))
    assert one(xml, models=by_namespace([deep, near, xml])).evaluate({}).value == "near"


def test_an_import_wants_a_namespace() -> None:
    assert problems(model('<import name="lib"/>', decision("d", literal("1")))) == ["import 需要命名空间"]


def test_files_that_import_each_other_without_a_name_end() -> None:
    first = model(UNNAMED.format("urn:b"), decision("a", literal("1")), namespace="urn:a")
    second = model(UNNAMED.format("urn:a"), decision("b", literal("a + 1"), needs("a")), namespace="urn:b")
    assert one(second, "b", by_namespace([first, second])).evaluate({}).value == 2
    assert problems(model(UNNAMED.format("urn:gone"), decision("d", literal("1"), needs("gone"))))


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
