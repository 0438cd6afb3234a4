"""Procedures in and out of an installation: versions as files of a checkout or as one zip, zips as drafts."""

from __future__ import annotations

from pathlib import Path

from engine.commands import import_bundle
from engine.errors import NotFound
from engine.i18n import _
from engine.parts import path_of
from engine.platform import Platform
from engine.queries.people import actor_by_account
from engine.queries.versions import exported, zipped


def export_zip(platform: Platform, key: str, version: int | None, file: Path | None) -> str:
    """Write a version (the live one where none is named) as one zip; what was done, in a sentence."""
    number, parts = exported(platform, key, version)
    target = file or Path(f"{key}-v{number}.zip")
    target.write_bytes(zipped(parts, number))
    return _("{key}：第 {n} 版已写入 {path}", key=key, n=number, path=target)


def export_files(platform: Platform, key: str, version: int | None, folder: Path) -> list[str]:
    """Write a version back as files of a checkout; files of the procedure that it does not have are removed, so that
    the folder then holds this version and nothing else. What was done, a sentence each."""
    number, parts = exported(platform, key, version)
    wanted = {folder / path_of(key, kind, name): content for kind, name, content in parts.files()}
    done = []
    for path in _present(folder, key):
        if path not in wanted:
            path.unlink()
            done.append(_("{key}：已删除 {path}，第 {n} 版里没有它", key=key, path=path, n=number))
    for path, content in wanted.items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            done.append(_("{key}：已写入 {path}", key=key, path=path))
    return [*done, _("{key}：文件夹里现在是第 {n} 版", key=key, n=number)]


def import_zip(platform: Platform, account: str, data: bytes) -> str:
    """Take a zip into the draft of its procedure, in the name of a process owner."""
    actor = actor_by_account(platform, account)
    if actor is None:
        raise NotFound(_("没有账号为 {account} 的在职人员。", account=account))
    done = import_bundle(platform, actor, data)
    told = _("{key}：已导入草稿，{n} 个部分与原来不同；在页面上检查后发布。", key=done.key, n=done.changed)
    return told if done.intact else told + _("注意：这个压缩包在导出之后被改动过。")


def _present(folder: Path, key: str) -> list[Path]:
    """The files of the procedure that lie there now."""
    patterns = ("*.bpmn", "*.dmn", "scenarios/*.json")
    found = [path for pattern in patterns for path in sorted((folder / "workflows" / key).glob(pattern))]
    return [*found, *sorted((folder / "forms" / key).glob("*.json"))]
