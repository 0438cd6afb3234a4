"""`make pictures`: take the pictures of the README from the running product, on a demo made for the purpose.

Writes docs/pictures/{task,case,cockpit,studio,phone}.png. Nothing is drawn or retouched: they show what `make run`
shows.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PASSWORD = "guicheng-demo"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--hide-scrollbars"]
DESK, PHONE = (1440, 900), (390, 844)
LARGEST = 1_000_000
"""Bytes of all pictures together: they travel with every clone."""

# the case of the pictures: 执法终端离线采集功能调整 waits for 周岚, 监管大屏指标口径变更 is in its second vote
APPROVER, APPROVED = "zhoulan", "执法终端离线采集功能调整"
APPLICANT, VOTED = "tangying", "监管大屏指标口径变更"
MANAGER = "gaozhendong"
OWNER, DRAWN = "hejing", "review_necessity"


@contextmanager
def running() -> Iterator[str]:
    """The product with a fresh demo on a free port; gives its address and ends it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="guicheng-pictures-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": "", "PORT": str(port), "LOG_LEVEL": "error"}
        subprocess.run([sys.executable, "-m", "engine.cli.main", "demo"], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "-u", "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert server.stdout is not None
        try:
            print(server.stdout.readline().strip(), flush=True)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)
            server.stdout.close()


def visit(chromium: Browser, url: str, account: str, size: tuple[int, int] = DESK) -> Page:
    """A page of this person, signed in through the form."""
    phone = size == PHONE
    context = chromium.new_context(
        base_url=url,
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        color_scheme="light",
        reduced_motion="reduce",
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("main h1")).to_be_visible()
    return page


def take(page: Page, name: str) -> None:
    """The window as it stands, once forms and diagrams are drawn."""
    for one in page.locator("[data-form], [data-diagram]").all():
        expect(one).not_to_have_attribute("aria-busy", "true")
    page.evaluate("document.fonts.ready")
    target = PICTURES / f"{name}.png"
    page.screenshot(path=target, animations="disabled")
    print(f"  {target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB", flush=True)


def pictures(chromium: Browser, url: str) -> None:
    """The five of them: a task, a case, the overview, the studio, a task on the phone."""
    page = visit(chromium, url, APPROVER)
    page.goto("/inbox")
    page.locator("tbody").get_by_role("link", name=APPROVED).click()
    page.get_by_label("意见").first.fill("同意。请按论证意见限制补传带宽，试点两周后推广。")
    expect(page.locator("[data-autosave]")).not_to_be_empty()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    take(page, "task")

    page = visit(chromium, url, APPLICANT)
    page.goto("/started")
    page.locator("tbody").get_by_role("link", name=VOTED).click()
    take(page, "case")

    page = visit(chromium, url, MANAGER)
    page.goto("/cockpit")
    take(page, "cockpit")

    page = visit(chromium, url, OWNER)
    page.goto("/studio/change_approval")
    page.locator(f"[data-element-id={DRAWN}]").first.click()
    expect(page.locator(".bio-properties-panel")).to_contain_text("现在会是")
    expect(page.locator("[data-studio]")).to_contain_text("检查通过，可以发布")
    take(page, "studio")

    page = visit(chromium, url, APPROVER, PHONE)
    page.goto("/inbox")
    page.locator(".g-list").get_by_role("link", name=APPROVED).tap()
    take(page, "phone")


def main() -> int:
    """Take all pictures; 1 when there is no browser or they became too large."""
    missing = browser.provide()
    if missing:
        print(missing, file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find_chromium(), args=ARGUMENTS)
        pictures(chromium, url)
        chromium.close()
    total = sum(one.stat().st_size for one in PICTURES.glob("*.png"))
    print(f"  {total // 1024} KB in all", flush=True)
    return 1 if total > LARGEST else 0


if __name__ == "__main__":
    sys.exit(main())
