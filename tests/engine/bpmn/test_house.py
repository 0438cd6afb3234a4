"""House rules: what blocks publication of a diagram that could run."""

from __future__ import annotations

from engine.bpmn import Definition, Sketch, check, check_house, parse, sketch
from tests.engine.bpmn.build import diagram, end, extension, ours, rule, service, start, user
from tests.engine.bpmn.refused import OK


def house(definition: Definition | Sketch | None) -> list[tuple[str, str]]:
    assert definition is not None
    found = check_house(
        definition,
        forms={"application", "opinion"},
        decisions={"grade"},
        handlers={"demo.run"},
        roles={"platform", "executive"},
    )
    assert all(f.level == "house" and f.message.endswith("。") for f in found)
    return sorted((f.element_id, f.code) for f in found)


def complete(candidates: dict[str, str], **options: str) -> bytes:
    marks = {"camunda_formRef": "opinion", "guicheng_clauses": "2.2.3", **options}
    box = extension(
        ours("candidates", **candidates),
        ours("deadline", due="3", escalate="role:executive"),
        ours("actions", ours("action", **OK), variable="v"),
    )
    return diagram(
        start(camunda_formRef="application"),
        user("a", box, **marks),
        rule("r"),
        service("s"),
        end(),
        flows="start > a > r > s > end",
        guicheng_prefix="BG",
        guicheng_clauses="2.2.3",
    )


def test_a_complete_procedure_has_no_findings() -> None:
    for candidates in (
        {"rule": "role", "value": "platform"},
        {"rule": "role", "value": "= role"},
        {"rule": "leader", "value": "= case.starter_department", "fallback": "role:platform"},
        {"rule": "anyone"},
    ):
        assert house(parse(complete(candidates))) == []


def test_everything_that_is_missing_is_named() -> None:
    xml = diagram(
        start(), user("a"), rule("r", "gone"), service("s", "gone.run"), end(), flows="start > a > r > s > end"
    )
    assert check(xml) == []
    assert house(parse(xml)) == [
        ("a", "actions_missing"),
        ("a", "candidates_missing"),
        ("a", "clause_missing"),
        ("a", "deadline_missing"),
        ("a", "form_missing"),
        ("demo", "clause_missing"),
        ("demo", "prefix_missing"),
        ("r", "decision_missing"),
        ("s", "handler_missing"),
        ("start", "form_missing"),
    ]


def test_who_stands_in_must_not_be_the_very_role_that_found_nobody() -> None:
    for value in ("platform", "executive, platform"):
        xml = complete({"rule": "role", "value": value, "exclude": "= [case.starter]", "fallback": "role:platform"})
        assert house(parse(xml)) == [("a", "fallback_same")]
    for other in (
        {"rule": "role", "value": "platform", "fallback": "role:executive"},
        {"rule": "role", "value": "= r"},
    ):
        assert house(parse(complete({"fallback": "role:executive", **other}))) == []


def test_forms_and_roles_must_exist() -> None:
    xml = complete({"rule": "role", "value": "nobody", "fallback": "role:none"}, camunda_formRef="gone")
    xml = xml.replace(b"role:executive", b"role:boss")
    assert house(parse(xml)) == [
        ("a", "form_missing"),
        ("a", "role_missing"),
        ("a", "role_missing"),
        ("a", "role_missing"),
    ]


def test_a_diagram_that_cannot_run_yet_is_judged_too() -> None:
    """Half drawn: no flow leaves the first task, the second one has nothing."""
    xml = diagram(start(), user("a"), user("b"), end(), flows="start > a")
    assert {found.level for found in check(xml)} == {"standard"}
    found = house(sketch(xml))
    missing = ("actions_missing", "candidates_missing", "clause_missing", "deadline_missing", "form_missing")
    assert found == sorted(
        [(node, code) for node in "ab" for code in (*missing, "no_outgoing")]
        + [("demo", "clause_missing"), ("demo", "prefix_missing"), ("start", "form_missing")]
    )


def test_a_sketch_is_judged_like_the_whole_definition() -> None:
    bare = diagram(
        start(), user("a"), rule("r", "gone"), service("s", "gone.run"), end(), flows="start > a > r > s > end"
    )
    for xml in (bare, complete({"rule": "role", "value": "nobody"}), complete({"rule": "anyone"})):
        assert house(sketch(xml)) == house(parse(xml))


def test_without_a_process_there_is_nothing_to_judge() -> None:
    assert sketch(b"") is None
    assert sketch(b"<a/>") is None
    assert sketch(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>') is None
