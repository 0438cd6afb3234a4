"""The `guicheng` command: what it says and with which status it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text, update

from engine import demo
from engine.boot import ROOT, open_platform, start_again
from engine.cli import main as module
from engine.commands import deploy_files
from engine.commands.install import BUILDING, finish_demo, install_demo
from engine.config import Settings
from engine.db import Database
from engine.models import Installation
from engine.platform import Platform
from tests.fixtures.platform import PASSWORD, organisation
from tests.fixtures.story import Story

Run = Callable[..., Result]
ANSWERS = "\n".join(
    line
    for account, name in (("xitong", "系统员"), ("anquan", "安全员"), ("shenji", "审计员"))
    for line in (account, name, "correct-horse-1", "correct-horse-1")
)


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command on the test's own empty database."""
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    opened: list[Platform] = []

    def kept(open_one: Callable[..., Platform]) -> Callable[..., Platform]:
        def opening(*arguments: object) -> Platform:
            opened.append(open_one(*arguments))
            return opened[-1]

        return opening

    monkeypatch.setattr(module, "open_platform", kept(open_platform))
    monkeypatch.setattr(module, "start_again", kept(start_again))
    monkeypatch.setattr(module, "_at_terminal", lambda: True)

    def invoke(*arguments: str, answers: str = "") -> Result:
        try:
            return CliRunner().invoke(module.main, arguments, input=answers)
        finally:
            for platform in opened:
                platform.database.dispose()

    return invoke


@pytest.fixture
def quick_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo without its cases."""

    def build(platform: Platform, root: Path, progress: Callable[[], object], _fire: object) -> None:
        install_demo(platform, organisation(), PASSWORD)
        deploy_files(platform, root)
        progress()
        finish_demo(platform)

    monkeypatch.setattr(demo, "build", build)


def mode(settings: Settings) -> str | None:
    """What the database says it is."""
    database = Database(settings.database_url)
    with database.read() as session:
        found: str | None = session.scalar(text("select mode from installation"))
    database.dispose()
    return found


@pytest.mark.usefixtures("quick_demo")
def test_the_demo_is_made_once_and_then_only_deployed(run: Run, settings: Settings) -> None:
    first = run("demo")
    assert (first.exit_code, mode(settings)) == (0, "demo")
    second = run("demo")
    assert second.exit_code == 0
    assert "文件没有变化" in second.output
    assert "生成演示案件" not in second.output


@pytest.mark.usefixtures("quick_demo")
def test_the_days_of_a_new_demo_are_counted_before_anybody_comes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    monkeypatch.setattr("engine.cli.main.close_days", lambda platform: counted.append(platform.mode))
    run("demo")
    assert counted == ["demo"]
    run("demo")
    assert counted == ["demo"]  # what was made before is counted by the server


@pytest.mark.usefixtures("quick_demo")
def test_an_interrupted_demo_is_made_anew(run: Run, settings: Settings) -> None:
    run("demo")
    database = Database(settings.database_url)
    with database.write() as session:
        session.execute(update(Installation).values(mode=BUILDING))
    database.dispose()
    again = run("demo")
    assert "重新生成" in again.output
    assert (again.exit_code, mode(settings)) == (0, "demo")


@pytest.mark.year
def test_a_year_of_cases_says_how_it_went(run: Run, settings: Settings) -> None:
    done = run("demo", "--cases", "3", "--seed", "7", "--until", "2026-11-25")
    assert (done.exit_code, mode(settings)) == (0, "demo"), done.output
    assert "生成 3 件演示案件（种子 7，截至 2026-11-25）" in done.output
    assert "完成：3 件案件" in done.output
    assert "步/秒" in done.output


@pytest.mark.long
@pytest.mark.usefixtures("quick_demo")
def test_a_demo_that_is_there_is_emptied_only_when_somebody_says_so(run: Run, settings: Settings) -> None:
    run("demo")
    kept = run("demo", "--cases", "3", answers="n\n")
    assert kept.exit_code == 1
    assert "已有演示内容，没有改动" in kept.output
    assert run("demo", "--cases", "3", answers="y\n").exit_code == 0
    assert run("demo", "--cases", "2", "--yes").exit_code == 0
    assert mode(settings) == "demo"


def test_a_year_is_never_played_into_a_real_installation(run: Run, settings: Settings) -> None:
    run("init", "--organisation", "某市监管局", answers=ANSWERS)
    refused = run("demo", "--cases", "3", "--yes")
    assert refused.exit_code == 1
    assert "正式安装" in refused.output
    assert mode(settings) == "real"


def test_a_real_installation_asks_for_three_people_and_deploys(run: Run, settings: Settings) -> None:
    done = run("init", "--organisation", "某市监管局", answers=ANSWERS)
    assert (done.exit_code, mode(settings)) == (0, "real"), done.output
    assert "安装完成" in done.output
    assert "change_approval：已部署第 1 版" in done.output
    assert "correct-horse-1" not in done.output
    again = run("init", "--organisation", "某市监管局", answers=ANSWERS)
    assert again.exit_code == 1
    assert "已经安装过" in again.output
    assert "账号" not in again.output  # said before anything is asked
    refused = run("demo")
    assert refused.exit_code == 1
    assert "正式安装" in refused.output
    assert mode(settings) == "real"


def test_what_is_wrong_is_said_without_a_trace(run: Run, settings: Settings) -> None:
    done = run("init", "--organisation", "某市监管局", answers=ANSWERS.replace("correct-horse-1", "weak"))
    assert done.exit_code == 1
    assert "Error: " in done.output
    assert "Traceback" not in done.output
    assert mode(settings) is None


def test_refused_files_are_listed_one_by_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "workflows" / "broken"
    folder.mkdir(parents=True)
    (folder / "broken.bpmn").write_bytes((ROOT / "workflows/change_approval/change_approval.bpmn").read_bytes())
    monkeypatch.setattr(module, "ROOT", tmp_path)
    done = run("deploy")
    assert done.exit_code == 1
    assert "处问题，没有部署，原有版本照常运行。" in done.output
    assert done.output.count("\n  ") >= 5


def test_the_log_is_verified(run: Run, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.start().found_necessary()
    monkeypatch.setenv("DATABASE_URL", story.platform.settings.database_url)
    sound = run("audit", "verify")
    assert sound.exit_code == 0
    assert "核验 1 件" in sound.output
    assert "发现 0 处断裂" in sound.output
    with story.platform.database.write() as session:
        session.execute(text("update instance set event_head = 'x'"))
    broken = run("audit", "verify")
    assert broken.exit_code == 1
    assert "发现 1 处断裂" in broken.output


def test_a_wrong_setting_is_said_in_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    done = run("deploy")
    assert done.exit_code == 1
    assert "DATABASE_URL" in done.output
    assert "Traceback" not in done.output


def test_answers_that_end_too_early_install_nothing(run: Run, settings: Settings) -> None:
    done = run("init", answers="某市监管局\nxitong\n")
    assert (done.exit_code, mode(settings)) == (1, None)
    assert "什么都没有安装" in done.output
    assert "Aborted" not in done.output


def test_answers_may_come_from_a_pipe(settings: Settings) -> None:
    settings.prepare()
    environment = {**os.environ, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url}
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli.main", "init"],
        input=f"某市监管局\n{ANSWERS}\n",
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, mode(settings)) == (0, "real"), done.stderr
    assert "Warning" not in done.stderr
    assert "correct-horse-1" not in done.stdout + done.stderr
