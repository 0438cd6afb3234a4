"""Attachments on disk: by content hash, checked by content. The one place for encryption at rest when it comes.

A file is streamed to a temporary name, hashed on the way, judged, and only then moved to `files/ab/cdef…`; the same
content is kept once. Nothing in a file is ever executed or unpacked.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from engine.errors import InvalidFile
from engine.i18n import _

LIMIT = 50 * 1024 * 1024
"""Largest file in bytes."""
HEAD = 4096
"""Bytes by which a file's kind is judged."""

_MAGIC: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"%PDF-", "application/pdf", frozenset({"pdf"})),
    (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({"png"})),
    (b"\xff\xd8\xff", "image/jpeg", frozenset({"jpg", "jpeg"})),
    (b"GIF8", "image/gif", frozenset({"gif"})),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", frozenset({"doc", "xls", "ppt", "wps", "et"})),
)
_OFFICE = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_TEXT = {"txt": "text/plain", "csv": "text/csv"}
ALLOWED = ("pdf", "docx", "xlsx", "pptx", "doc", "xls", "ppt", "wps", "et", "png", "jpg", "jpeg", "gif", "txt", "csv")


@dataclass(frozen=True)
class StoredFile:
    """A file that was accepted: its cleaned name, type by content, size in bytes, SHA-256 in hex."""

    name: str
    media_type: str
    size: int
    sha256: str


def path_of(root: Path, sha256: str) -> Path:
    """Where the content with this hash lies."""
    return root / sha256[:2] / sha256[2:]


def store(root: Path, name: str, stream: BinaryIO) -> StoredFile:
    """Judge and keep one upload; `InvalidFile` says what to change."""
    name = _clean_name(name)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=".upload-", delete=False) as target:
            temporary = Path(target.name)
            try:
                size, digest = _copy(stream, target)
                media_type = _judge(temporary, name, size)
                target.flush()
                os.fsync(target.fileno())
                final = path_of(root, digest)
                final.parent.mkdir(exist_ok=True)
                temporary.replace(final)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise InvalidFile(
            _("服务器没能存下“{name}”（磁盘已满或不可写）。其他内容已保留，请稍后重试。", name=name)
        ) from error
    return StoredFile(name, media_type, size, digest)


def _copy(stream: BinaryIO, target: IO[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    while chunk := stream.read(1 << 16):
        size += len(chunk)
        if size > LIMIT:
            raise InvalidFile(_("单个文件不超过 {n} MB，请压缩或拆分后再上传。", n=LIMIT // 1024 // 1024))
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    return size, digest.hexdigest()


def _clean_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "_", name).strip(" .")
    if not name:
        raise InvalidFile(_("文件没有名字，请改名后再上传。"))
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:180]}.{suffix[:10]}" if dot else name[:190]


def _judge(path: Path, name: str, size: int) -> str:
    """The media type when content and suffix agree and the type is allowed."""
    suffix = name.rpartition(".")[2].lower()
    if suffix not in ALLOWED:
        raise InvalidFile(_("不接受“{name}”这种类型。可上传 PDF、Office、图片、TXT 或 CSV。", name=name))
    if size == 0:
        raise InvalidFile(_("“{name}”是空文件，请检查后重新选择。", name=name))
    with path.open("rb") as file:
        head = file.read(HEAD)
    for magic, media_type, suffixes in _MAGIC:
        if head.startswith(magic) and suffix in suffixes:
            return media_type
    if suffix in _OFFICE and _is_office(path, _OFFICE[suffix][0]):
        return _OFFICE[suffix][1]
    if suffix in _TEXT and b"\x00" not in head and _is_text(head):
        return _TEXT[suffix]
    raise InvalidFile(_("“{name}”的内容与后缀不符，请用原来的程序另存后再上传。", name=name))


def _is_office(path: Path, folder: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:  # reads the directory only, unpacks nothing
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return "[Content_Types].xml" in names and any(entry.startswith(folder) for entry in names)


def _is_text(head: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:  # the head may end within a character
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
        except UnicodeDecodeError:
            continue
        return True
    return False
