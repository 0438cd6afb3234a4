"""Settings: defaults, every wrong value named at once, the key file, and the page that documents them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from engine.config import Settings, settings_page
from engine.environment import VARIABLES
from engine.errors import ConfigurationError

ROOT = Path(__file__).parents[2]


def read(tmp_path: Path, **environment: str) -> Settings:
    return Settings.from_environment({"DATA_DIR": str(tmp_path / "data"), **environment})


def test_defaults_need_nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.threads) == ("127.0.0.1", 8000, 8)
    assert settings.data_dir == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path}/data/guicheng.sqlite"
    assert settings.secret_key_file == tmp_path / "data" / "secret.key"
    assert (settings.language, settings.https_only, settings.demo_any_host) == ("zh", False, False)


def test_reading_touches_no_file(tmp_path: Path) -> None:
    read(tmp_path)
    assert not (tmp_path / "data").exists()


def test_all_wrong_values_are_named_at_once() -> None:
    wrong = {
        "HOST": "a b",
        "PORT": "70000",
        "DATABASE_URL": "mysql://root:hush@h/x",
        "THREADS": "zero",
        "HTTPS_ONLY": "yes",
        "DEMO_ANY_HOST": "2",
        "DEFAULT_LANGUAGE": "de",
        "LOG_FORMAT": "xml",
        "LOG_LEVEL": "loud",
    }
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment(wrong)
    for name in wrong:
        assert name in caught.value.message
    assert "hush" not in caught.value.message


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8000.0", "８０００", "1e3"])
def test_port_is_a_whole_number_in_range(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError, match="PORT"):
        read(tmp_path, PORT=text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("postgresql://u:p@h:5433/guicheng", "postgresql+psycopg://u:p@h:5433/guicheng"),
        ("postgresql+psycopg2://u@h/x", "postgresql+psycopg://u@h/x"),
        ("sqlite:////var/lib/guicheng.sqlite", "sqlite:////var/lib/guicheng.sqlite"),
    ],
)
def test_database_addresses(tmp_path: Path, text: str, url: str) -> None:
    assert read(tmp_path, DATABASE_URL=text).database_url == url


@pytest.mark.parametrize("text", ["sqlite://", "sqlite:///:memory:", "mysql://h/x", "no url"])
def test_database_addresses_of_no_use(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        read(tmp_path, DATABASE_URL=text)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost"])
def test_demo_listens_on_loopback(tmp_path: Path, host: str) -> None:
    read(tmp_path, HOST=host).check_demo()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "guicheng.example"])
def test_demo_listens_beyond_only_when_told(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigurationError, match="DEMO_ANY_HOST"):
        read(tmp_path, HOST=host).check_demo()
    read(tmp_path, HOST=host, DEMO_ANY_HOST="1").check_demo()


def test_key_is_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    settings = read(tmp_path)
    settings.prepare()
    first = settings.secret_key()
    settings.prepare()
    assert settings.secret_key() == first
    assert len(first) >= 32
    assert settings.secret_key_file.stat().st_mode & 0o777 == 0o600


def test_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    settings = read(tmp_path)
    settings.prepare()
    settings.secret_key_file.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        settings.prepare()


def test_short_key_is_refused(tmp_path: Path) -> None:
    settings = read(tmp_path)
    settings.prepare()
    settings.secret_key_file.write_bytes(b"short")
    with pytest.raises(ConfigurationError, match="too short"):
        settings.prepare()


def test_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(ConfigurationError, match="data"):
        read(tmp_path).prepare()


def test_every_field_has_its_variable() -> None:
    assert [variable.field for variable in VARIABLES] == [each.name for each in fields(Settings)]


def test_the_page_says_what_the_code_does() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == settings_page(), (
        "run: python -m engine.config > docs/settings.md"
    )
