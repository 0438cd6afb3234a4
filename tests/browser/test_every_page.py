"""Every page there is, at every width and in both themes: names for everything, nothing sideways, readable."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app import create_app
from engine.commands import suspend_case
from tests.browser.audit import contrast, names
from tests.browser.backstage import Backstage
from tests.browser.person import Person

Come = Callable[..., Person]
NO_PAGES = {"static", "api.health", "api.ready", "workbench.file", "workbench.document", "admin.repairs"}
FRAGMENTS = (".json", "diagram.bpmn", "/people", "/return-targets", "/findings", "-dialog", "/impact", "/record")
FILES = (".zip", ".xlsx", "/parts/<kind>/<name>", "/copies/<id:copy_id>")
DECISIONS = ("grade",)


@pytest.fixture(scope="session")
def addresses(backstage: Backstage) -> list[str]:
    """The address of every page of the product, with a case, tasks and a procedure to show; found in its own routes."""
    case = backstage.at_vote("每一页都要看到")
    mine = backstage.claim(backstage.propose("周岚认领的一件"), "zhoulan")
    open_to_all = backstage.task(backstage.propose("还没有人认领"), "zhoulan")
    samples = {
        "task_id": [mine, open_to_all, backstage.task(case, "zhangweimin")],
        "instance_id": [case, 1],
        "key": ["change_approval"],
        "version": [1],
        "name": ["order"],
        "form": ["application"],
        "decision": ["grade"],
    }
    app = create_app(backstage.platform)
    found = ["/no-such-page", "/search?q=大屏", "/clauses/documents?clause=4.3.2"]
    found += [f"/cases/1?tab={tab}" for tab in ("data", "files", "log")]
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES or rule.rule.endswith(FRAGMENTS + FILES):
                continue
            if rule.endpoint.startswith("exams.") and rule.endpoint != "exams.archive":
                continue  # for the training administrator alone: test_exams.py
            places: list[dict[str, object]] = [{}]
            for name in rule.arguments:
                values = DECISIONS if "/decisions/" in rule.rule and name == "name" else samples[name]
                places = [{**place, name: value} for place in places for value in values]
            found += [app.url_for(rule.endpoint, _external=False, **place) for place in places]
    return found


def test_names_headings_and_contrast(come: Come, addresses: list[str]) -> None:
    problems: list[str] = []
    for theme in ("light", "dark"):
        zhou = come("zhoulan", color_scheme=theme)
        with zhou.watch.expecting(404):
            for address in addresses:
                zhou.open(address)
                problems += [f"{address} {theme}: {one}" for one in contrast(zhou.page)]
                if theme == "light":
                    problems += [f"{address}: {one}" for one in names(zhou.page)]
                    problems += [f"{address} 1440: {one}" for one in zhou.overflow()]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("width", [390, 320, 1024])
def test_nothing_scrolls_sideways(come: Come, addresses: list[str], width: int) -> None:
    zhou = come("zhoulan", phone=width < 768, viewport={"width": width, "height": 844})
    problems: list[str] = []
    with zhou.watch.expecting(404):
        for address in addresses:
            zhou.open(address)
            problems += [f"{address}: {one}" for one in zhou.overflow()]
            if width == 390:
                problems += [f"{address}: {one}" for one in names(zhou.page)]
    assert not problems, "\n".join(problems)


def test_the_administrators_pages(come: Come, backstage: Backstage) -> None:
    case = backstage.propose("挂起的一件")
    suspend_case(backstage.platform, backstage.actor("dengkai"), case, "项目信息待核实")
    problems: list[str] = []
    for theme, width in (("light", 1440), ("dark", 1440), ("light", 390), ("light", 320)):
        administrator = come("dengkai", phone=width < 768, color_scheme=theme, viewport={"width": width, "height": 844})
        for address in ("/admin", "/admin?show=suspended", "/admin?show=messages", f"/cases/{case}"):
            administrator.open(address)
            found = [*names(administrator.page), *administrator.overflow(), *contrast(administrator.page)]
            problems += [f"{address} {theme} {width}: {one}" for one in found]
    assert not problems, "\n".join(problems)


def test_the_sign_in_page(come: Come) -> None:
    for theme in ("light", "dark"):
        for width in (1440, 390, 320):
            guest = come("", signed_in=False, color_scheme=theme, viewport={"width": width, "height": 844})
            guest.open("/sign-in")
            assert names(guest.page) + contrast(guest.page) + guest.overflow() == [], (theme, width)
