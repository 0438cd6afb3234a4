"""One person at his own browser: opens pages, fills in, acts, reads what the product tells him."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.form import Form
from tests.browser.watch import Watch

PASSWORD = "guicheng-demo"


class Person:
    """A signed-in person with a browser context of his own."""

    def __init__(self, context: BrowserContext, account: str) -> None:
        self.account = account
        self.context = context
        self.page: Page = context.new_page()
        self.watch = Watch(self.page)
        self.form = Form(self.page)

    # ── going places ─────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, path: str) -> Page:
        """Go to an address and wait until its forms and diagrams are there."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Forms and diagrams of the page are ready."""
        for one in self.page.locator("[data-form], [data-diagram]").all():
            expect(one).not_to_have_attribute("aria-busy", "true")

    def sign_in(self, password: str = PASSWORD) -> None:
        """Through the form of the sign-in page."""
        self.page.get_by_label("账号").fill(self.account)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()

    def take(self, title: str, step: str) -> None:
        """Find the case in the inbox and open it; a task of the group is claimed first."""
        self.open("/inbox")
        row = self.row(title)
        if not row.count():
            self.open("/claimable")
            self.row(title).get_by_role("button", name=re.compile("认领")).click()
        else:
            row.get_by_role("link").first.click()
        expect(self.page.locator("main h1")).to_have_text(title)
        self.settle()
        expect(self.page.get_by_role("heading", name=step, exact=True).first).to_be_visible()

    def take_step(self, number: str, step: str) -> None:
        """Open this step of the case with that number, of which several may be open; one of the group is claimed."""
        self.open(f"/inbox?q={number}")
        row = self.row(number).filter(has_text=step)
        if row.count():
            row.get_by_role("link").first.click()
        else:
            self.open(f"/claimable?q={number}")
            self.row(number).filter(has_text=step).get_by_role("button", name=re.compile("认领")).click()
        expect(self.page).to_have_url(re.compile(r"/tasks/\d+"))
        self.settle()
        expect(self.page.get_by_role("heading", name=step, exact=True).first).to_be_visible()

    def row(self, title: str) -> Locator:
        """The visible row of a list with this title."""
        return self.page.locator("[data-list] :is(tbody tr, ul > li):visible").filter(has_text=title)

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def fill(self, values: Mapping[str, Any] | None = None, **labels: Any) -> None:
        """Fill in the form of the page by its labels."""
        self.form.fill({**(values or {}), **labels})

    def opinion(self, text: str) -> None:
        """Write the opinion beside the form."""
        self.page.locator('textarea[name="opinion"]:not(dialog *)').fill(text)

    def attach(self, name: str, content: bytes) -> None:
        """Choose a file and wait until it is stored."""
        self.choose_file(name, content)
        expect(self.upload(name)).to_have_attribute("data-file-id", re.compile(r"\d+"))

    def choose_file(self, name: str, content: bytes) -> None:
        """Choose a file for upload, whatever comes of it."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("[data-attachments] input[type=file]").set_input_files([file])

    def upload(self, name: str) -> Locator:
        """The line of a chosen file."""
        return self.page.locator(".g-upload", has_text=name)

    def act(self, label: str) -> None:
        """Press an act of the bar; one that is folded away is looked for under 更多."""
        button = self.page.locator(f'.g-actionbar [data-act][data-label="{label}"]')
        if not button.is_visible():
            self.page.locator(".g-actionbar summary").click()
        button.click()

    def confirm(self, reason: str = "") -> None:
        """Give the reason in the open dialog, and press what it offers."""
        dialog = self.dialog
        if reason:
            dialog.locator("textarea:visible").fill(reason)
        dialog.locator("[data-ok]").click()

    def done(self, act: str, opinion: str = "", **values: Any) -> str:
        """Fill in, give an opinion, act; answers the toast."""
        self.fill(values)
        if opinion:
            self.opinion(opinion)
        here = self.page.url
        self.act(act)
        expect(self.page).not_to_have_url(here)
        return self.toast.inner_text()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def dialog(self) -> Locator:
        """The open dialog."""
        return self.page.locator("dialog[open]")

    @property
    def toast(self) -> Locator:
        """The latest toast."""
        return self.page.locator("[data-toasts] .g-toast").last

    @property
    def outcomes(self) -> Locator:
        """办理后会怎样."""
        return self.page.locator("[data-preview]")

    def count(self, place: str) -> int:
        """The number in the side bar beside a place; 0 when there is none."""
        number = self.page.locator(f'.g-side a:has(.g-nav__t:text-is("{place}")) .g-count')
        return int(number.inner_text()) if number.count() else 0

    def overflow(self) -> list[str]:
        """What stands out to the right of the window, so that the page scrolls sideways."""
        found: list[str] = self.page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [...document.body.querySelectorAll('*')]
                    .filter((one) => one.getBoundingClientRect().right > width + 1 && one.checkVisibility())
                    .slice(-5).map((one) => one.outerHTML.slice(0, 160));
            }"""
        )
        return found
