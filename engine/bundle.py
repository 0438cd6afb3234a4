"""A deployment as one zip: the same files under the same names as in a checkout, and a manifest.

    manifest.json                                key, name, version, hash of the parts
    workflows/<key>/<key>.bpmn, *.dmn, scenarios/*.json
    forms/<key>/*.json

What comes in may come from anywhere: nothing is unpacked to disk, names are compared with the ones a checkout has and
never used as paths, and what is read is counted as it comes out, whatever the zip says about itself.
"""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import Invalid, InvalidFile
from engine.i18n import _
from engine.parts import MAX_BYTES, Parts, as_utf8, check_content, check_key, check_part_name, path_of

MAX_UNPACKED = 10 * 1024 * 1024
MAX_ENTRIES = 200
FORMAT = "guicheng-procedure-1"

_MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLACES = (
    ("diagram", re.compile(r"workflows/(?P<key>[^/]+)/(?P<name>[^/]+)\.bpmn")),
    ("decision", re.compile(r"workflows/(?P<key>[^/]+)/(?P<name>[^/]+)\.dmn")),
    ("scenario", re.compile(r"workflows/(?P<key>[^/]+)/scenarios/(?P<name>[^/]+)\.json")),
    ("form", re.compile(r"forms/(?P<key>[^/]+)/(?P<name>[^/]+)\.json")),
)
_JUNK = re.compile(r"(^|/)(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini)(/|$)")


@dataclass(frozen=True)
class Bundle:
    """What a zip held. `intact` says whether the parts are the ones that the manifest was written for."""

    parts: Parts
    intact: bool


def pack(parts: Parts, name: str, version: int | None) -> bytes:
    """The zip; the same parts always give the same bytes."""
    manifest = {"format": FORMAT, "key": parts.key, "name": name, "version": version, "hash": parts.content_hash}
    files = [(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2).encode())]
    files += [(path_of(parts.key, kind, part), content) for kind, part, content in parts.files()]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return written.getvalue()


def unpack(data: bytes) -> Bundle:
    """The parts in a zip. Raises `InvalidFile` with one sentence for whatever is not exactly such a zip."""
    if len(data) > MAX_UNPACKED:
        raise InvalidFile(_("压缩包超过 {n} MB，没有导入。", n=MAX_UNPACKED // 1024 // 1024))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            contents = dict(_read(archive))
    except InvalidFile:
        raise
    except Exception as error:  # zipfile raises a dozen kinds of errors about damaged or hostile files
        raise InvalidFile(_("这不是完整的 zip 压缩包，没有导入。请重新导出后再试。")) from error
    contents = _without_outer_folder(contents)
    manifest = _manifest(contents.pop(_MANIFEST, None))
    parts = _sorted(contents)
    told = manifest.get("hash")
    return Bundle(parts, told is None or told == parts.content_hash)


def _read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what matters, within the limits."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _JUNK.search(entry.filename)]
    if len(entries) > MAX_ENTRIES:
        raise InvalidFile(_("压缩包里有 {n} 个文件，最多 {most} 个，没有导入。", n=len(entries), most=MAX_ENTRIES))
    if not entries:
        raise InvalidFile(_("压缩包是空的，没有导入。"))
    seen: set[str] = set()
    left = MAX_UNPACKED
    for entry in entries:
        name = entry.filename
        _check_entry(entry)
        if name in seen:
            raise InvalidFile(_("压缩包里有两个同名文件 {name}，没有导入。", name=_shown(name)))
        seen.add(name)
        with archive.open(entry) as stream:
            content = stream.read(left + 1)  # counted as it comes out: a header may say anything
        left -= len(content)
        if left < 0 or len(content) > MAX_BYTES:
            limits = {"one": MAX_BYTES // 1024 // 1024, "all": MAX_UNPACKED // 1024 // 1024}
            raise InvalidFile(_("压缩包解开后太大（单个文件最多 {one} MB，合计最多 {all} MB），没有导入。", **limits))
        yield name, content


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise InvalidFile(_("压缩包加了密码，没有导入。请导出不加密的压缩包。"))
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\x00" in entry.orig_filename:
        raise InvalidFile(_("压缩包里的文件名 {name} 指向包外，没有导入。", name=_shown(name)))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise InvalidFile(_("压缩包里的 {name} 是链接或特殊文件，没有导入。", name=_shown(name)))


def _manifest(content: bytes | None) -> dict[str, object]:
    if content is None:
        return {}
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidFile(_("压缩包里的 manifest.json 读不出来，没有导入。请重新导出后再试。"))
    return found


def _without_outer_folder(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Somebody who zips a folder gets the folder's name before every file."""
    tops = {name.partition("/")[0] for name in contents}
    if len(tops) == 1 and not tops & {"workflows", "forms"}:
        return {name.partition("/")[2]: content for name, content in contents.items()}
    return contents


def _sorted(contents: dict[str, bytes]) -> Parts:
    """Every file at its place; all of one procedure."""
    files: dict[tuple[str, str], bytes] = {}
    keys: set[str] = set()
    for path, content in contents.items():
        kind, match = next(((kind, m) for kind, place in _PLACES if (m := place.fullmatch(path))), ("", None))
        if match is None:
            raise InvalidFile(_("压缩包里有不认识的文件 {name}，没有导入。", name=_shown(path)))
        keys.add(match["key"])
        files[kind, match["name"]] = content
    if len(keys) != 1:
        raise InvalidFile(_("一个压缩包只能有一个流程，这个包里有 {n} 个，没有导入。", n=len(keys)))
    key = keys.pop()
    try:
        check_key(key)
        for (kind, name), content in files.items():
            check_part_name(key, kind, name)
            check_content(as_utf8(content))  # kept as it is; it only must be text
    except Invalid as error:
        raise InvalidFile(error.message) from error
    if ("diagram", key) not in files:
        raise InvalidFile(_("压缩包里没有流程图 {path}，没有导入。", path=path_of(key, "diagram", key)))
    return Parts.of(key, files)


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name)[:80]
