"""What the server says when it starts, and in words why it cannot listen."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app import greeting, listen
from engine.errors import ConfigurationError
from engine.platform import Platform


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def on(platform: Platform, **settings: Any) -> Platform:
    platform.settings.prepare()
    return replace(platform, settings=replace(platform.settings, **settings))


def test_a_port_in_use_is_named_and_another_one_suggested(platform: Platform, taken: int) -> None:
    sockets: dict[int, Any] = {}
    with pytest.raises(ConfigurationError, match=rf"PORT={taken}：端口已被占用.*PORT 换一个端口"):
        listen(on(platform, host="127.0.0.1", port=taken), sockets)


def test_a_host_that_is_not_this_machine_is_named(platform: Platform) -> None:
    with pytest.raises(ConfigurationError, match=r"HOST='192\.0\.2\.1' PORT=8000：不能监听这个地址"):
        listen(on(platform, host="192.0.2.1", port=8000), {})
    with pytest.raises(ConfigurationError, match=r"HOST='no-such\.invalid'.*不能监听这个地址"):
        listen(on(platform, host="no-such.invalid", port=8000), {})


@pytest.mark.parametrize(("host", "address"), [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000")])
def test_the_address_can_be_opened_as_printed(platform: Platform, host: str, address: str) -> None:
    assert greeting(on(platform, host=host, port=8000)).splitlines()[0].endswith(f"  {address}")
