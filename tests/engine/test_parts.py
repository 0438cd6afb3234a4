"""Parts as files: names, titles, encodings, hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.boot import ROOT
from engine.errors import Invalid
from engine.parts import (
    Parts,
    as_utf8,
    check_key,
    check_part_name,
    form_users,
    path_of,
    process_id,
    read_parts,
    read_procedure,
    text_bytes,
    title_of,
)

BILLION = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><process name="&b;"/>'


def test_the_hash_of_a_deployment_without_scenarios_is_what_it_always_was() -> None:
    parts = Parts("k", b"<d/>", {"b": b"1", "a": b"22"}, {"t": b"333"})
    digest = hashlib.sha256(b"<d/>")
    for kind, name, content in (("form", "a", b"22"), ("form", "b", b"1"), ("decision", "t", b"333")):
        digest.update(f"\x00{kind}\x00{name}\x00{len(content)}\x00".encode() + content)
    assert parts.content_hash == digest.hexdigest()
    assert Parts("k", b"<d/>", parts.forms, parts.decisions, {"s": b"{}"}).content_hash != parts.content_hash


def test_parts_are_their_files() -> None:
    for parts in read_parts(ROOT):
        assert Parts.of(parts.key, {(kind, name): content for kind, name, content in parts.files()}) == parts
        for kind, name, content in parts.files():
            assert (ROOT / path_of(parts.key, kind, name)).read_bytes() == content


def test_scenarios_lie_beside_the_diagram(tmp_path: Path) -> None:
    folder = tmp_path / "workflows/a/scenarios"
    folder.mkdir(parents=True)
    (folder.parent / "a.bpmn").write_bytes(b"<x/>")
    (folder / "顺利通过.json").write_bytes(b"{}")
    assert read_procedure(tmp_path, "a") == Parts("a", b"<x/>", {}, {}, {"顺利通过": b"{}"})
    assert read_procedure(tmp_path, "b") is None


@pytest.mark.parametrize(
    ("kind", "content", "title"),
    [
        ("diagram", b'<d xmlns:b="x"><b:process id="p" name=" \xe5\x8f\x98\xe6\x9b\xb4 "/></d>', "变更"),
        ("diagram", b'<process name="no end"', ""),
        ("diagram", BILLION, ""),
        ("diagram", b"", ""),
        (
            "decision",
            b'<definitions name="file"><decision id="a" name="\xe5\xae\x9a\xe7\xba\xa7"/></definitions>',
            "定级",
        ),
        ("form", b'{"name": "\xe7\x94\xb3\xe8\xaf\xb7", "title": "x"}', "申请"),
        ("form", b'{"name": 7}', ""),
        ("form", b"[" * 100_000, ""),
        ("scenario", b'{"title": "a\\u0000\\u202eb"}', "ab"),
        ("scenario", b"[]", ""),
    ],
)
def test_a_part_says_what_it_is_called_or_nothing(kind: str, content: bytes, title: str) -> None:
    assert title_of(kind, content) == title


def test_forms_are_known_by_the_steps_that_ask_for_them() -> None:
    diagram = b"""<d xmlns:camunda="c"><a name="One" camunda:formRef="f"/><b name="Two" camunda:formRef="f"/>
      <c name="One" camunda:formRef="f"/><d camunda:formRef="g"/><e name="Three"/></d>"""
    assert form_users(diagram) == {"f": ["One", "Two"]}
    assert form_users(b'<a name="x" camunda:formRef="f"') == form_users(BILLION) == {}


@given(st.binary(max_size=200))
def test_no_bytes_break_the_looking_for_names(content: bytes) -> None:
    for kind in ("diagram", "form"):
        assert len(title_of(kind, content)) <= 80
    process_id(content)
    form_users(content)
    as_utf8(content)


def test_files_in_old_encodings_become_utf8_and_others_stay() -> None:
    text = '<?xml version="1.0" encoding="GBK"?>\r\n<process name="变更" x="1.50"/>'
    utf8 = text.replace("GBK", "UTF-8").encode()
    assert as_utf8(text.encode("gbk")) == utf8
    assert as_utf8(text.replace("GBK", "UTF-16").encode("utf-16")) == utf8
    for same in (utf8, b"\xef\xbb\xbf<x/>", b"\xff\x00\x01", b'<?xml encoding="rot13"?>\xff'):
        assert as_utf8(same) == same


@pytest.mark.parametrize("key", ["", "A", "1a", "a-b", "a/b", "..", "a" * 61, "变更", "a\n"])
def test_impossible_keys(key: str) -> None:
    with pytest.raises(Invalid, match="流程的编号"):
        check_key(key)


def test_possible_names() -> None:
    check_key("change_approval")
    for name in ("order", "顺利通过", "a-b", "9", "_x"):
        check_part_name("k", "form", name)
    check_part_name("k", "diagram", "k")


def test_half_a_character_is_told() -> None:
    assert text_bytes("变") == "变".encode()
    with pytest.raises(Invalid, match="残缺的字符"):
        text_bytes("\ud800")
