"""The parts of one procedure as files have them: diagram, forms, decision tables, scenarios of try-outs.

Nothing here judges them; a part may be wrong in any way (see `engine.publication`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from engine.errors import Invalid
from engine.i18n import _

KINDS = ("diagram", "form", "decision", "scenario")
MAX_BYTES = 5 * 1024 * 1024
"""Largest part of a draft in bytes; what may be published is smaller, and the gate says so."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NAME = re.compile(r"[A-Za-z0-9_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]{0,59}")
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


@dataclass(frozen=True)
class Parts:
    """The files of one procedure: the diagram; forms, decision files and scenarios by name (the file's stem)."""

    key: str
    diagram: bytes
    forms: Mapping[str, bytes]
    decisions: Mapping[str, bytes]
    scenarios: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """SHA-256 over all parts with their names; a procedure without scenarios hashes as if there were none."""
        digest = hashlib.sha256(self.diagram)
        for kind, name, content in self.files():
            if kind != "diagram":
                digest.update(f"\x00{kind}\x00{name}\x00{len(content)}\x00".encode())
                digest.update(content)
        return digest.hexdigest()

    def files(self) -> Iterator[tuple[str, str, bytes]]:
        """(kind, name, content) of every part: the diagram first, then each kind by name."""
        yield "diagram", self.key, self.diagram
        for kind, files in (("form", self.forms), ("decision", self.decisions), ("scenario", self.scenarios)):
            for name in sorted(files):
                yield kind, name, files[name]

    @classmethod
    def of(cls, key: str, files: Mapping[tuple[str, str], bytes]) -> Parts:
        """The parts out of contents by (kind, name); a missing diagram is empty."""

        def kind(wanted: str) -> dict[str, bytes]:
            return {name: content for (one, name), content in files.items() if one == wanted}

        return cls(key, files.get(("diagram", key), b""), kind("form"), kind("decision"), kind("scenario"))


def path_of(key: str, kind: str, name: str) -> str:
    """Where a part lies in a checkout."""
    return {
        "diagram": f"workflows/{key}/{key}.bpmn",
        "decision": f"workflows/{key}/{name}.dmn",
        "scenario": f"workflows/{key}/scenarios/{name}.json",
        "form": f"forms/{key}/{name}.json",
    }[kind]


def read_parts(root: Path) -> list[Parts]:
    """All procedures of a checkout, by key."""
    folders = sorted(path for path in (root / "workflows").iterdir() if path.is_dir())
    found = (read_procedure(root, folder.name) for folder in folders)
    return [parts for parts in found if parts is not None]


def read_procedure(root: Path, key: str) -> Parts | None:
    """One procedure of a checkout: `workflows/<key>/<key>.bpmn` with `*.dmn` and `scenarios/*.json`, and
    `forms/<key>/*.json`; None where there is no diagram."""
    folder = root / "workflows" / key
    diagram = folder / f"{key}.bpmn"
    if not diagram.is_file():
        return None

    def files(where: Path, pattern: str) -> dict[str, bytes]:
        return {path.stem: path.read_bytes() for path in sorted(where.glob(pattern))}

    forms = files(root / "forms" / key, "*.json")
    return Parts(key, diagram.read_bytes(), forms, files(folder, "*.dmn"), files(folder / "scenarios", "*.json"))


def check_key(key: str) -> None:
    """Raise `Invalid` for what cannot name a procedure."""
    if _KEY.fullmatch(key) is None:
        raise Invalid(_("流程的编号只能用小写字母、数字和下划线，以字母开头，最多 60 个字符，例如 change_approval。"))


def check_part_name(key: str, kind: str, name: str) -> None:
    """Raise `Invalid` for a kind that does not exist or a name that cannot be a file's."""
    if kind not in KINDS:
        raise Invalid(_("没有“{kind}”这一种内容，什么都没有改动。", kind=kind[:20]))
    if kind == "diagram" and name != key:
        raise Invalid(_("一个流程只有一张流程图，名称就是流程编号 {key}。", key=key))
    if _NAME.fullmatch(name) is None:
        raise Invalid(_("名称只能用字母、数字、汉字、下划线和连字符，最多 60 个字符，不能以连字符开头。"))


