"""Log lines: one JSON object each, with what was bound around them; libraries speak the same way."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from engine.log import configure_logging, get_logger, logged_as, new_request_id


@pytest.fixture(autouse=True)
def _logging_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_json_line_with_request_id() -> None:
    stream = io.StringIO()
    configure_logging("json", stream=stream)
    with logged_as(request_id="abc", account="chensiyuan"):
        get_logger("engine.commands").info("case_started", title="核心交换机扩容")
    line = json.loads(stream.getvalue())
    assert line["event"] == "case_started"
    assert line["title"] == "核心交换机扩容"
    assert (line["request_id"], line["account"], line["level"]) == ("abc", "chensiyuan", "info")
    assert line["logger"] == "engine.commands"
    assert line["timestamp"].endswith("Z")


def test_libraries_log_the_same_way() -> None:
    stream = io.StringIO()
    configure_logging("json", stream=stream)
    with logged_as(request_id="abc"):
        logging.getLogger("somebody").warning("queue depth %d", 3)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["request_id"], line["level"]) == ("queue depth 3", "abc", "warning")


def test_traceback_is_one_line_of_json() -> None:
    stream = io.StringIO()
    configure_logging("json", stream=stream)
    try:
        raise ValueError("gone")
    except ValueError:
        get_logger("x").exception("command_failed")
    (text,) = stream.getvalue().splitlines()
    assert json.loads(text)["exception"][0]["exc_type"] == "ValueError"


def test_level_hides_what_is_below_it() -> None:
    stream = io.StringIO()
    configure_logging("console", "warning", stream)
    get_logger("x").info("hidden")
    get_logger("x").warning("shown")
    assert "hidden" not in stream.getvalue()
    assert "shown" in stream.getvalue()


def test_request_ids_differ() -> None:
    assert new_request_id() != new_request_id()
    assert len(new_request_id()) == 16
