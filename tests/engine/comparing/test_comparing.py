"""Whole procedures compared: with themselves, the other way round, and torn to pieces."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.boot import ROOT
from engine.comparing import Difference, Kind, compare, count
from engine.parts import Parts, read_procedure

FOUND = read_procedure(Path(ROOT), "change_approval")
assert FOUND is not None
PARTS: Parts = FOUND

MIRRORED = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}


def kinds(difference: Difference) -> Counter[tuple[str, Kind]]:
    """How many of each kind, by what they are of."""
    found = Counter((entry.type, entry.kind) for entry in difference.entries if entry.kind is not Kind.CHANGED)
    found.update(("diagram", entry.kind) for entry in difference.entries if entry.kind is Kind.CHANGED)
    for sheet in (*difference.forms, *difference.decisions, *difference.scenarios):
        found[sheet.name, sheet.kind] += 1
        found.update((sheet.name, row.kind) for row in sheet.rows)
        found.update((sheet.name, column.kind) for column in sheet.columns)
    return found


def mirrored(found: Counter[tuple[str, Kind]]) -> Counter[tuple[str, Kind]]:
    return Counter({(what, MIRRORED.get(kind, kind)): number for (what, kind), number in found.items()})


@dataclass(frozen=True)
class Edited:
    """Parts after some edits, of which a failing test says what they were, not what came out."""

    edits: tuple[str, ...]
    parts: Parts = field(repr=False)


@st.composite
def changed_parts(draw: st.DrawFn) -> Edited:
    """项目变更审批 after some edits: lines of the diagram dropped or swapped, forms and tables cut about."""
    lines = PARTS.diagram.decode().splitlines()
    edits = []
    for _edit in range(draw(st.integers(0, 6))):
        first, second = (draw(st.integers(4, len(lines) - 2)) for _ in range(2))
        edit = draw(st.sampled_from(["drop", "swap", "rename", "repeat"]))
        edits.append(f"{edit} {first} {second}")
        match edit:
            case "drop":
                del lines[first]
            case "swap":
                lines[first], lines[second] = lines[second], lines[first]
            case "rename":
                lines[first] = lines[first].replace("a", "b").replace("1", "2")
            case "repeat":
                lines.insert(first, lines[second])
    forms = dict(PARTS.forms)
    name = draw(st.sampled_from(sorted(forms)))
    forms[name] = draw(edited_form(json.loads(forms[name])))
    if draw(st.booleans()):
        del forms[draw(st.sampled_from(sorted(forms)))]
    decisions = dict(PARTS.decisions)
    table = draw(st.sampled_from(sorted(decisions)))
    decisions[table] = draw(edited_table(decisions[table].decode()))
    scenarios = {"one": draw(st.sampled_from([b"{}", b'{"steps": [1, 2]}', b'{"steps": [2, 1], "name": "x"}']))}
    diagram = "\n".join(lines).encode()
    parts = replace(PARTS, diagram=diagram, forms=forms, decisions=decisions, scenarios=scenarios)
    return Edited((*edits, name, table), parts)


@st.composite
def edited_form(draw: st.DrawFn, form: dict[str, Any]) -> bytes:
    components = draw(st.permutations(form["components"])) if draw(st.booleans()) else list(form["components"])
    for component in components:
        match draw(st.sampled_from(["keep", "keep", "keep", "label", "id", "key", "type"])):
            case "keep":
                continue
            case "id":
                component["id"] = draw(st.sampled_from(["Field_x", "Field_y", "", 5]))
            case part:
                component[part] = draw(st.sampled_from(["x", "number", "", 7, None, [], {"a": "\ud800"}]))
    return json.dumps({**form, "components": components[draw(st.integers(0, 3)) :]}).encode()


@st.composite
def edited_table(draw: st.DrawFn, table: str) -> bytes:
    rules = table.split("<rule ")
    head, rest = rules[0], rules[1:-1]
    rest = draw(st.permutations(rest)) if draw(st.booleans()) else rest
    rest = rest[draw(st.integers(0, 2)) :]
    text = "<rule ".join([head, *rest, rules[-1]])
    if draw(st.booleans()):
        text = text.replace("<text>-</text>", "<text>1</text>", draw(st.integers(1, 3)))
    return text.encode()


@given(changed_parts())
@settings(max_examples=40, deadline=None)
def test_nothing_differs_from_itself(edited: Edited) -> None:
    parts = edited.parts
    difference = compare(parts, parts)
    assert difference == Difference()
    assert difference.count == 0
    assert count(parts, parts) == 0


@given(changed_parts(), changed_parts())
@settings(max_examples=40, deadline=None)
def test_the_other_way_round_added_is_removed(one: Edited, other: Edited) -> None:
    there, back = compare(one.parts, other.parts), compare(other.parts, one.parts)
    assert kinds(back) - mirrored(kinds(there)) == Counter()
    assert mirrored(kinds(there)) - kinds(back) == Counter()
    assert count(one.parts, other.parts) == count(other.parts, one.parts)
    json.dumps([str(there)], ensure_ascii=False).encode()


@given(st.binary(max_size=300), st.integers(0, 20_000))
@settings(max_examples=40, deadline=None)
def test_broken_parts_never_raise(noise: bytes, place: int) -> None:
    torn = replace(
        PARTS,
        diagram=PARTS.diagram[:place] + noise + PARTS.diagram[place + 5 :],
        forms={"approve": noise, "order": PARTS.forms["order"][: place % 900]},
        decisions={"grade": noise, "vote_rule": PARTS.decisions["vote_rule"][: place % 900] + noise},
        scenarios={"x": noise},
    )
    assert compare(PARTS, torn).count > 0
    assert compare(torn, PARTS).count > 0


def test_deep_and_hostile_json_never_raises() -> None:
    deep = b'{"components":' + b'[{"components":' * 400 + b"[]" + b"}]" * 400 + b"}"
    steps = b'{"steps":' + b"[" * 900 + b"]" * 900 + b"}"
    hostile = b'{"name": "<b>", "components": [{"label": {"a": [1]}, "values": 5, "validate": [], "layout": 7}, 3]}'
    one = replace(PARTS, forms={"a": deep, "b": hostile, "c": b"[" * 100_000}, scenarios={"s": steps})
    assert compare(PARTS, one).count > 0
    assert compare(one, one).count == 0


def test_a_part_that_came_or_went() -> None:
    forms = {name: content for name, content in PARTS.forms.items() if name != "panel"}
    difference = compare(PARTS, replace(PARTS, forms={**forms, "fresh": PARTS.forms["panel"]}))
    assert [(sheet.name, sheet.kind) for sheet in difference.forms] == [("fresh", Kind.ADDED), ("panel", Kind.REMOVED)]
    assert difference.count == 2
    assert count(PARTS, replace(PARTS, forms=forms)) == 1


def test_what_a_person_reads_is_counted() -> None:
    text = PARTS.diagram.decode()
    after = text.replace('<dc:Bounds x="1371" y="312"', '<dc:Bounds x="1381" y="312"').replace(
        '<dc:Bounds x="1371" y="877"', '<dc:Bounds x="1381" y="877"'
    )
    assert compare(PARTS, replace(PARTS, diagram=after.encode())).count == 1
