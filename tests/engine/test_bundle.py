"""A deployment as one zip: out and in again unchanged; hostile zips are refused with a sentence."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.boot import ROOT
from engine.bundle import MAX_ENTRIES, MAX_UNPACKED, pack, unpack
from engine.errors import InvalidFile
from engine.parts import Parts, read_procedure

KEY = "change_approval"
FLOW = f"workflows/{KEY}/{KEY}.bpmn"

NAMES = st.from_regex(r"[A-Za-z0-9_一-龥][A-Za-z0-9_一-龥-]{0,20}", fullmatch=True)
UTF_16 = "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")
CONTENTS = st.one_of(
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")),
    st.sampled_from(
        [b"", b"\xef\xbb\xbf<x/>\r\n", b"{}\n", "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")]
    ),
)
TEXTS = st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore"))
FILES = st.dictionaries(NAMES, CONTENTS, max_size=5)
PARTS = st.builds(
    Parts, st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True), CONTENTS, FILES, FILES, st.dictionaries(NAMES, TEXTS)
)


@given(PARTS, st.text(max_size=20), st.none() | st.integers(1, 9999))
@settings(max_examples=300)
def test_whatever_goes_out_comes_in_byte_for_byte(parts: Parts, name: str, version: int | None) -> None:
    found = unpack(pack(parts, name, version))
    assert (found.parts, found.intact) == (parts, True)
    assert found.parts.content_hash == parts.content_hash


def test_the_zip_mirrors_the_checkout_and_is_always_the_same() -> None:
    parts = read_procedure(ROOT, KEY)
    assert parts is not None
    data = pack(parts, "项目变更审批", 7)
    assert data == pack(parts, "项目变更审批", 7)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        assert all(archive.read(name) == (ROOT / name).read_bytes() for name in names if name != "manifest.json")
    assert names[1] == FLOW
    assert manifest["version"] == 7
    assert manifest["hash"] == parts.content_hash


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, whatever they are called."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return written.getvalue()


def link() -> zipfile.ZipInfo:
    """A symbolic link in the place of a form."""
    entry = zipfile.ZipInfo(f"forms/{KEY}/order.json")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def encrypted() -> bytes:
    """A zip that says its only file is encrypted."""
    data = bytearray(zipped((FLOW, b"<x/>")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def lying() -> bytes:
    """A bomb whose directory says that it holds ten bytes."""
    data = bytearray(zipped((FLOW, b"<x>" + b" " * (MAX_UNPACKED + 1))))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"PK but no zip", "这不是完整的 zip 压缩包"),
    "cut off": (lambda: zipped((FLOW, b"<x/>" * 1000))[:-30], "这不是完整的 zip 压缩包"),
    "empty": (lambda: zipped(), "压缩包是空的"),
    "only folders": (lambda: zipped(("workflows/", b""), ("forms/", b"")), "压缩包是空的"),
    "parent": (lambda: zipped((FLOW, b"<x/>"), ("../../etc/passwd", b"x")), "指向包外"),
    "parent inside": (lambda: zipped((f"workflows/{KEY}/../../app.py", b"x")), "指向包外"),
    "absolute": (lambda: zipped((FLOW, b"<x/>"), ("/etc/passwd", b"x")), "指向包外"),
    "drive": (lambda: zipped((FLOW, b"<x/>"), ("C:/x.bpmn", b"x")), "指向包外"),
    "backslash": (lambda: zipped((FLOW, b"<x/>"), ("workflows\\..\\x", b"x")), "指向包外"),
    "link": (lambda: zipped((FLOW, b"<x/>"), (link(), b"/etc/passwd")), "链接或特殊文件"),
    "encrypted": (encrypted, "加了密码"),
    "bomb": (lambda: zipped((FLOW, b" " * (MAX_UNPACKED + 1))), "解开后太大"),
    "bomb of many": (
        lambda: zipped((FLOW, b"<x/>"), *((f"forms/{KEY}/f{n}.json", b" " * 4_900_000) for n in range(3))),
        "解开后太大",
    ),
    "lying bomb": (lying, "这不是完整的 zip 压缩包"),
    "too large": (lambda: b"PK" + b"x" * MAX_UNPACKED, "超过 10 MB"),
    "too many": (
        lambda: zipped((FLOW, b"<x/>"), *((f"forms/{KEY}/f{n}.json", b"{}") for n in range(MAX_ENTRIES))),
        "最多 200 个",
    ),
    "unknown file": (
        lambda: zipped((FLOW, b"<x/>"), ("handlers/evil.py", b"import os")),
        "不认识的文件 handlers/evil.py",
    ),
    "two procedures": (lambda: zipped((FLOW, b"<x/>"), ("workflows/b/b.bpmn", b"<x/>")), "只能有一个流程"),
    "no diagram": (lambda: zipped((f"forms/{KEY}/order.json", b"{}")), "没有流程图"),
    "another diagram": (lambda: zipped((f"workflows/{KEY}/other.bpmn", b"<x/>")), "一个流程只有一张流程图"),
    "bad key": (lambda: zipped(("workflows/Big-Key/Big-Key.bpmn", b"<x/>")), "流程的编号只能用"),
    "bad name": (lambda: zipped((FLOW, b"<x/>"), (f"forms/{KEY}/a b.json", b"{}")), "名称只能用"),
    "binary": (lambda: zipped((FLOW, b"\x89PNG\xff\xfe\x00")), "不是 UTF-8"),
    "manifest": (lambda: zipped((FLOW, b"<x/>"), ("manifest.json", b"[1")), "manifest.json 读不出来"),
    "deep manifest": (lambda: zipped((FLOW, b"<x/>"), ("manifest.json", b"[" * 100_000)), "manifest.json 读不出来"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_zip_is_refused_with_a_sentence(case: str) -> None:
    make, told = HOSTILE[case]
    with pytest.raises(InvalidFile, match=told):
        unpack(make())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(InvalidFile, match="两个同名文件"):
        unpack(zipped((FLOW, b"<x/>"), (FLOW, b"<y/>")))


@given(st.binary(max_size=300), st.integers(0, 2000))
@settings(max_examples=300)
def test_a_damaged_zip_is_refused_or_read_but_never_breaks(noise: bytes, at: int) -> None:
    data = bytearray(zipped((FLOW, b"<x/>" * 50), (f"forms/{KEY}/order.json", b"{}")))
    at %= len(data)
    data[at : at + len(noise)] = noise
    with suppress(InvalidFile):
        assert unpack(bytes(data)).parts.key


def test_a_folder_that_somebody_zipped_is_read() -> None:
    """With the folder's name before every file, and the junk of file managers."""
    inside = zipped((f"变更审批/{FLOW}", b"<x/>"), ("变更审批/__MACOSX/x", b"junk"), ("变更审批/.DS_Store", b"junk"))
    assert unpack(inside).parts == Parts(KEY, b"<x/>", {}, {})


def test_a_zip_that_was_changed_after_export_says_so() -> None:
    parts = Parts(KEY, b"<x/>", {"order": b"{}"}, {})
    manifest = json.dumps({"hash": parts.content_hash}).encode()
    changed = zipped((FLOW, b"<x/>"), (f"forms/{KEY}/order.json", b"[]"), ("manifest.json", manifest))
    assert not unpack(changed).intact
