"""Types that no model defines are told with the name that was meant, perhaps."""

from __future__ import annotations

import pytest

from engine.hints.typerefs import typeref_hints
from engine.parts import Parts
from tests.engine.feel.dmn.models import decision, given, knowledge, literal, model, needs

MONEY = '<itemDefinition name="tMoney"><typeRef>number</typeRef></itemDefinition>'


def told(*files: bytes) -> list[tuple[str, str, str, str]]:
    parts = Parts("demo", b"", {}, {f"file{number}": content for number, content in enumerate(files)})
    found = typeref_hints(parts)
    assert {(one.kind, one.finding.level, one.finding.code) for one in found} <= {
        ("decision", "hint", "dmn-unknown_type")
    }
    return [(one.name, one.finding.element_id, one.finding.element_name, one.finding.message) for one in found]


def test_an_input_and_a_decision_of_a_type_that_is_not_there() -> None:
    wrong = model(
        MONEY, given("amount", "tMony"), decision("d", literal("amount"), needs("in:amount"), type_name="numer")
    )
    assert told(wrong) == [
        ("file0", "amount", "amount", "没有类型 tMony，这里的值不受检查；是不是 tMoney？"),
        ("file0", "d", "d", "没有类型 numer，这里的值不受检查；是不是 number？"),
    ]


def test_a_type_like_no_other_and_the_parameter_of_knowledge() -> None:
    ((_file, element, name, message),) = told(model(knowledge("f", "a:xyzzy b:number", literal("a"))))
    assert (element, name) == ("f", "a")
    assert message == "没有类型 xyzzy，这里的值不受检查；请改用基本类型，或先定义它。"


@pytest.mark.parametrize("type_name", ["", "number", "feel:date", "Any", "tMoney", "dateTime"])
def test_types_that_are_there(type_name: str) -> None:
    assert told(model(MONEY, given("amount", type_name), decision("d", literal("1"), type_name=type_name))) == []


def test_types_of_an_imported_file_stand_under_its_name() -> None:
    library = model(MONEY, namespace="urn:lib")
    brought = '<import name="lib" namespace="urn:lib" importType="dmn"/>'
    assert told(library, model(brought, given("amount", "lib.tMoney"))) == []
    ((file, _element, _name, message),) = told(library, model(brought, given("amount", "tMoney")))
    assert (file, "是不是 lib.tMoney？" in message) == ("file1", True)


def test_files_that_cannot_be_read_are_left_to_others() -> None:
    assert told(b"", b"<torn", model(given("amount", "number"))) == []
