"""Uploads: judged by content, kept once, nothing left behind when refused."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest

from engine import files
from engine.errors import InvalidFile
from engine.files import StoredFile, path_of, store

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 8
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def office(*names: str) -> bytes:
    """A zip with these entries; always the same bytes, since names of tests are made of them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    return target.getvalue()


def keep(root: Path, name: str, content: bytes) -> StoredFile:
    """Store an upload."""
    return store(root, name, io.BytesIO(content))


def left(root: Path) -> list[Path]:
    """Every file under the root."""
    return [path for path in root.rglob("*") if path.is_file()]


DOCX = office("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("说明.pdf", PDF, "application/pdf"),
        ("说明.PDF", PDF, "application/pdf"),
        ("图.png", PNG, "image/png"),
        ("图.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("图.gif", b"GIF89a", "image/gif"),
        ("旧.doc", OLE, "application/msword"),
        ("旧.et", OLE, "application/msword"),
        ("新.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("表.csv", "项目,金额\n".encode("gb18030"), "text/csv"),
        ("表.csv", "\ufeff项目,金额\r\n".encode(), "text/csv"),
        ("文.txt", b"a", "text/plain"),
    ],
)
def test_what_is_accepted(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    stored = keep(tmp_path, name, content)
    assert (stored.name, stored.media_type, stored.size) == (name, media_type, len(content))
    assert path_of(tmp_path, stored.sha256).read_bytes() == content


@pytest.mark.parametrize("shift", [0, 1, 2, 3])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_long_chinese_text_is_text_wherever_it_is_cut(tmp_path: Path, encoding: str, shift: int) -> None:
    content = b"a" * shift + ("变更事由及测算依据𠮷" * 900).encode(encoding)
    assert keep(tmp_path, "长文.txt", content).media_type == "text/plain"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("程序.exe", b"MZ"),
        ("脚本.html", b"<script>"),
        ("图.svg", b"<svg/>"),
        ("宏.docm", DOCX),
        ("包.zip", office("a")),
        ("没有后缀", PDF),
        ("伪装.pdf", b"MZ\x90\x00"),
        ("伪装.pdf", DOCX),
        ("伪装.docx", PDF),
        ("伪装.docx", office("[Content_Types].xml", "xl/workbook.xml")),
        ("空壳.docx", office("word/document.xml")),
        ("破损.xlsx", DOCX[:40]),
        ("伪装.png", PDF),
        ("二进制.txt", b"ab\x00cd"),
        ("乱码.csv", b"\xff\xfe\xff\xff"),
        ("双后缀.pdf.exe", PDF),
        ("空.pdf", b""),
        ("空.txt", b""),
    ],
)
def test_what_is_refused_leaves_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(InvalidFile) as refused:
        keep(tmp_path, name, content)
    assert str(refused.value)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/abs/路径/说明.txt", "说明.txt"),
        ("a\x00b\r\n.txt", "a_b__.txt"),
        ('x"; rm -rf ~.txt', "x_; rm -rf ~.txt"),
        ("\u202etxt.exe.txt", "_txt.exe.txt"),
        (" . 说明.txt. ", "说明.txt"),
        ("ｅ\u0301.txt", "ｅ\u0301.txt"),
        ("e\u0301.txt", "é.txt"),
        ("半\ud800个.txt", "半_个.txt"),
        ("长" * 400 + ".txt", "长" * 180 + ".txt"),
    ],
)
def test_names_are_cleaned(tmp_path: Path, sent: str, kept: str) -> None:
    assert keep(tmp_path, sent, b"x").name == kept
    assert all(path.is_relative_to(tmp_path) for path in left(tmp_path))


@pytest.mark.parametrize("name", ["", "...", "/", "a/", " "])
def test_a_file_has_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidFile, match="名字"):
        keep(tmp_path, name, PDF)


def test_a_file_over_the_limit_is_refused_while_it_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", 1 << 20)
    stream = io.BytesIO(PDF + b"x" * (5 << 20))
    with pytest.raises(InvalidFile, match="不超过 1 MB"):
        store(tmp_path, "大.pdf", stream)
    assert stream.tell() < 2 << 20
    assert left(tmp_path) == []
    assert keep(tmp_path, "刚好.pdf", PDF + b"x" * ((1 << 20) - len(PDF))).size == 1 << 20


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    one, two = keep(tmp_path, "甲.pdf", PDF), keep(tmp_path, "乙.pdf", PDF)
    assert (one.sha256, one.name, two.name) == (two.sha256, "甲.pdf", "乙.pdf")
    assert len(left(tmp_path)) == 1


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InvalidFile, match="磁盘已满"):
        keep(tmp_path, "说明.pdf", PDF)
    assert left(tmp_path) == []


def test_a_disk_that_fills_up_at_the_last_step_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InvalidFile, match="磁盘已满"):
        keep(tmp_path, "说明.pdf", PDF)
    assert left(tmp_path) == []


def test_a_browser_that_goes_away_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    with pytest.raises(InvalidFile):
        store(tmp_path, "说明.pdf", Broken())
    assert left(tmp_path) == []
