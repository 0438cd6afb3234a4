"""`/healthz` and `/readyz` as a load balancer sees them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

import api
from engine.db import Database
from engine.platform import Platform


def app_on(platform: Platform) -> Flask:
    app = Flask("health")
    app.extensions["guicheng"] = platform
    api.register(app)
    return app


def test_alive_without_asking_the_database(platform: Platform, tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")
    answer = app_on(replace(platform, database=nowhere)).test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_ready(platform: Platform) -> None:
    answer = app_on(platform).test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ok"
    assert all(check["ok"] for check in answer.get_json()["checks"])


def test_not_ready_says_what_is_missing(platform: Platform) -> None:
    answer = app_on(replace(platform, handlers={})).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["status"] == "unavailable"
    (bad,) = [check for check in answer.get_json()["checks"] if not check["ok"]]
    assert bad["name"] == "handlers"
    assert "change_approval.update_baseline" in bad["detail"]


@pytest.mark.parametrize("endpoint", ["api.health", "api.ready"])
def test_health_needs_no_sign_in(platform: Platform, endpoint: str) -> None:
    view = app_on(platform).view_functions[endpoint]
    assert getattr(view, "permission", None) == "public"
