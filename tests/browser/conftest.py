"""The stage of the browser tests: one server with the demo organisation, one browser, a context for each person.

People sign in through the form once; later contexts start from that session. Every page of every context is watched,
and what went wrong unseen (console, exceptions, failed requests, refused statuses) fails the test at its end.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from engine.commands import discard_design
from engine.errors import GuichengError
from tests.browser.backstage import Backstage
from tests.browser.person import Person
from tests.browser.server import Server, make_demo
from tools.browser import find_chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium; on a busy machine things come later, not never."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo organisation, fresh from its command; to be copied, not to be used."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    make_demo(folder)
    return folder


@pytest.fixture(scope="session")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most tests share; each makes cases of its own on it."""
    yield from _running(demo, tmp_path_factory.mktemp("shared"))


@pytest.fixture
def own_server(demo: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to be killed or counted on."""
    yield from _running(demo, tmp_path)


@pytest.fixture(scope="module")
def _studio_server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _running(demo, tmp_path_factory.mktemp("studio"))


@pytest.fixture
def studio_server(_studio_server: Server) -> Server:
    """A server for one file of studio tests. Drafts are shared by all owners, so each test begins without one."""
    behind = Backstage(_studio_server.data_dir)
    with suppress(GuichengError):
        discard_design(behind.platform, behind.actor("hejing"), "change_approval")
    behind.close()
    return _studio_server


def _running(demo: Path, folder: Path) -> Iterator[Server]:
    shutil.copytree(demo, folder / "data")
    server = Server(folder / "data").start()
    yield server
    server.stop()
    assert "request_failed" not in server.log_file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def backstage(server: Server) -> Iterator[Backstage]:
    """Brings cases on the shared server to where a test begins, by the same commands."""
    found = Backstage(server.data_dir)
    yield found
    found.close()


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, str], StorageState]:
    """The sign-ins made so far: by server and account."""
    return {}


@pytest.fixture
def come(
    browser: Browser, server: Server, sessions: dict[tuple[str, str], StorageState]
) -> Iterator[Callable[..., Person]]:
    """`come("hejing")` is that person, signed in at a browser of his own; `phone=True` on his phone."""
    here: list[Person] = []

    def arrive(
        account: str, phone: bool = False, at: Server | None = None, signed_in: bool = True, **more: Any
    ) -> Person:
        place = at or server
        known = sessions.get((place.url, account)) if signed_in else None
        context = browser.new_context(
            base_url=place.url, locale="zh-CN", storage_state=known, **{**(PHONE if phone else DESK), **more}
        )
        context.set_default_timeout(20_000)
        person = Person(context, account)
        here.append(person)
        if signed_in and known is None:
            person.page.goto("/sign-in")
            person.sign_in()
            person.page.wait_for_url(f"{place.url}/")
            sessions[place.url, account] = context.storage_state()
        return person

    yield arrive
    found = [f"{person.account}: {one}" for person in here for one in person.watch.found]
    for person in here:
        person.context.close()
    assert not found, "\n".join(found)