def text_bytes(text: str) -> bytes:
    """A text as a part is kept; raises `Invalid` where it is too large or no text."""
    try:
        content = text.encode()
    except UnicodeEncodeError as error:  # half a character pair
        raise Invalid(_("内容里有残缺的字符，没有存上，请重新输入该处文字。")) from error
    check_content(content)
    return content


def check_content(content: bytes) -> None:
    """Raise `Invalid` for what not even a draft keeps: more than 5 MB, or bytes that are no UTF-8 text."""
    if len(content) > MAX_BYTES:
        raise Invalid(_("内容超过 {n} MB，没有存上，原来的草稿还在。请精简后再试。", n=MAX_BYTES // 1024 // 1024))
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise Invalid(_("内容不是 UTF-8 文字，没有存上，原来的草稿还在。请另存为 UTF-8 后再试。")) from error


def as_utf8(content: bytes) -> bytes:
    """An XML file as UTF-8: one in another declared encoding (GBK, UTF-16) is written anew, every other is left
    alone, byte for byte. What cannot be read comes back as it is."""
    try:
        content.decode()
        return content
    except UnicodeDecodeError:
        pass
    encoding = "utf-16"
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = _DECLARED.match(content[:200])
        encoding = declared.group(1).decode() if declared else ""
    try:
        text = content.decode("gb18030" if encoding.lower() in ("gbk", "gb2312") else encoding)
    except (LookupError, UnicodeError):
        return content
    return re.sub(r"""(\A\s*<\?xml[^>]*?encoding\s*=\s*["'])[A-Za-z0-9._-]+""", r"\1UTF-8", text).encode()


def title_of(kind: str, content: bytes) -> str:
    """What a part calls itself, at most 80 characters; "" where it does not say or cannot be read."""
    if kind in ("diagram", "decision"):
        name = _xml_name(content, "process" if kind == "diagram" else "decision")
    else:
        name = _json_name(content)
    return "".join(char for char in name if char.isprintable()).strip()[:80]


def process_id(diagram: bytes) -> str:
    """The id of the first process in a BPMN file, "" where there is none."""
    return _first(diagram, "process").get("id", "")


def is_drawn(diagram: bytes) -> bool:
    """Whether a BPMN file says where anything is drawn; without it nobody can look at the process."""
    shapes = 0

    def on_start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal shapes
        shapes += name.rpartition(":")[2] == "BPMNShape"

    _scan(diagram, on_start)
    return shapes > 0


def clauses_of(diagram: bytes) -> tuple[str, str]:
    """The number prefix and the clauses that a BPMN file names, as written; "" for what it does not say."""
    said = {name.rpartition(":")[2]: value for name, value in _first(diagram, "process").items()}
    return said.get("prefix", "")[:10], said.get("clauses", "")[:400]


def form_users(diagram: bytes) -> dict[str, list[str]]:
    """By form: the names of the steps that ask for it, in the order of the diagram; empty where it cannot be read."""
    found: dict[str, list[str]] = {}

    def on_start(_name: str, attributes: dict[str, str]) -> None:
        form, step = attributes.get("camunda:formRef"), attributes.get("name")
        if form and step and step not in found.setdefault(form, []):
            found[form].append(step)

    _scan(diagram, on_start)
    return found


def _xml_name(content: bytes, element: str) -> str:
    return _first(content, element).get("name", "")


def _first(content: bytes, element: str) -> dict[str, str]:
    """The attributes of the first element of that local name."""
    found: dict[str, str] = {}

    def on_start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == element:
            found.update(attributes)
            raise _Enough

    _scan(content, on_start)
    return found


class _Enough(Exception):
    """Nothing more need be read."""


def _scan(content: bytes, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Every start tag of an XML file as far as it can be read. A DOCTYPE ends it before anything is declared."""

    def on_doctype(*_declaration: object) -> None:
        raise _Enough

    reader = expat.ParserCreate()
    reader.StartElementHandler = on_start
    reader.StartDoctypeDeclHandler = on_doctype
    with suppress(_Enough, expat.ExpatError, LookupError, ValueError):
        reader.Parse(content, True)


def _json_name(content: bytes) -> str:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    name = (value.get("name") or value.get("title")) if isinstance(value, dict) else ""
    return name if isinstance(name, str) else ""
