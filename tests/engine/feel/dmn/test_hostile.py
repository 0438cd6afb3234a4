"""Models that would take forever, or fall over themselves: refused with a sentence, or evaluated soon."""

from __future__ import annotations

from time import process_time

import pytest

from engine.errors import DecisionRefused
from engine.feel import DecisionError
from tests.engine.feel.dmn.models import answer, decision, given, knowledge, literal, model, needs, one, problems

pytestmark = pytest.mark.long  # each spends a whole budget

IMPORT = '<import name="{0}" namespace="urn:{0}{1}" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'


def pairs(levels: int, part: str) -> list[str]:
    """Two elements on each level, both of which require both of the next."""
    made = []
    for level in range(levels):
        sign = "fn:" if part == "knowledge" else ""
        below = [f"{sign}a{level + 1}", f"{sign}b{level + 1}"] if level + 1 < levels else []
        for name in (f"a{level}", f"b{level}"):
            if part == "knowledge":
                text = f"a{level + 1}(x) + b{level + 1}(x)" if below else "x"
                made.append(knowledge(name, "x", literal(text), needs(*below)))
            else:
                made.append(decision(name, literal(f"a{level + 1} + b{level + 1}" if below else "1"), needs(*below)))
    return made


def test_decisions_that_share_what_they_require() -> None:
    before = process_time()
    assert answer(model(*pairs(30, "decision"), decision("d", literal("a0"), needs("a0")))) == 2**29
    assert process_time() - before < 5


def test_knowledge_that_calls_twice_at_every_level_is_stopped() -> None:
    before = process_time()
    with pytest.raises(DecisionError, match="已停止"):
        answer(model(*pairs(30, "knowledge"), decision("d", literal("a0(1)"), needs("fn:a0"))))
    assert process_time() - before < 5


@pytest.mark.parametrize("backwards", [True, False])
@pytest.mark.parametrize("length", [400, 3000])
def test_long_chains_are_refused_wherever_they_begin(length: int, backwards: bool) -> None:
    chain = [decision(f"m{n}", literal("1"), needs(f"m{n + 1}") if n < length - 1 else "") for n in range(length)]
    before = process_time()
    found = problems(model(*(reversed(chain) if backwards else chain)))
    assert any("一个依赖一个太多" in message or "合计太多" in message for message in found)
    assert len(found) < 5
    assert process_time() - before < 8


def test_services_inside_services_are_refused() -> None:
    parts = []
    for level in range(100):
        text, required = (f"s{level + 1}()", needs(f"fn:s{level + 1}")) if level < 99 else ("1", "")
        parts.append(decision(f"o{level}", literal(text), required))
        parts.append(
            f'<decisionService id="s{level}" name="s{level}"><outputDecision href="#o{level}"/></decisionService>'
        )
    with pytest.raises(DecisionRefused, match="一个依赖一个太多，最多 20 层"):
        one(model(*parts, decision("d", literal("s0()"), needs("fn:s0"))))


def test_files_that_import_twice_at_every_level() -> None:
    files: dict[str, bytes] = {}
    for level in range(25):
        last = level == 24
        imports = "" if last else IMPORT.format("a", level + 1) + IMPORT.format("b", level + 1)
        required = "" if last else needs(f"urn:a{level + 1}#v", f"urn:b{level + 1}#v")
        for name in "ab":
            body = decision("v", literal("1" if last else "a.v + b.v"), required)
            files[f"urn:{name}{level}"] = model(imports, body, namespace=f"urn:{name}{level}")
    before = process_time()
    top = model(IMPORT.format("a", 0), decision("d", literal("a.v"), needs("urn:a0#v")))
    assert any("合计太多" in message for message in problems(top, files))
    assert process_time() - before < 8


def test_a_circle_is_told_once_with_its_names() -> None:
    xml = model(
        decision("d", literal("a"), needs("a")),
        decision("a", literal("b"), needs("b")),
        decision("b", literal("a"), needs("a")),
    )
    assert problems(xml) == ["依赖成环，互相等待对方的结果：a → b → a"]


def test_a_service_must_not_answer_with_who_asks_it() -> None:
    service = '<decisionService id="s" name="s"><outputDecision href="#d"/></decisionService>'
    assert any(
        "依赖成环" in message for message in problems(model(decision("d", literal("s()"), needs("fn:s")), service))
    )


def test_many_names_and_many_cells() -> None:
    rules = "<rule><inputEntry><text>1</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>" * 4000
    grid = (
        '<decisionTable hitPolicy="FIRST"><input label="n"><inputExpression><text>n</text></inputExpression></input>'
        f'<output name="o"/>{rules}</decisionTable>'
    )
    before = process_time()
    xml = model(*(given(f"k{n}") for n in range(5000)), decision("d", grid))
    assert one(xml).evaluate({"n": 1}).value == {"o": 1}
    assert process_time() - before < 15


def test_relations_of_many_rows() -> None:
    rows = f"<row>{literal('1')}</row>" * 9000
    before = process_time()
    made = one(model(decision("d", f'<relation><column name="a"/>{rows}</relation>')))
    assert made.evaluate({}).value == [{"a": 1}] * 9000
    assert process_time() - before < 8


def test_services_in_loops_pay() -> None:
    xml = model(
        decision("d", literal("count(for i in 1..90000 return s(i))"), needs("fn:s")),
        decision("out", literal("count(for j in 1..100 return j + n)"), needs("in:n")),
        given("n"),
        '<decisionService id="s" name="s"><outputDecision href="#out"/><inputData href="#n"/></decisionService>',
    )
    before = process_time()
    with pytest.raises(DecisionError, match="计算量太大"):
        one(xml).evaluate({})
    assert process_time() - before < 5


def test_types_that_double_at_every_level_stay_small() -> None:
    types = "".join(
        f'<itemDefinition name="t{n}"><itemComponent name="a"><typeRef>t{n + 1}</typeRef></itemComponent>'
        f'<itemComponent name="b"><typeRef>t{n + 1}</typeRef></itemComponent></itemDefinition>'
        for n in range(9)
    )
    xml = model(
        types + '<itemDefinition name="t9"><typeRef>number</typeRef></itemDefinition>',
        decision("d", literal("x"), needs("in:x")),
        given("x", "t0"),
    )
    assert one(xml).evaluate({"x": {"a": None}}).value == {"a": None}


def test_boxes_inside_boxes_end_somewhere() -> None:
    for depth in (90, 5000):
        assert problems(model(decision("d", "<list>" * depth + "</list>" * depth)))
