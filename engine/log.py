"""Structured logs: one event a line, for people (console) or collectors (json), with the id of the request it serves.

    log = get_logger(__name__)
    log.info("case_started", case="BG-2026-0001")

Event names are English snake_case words; values are what a reader needs to find the case. No form contents, no secrets.
"""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from structlog.typing import FilteringBoundLogger, Processor

_COMMON: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def configure_logging(log_format: str = "console", level: str = "info", stream: TextIO | None = None) -> None:
    """Send everything, also what libraries say through `logging`, to one stream (default: standard error)."""
    target = stream or sys.stderr
    structlog.configure(
        processors=[*_COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=list(_COMMON), processors=_rendering(log_format, target))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # These speak on every start, wake-up and queued request; only their troubles matter.
    for noisy in ("alembic", "apscheduler", "waitress.queue"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def get_logger(name: str) -> FilteringBoundLogger:
    """The logger of a module."""
    logger: FilteringBoundLogger = structlog.get_logger(name)
    return logger


def new_request_id() -> str:
    """An id for one request or job: 16 letters, said in its log lines and on error pages."""
    return secrets.token_hex(8)


@contextmanager
def logged_as(**values: Any) -> Iterator[None]:
    """Add values (request_id, account, job …) to every line logged inside the block, in this thread."""
    with structlog.contextvars.bound_contextvars(**values):
        yield


def _rendering(log_format: str, target: TextIO) -> list[Processor]:
    last: list[Processor]
    if log_format == "json":
        last = [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        colors = target.isatty()
        last = [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]
    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
