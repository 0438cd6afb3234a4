"""A person at a browser of few words: cookies, the CSRF token of the page, JSON acts. One thread at a time."""

from __future__ import annotations

import http.client
import json
import re
import threading
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PASSWORD = "guicheng-demo"
_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')


class NoAnswer(Exception):
    """The server was gone before the answer was complete: nobody knows whether the act was done."""


class Visitor:
    """Signed in once; the session outlives the server's process."""

    def __init__(self, port: int, account: str) -> None:
        self.account = account
        self._port = port
        self._cookies: dict[str, str] = {}
        self._token = ""
        self.sent = threading.Event()  # a request has left; whoever waits for it clears it before

    def sign_in(self) -> None:
        """Through the form; may be called again when the server died over it."""
        status, page = self._ask("GET", "/sign-in")
        if status == 200:
            form = {"account": self.account, "password": PASSWORD, "csrf_token": _token(page)}
            content_type = "application/x-www-form-urlencoded"
            status, page = self._ask("POST", "/sign-in", urlencode(form), {"Content-Type": content_type})
        assert status == 303, page
        self._token = _token(self._ask("GET", "/mine")[1])

    def open(self, path: str) -> str:
        """A page."""
        status, page = self._ask("GET", path)
        assert status == 200, (path, status, page[:300])
        return page

    def send(self, path: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """An act as the page's script sends it: status and JSON; `NoAnswer` when the server died over it."""
        if not self._token:
            self.sign_in()
        headers = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": self._token}
        status, text = self._ask("POST", path, json.dumps(content), headers)
        return status, json.loads(text)

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            connection.request(method, path, body, {**(headers or {}), **({"Cookie": cookie} if cookie else {})})
            self.sent.set()
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(str(error)) from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, text


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, page[:500]
    return found.group(1)
