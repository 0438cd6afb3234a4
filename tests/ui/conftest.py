"""The product behind Flask's test client, and visitors who use it as a browser would."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from engine.platform import Platform
from tests.fixtures.platform import PASSWORD
from ui import assets

APPLICATION: dict[str, Any] = {
    "project": "XM-2026-01",
    "change_type": "需求变更",
    "change_title": "执法终端离线采集功能调整",
    "reason": "山区执法点网络不稳定，现场笔录与影像无法实时上传。",
    "content": "增加离线采集、断点续传、补传校验三项功能。",
    "cost_change": 3,
    "schedule_change": 2,
    "scope_impact": "不影响范围",
    "urgency": "一般",
    "risk_level": "低",
    "contact_phone": "13800000000",
}
NECESSITY: dict[str, Any] = {
    "necessity_basis": ["业务需求变化"],
    "necessity_checked": ["事由充分"],
    "contract_scope": "合同范围内",
    "overlaps": "不重复",
}


class Visitor:
    """A browser with its own cookies; knows the token of the last page."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.token = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        """GET a page and remember its token."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(path, headers=sent, buffered=True)
        found = re.search(rb'name="csrf-token" content="([^"]+)"', answer.get_data())
        if found:
            self.token = found.group(1).decode()
        return answer

    def text(self, path: str) -> str:
        """The page at this address, which must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.get_data(as_text=True)[:2000])
        return answer.get_data(as_text=True)

    def form(self, path: str, **fields: str) -> TestResponse:
        """Send a plain form, as a browser without scripts."""
        return self.client.post(path, data={"csrf_token": self.token, **fields})

    def json(self, path: str, body: Any) -> TestResponse:
        """Send JSON, as the scripts do."""
        headers = {"X-CSRF-Token": self.token, "Accept": "application/json"}
        return self.client.post(path, json=body, headers=headers)

    def sign_in(self, account: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        """Sign in with a password; the next page brings the new session's token."""
        self.get("/sign-in")
        answer = self.form("/sign-in", account=account, password=password, **fields)
        if answer.status_code == 303:
            self.get("/mine")
        return answer

    def start(self, **changes: Any) -> int:
        """Start a change; the id of its case."""
        answer = self.json("/start/change_approval", {"data": {**APPLICATION, **changes}, "attachments": []})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return int(answer.json["location"].rsplit("/", 1)[1])  # type: ignore[index]  # just asserted to be JSON


@pytest.fixture
def _demo(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Platform:
    """A platform in demo mode; built assets are not needed here."""
    monkeypatch.setattr(assets.Manifest, "url", lambda _self, name: f"/static/dist/{name}")
    platform.mode = "demo"
    return platform


@pytest.fixture(scope="session")
def _apps() -> list[Flask]:
    """The app that tests share, once there is one: its addresses and templates take ten times as long as most tests."""
    return []


@pytest.fixture
def app(_demo: Platform, _apps: list[Flask]) -> Flask:
    """The product over the test's own platform. Who changes the app itself takes `own_app`."""
    if not _apps:
        _apps.append(create_app(_demo))
    app = _apps[0]
    app.extensions["guicheng"] = _demo
    app.secret_key = _demo.settings.secret_key()
    return app


@pytest.fixture
def own_app(_demo: Platform) -> Flask:
    """An app of the test's own, which no other test sees."""
    return create_app(_demo)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def as_person(app: Flask) -> Callable[[str], Visitor]:
    """`as_person("hejing")`: a browser in which that person is signed in (by the demo's switch: no slow password)."""

    def open_browser(account: str) -> Visitor:
        visitor = Visitor(app)
        visitor.get("/sign-in")
        answer = visitor.form("/demo/switch", account=account)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        visitor.get("/mine")
        return visitor

    return open_browser
