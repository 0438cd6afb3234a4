"""The scratch installation of a benchmark: a database of its own with the demo organisation, served as `app.py` does.

Everything is the product's own: settings, migrations, deployment, scheduler, session cookies, CSRF tokens. Only the
client is Flask's test client, so that no network is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from engine.boot import ROOT, open_platform
from engine.commands import deploy_files
from engine.commands.install import finish_demo, install_demo
from engine.config import Settings
from engine.jobs import Scheduler
from engine.log import configure_logging
from engine.platform import Platform

PASSWORD = "guicheng-demo"
_TOKEN = re.compile(rb'<meta name="csrf-token" content="([^"]+)"')


@contextmanager
def installation(folder: Path, url: str = "") -> Iterator[Platform]:
    """A platform with the demo organisation, every procedure deployed and its scheduler at work."""
    settings = Settings.from_environment({"DATA_DIR": str(folder), "DATABASE_URL": url})
    settings.prepare()
    log_file = (folder / "server.log").open("w", encoding="utf-8")
    configure_logging(settings.log_format, settings.log_level, log_file)  # what a request logs is part of its cost
    platform = open_platform(settings)
    description = yaml.safe_load((ROOT / "engine" / "demo" / "organisation.yaml").read_text(encoding="utf-8"))
    install_demo(platform, description, PASSWORD)
    finish_demo(platform)
    deploy_files(platform, ROOT)
    scheduler = Scheduler(platform)
    platform.scheduler = scheduler
    scheduler.start()
    try:
        yield platform
    finally:
        scheduler.stop()
        platform.database.dispose()
        log_file.close()


class Visitor:
    """A signed-in person at the test client."""

    def __init__(self, app: Flask, account: str) -> None:
        self.client: FlaskClient = app.test_client()
        page = self.client.get("/sign-in")
        form = {"account": account, "password": PASSWORD, "csrf_token": _token(page)}
        answer = self.client.post("/sign-in", data=form)
        assert answer.status_code == 303, answer.text
        self._headers = {"X-CSRF-Token": _token(self.client.get("/mine")), "Accept": "application/json"}

    def open(self, path: str) -> TestResponse:
        """A page."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return answer

    def send(self, path: str, content: dict[str, Any]) -> TestResponse:
        """An act, as the page's script sends it."""
        answer = self.try_to(path, content)
        assert answer.status_code == 200, (path, answer.text)
        return answer

    def try_to(self, path: str, content: dict[str, Any]) -> TestResponse:
        """The same where it may be refused."""
        return self.client.post(path, json=content, headers=self._headers)


def served(platform: Platform) -> Flask:
    """The real application."""
    return create_app(platform)


def _token(page: TestResponse) -> str:
    found = _TOKEN.search(page.data)
    assert found, page.text[:500]
    return found.group(1).decode()
