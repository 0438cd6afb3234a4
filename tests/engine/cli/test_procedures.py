"""Versions as files and back: `guicheng export`, `guicheng import`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.boot import ROOT
from engine.cli import main as module
from engine.commands import deploy_files
from engine.parts import read_procedure
from engine.queries import designs
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story

Run = Callable[..., Result]


@pytest.fixture
def run(story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command on the test's platform, in a folder of its own."""
    monkeypatch.setattr(module, "_platform", lambda: story.platform)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **more: CliRunner().invoke(module.main, arguments, **more)


def test_a_version_goes_out_as_a_zip_and_comes_back_as_a_draft(story: Story, run: Run) -> None:
    answer = run("export", KEY)
    assert (answer.exit_code, answer.output) == (0, f"{KEY}：第 1 版已写入 {KEY}-v1.zip\n")
    answer = run("import", f"{KEY}-v1.zip", "--as", "hejing")
    assert (answer.exit_code, "已导入草稿，0 个部分与原来不同" in answer.output) == (0, True)
    view = designs.design(story.platform, story.person("hejing"), KEY)
    assert (view.changed, str(view.updated_by)) == (0, "何静（平台管理部）")


def test_a_published_version_is_written_back_to_the_checkout(story: Story, run: Run, tmp_path: Path) -> None:
    for folder in ("workflows", "forms"):
        shutil.copytree(ROOT / folder / KEY, tmp_path / folder / KEY)
    board = Board(story).open()
    board.rename_step()
    board.save("scenario", "顺利通过", board.kept_run("顺利通过"))
    board.publish()
    (tmp_path / "forms" / KEY / "left_over.json").write_text("{}")
    answer = run("export", KEY, "--to", ".")
    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines() == [
        f"{KEY}：已删除 forms/{KEY}/left_over.json，第 2 版里没有它",
        f"{KEY}：已写入 workflows/{KEY}/{KEY}.bpmn",
        f"{KEY}：已写入 workflows/{KEY}/scenarios/顺利通过.json",
        f"{KEY}：文件夹里现在是第 2 版",
    ]
    assert "必要性核对" in (tmp_path / "workflows" / KEY / f"{KEY}.bpmn").read_text("utf-8")
    with story.nothing_changes():
        assert "没有变化" in deploy_files(story.platform, tmp_path)[0].note
    assert run("export", KEY, "--to", ".").output == f"{KEY}：文件夹里现在是第 2 版\n"
    run("export", KEY, "--version", "1", "--to", "old")
    assert read_procedure(tmp_path / "old", KEY) == read_procedure(ROOT, KEY)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "nothing"), "没有名为“nothing”的流程"),
        (("export", KEY, "--version", "9"), "没有这个流程的第 9 版"),
        (("import", "broken.zip", "--as", "hejing"), "这不是完整的 zip 压缩包，没有导入"),
        (("import", "broken.zip", "--as", "nobody"), "没有账号为 nobody 的在职人员"),
        (("import", "broken.zip", "--as", "chensiyuan"), "权限"),
        (("export", KEY, "--zip", "a.zip", "--to", "."), "只能用一个"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    story: Story, run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 broken")
    with story.nothing_changes():
        answer = run(*arguments)
    assert (answer.exit_code > 0, told in answer.output, "Traceback" in answer.output) == (True, True, False)
