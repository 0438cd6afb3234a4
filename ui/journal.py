"""One log line a request, and an id that everything logged meanwhile carries; error pages quote the start of it."""

from __future__ import annotations

from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from engine.log import get_logger, new_request_id

log = get_logger("guicheng.ui")


def begin() -> None:
    """Before every request: a new id."""
    g.request_id = new_request_id()
    g.began = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """After every request but those for built files: who asked for what, what came of it, how long it took in ms."""
    if not (request.endpoint or "").endswith("static"):
        actor = getattr(g, "actor", None)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            account=actor.account if actor else None,
            ms=round((perf_counter() - g.began) * 1000),
        )
    return response


def end(_error: BaseException | None) -> None:
    """The thread serves somebody else next."""
    structlog.contextvars.clear_contextvars()


def number() -> str:
    """What a person can quote: the first letters of the request's id, such as E409-7F2C."""
    code: str = g.request_id.upper()
    return f"{code[:4]}-{code[4:8]}"


def register(app: Flask) -> None:
    """Before everything else."""
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(end)
