"""Files as Camunda Modeler 7, Flowable Modeler and Activiti write them run as they are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn import BpmnError, check, parse
from engine.casework.candidates import request_of
from tests.engine.bpmn.world import MONDAY, Case, World

HERE = Path(__file__).parent
FILES = sorted(path.stem for path in HERE.glob("*.bpmn"))


def case(file: str, world: World | None = None, **variables: Any) -> Case:
    started = {"case": {"number": "X-1", "starter": "anna"}}
    return Case((HERE / f"{file}.bpmn").read_bytes(), world, **started, **variables)


def asked(played: Case, node_id: str, nth: int = 0) -> tuple[str, tuple[str, ...]]:
    """The rule of an open task and its values, worked out."""
    request = request_of(played.execution, played.item(node_id, nth))
    return request.rule, request.values


@pytest.mark.parametrize("file", FILES)
def test_the_gate_accepts_the_file(file: str) -> None:
    assert check((HERE / f"{file}.bpmn").read_bytes()) == []


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 18


class TestCamunda:
    def test_an_invoice_is_approved_and_paid(self) -> None:
        played = case("invoice")
        assert asked(played, "assign_approver") == ("role", ("accounting",))
        played.do("assign_approver", approver="mary")
        assert asked(played, "approve") == ("person", ("mary",))
        assert played.item("approve").due == MONDAY + timedelta(days=3)
        assert played.armed == [("too_slow", "timer"), ("approve", "overdue")]
        played.tick(2.5)
        assert asked(played, "remind") == ("person", ("anna",))
        played.do("remind").do("approve", approved=True)
        assert asked(played, "prepare_transfer") == ("several", ("person:john", "person:mary", "role:accounting"))
        assert played.armed == [("prepare_transfer", "remind"), ("prepare_transfer", "overdue")]
        played.do("prepare_transfer").work_off()
        assert played.state == "completed"
        assert played.world.served == [("archive-invoice", {})]

    def test_an_invoice_is_turned_down(self) -> None:
        for answer in ({"approved": False}, {"approved": None}, {}):
            played = case("invoice").do("assign_approver", approver="mary").do("approve", **answer)
            assert played.kinds("event_occurred")[-1] == "not_processed"

    def test_the_forms_of_an_invoice(self) -> None:
        nodes = parse((HERE / "invoice.bpmn").read_bytes()).nodes
        forms = {node.id: node.form for node in nodes.values() if node.form}
        assert forms == {"received": "start_form", "assign_approver": "assign_approver", "approve": "approve_invoice"}
        starters = nodes["received"].candidates
        assert starters is not None
        assert (starters.rule, starters.value) == ("role", "accounting,management")

    @pytest.mark.parametrize(
        ("days", "type_", "task"),
        [(11, "paid", "manager"), (2, "unpaid", "manager"), (10, "paid", "team_lead"), (None, None, "team_lead")],
    )
    def test_a_long_or_unpaid_holiday_goes_to_the_manager(self, days: int | None, type_: str | None, task: str) -> None:
        assert case("holiday", days=days, type=type_, manager="mia").open == [task]

    def test_persons_and_a_group_share_a_task(self) -> None:
        played = case("holiday", days=30, manager="mia", firstDay="2026-03-02")
        assert asked(played, "manager") == ("several", ("person:mia", "person:boss", "role:board"))
        assert str(played.item("manager").due) == "2026-03-01 16:00:00+00:00"  # midnight of that day in Asia/Shanghai

    def test_a_follow_up_date_alone_only_reminds(self) -> None:
        played = case("holiday", days=1, teamLeads=["tom", "tina"], remindAt="2026-01-06T09:00:00Z")
        assert asked(played, "team_lead") == ("person", ("tom", "tina"))
        assert played.armed == [("team_lead", "remind")]
        assert case("holiday", days=1).armed == []

    @pytest.mark.parametrize(("agreement", "end"), [("yes", "granted_end"), ("no", None), ("", None), (None, None)])
    def test_an_empty_answer_grants_nothing(self, agreement: str | None, end: str | None) -> None:
        played = case("holiday", days=1).do("team_lead", agreement=agreement)
        assert played.open == ([] if end else ["tell"])

    def test_experts_rate_until_enough_have(self) -> None:
        played = case("tender", experts=["e1", "e2", "e3", "e4", "e5"], signers=["s1", "s2"])
        assert [asked(played, "rate", nth)[1] for nth in range(5)] == [("e1",), ("e2",), ("e3",), ("e4",), ("e5",)]
        played.do("rate").do("rate").do("rate")
        assert played.open == ["sign"]
        assert asked(played, "sign") == ("person", ("s1",))
        played.do("sign")
        assert asked(played, "sign") == ("person", ("s2",))
        assert played.do("sign").state == "completed"

    def test_parameters_with_lists_maps_and_scripts(self) -> None:
        customer = {"name": "Ida", "address": {"street": "High Street 1", "town": "York"}}
        items = [{"code": "B7", "weight": 15}, {"code": "C8", "weight": 9}]
        world = World()
        world.handlers["pack_goods"] = lambda _inputs: {"number": "P-9"}
        played = case("shipping", world, customer=customer, items=items)
        assert world.served == [
            (
                "pack_goods",
                {
                    "address": "High Street 1, York",
                    "carrier": "dhl",
                    "codes": ["A1", "B7", 2],
                    "label": {"to": "Ida", "kind of parcel": "box", "sizes": [2]},
                    "heavy": True,
                },
            )
        ]
        assert played.state == "completed"
        assert played.variables["parcel"] == "P-9"

    def test_an_error_of_an_external_task_is_caught(self) -> None:
        def none_left(_inputs: dict[str, Any]) -> dict[str, Any]:
            raise BpmnError("sold_out", "none left")

        world = World()
        world.handlers["pack_goods"] = none_left
        played = case("shipping", world, items=[{"code": "x"}], team="support, sales")
        assert asked(played, "apologise") == ("role", ("support", "sales"))
        assert (played.variables["why"], played.variables["reason"]) == ("sold_out", "none left")

    def test_expressions_and_scripts_calculate(self) -> None:
        played = case("expenses", meals=600, travel=500, name="Ida")
        wanted = {"total": 1600, "grade": "A", "greeting": "Dear Ida, 1600 for you", "half": 800}
        assert {name: played.variables[name] for name in wanted} == wanted
        assert played.open == ["check"]
        assert case("expenses", meals=600, travel=None).variables["total"] == 600
        assert case("expenses", meals=600, travel=400).state == "completed"

    def test_timers_in_all_their_spellings(self) -> None:
        played = case("reminders", hours=3, appointment="2026-01-06T09:00:00Z")
        for node, hours in (("pause", 1), ("feel_pause", 2), ("computed_pause", 3), ("until", 18)):
            assert played.armed == [(node, "timer")]
            assert played.tick(hours / 24 - 0.001) == 0
            assert played.tick(0.001) == 1
        assert played.state == "completed"

    def test_a_subprocess_with_a_time_limit(self) -> None:
        played = case("contract", buyer="bob")
        assert (asked(played, "legal"), asked(played, "price")) == (("role", ("legal",)), ("person", ("bob",)))
        assert played.do("legal").do("price").kinds("event_occurred")[-1] == "signed"
        late = case("contract", buyer="bob").do("legal")
        late.tick(30)
        assert late.kinds("event_occurred")[-1] == "given_up"

    def test_a_message_takes_the_complaint_back(self) -> None:
        played = case("complaint").deliver("taken back")
        assert played.definition.nodes["answer"].properties == (("queue", "1st level"),)
        assert asked(played, "file") == ("person", ("clerk",))
        assert played.do("file").state == "completed"

    @pytest.mark.parametrize(
        ("risk", "task"),
        [({"level": "high", "points": 1}, ["underwrite"]), ({"level": "low", "points": 81}, ["underwrite"]), ({}, [])],
    )
    def test_a_table_decides(self, risk: dict[str, Any], task: list[str]) -> None:
        world = World()
        world.decisions["assess_risk"] = risk
        played = case("insurance", world)
        assert played.open == task
        assert played.definition.nodes["underwrite"].form == "underwrite"

    def test_what_a_call_hands_over_and_takes_back(self) -> None:
        played = case("onboarding", kit="laptops", name="Ida", budget=1000, courses=["safety", "law"])
        first = played.asked[-1]
        assert (first.key, first.binding, first.version) == ("laptops", "latest", None)
        assert first.variables == {"owner": "Ida", "limit": 500, "business_key": "X-1"}
        answer = {"serial": "S-1", "cost": 100, "other": 1}
        played.act(lambda execution: execution.called_ended(first.token_id, answer))
        assert (played.variables["laptop"], played.variables["gross"]) == ("S-1", 119)
        assert "other" not in played.variables
        second = played.asked[-1]
        assert (second.key, second.binding, second.version) == ("training", "version", "3")
        assert (second.variables["course"], second.variables["laptop"]) == ("safety", "S-1")
        played.act(lambda execution: execution.called_ended(second.token_id, {"passed": True}))
        third = played.asked[-1]
        assert third.variables["course"] == "law"
        played.act(lambda execution: execution.called_ended(third.token_id, {"passed": True}))
        assert played.state == "completed"

    def test_a_user_task_with_variables_of_its_own(self) -> None:
        played = case("review", authors=["kay", "lou"], title="Tides")
        assert asked(played, "read") == ("person", ("kay",))
        assert played.execution.evaluate("= heading", played.item("read").token_id) == "On Tides"
        played.do("read", mark=4)
        assert played.variables["verdict"] == "good"
        assert "heading" not in played.variables

    def test_a_message_a_timer_and_a_condition_race(self) -> None:
        for act, end in (
            (lambda played: played.deliver("bell answered"), "calm"),
            (lambda played: played.tick(1), "alarmed"),
        ):
            world = World()
            played = case("alarm", world, _at="nightly", patience="PT1H", light="off")
            assert world.served == [("ring-bell", {})]
            act(played)
            assert (played.state, played.kinds("event_occurred")[-1]) == ("completed", end)
        assert case("alarm", _at="nightly", patience="PT1H", light="on").state == "completed"

    def test_as_many_answers_as_there_are_people(self) -> None:
        world = World()
        world.decisions["judge_answers"] = [{"mark": "good"}, {"mark": "fair"}]
        played = case("survey", world, people=["a", "b", "c"])
        assert played.open == ["ask"] * 3
        played.do("ask").do("ask").do("ask")
        assert played.variables["found"] == ["good", "fair"]
        assert world.served == [("send-mail", {"text": "good of 2"})]

    def test_what_an_external_worker_answers_becomes_variables(self) -> None:
        world = World()
        world.handlers["archive-invoice"] = lambda _inputs: {"place": "shelf 7", "case": "never"}
        played = case("invoice", world).do("assign_approver", approver="mary").do("approve", approved=True)
        played.do("prepare_transfer").work_off()
        assert played.variables["place"] == "shelf 7"
        assert played.variables["case"]["number"] == "X-1"


class TestFlowable:
    @pytest.mark.parametrize(
        ("damage", "iban", "tasks"),
        [(900, "DE1", ["pay", "repair"]), (900, "", ["repair"]), (100, "DE1", ["repair"]), (0, "DE1", [])],
    )
    def test_a_claim_is_repaired_paid_or_both(self, damage: int, iban: str, tasks: list[str]) -> None:
        played = case("claim", iban=iban, policy="P")
        call = played.asked[-1]
        assert (call.key, call.binding) == ("inspection", "deployment")
        assert call.variables["policy"] == "P"
        played.act(lambda execution: execution.called_ended(call.token_id, {"damage": damage}))
        assert played.open == tasks
        for task in tasks:
            played.do(task)
        assert played.state == "completed"

    @pytest.mark.parametrize(
        ("severity", "product", "task"), [(3, "new", "expert"), (2, "new", "confirm"), (5, "old", "confirm")]
    )
    def test_a_ticket_goes_to_an_expert_or_back(self, severity: int, product: str, task: str) -> None:
        played = case("helpdesk", experts=["eva"], deadline="2026-01-09")
        played.do("triage", severity=severity, product=product)
        assert played.open == [task]
        assert asked(played, task) == ("person", ("eva",) if task == "expert" else ("anna",))

    def test_the_priority_is_kept(self) -> None:
        assert parse((HERE / "helpdesk.bpmn").read_bytes()).nodes["expert"].priority == "80"

    def test_all_but_one_agree(self) -> None:
        world = World()
        played = case("purchase", world, approvers=["a", "b", "c"], goods="pens", amount=12)
        assert asked(played, "agree", 2) == ("person", ("c",))
        played.do("agree").do("agree").work_off()
        assert played.state == "completed"
        assert world.served == [("order-goods", {})]
        assert played.variables["note"] == "pens x 12"

    def test_persons_and_groups_beside_a_timer(self) -> None:
        played = case("travel", patience="P2D")
        assert asked(played, "book") == ("person", ("anna",))
        assert asked(played, "budget") == ("several", ("person:cfo", "role:finance", "role:board"))
        played.tick(2)
        assert (played.state, played.kinds("event_occurred")[-1]) == ("completed", "stayed")


class TestActiviti:
    @pytest.mark.parametrize(("marks", "open_"), [(["good"], ["write"]), (["bad", "excellent"], ["write"]), ([], [])])
    def test_hiring(self, marks: list[str], open_: list[str]) -> None:
        played = case("hiring", base=1000, bonus=200)
        assert asked(played, "interview") == ("several", ("person:kim", "person:lee", "role:hr"))
        assert played.do("interview", marks=marks).open == open_
        assert played.variables.get("salary") == (1200 if open_ else None)
