"""The demo's banner and person switcher; and an installation for real, where there is neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from engine.boot import ROOT, open_platform
from engine.commands import deploy_files
from engine.commands.install import Administrator, install_real
from engine.config import Settings
from tests.browser.backstage import Backstage
from tests.browser.person import Person
from tests.browser.server import Server

Come = Callable[..., Person]
SECRET = "long-enough-and-secret-1"


def test_the_banner_leads_from_person_to_person(come: Come, backstage: Backstage) -> None:
    case = backstage.at_approval("演示切换人员")
    guest = come("chensiyuan")
    guest.open(f"/cases/{case}")
    banner = guest.page.get_by_role("region", name="演示模式")
    expect(banner).to_contain_text("雷震（执法支队）")
    expect(banner).to_contain_text("部门负责人审批")
    banner.locator(".g-demobar__next ~ button").click()
    guest.page.wait_for_url(re.compile(r"/tasks/\d+$"))
    guest.settle()
    expect(guest.page.locator("main h1")).to_have_text("演示切换人员")
    expect(guest.page.locator(".g-side__foot")).to_contain_text("雷震")
    expect(banner).to_contain_text("轮到你办理“部门负责人审批”")
    banner.get_by_text("切换人员").click()
    banner.get_by_role("button", name=re.compile("^周岚|周岚")).click()
    expect(guest.page.locator(".g-side__foot")).to_contain_text("周岚")


def test_anybody_can_be_chosen_on_the_sign_in_page(come: Come) -> None:
    guest = come("", signed_in=False)
    guest.open("/sign-in")
    expect(guest.page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    guest.page.get_by_role("button", name=re.compile("何静")).click()
    expect(guest.page.locator("main h1")).to_contain_text("何静")
    expect(guest.page.get_by_role("region", name="演示模式")).to_be_visible()


@pytest.fixture
def real_server(tmp_path: Path) -> Iterator[Server]:
    """A real, empty installation."""
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path / "data")})
    settings.prepare()
    platform = open_platform(settings)
    roles = (("sysadmin", "admin", "甲管理"), ("security", "safety", "乙管理"), ("audit-admin", "auditor", "丙管理"))
    install_real(platform, "某单位", [Administrator(role, account, name, SECRET) for role, account, name in roles])
    deploy_files(platform, ROOT)
    platform.database.dispose()
    server = Server(tmp_path / "data").start()
    yield server
    server.stop()


def test_no_switcher_in_a_real_installation(come: Come, real_server: Server) -> None:
    admin = come("admin", at=real_server, signed_in=False)
    admin.open("/sign-in")
    expect(admin.page.locator(".g-demo, .g-demobar")).to_have_count(0)
    with admin.watch.expecting(422):
        admin.sign_in("wrong")
        expect(admin.page.get_by_role("alert").or_(admin.page.locator(".g-notice"))).to_contain_text("还可尝试 4 次")
    expect(admin.page.get_by_label("账号")).to_have_value("admin")
    admin.sign_in(SECRET)
    expect(admin.page.locator("main h1")).to_contain_text("甲管理")
    expect(admin.page.locator(".g-demobar")).to_have_count(0)
    status = admin.page.evaluate(
        """async () => (await fetch('/demo/switch', {method: 'POST', headers: {'X-CSRF-Token':
            document.querySelector('meta[name=csrf-token]').content}})).status"""
    )
    assert status == 404
    admin.watch.found.clear()
    # nothing has happened here yet, and every page says so in words
    for path in ("/", "/inbox", "/claimable", "/done", "/started", "/drafts", "/notices", "/search"):
        admin.open(path)
        expect(admin.page.locator("main .g-empty").first).to_be_visible()
