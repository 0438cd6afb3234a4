"""The managers' pages over the whole demo: what they say, whom they let in, how their addresses carry the filters."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from engine import demo
from engine.boot import ROOT, open_platform
from engine.clock import MovableClock
from engine.config import Settings
from engine.jobs import run_due
from engine.platform import Platform
from engine.queries.cockpit import MonthRow
from engine.queries.people import actor_by_account
from tests.engine.queries.rows import at
from tests.fixtures.databases import Databases
from ui.cockpit.chart import BOTTOM, TOP, nice_step, trend

PROCEDURE = "/cockpit/procedures/change_approval"


@pytest.fixture(scope="module")
def demo_platform(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The demo as it is on Friday 2026-11-06 09:30; the tests only read it."""
    url = databases.empty()
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings.from_environment({"DATA_DIR": str(folder), "DATABASE_URL": url})
    settings.prepare()
    platform = open_platform(settings, MovableClock(at(6)))
    demo.build(platform, ROOT, lambda: None, run_due)
    platform.mode = "demo"
    yield platform
    platform.database.dispose()
    databases.drop(url)


@pytest.fixture(scope="module")
def app(demo_platform: Platform) -> Flask:
    """The pages on it."""
    return create_app(demo_platform)


def signed_in(app: Flask, account: str) -> FlaskClient:
    """A browser in which this person has signed in."""
    platform: Platform = app.extensions["guicheng"]
    actor = actor_by_account(platform, account)
    assert actor is not None
    client = app.test_client()
    with client.session_transaction() as session:
        session["person"] = actor.id
        session["version"] = actor.session_version
        session["until"] = at(7).timestamp()
    return client


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """周岚, who may see every case."""
    return signed_in(app, "zhoulan")


def words(text: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def main_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text.split('<main id="main"', 1)[1].split("</main>", 1)[0]


# ── overview ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_overview_shows_figures_chart_and_tables(client: FlaskClient) -> None:
    page = main_of(client, "/cockpit")
    for heading in (
        "进行中",
        "已超期",
        "按时率",
        "发起、办结与超期率",
        "停留最久的环节",
        "部门按时率",
        "需要关注的流程",
    ):
        assert heading in page, heading
    assert '<svg class="g-chart"' in page
    assert PROCEDURE in page


def test_the_same_numbers_as_a_table_one_click_away(client: FlaskClient) -> None:
    assert "/cockpit?trend=table" in main_of(client, "/cockpit")
    page = main_of(client, "/cockpit?trend=table&days=30")
    assert '<svg class="g-chart"' not in page
    assert "11月至今" in page
    assert "/cockpit?days=30" in page  # back to the chart, the period kept


@pytest.mark.parametrize("days", ["30", "90", "365", "7", "-1", "abc", "99999999999999999999"])
def test_any_period_is_understood_or_left_out(client: FlaskClient, days: str) -> None:
    shown = {"30": "近 30 天", "365": "近 12 个月"}.get(days, "近 90 天")
    assert shown in words(main_of(client, f"/cockpit?days={days}"))


def test_no_style_attribute_and_no_inline_script(client: FlaskClient) -> None:
    for address in ("/cockpit", "/cockpit/cases", PROCEDURE):
        page = main_of(client, address)
        assert " style=" not in page
        assert "<script" not in page


# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_running_cases_with_step_holder_lateness_and_reason(client: FlaskClient) -> None:
    text = words(main_of(client, "/cockpit/cases"))
    assert "卡在：" in text
    assert "办理" in text
    assert "17:30" in text


def test_filters_stay_in_every_address(client: FlaskClient) -> None:
    page = html.unescape(main_of(client, "/cockpit/cases?state=all&starter=enforcement&q=终端&size=50"))
    segment = re.search(r'href="(/cockpit/cases\?[^"]*)"[^>]*>已超期', page)
    assert segment is not None
    assert "starter=enforcement" in segment[1]
    assert "size=50" in segment[1]
    assert "late=1" in segment[1]
    assert '<input type="hidden" name="starter" value="enforcement">' in page
    assert "清除全部" in page


def test_search_in_the_list(client: FlaskClient) -> None:
    page = words(main_of(client, "/cockpit/cases?state=all&q=BG-2026-0001"))
    assert "BG-2026-0001" in page
    assert "BG-2026-0002" not in page


def test_nothing_found_offers_a_way_on(client: FlaskClient) -> None:
    page = main_of(client, "/cockpit/cases?q=不存在的词")
    assert "没有找到“不存在的词”" in page
    assert "在全部案件中找" in page
    assert "看全部案件" in main_of(client, "/cockpit/cases?starter=finance&department=audit")


def test_what_was_typed_is_never_markup(client: FlaskClient) -> None:
    page = main_of(client, "/cockpit/cases?q=<script>alert(1)</script>&starter=<b>&node=<i>")
    assert "<script>alert" not in page
    assert "<b>" not in page.replace("<b class", "")
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=999999",
        "size=7",
        "state=unknown",
        "late=maybe",
        "key=" + "x" * 500,
        "q=" + "机" * 500,
        "incident=1",
    ],
)
def test_odd_addresses_still_give_a_page(client: FlaskClient, query: str) -> None:
    assert "案件" in words(main_of(client, f"/cockpit/cases?{query}"))


