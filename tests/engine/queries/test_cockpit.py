"""The managers' figures, from rows made by hand. The clock stands on Friday 2026-11-06 09:30."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import Forbidden, NotFound
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.cockpit import (
    CaseFilter,
    filter_choices,
    list_cases,
    overview,
    procedure_marks,
    procedure_page,
)
from tests.engine.queries.rows import KEY, Rows, at


def numbers(platform: Platform, actor: Actor, **wanted: Any) -> list[str]:
    return [row.number for row in list_cases(platform, actor, CaseFilter(**wanted)).items]


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_running_cases_come_by_deadline_the_latest_first(platform: Platform, rows: Rows, manager: Actor) -> None:
    for due in (at(12), None, at(4, 17), at(9)):
        rows.task(rows.case(), due=due)
    assert numbers(platform, manager, state="running") == [
        "BG-2026-0003",
        "BG-2026-0004",
        "BG-2026-0001",
        "BG-2026-0002",
    ]


def test_a_row_says_where_the_case_stands_who_has_it_and_why(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case("机房扩容", starter="chensiyuan")
    rows.task(case, due=at(4, 17, 30))
    (row,) = list_cases(platform, manager, CaseFilter(state="running")).items
    assert (row.title, row.current, str(row.starter)) == ("机房扩容", "必要性审查", "陈思远（执法支队）")
    assert [str(holder) for holder in row.holders] == ["何静（平台管理部）"]
    assert row.due is not None
    assert (row.due.late, row.due.text) == (True, "超期 2 个工作日")
    assert row.why is not None
    assert "必要性审查" in row.why.text_bold


def test_a_vote_shows_how_many_have_voted_and_who_is_missing(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case()
    for holder, done in (("zhangweimin", at(4)), ("fengbo", None), ("heyuan", None)):
        rows.task(case, "expert_review", "专家论证", holder=holder, done=done, activity=900, due=at(9))
    (row,) = list_cases(platform, manager, CaseFilter(state="running")).items
    assert row.current == "专家论证 1/3"
    assert [holder.name for holder in row.holders] == ["冯博", "何远"]


def test_an_unclaimed_task_is_held_by_all_who_may_claim_it(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.task(rows.case(), holder=None, candidates=("hejing", "xuwenbo"))
    (row,) = list_cases(platform, manager, CaseFilter(state="running")).items
    assert {holder.name for holder in row.holders} == {"何静", "许文博"}


def test_an_ended_case_shows_how_and_how_long(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.case(started=at(2, 9, 0), ended=at(4, 9, 0), outcome="rejected", late=True)
    (row,) = list_cases(platform, manager, CaseFilter()).items
    assert (row.state, row.outcome, row.was_late, row.took_days) == ("completed", "rejected", True, 2.0)
    assert (row.current, row.holders, row.due, row.why) == ("", [], None, None)


def test_filters_by_state_and_outcome(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.case()
    rows.case(ended=at(4))
    rows.case(ended=at(5), outcome="rejected")
    assert numbers(platform, manager, state="running") == ["BG-2026-0001"]
    assert numbers(platform, manager, state="ended") == ["BG-2026-0003", "BG-2026-0002"]
    assert numbers(platform, manager, state="rejected") == ["BG-2026-0003"]
    assert len(numbers(platform, manager)) == 3


def test_late_means_an_open_deadline_has_passed(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.task(rows.case(), due=at(6, 9, 29))
    rows.task(rows.case(), due=at(6, 9, 31))
    rows.task(rows.case(), due=at(4), done=at(5))
    assert numbers(platform, manager, late=True) == ["BG-2026-0001"]


def test_filters_by_department_procedure_step_and_incident(platform: Platform, rows: Rows, manager: Actor) -> None:
    first, second = rows.case(starter="limin"), rows.case(starter="chensiyuan")
    rows.task(first, holder="hejing")
    rows.task(second, "implement", "实施", holder=None, candidates=("qiancheng", "renjiahao"))
    rows.incident(second, "基线服务没有应答")
    assert numbers(platform, manager, department="platform") == ["BG-2026-0001"]
    assert numbers(platform, manager, department="contractor") == ["BG-2026-0002"]
    assert numbers(platform, manager, starter="information") == ["BG-2026-0001"]
    assert numbers(platform, manager, key=KEY, node="implement") == ["BG-2026-0002"]
    assert numbers(platform, manager, key="no_such_thing") == []
    (troubled,) = list_cases(platform, manager, CaseFilter(incident=True)).items
    assert troubled.incident == "基线服务没有应答"


@pytest.mark.parametrize("q", ["扩容", "BG-2026-0002", "2026-2", "陈思远"])
def test_searches_title_number_and_person(platform: Platform, rows: Rows, manager: Actor, q: str) -> None:
    rows.case("大屏改版", starter="limin")
    rows.case("机房扩容", starter="chensiyuan")
    assert numbers(platform, manager, q=q) == ["BG-2026-0002"]


def test_pages(platform: Platform, rows: Rows, manager: Actor) -> None:
    for _number in range(5):
        rows.case()
    page = list_cases(platform, manager, CaseFilter(page=2, size=2))
    assert (page.total, page.pages, [row.number for row in page.items]) == (5, 3, ["BG-2026-0003", "BG-2026-0002"])
    beyond = list_cases(platform, manager, CaseFilter(page=99, size=2))
    assert (beyond.page, [row.number for row in beyond.items]) == (3, ["BG-2026-0001"])


@pytest.mark.parametrize("state", ["", "ended"])
def test_lists_of_all_and_of_ended_cases_go_by_when_they_began(
    platform: Platform, rows: Rows, manager: Actor, state: str
) -> None:
    for day in (4, 3, 5, 5):
        rows.case(started=at(day), ended=at(6))
    pages = [list_cases(platform, manager, CaseFilter(state=state, page=page, size=2)).items for page in (1, 2)]
    assert [row.number[-1] for page in pages for row in page] == ["4", "3", "1", "2"]


def test_the_number_of_statements_does_not_grow_with_the_rows(
    platform: Platform, rows: Rows, manager: Actor, statements: Callable[[], Any]
) -> None:
    def say() -> int:
        with statements() as said:
            list_cases(platform, manager, CaseFilter(state="running"))
            overview(platform, manager)
            procedure_page(platform, manager, KEY)
        return len(said)

    rows.task(rows.case(), due=at(4), holder=None, candidates=("hejing", "xuwenbo"))
    rows.task(rows.case(ended=at(5)), due=at(4), done=at(5))
    say()  # the diagram is read once per process
    few = say()
    for _number in range(6):
        rows.task(rows.case(), due=at(4), holder=None, candidates=("hejing", "xuwenbo"))
        rows.task(rows.case(), "implement", "实施", due=at(4), holder="qiancheng")
    assert say() == few
    assert few <= 66


def test_choices_count_running_and_late(platform: Platform, rows: Rows, manager: Actor) -> None:
    twice_late = rows.case()
    rows.task(twice_late, due=at(4), node="implement", name="实施")
    rows.task(twice_late, due=at(5))
    rows.task(rows.case(), due=at(12))
    found = filter_choices(platform, manager, CaseFilter(node="implement"))
    assert (found.running, found.late, found.node) == (2, 1, "实施")
    assert ("change_approval", "项目变更审批") in found.procedures
    assert ("platform", "平台管理部") in found.departments


# ── the overview ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_running_late_and_soon_are_counted_by_case(platform: Platform, rows: Rows, manager: Actor) -> None:
    twice_late = rows.case()
    rows.task(twice_late, due=at(3))
    rows.task(twice_late, "implement", "实施", due=at(4))
    rows.task(rows.case(), due=at(6, 17, 30))  # today
    rows.task(rows.case(), due=at(9, 9, 30))  # one working day ahead to the minute
    rows.task(rows.case(), due=at(9, 17, 30))  # more than that
    rows.task(rows.case(), due=at(7, 9, 0), unit="hour")  # by the clock, within 24 hours
    rows.task(rows.case(), due=at(7, 10, 0), unit="hour")
    rows.case()
    page = overview(platform, manager)
    assert (page.running, page.late, page.soon) == (7, 1, 3)
    assert page.longest_late == "超期 3 个工作日"
    (row,) = page.by_procedure
    assert (row.name, row.running, row.late, row.soon) == ("项目变更审批", 7, 1, 3)
    assert [case.number for case in page.stuck] == ["BG-2026-0001"]


def test_finished_cases_of_the_period(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.case(started=at(2, 9, 0), ended=at(3, 9, 0))
    rows.case(started=at(2, 9, 0), ended=at(4, 9, 0), late=True)
    rows.case(started=at(2, 9, 0), ended=at(5, 9, 0), outcome="rejected")
    rows.case(started=at(2, 9, 0), ended=at(5, 17, 30), outcome="withdrawn")
    rows.case(started=at(1, month=3), ended=at(9, month=3))  # too long ago
    page = overview(platform, manager, days=30)
    assert (page.finished, page.rejected, page.withdrawn) == (4, 1, 1)
    assert page.on_time_rate == 0.75
    assert page.median_days == 2.5
    assert overview(platform, manager, days=365).finished == 5


def test_nothing_yet_gives_dashes_not_errors(platform: Platform, rows: Rows, manager: Actor) -> None:
    page = overview(platform, manager)
    assert (page.running, page.finished, page.on_time_rate, page.median_days) == (0, 0, None, None)
    assert (page.slow_steps, page.departments, page.stuck, page.longest_late) == ([], [], [], "")
    assert len(page.monthly) == 12


def test_months_are_those_of_the_wall_calendar(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.case(started=at(31, 23, 30, month=10), ended=at(1, 0, 30))  # 15:30 and 16:30 UTC of the same day
    rows.case(started=at(1, 0, 30), ended=at(2), late=True)
    rows.case(started=at(30, 12, 0, month=11).replace(year=2025))  # before the chart begins
    *_before, october, november = overview(platform, manager).monthly
    assert (october.label, october.started, october.finished, october.late_rate) == ("10月", 1, 0, None)
    assert (november.label, november.started, november.finished, november.late_rate) == ("11月至今", 1, 2, 0.5)
    assert sum(month.started for month in overview(platform, manager).monthly) == 2


def test_slow_steps_name_average_limit_and_who_waits(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case()
    rows.task(case, arrived=at(2, 9, 0), due=at(4, 17, 30), done=at(3, 9, 0))
    rows.task(case, "implement", "实施", holder="qiancheng", arrived=at(2, 9, 0), due=at(3, 17, 30), done=at(6, 9, 0))
    rows.task(case, "implement", "实施", holder="qiancheng", due=at(20))
    slowest, other = overview(platform, manager).slow_steps
    assert (slowest.node, slowest.procedure, slowest.waiting) == ("实施", "项目变更审批", 1)
    assert (slowest.average_days, slowest.limit_days, slowest.pressure) == (4.0, 1.0, 2.0)
    assert (other.node, other.average_days, other.limit_days, other.waiting) == ("必要性审查", 1.0, 2.0, 0)


def test_departments_by_how_they_keep_deadlines(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case()
    rows.task(case, holder="hejing", due=at(4), done=at(3))
    rows.task(case, holder="xuwenbo", due=at(4), done=at(5), kind="return")
    rows.task(case, holder="hejing", due=at(4))  # overdue now
    rows.task(case, "implement", "实施", holder="qiancheng", due=at(9), done=at(5))
    worst, best = overview(platform, manager).departments
    assert (worst.code, worst.open, worst.late, worst.finished) == ("platform", 1, 1, 2)
    assert (worst.on_time, worst.returned) == (pytest.approx(1 / 3), 0.5)
    assert (best.name, best.open, best.on_time, best.returned) == ("华信科技", 0, 1.0, 0.0)


def test_unsettled_incidents_are_counted(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.incident(rows.case(), "无人可办")
    assert overview(platform, manager).incidents == 1


# ── one procedure ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_procedure_in_figures(platform: Platform, rows: Rows, manager: Actor) -> None:
    done = rows.case(started=at(2, 9, 0), ended=at(4, 9, 0))
    rows.task(done, kind="return", done=at(3))
    rows.case(started=at(2, 9, 0), ended=at(5, 9, 0), late=True)
    rows.task(rows.case(), due=at(4))
    page = procedure_page(platform, manager, KEY)
    assert (page.name, page.prefix, page.clauses, page.version) == ("项目变更审批", "BG", ["2.2.3"], 1)
    assert (page.running, page.late, page.finished, page.returned) == (1, 1, 2, 1)
    assert (page.on_time, page.median_days, page.slowest_days) == (0.5, 2.5, 3.0)
    assert "何静" in [owner.name for owner in page.owners]
    assert [case.current for case in page.stuck] == ["必要性审查"]


def test_every_step_of_the_diagram_is_listed_also_unused_ones(platform: Platform, manager: Actor) -> None:
    steps = {step.node_id: step for step in procedure_page(platform, manager, KEY).steps}
    assert {"review_necessity", "expert_review", "implement", "settle_baseline", "implementation"} <= set(steps)
    assert steps["implementation"].is_subprocess
    assert (steps["revise"].arrived, steps["revise"].average_days, steps["revise"].on_time) == (0, None, None)


def test_a_vote_counts_once_and_lasts_until_its_last_vote(platform: Platform, rows: Rows, manager: Actor) -> None:
    case = rows.case()
    for holder, day in (("zhangweimin", 3), ("fengbo", 5)):
        rows.task(
            case,
            "expert_review",
            "专家论证",
            holder=holder,
            activity=77,
            arrived=at(2, 9, 0),
            due=at(4),
            done=at(day, 9, 0),
        )
    rows.task(case, "expert_review", "专家论证", holder="heyuan", activity=77, cancelled=True, done=at(5, 9, 0))
    (step,) = [s for s in procedure_page(platform, manager, KEY).steps if s.node_id == "expert_review"]
    assert (step.arrived, step.average_days, step.late, step.on_time) == (1, 3.0, 1, 0.0)


def test_a_subprocess_lasts_from_its_first_to_its_last_step(platform: Platform, rows: Rows, manager: Actor) -> None:
    case, inside = rows.case(), rows.case()
    rows.task(case, "implement", "实施", holder="qiancheng", arrived=at(2, 9, 0), done=at(3, 9, 0))
    rows.task(case, "verify", "验证", holder="shenyutong", arrived=at(3, 9, 0), done=at(5, 9, 0))
    rows.task(inside, "implement", "实施", holder="qiancheng", arrived=at(5), due=at(6, 9, 0))
    rows.task(inside, "supervise", "督办", holder="hejing", arrived=at(6, 9, 0), due=at(9))
    (whole,) = [s for s in procedure_page(platform, manager, KEY).steps if s.is_subprocess]
    assert (whole.arrived, whole.average_days, whole.waiting, whole.waiting_late) == (2, 3.0, 1, 1)


def test_a_case_inside_a_subprocess_since_before_the_period_counts_once(
    platform: Platform, rows: Rows, manager: Actor
) -> None:
    case = rows.case(started=at(3, month=8))
    rows.task(case, "implement", "实施", holder="qiancheng", arrived=at(3, month=8), due=at(10, month=8))
    rows.task(case, "supervise", "督办", holder="hejing", arrived=at(5), due=None)
    (whole,) = [s for s in procedure_page(platform, manager, KEY, 30).steps if s.is_subprocess]
    assert (whole.arrived, whole.waiting, whole.waiting_late) == (1, 1, 1)


def test_an_unknown_procedure_is_not_found(platform: Platform, manager: Actor) -> None:
    with pytest.raises(NotFound):
        procedure_page(platform, manager, "no_such_procedure")


# ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("measure", "pill"), [("time", "4.0 天"), ("arrivals", "1 次"), ("late", "1 次")])
def test_heat_marks_have_a_level_and_the_value(
    platform: Platform, rows: Rows, manager: Actor, measure: str, pill: str
) -> None:
    case = rows.case()
    rows.task(case, "implement", "实施", holder="qiancheng", arrived=at(2, 9, 0), due=at(3), done=at(6, 9, 0))
    marks = procedure_marks(platform, manager, KEY, measure)["nodes"]
    assert (marks["implement"]["heat"], marks["implement"]["pill"]) == (5, pill)
    assert "heat" not in marks["revise"]
    assert ["平均", "4.0 天"] in marks["implement"]["card"]


def test_marks_survive_a_case_whose_state_is_damaged(platform: Platform, rows: Rows, manager: Actor) -> None:
    rows.task(rows.case(), due=at(4))  # rows made by hand have no engine state at all
    marks = procedure_marks(platform, manager, KEY)
    assert marks["nodes"]["review_necessity"]["late"] is True
    assert marks["focus"] is None


# ── who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_without_the_permission_see_nothing(platform: Platform, person: Callable[[str], Actor]) -> None:
    staff = person("chensiyuan")
    for query in (
        lambda: overview(platform, staff),
        lambda: list_cases(platform, staff, CaseFilter()),
        lambda: filter_choices(platform, staff, CaseFilter()),
        lambda: procedure_page(platform, staff, KEY),
        lambda: procedure_marks(platform, staff, KEY),
    ):
        with pytest.raises(Forbidden):
            query()
