"""The variables known at each element of 项目变更审批, and of drafts that are only half there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.boot import ROOT, load_handlers
from engine.handler_sheets import sheets
from engine.variables import Sources, Variable, known_variables
from tests.engine.bpmn.build import diagram, element, end, extension, multi, ours, script, start, sub, text, user

FORMS = Path(ROOT) / "forms" / "change_approval"
TABLES = Path(ROOT) / "workflows" / "change_approval"
HANDLERS = {sheet.topic: sheet for sheet in sheets(load_handlers())}
SOURCES = Sources(
    {path.stem: path.read_bytes() for path in FORMS.glob("*.json")},
    [path.read_bytes() for path in TABLES.glob("*.dmn")],
    HANDLERS,
)
CHANGE_APPROVAL = (TABLES / "change_approval.bpmn").read_bytes()
ACCEPTANCE = (ROOT / "workflows" / "acceptance" / "acceptance.bpmn").read_bytes()


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, Variable]]:
    found = known_variables(CHANGE_APPROVAL, SOURCES)
    return {place: {one.name: one for one in variables} for place, variables in found.items()}


Known = dict[str, dict[str, Variable]]


def test_a_step_knows_the_start_form_and_the_case(known: Known) -> None:
    cost = known["review_necessity"]["cost_change"]
    assert (cost.label, cost.type, cost.detail, cost.always) == ("费用影响", "number", "数字（万元）", True)
    assert "发起表单" in cost.origin
    case = known["review_necessity"]["case"]
    assert [one.name for one in case.fields][:3] == ["number", "title", "starter"]


def test_what_comes_later_is_not_known(known: Known) -> None:
    assert "voting" not in known["set_limits"] or not known["set_limits"]["voting"].always
    assert "implementer" not in known["review_necessity"]
    assert "implementer" in known["implement"]


def test_what_only_another_round_has_brought_may_be_null(known: Known) -> None:
    assert known["review_necessity"]["limits"].always
    assert not known["review_necessity"]["review"].always
    assert known["votes_counted"]["review"].always


def test_tables_say_what_they_answer(known: Known) -> None:
    grade = known["graded"]["grade"]
    assert (grade.label, grade.type, grade.origin) == ("变更等级", "string", "决策表“变更定级”")
    assert {choice.value for choice in grade.choices} == {"重大", "较大", "一般"}
    assert {one.name: one.type for one in known["graded"]["limits"].fields}["necessity"] == "number"


def test_scripts_show_their_shape(known: Known) -> None:
    review = known["review_decided"]["review"]
    assert {one.name: one.type for one in review.fields} == {
        "round_no": "number",
        "total": "number",
        "agree": "number",
        "oppose": "number",
        "abstain": "number",
        "silent": "number",
        "needed": "number",
        "passed": "boolean",
    }


def test_a_vote_sees_its_item_and_its_counts_and_leaves_its_collection(known: Known) -> None:
    inside, after = known["expert_review"], known["votes_cast"]
    assert inside["expert"].own
    assert inside["expert"].type == "string"
    assert {"loopCounter", "nrOfInstances", "vote", "feasibility"} <= {name for name, one in inside.items() if one.own}
    assert "vote" not in after
    assert [(one.name, one.type) for one in after["panel_votes"].fields] == [("person", "string"), ("vote", "string")]


def test_an_act_leaves_its_value_and_who_chose_it(known: Known) -> None:
    decided = known["necessity_reviewed"]
    assert [(c.value, c.label) for c in decided["necessity"].choices] == [
        ("approve", "通过"),
        ("return", "退回"),
        ("reject", "驳回"),
    ]
    assert decided["necessity_by"].label == "必要性审查的办理人"


def test_a_subprocess_hands_on_what_was_written_inside(known: Known) -> None:
    assert "verification" in known["implementation_finished"]
    assert "supervision" in known["implementation_finished"]
    assert not known["implementation_finished"]["supervision"].always


def test_a_handler_brings_its_outputs(known: Known) -> None:
    assert known["update_baseline"]["baseline"].own
    assert "更新后的基线" in known["baseline_updated"]["baseline"].label


def test_an_event_subprocess_may_begin_at_any_time(known: Known) -> None:
    asked = known["withdrawal_asked"]
    assert asked["case"].always
    assert "route" in asked
    assert not asked["route"].always


def test_the_process_knows_everything(known: Known) -> None:
    assert {"change_title", "grade", "route", "verification"} <= known["change_approval"].keys()


def test_a_project_brings_its_facts(known: Known) -> None:
    facts = known["review_necessity"]["project_facts"]
    assert {"contract_amount", "owner", "end_date"} <= {one.name for one in facts.fields}


# ---------------------------------------------------------------- half-drawn


def names(xml: bytes, place: str, **forms: object) -> set[str]:
    files = {name: json.dumps(form).encode() for name, form in forms.items()}
    return {one.name for one in known_variables(xml, Sources(files, (), {})).get(place, [])}


APPLICATION = {"components": [{"type": "textfield", "key": "subject", "label": "事由"}]}


def test_a_step_that_nothing_leads_to_follows_the_start() -> None:
    drawn = diagram(start(camunda_formRef="application"), user("a"), end(), flows="start > end")
    assert "subject" in names(drawn, "a", application=APPLICATION)


def test_flows_that_lead_nowhere_are_passed_over() -> None:
    drawn = diagram(start(camunda_formRef="application"), user("a"), flows="start > a")
    broken = drawn.replace(b'targetRef="a"', b'targetRef="gone"')
    assert "subject" in names(broken, "a", application=APPLICATION)


def test_kinds_that_are_not_run_are_passed_through() -> None:
    drawn = diagram(
        start(camunda_formRef="application"), element("manualTask", "m"), user("a"), end(), flows="start > m > a > end"
    )
    assert "subject" in names(drawn, "a", application=APPLICATION)


def test_a_script_that_cannot_be_read_still_has_a_name() -> None:
    script = element("scriptTask", "s", text("script", "= {a: "), scriptFormat="feel", camunda_resultVariable="r")
    drawn = diagram(start(), script, user("a"), end(), flows="start > s > a > end")
    assert {"r", "case"} <= names(drawn, "a")


def test_a_missing_form_and_a_missing_table_are_no_trouble() -> None:
    rule = element("businessRuleTask", "d", camunda_decisionRef="gone", camunda_resultVariable="level")
    drawn = diagram(start(camunda_formRef="gone"), rule, user("a"), end(), flows="start > d > a > end")
    assert names(drawn, "a") == {"case", "level"}


def test_groups_and_lists_have_fields() -> None:
    form = {
        "components": [
            {"type": "group", "path": "risk", "label": "风险", "components": [{"type": "number", "key": "level"}]},
            {"type": "group", "label": "其他", "components": [{"type": "checkbox", "key": "urgent"}]},
            {"type": "dynamiclist", "path": "items", "components": [{"type": "datetime", "key": "day"}]},
            {"type": "textfield", "key": "shown", "readonly": True},
        ]
    }
    drawn = diagram(start(camunda_formRef="application"), user("a"), end(), flows="start > a > end")
    found = known_variables(drawn, Sources({"application": json.dumps(form).encode()}, (), {}))["a"]
    shape = {one.name: (one.type, [(inner.name, inner.type) for inner in one.fields]) for one in found}
    assert shape["risk"] == ("context", [("level", "number")])
    assert shape["urgent"] == ("boolean", [])
    assert shape["items"] == ("list", [("day", "date")])
    assert "shown" not in shape


@pytest.mark.parametrize("data", [b"", b"<", b"<a/>", b"\xff\xfe", b"<!DOCTYPE x><x/>", CHANGE_APPROVAL[:5000]])
def test_what_is_no_diagram_knows_nothing(data: bytes) -> None:
    assert known_variables(data, SOURCES) == {}


@pytest.mark.parametrize("steps", [300, 1500])
def test_a_large_diagram_is_answered_at_once(steps: int) -> None:
    drawn = [user(f"t{n}", extension(ours("actions", variable=f"v{n}"))) for n in range(steps)]
    path = " > ".join(["start", *(f"t{n}" for n in range(steps)), "end"])
    found = known_variables(diagram(start(), *drawn, end(), flows=path), Sources({}, (), {}), {"t250"})
    assert {"v1", "v1_by", "v249"} <= {one.name for one in found["t250"]}
    assert found.keys() == {"t250"}


@given(st.binary(max_size=200), st.integers(0, len(CHANGE_APPROVAL) - 1), st.binary(min_size=1, max_size=40))
def test_never_raises(form: bytes, place: int, noise: bytes) -> None:
    torn = CHANGE_APPROVAL[:place] + noise + CHANGE_APPROVAL[place + len(noise) :]
    known_variables(torn, Sources({"application": form}, [form, noise], {}))


def test_never_raises_for_a_diagram_without_some_attribute() -> None:
    root = etree.fromstring(CHANGE_APPROVAL)
    for node in list(root.iter())[::7]:
        if isinstance(node.tag, str) and node.attrib:
            node.attrib.pop(next(iter(node.attrib)))
    assert known_variables(etree.tostring(root), SOURCES)


def test_inputs_of_a_process_are_there_from_the_start_with_their_types() -> None:
    types = [
        element("itemDefinition", "day", structureRef="xsd:date"),
        element("itemDefinition", "names", structureRef="xsd:string", isCollection="true"),
        element("itemDefinition", "moment", structureRef="feel:date and time"),
    ]
    box = element(
        "ioSpecification",
        None,
        element("dataInput", "in1", text("documentation", "检查中发现的问题"), name="problem"),
        element("dataInput", "in2", name="deadline", itemSubjectRef="day"),
        element("dataInput", "in3", name="people", itemSubjectRef="names"),
        element("dataInput", "in4", name="since", itemSubjectRef="moment"),
        element("dataInput", "in5", name="cost", itemSubjectRef="xsd:decimal"),
        element("dataInput", "in6", name="合同 (扫描件)"),
        element("inputSet", None, text("optionalInputRefs", "in2")),
    )
    begin = start("begin", camunda_formRef="application")
    drawn = diagram(box, *types, begin, user("u"), end(), flows="begin > u > end")
    forms = {"application": b'{"components": [{"type": "number", "key": "cost", "id": "f1", "label": "\xe8\xb4\xb9"}]}'}
    found = {one.name: one for one in known_variables(drawn, Sources(forms, [], {}))["u"]}
    assert {name: (one.type, one.item, one.always) for name, one in found.items() if "输入" in one.origin} == {
        "problem": ("Any", "Any", True),
        "deadline": ("date", "Any", False),
        "people": ("list", "string", True),
        "since": ("date and time", "Any", True),
    }
    assert (found["problem"].label, found["problem"].origin) == ("检查中发现的问题", "流程的输入")
    assert (found["cost"].type, found["cost"].label) == ("number", "费")


def test_a_call_for_each_item_sees_its_item_and_leaves_a_list() -> None:
    known = known_variables(ACCEPTANCE, Sources({}, (), {}))
    inside = {one.name: one for one in known["rectify"]}
    assert inside["failed_item"].own
    assert inside["rectification_outcome"].own
    after = {one.name: one for one in known["all_rectified"]}
    assert "rectification_outcome" not in after
    assert [one.name for one in after["rectified"].fields] == ["name", "outcome", "rounds", "report"]


def test_what_a_step_is_given_is_its_own_and_what_each_instance_finds_is_collected() -> None:
    diagram = (ROOT / "workflows" / "training" / "training.bpmn").read_bytes()
    table = (ROOT / "workflows" / "training" / "training_result.dmn").read_bytes()
    known = known_variables(diagram, Sources({}, [table], {}))
    at_step = {one.name: one for one in known["rate"]}
    assert all(at_step[name].own for name in ("practice", "points", "pass_mark", "one", "verdict"))
    after = {one.name: one for one in known["rated"]}
    assert [field.name for field in after["results"].fields] == ["person", "points", "result"]
    assert not {"points", "pass_mark", "verdict"} & set(after)


def test_a_subprocess_for_each_item_gives_it_to_its_steps_and_leaves_a_list() -> None:
    loop = multi("= people", guicheng_outputElement="= {who: expert, points: points}")
    inner = [start("begun"), script("judge", "= expert + 1", "points"), user("ask"), end("over")]
    xml = diagram(
        start(),
        script("list", "= [1, 2]", "people"),
        sub("each", loop, *inner, flows="begun>judge>ask>over"),
        user("after"),
        end(),
        flows="start>list>each>after>end",
    )
    known = {
        place: {one.name: one for one in found} for place, found in known_variables(xml, Sources({}, (), {})).items()
    }
    assert {"expert", "loopCounter", "points", "people"} <= set(known["ask"])
    assert not known["ask"]["expert"].own
    assert known["each"]["points"].own
    for place in ("after", "demo_f3"):  # what each has written stays with its instance
        assert set(known[place]) >= {"people", "votes"}
        assert not {"expert", "loopCounter", "points"} & set(known[place])
    assert [one.name for one in known["after"]["votes"].fields] == ["who", "points"]
    assert "expert" not in known["list"]