def test_ended_cases_show_result_and_time_used(client: FlaskClient) -> None:
    text = words(main_of(client, "/cockpit/cases?state=ended"))
    assert "已办结" in text
    assert "用时（工作日）" in text
    assert "已办结" not in words(main_of(client, "/cockpit/cases?state=rejected").split("<tbody>")[1])


# ── procedure ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_procedure_shows_figures_diagram_and_the_same_facts_as_a_list(client: FlaskClient) -> None:
    page = main_of(client, PROCEDURE)
    text = words(page)
    assert "项目变更审批" in text
    assert "第2.2.3条" in text
    assert "流程负责人" in text
    assert f'data-xml-url="{PROCEDURE}/diagram.bpmn"' in page
    for step in ("必要性审查", "专家论证", "实施与验证", "人工核定基线"):
        assert step in text, step


def test_the_measure_is_kept_in_the_address_of_the_marks(client: FlaskClient) -> None:
    page = html.unescape(main_of(client, f"{PROCEDURE}?measure=time&days=30"))
    assert f'data-marks-url="{PROCEDURE}/marks.json?measure=time&days=30"' in page
    assert 'data-mode="heat"' in page
    assert 'data-mode="tokens"' in main_of(client, f"{PROCEDURE}?measure=nonsense")


def test_tokens_are_those_of_the_running_cases(client: FlaskClient) -> None:
    marks = client.get(f"{PROCEDURE}/marks.json").get_json()
    cases = client.get("/cockpit/cases?key=change_approval").text
    running = int(re.search(r"案件</b><span>(\d+)", cases)[1])  # type: ignore[index]  # it is there
    assert running
    steps = {node: mark for node, mark in marks["nodes"].items() if mark["count"]}
    assert steps
    assert sum(mark["count"] for mark in steps.values()) >= running
    assert marks["focus"] in steps


def test_marks_are_not_sent_twice(client: FlaskClient) -> None:
    first = client.get(f"{PROCEDURE}/marks.json?measure=time")
    again = client.get(f"{PROCEDURE}/marks.json?measure=time", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert json.loads(first.data)["flows"]


def test_the_diagram_in_force(client: FlaskClient) -> None:
    answer = client.get(f"{PROCEDURE}/diagram.bpmn")
    assert answer.mimetype == "application/xml"
    assert b'id="change_approval"' in answer.data


@pytest.mark.parametrize("part", ["", "/marks.json", "/diagram.bpmn"])
def test_an_unknown_procedure_is_not_found(client: FlaskClient, part: str) -> None:
    answer = client.get(f"/cockpit/procedures/no_such_procedure{part}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


# ── who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address", ["/cockpit", "/cockpit/cases", PROCEDURE, f"{PROCEDURE}/marks.json", f"{PROCEDURE}/diagram.bpmn"]
)
def test_staff_are_refused_and_strangers_sign_in_first(app: Flask, address: str) -> None:
    staff = signed_in(app, "chensiyuan").get(address)
    assert staff.status_code == 403
    assert "BG-2026" not in staff.text
    stranger = app.test_client().get(address)
    assert stranger.status_code in (303, 401)


def test_staff_are_not_shown_the_way(app: Flask) -> None:
    assert "/cockpit" not in signed_in(app, "chensiyuan").get("/").text


# ── the chart ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (8, 2), (10, 3), (37, 10), (301, 100), (12345, 5000)]
)
def test_grid_lines_are_round_and_reach_the_highest_value(highest: int, step: int) -> None:
    assert nice_step(highest) == step
    assert step * 4 >= highest


def test_bars_and_line_stay_inside_the_chart() -> None:
    chart = trend([MonthRow("9月", 8, 2, 1.0), MonthRow("10月", 0, 0, None), MonthRow("11月", 3, 4, 0.0)])
    for month in chart.months:
        for bar in (month.started, month.finished):
            assert TOP <= bar.y <= BOTTOM
            assert bar.y + bar.height == pytest.approx(BOTTOM)
    assert [month.point for month in chart.months] == [TOP, None, BOTTOM]
    assert chart.line.count("M") == 2  # the line is broken where nothing ended
    assert not chart.empty
    assert trend([]).empty


def test_figures_made_of_the_newest_only_say_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(app, "gaozhendong")
    whole = client.get(PROCEDURE).text + client.get("/cockpit").text
    assert "取最近" not in whole
    monkeypatch.setattr("engine.queries.cockpit.values.SAMPLE", 5)
    procedure, overview = client.get(PROCEDURE).text, client.get("/cockpit").text
    assert "，取最近 5 件" in procedure
    assert "；平均和中位数取最近办完的 5 次" in procedure
    assert "；取最近 5 件" in overview
    assert "，平均取最近办完的 5 次" in overview
