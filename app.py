"""The assembler: `create_app()` puts the product together, `python app.py` serves it."""

from __future__ import annotations

import errno
import signal
import sys
import threading
import time
from typing import Any

import structlog
from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

import api
import ui
from engine.boot import ROOT, open_platform
from engine.config import Settings
from engine.errors import ConfigurationError, DefinitionRefused
from engine.jobs import Scheduler
from engine.log import configure_logging
from engine.platform import Platform

log = structlog.get_logger(__name__)

GRACE = 20
"""Seconds that a stop waits for requests being answered."""


def create_app(platform: Platform) -> Flask:
    """The Flask application over an opened platform; raises `ConfigurationError` for a route without a permission."""
    app = Flask("guicheng", root_path=str(ROOT), static_folder=None, template_folder="ui/templates")
    app.extensions["guicheng"] = platform
    app.config.update(
        SECRET_KEY=platform.settings.secret_key(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=platform.settings.https_only,
        MAX_CONTENT_LENGTH=52 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )
    api.register(app)
    ui.register(app)
    return app


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; what is being done is finished first."""
    try:
        settings = Settings.from_environment()
        settings.prepare()
        configure_logging(settings.log_format, settings.log_level)
        platform = open_platform(settings)
        if platform.mode not in ("demo", "real"):
            raise ConfigurationError("还没有安装。演示请运行 guicheng demo，正式安装请运行 guicheng init。")
        if platform.mode == "demo":
            settings.check_demo()
        platform.scheduler = scheduler = Scheduler(platform)
        sockets: dict[int, Any] = {}
        server = listen(platform, sockets)
    except (ConfigurationError, DefinitionRefused) as error:
        print(error, file=sys.stderr)
        return 2
    stop = _stop_on_signal(sockets)
    scheduler.start()
    print(greeting(platform), flush=True)
    try:
        _serve(sockets, stop)
    finally:
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
        scheduler.stop()
        platform.database.dispose()
    return 0


def listen(platform: Platform, sockets: dict[int, Any]) -> Any:
    """waitress on HOST and PORT, its sockets in `sockets`; `ConfigurationError` when the address cannot be had."""
    settings = platform.settings
    try:
        return create_server(
            create_app(platform),
            map=sockets,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident="guicheng",
        )
    except (OSError, ValueError) as error:  # ValueError: waitress about a name that leads nowhere
        for opened in [*sockets.values()]:
            opened.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise settings.cannot_listen(
                "端口已被占用，可能已有一个在运行；请先停止它，或用 PORT 换一个端口 "
                "(the port is taken, perhaps by one that runs already; stop that, or choose another PORT)"
            ) from error
        cause = error.strerror if isinstance(error, OSError) else "no such host"
        raise settings.cannot_listen(f"不能监听这个地址，请检查 HOST 和 PORT (cannot listen there: {cause})") from error


def _stop_on_signal(sockets: dict[int, Any]) -> threading.Event:
    """SIGTERM and Ctrl-C only set this event: an exception could break a request just being read."""
    stop = threading.Event()

    def on_signal(_signal: int, _frame: object) -> None:
        stop.set()
        for listener in _listeners(sockets):
            listener.pull_trigger()  # the loop sleeps: let it look

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    return stop


def _serve(sockets: dict[int, Any], stop: threading.Event) -> None:
    """Answer until told to stop; then let nobody new in and go on until what was asked is answered."""
    while not stop.is_set():
        wasyncore.loop(timeout=1, map=sockets, count=1)
    log.info("stopping")
    for listener in _listeners(sockets):
        listener.del_channel()
        listener.socket.close()
    latest = time.monotonic() + GRACE
    while any(map(_busy, sockets.values())) and time.monotonic() < latest:
        wasyncore.loop(timeout=0.1, map=sockets, count=1)


def _listeners(sockets: dict[int, Any]) -> list[Any]:
    return [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]


def _busy(one: Any) -> bool:
    """Whether a connection has a request at work or an answer not yet wholly sent."""
    return isinstance(one, HTTPChannel) and bool(one.requests or one.total_outbufs_len)


def greeting(platform: Platform) -> str:
    """What a started server prints: its address and, in demo mode, whom one can be."""
    settings = platform.settings
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    lines = [f"规程 Guicheng  http://{host}:{settings.port}"]
    if platform.mode == "demo":
        lines.append("演示账号（密码都是 guicheng-demo）：")
        lines += [
            "  chensiyuan 陈思远 申请人 · hejing 何静 平台管理部 · zhoulan 周岚 平台管理部 · zhangweimin 张伟民 专家",
            "  其余账号见登录页；页面顶部可随时切换人员。",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
