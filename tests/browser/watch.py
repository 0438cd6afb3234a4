"""A page that is watched: whatever goes wrong in it unseen becomes a failure of the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

LOADING = "Failed to load resource"  # the console's echo of a status that is judged below


class Watch:
    """Collects console errors, uncaught exceptions, requests that failed and answers of 400 and more."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        self._expected: set[int] = set()
        self._lost = False
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("requestfailed", self._failed)
        page.on("response", self._answer)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Inside, answers with these statuses are what the test wants to see."""
        before = self._expected
        self._expected = before | set(statuses)
        try:
            yield
        finally:
            self._expected = before

    @contextmanager
    def server_gone(self) -> Iterator[None]:
        """Inside, requests may fail: the server is down."""
        self._lost = True
        try:
            yield
        finally:
            self._lost = False

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(LOADING):
            self.found.append(f"console {message.type}: {message.text} {message.location.get('url', '')}")

    def _error(self, error: Error) -> None:
        self.found.append(f"uncaught: {error.message}\n{error.stack}")

    def _failed(self, request: Request) -> None:
        # leaving a page cuts off what it was still asking for: marks, drafts, previews
        if not self._lost and request.failure != "net::ERR_ABORTED":
            self.found.append(f"failed: {request.method} {request.url} {request.failure}")

    def _answer(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.found.append(f"{response.status}: {response.request.method} {response.url}")
