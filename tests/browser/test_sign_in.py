"""Signing in and out, guessing passwords, and being led back to where one wanted to go."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.person import PASSWORD, Person

Come = Callable[..., Person]


def test_guessing_passwords_is_stopped(come: Come) -> None:
    guest = come("yanjinzhi", signed_in=False)
    guest.open("/sign-in")
    with guest.watch.expecting(422):
        for left in (4, 3, 2, 1):
            guest.sign_in("guess")
            expect(guest.page.locator("main")).to_contain_text(f"还可尝试 {left} 次")
        guest.sign_in("guess")
        expect(guest.page.locator("main")).to_contain_text("暂停登录")
        guest.sign_in(PASSWORD)
        expect(guest.page.locator("main")).to_contain_text("10 分钟后再试")
    expect(guest.page.get_by_label("账号")).to_have_value("yanjinzhi")
    expect(guest.page.get_by_label("密码")).to_have_value("")


def test_the_sign_in_page_leads_back(come: Come) -> None:
    guest = come("sunli", signed_in=False)
    guest.page.goto("/inbox?due=late&sort=arrived")
    expect(guest.page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    guest.sign_in()
    guest.page.wait_for_url("**/inbox?due=late&sort=arrived")


def test_nobody_is_led_to_another_site(come: Come) -> None:
    guest = come("sunli", signed_in=False)
    guest.page.goto("/sign-in?next=//example.com/")
    guest.sign_in()
    expect(guest.page.locator("main h1")).to_contain_text("孙丽")
    assert guest.page.url.startswith("http://127.0.0.1:")


def test_signing_out(come: Come) -> None:
    sun = come("sunli", signed_in=False)
    sun.open("/sign-in")
    sun.sign_in()
    sun.page.locator(".g-side__foot a").click()
    sun.page.get_by_role("button", name="退出登录").click()
    expect(sun.toast).to_contain_text("已退出登录")
    sun.page.goto("/inbox")
    expect(sun.page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    sun.page.go_back()
    expect(sun.page.locator("main")).not_to_contain_text("孙丽，")
