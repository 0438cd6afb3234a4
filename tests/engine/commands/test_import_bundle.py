"""Procedures from outside: what was published survives a journey unchanged, foreign drawings are not touched."""

from __future__ import annotations

import re
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engine.commands import create_design, discard_design, import_bundle, import_diagram
from engine.errors import Forbidden, InvalidFile, InvalidForm
from engine.models import Definition, DesignCopy
from engine.parts import Parts
from engine.queries import designs, versions
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story

FOREIGN = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r
<!-- drawn elsewhere -->\r
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ui="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:x="http://www.omg.org/spec/DD/20100524/DC" xmlns:y="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" id="d" targetNamespace="http://elsewhere" exporter="别家">
  <process id="Purchase" name="采购" isExecutable="false">
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/><callActivity id="c" name="外部"/>
  </process>
  <ui:BPMNDiagram id="dia" resolution="96.00000267028808"><ui:BPMNPlane id="p" bpmnElement="Purchase">
    <ui:BPMNShape id="s_di" bpmnElement="s" bioc:stroke="#831311"><x:Bounds y="82.50" x="1e2" width="36.0" height="36"/>
    </ui:BPMNShape><ui:BPMNEdge id="f_di" bpmnElement="f"><y:waypoint x="188.0" y="100"/><y:waypoint x="240" y="100.2"/>
    </ui:BPMNEdge></ui:BPMNPlane></ui:BPMNDiagram>
</definitions>\r
"""


def raw(board: Board) -> Parts:
    """What the draft holds, byte for byte."""
    return designs.draft_parts(board.platform, board.owner(), board.key)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters='<>&"'), max_size=20)
CHANGES = st.fixed_dictionaries(
    {
        "step": st.text(
            st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters='<>&"'), max_size=20
        ),
        "tail": st.sampled_from(["", "\n", "\r\n\r\n", "<!-- 末尾 -->", "  "]),
        "space": st.sampled_from(["", "\n\n", "\r\n", "\t"]),
        "scenario": st.none() | WORDS,
    }
)


@pytest.mark.long
@given(changes=CHANGES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_published_survives_export_and_import_unchanged(story: Story, changes: dict[str, object]) -> None:
    board = Board(story).open()
    diagram = board.content("diagram", KEY).decode()
    before = diagram.index('id="review_necessity"')
    start = diagram.index('name="', before) + 6
    named = diagram[:start] + f"步骤{changes['step']}" + diagram[diagram.index('"', start) :]
    board.save("diagram", KEY, (named.rstrip() + str(changes["tail"])).encode())
    board.save("form", "order", board.content("form", "order") + str(changes["space"]).encode())
    if changes["scenario"] is not None:
        board.save("scenario", "一次通过", board.kept_run(f"场景{changes['scenario']}"))
    published = board.publish().version if board.view.changed else (board.view.live_version or 0)
    original = versions.exported(story.platform, KEY, published)[1]
    _name, data = versions.export_bundle(story.platform, board.owner(), KEY, published)
    board.open()
    for part in board.view.parts:  # whatever the draft held before
        board.save(part.kind, part.name, b"something else")
    done = import_bundle(story.platform, board.owner(), data)
    assert (raw(board), done.intact, done.created) == (original, True, False)
    assert board.view.changed == 0
    discard_design(story.platform, board.owner(), KEY)


def test_a_zip_of_an_unknown_procedure_begins_a_new_one(story: Story) -> None:
    _name, data = versions.export_bundle(story.platform, story.person("hejing"), KEY, 1)
    with story.platform.database.write() as session:
        session.execute(Definition.__table__.update().values(key="moved", version=9, prefix="YD"))
    done = import_bundle(story.platform, story.person("hejing"), data)
    assert (done.key, done.name, done.created) == (KEY, "项目变更审批", True)
    board = Board(story)
    assert (board.view.base_version, board.view.live_version) == (None, None)
    assert board.publish("从另一处迁入").version == 1
    story.start()


def test_a_foreign_diagram_is_kept_byte_for_byte_with_all_its_findings(story: Story) -> None:
    done = import_diagram(story.platform, story.person("hejing"), FOREIGN.encode())
    assert (done.key, done.name, done.created) == ("purchase", "采购", True)
    board = Board(story, "purchase")
    assert board.content("diagram", "purchase") == FOREIGN.encode()
    codes = {found.finding.code for found in designs.check_design(board.platform, board.owner(), "purchase").findings}
    assert {"not_executable", "no_called"} <= codes


FORMS = st.lists(st.sampled_from(["{n}", "{n}.0", "0{n}", "{n}.50", "{n}e0", " {n} "]), min_size=1, max_size=7)
ODDITIES = st.sampled_from(["", "<!-- 别家 -->\r\n", "\r\n\t", '<?tool keep="me"?>'])


@given(forms=FORMS, oddity=ODDITIES, step=st.uuids(), encoding=st.sampled_from(["UTF-8", "GBK", "UTF-16"]))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_foreign_drawing_is_untouched_by_import_save_and_publish(
    story: Story, forms: list[str], oddity: str, step: object, encoding: str
) -> None:
    """Whatever way it writes its numbers, and also where the file must be written anew because of its encoding."""
    own = versions.exported(story.platform, KEY, 1)[1].diagram.decode()
    start = own.index("<bpmndi:BPMNDiagram")
    turn = count()
    drawn = re.sub(
        r'(?<= [xy]=")\d+(?=")', lambda found: forms[next(turn) % len(forms)].format(n=found[0]), own[start:]
    ).replace("<bpmndi:BPMNPlane", oddity + "<bpmndi:BPMNPlane", 1)
    foreign = own[:start].replace('name="必要性审查"', f'name="{step}"') + drawn
    board = Board(story)
    import_diagram(story.platform, board.owner(), foreign.replace("UTF-8", encoding, 1).encode(encoding), KEY)
    assert board.content("diagram", KEY) == foreign.encode()
    board.save("form", "order", board.content("form", "order") + b"\n")
    version = board.publish().version
    published = versions.exported(story.platform, KEY, version)[1].diagram
    assert published == foreign.encode()


def test_importing_over_unpublished_work_keeps_it_as_copies(story: Story) -> None:
    _name, data = versions.export_bundle(story.platform, story.person("hejing"), KEY, 1)
    board = Board(story).open()
    board.save("form", "order", b'{"mine": 1}', by="zhoulan")
    board.save("form", "extra", b"{}")
    import_bundle(story.platform, board.owner(), data)
    kept = {(copy.name, copy.content, copy.reason) for copy in story.all(select(DesignCopy))}
    assert kept == {("order", b'{"mine": 1}', "imported"), ("extra", b"{}", "imported")}
    assert board.view.changed == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "文件是空的"),
        (b"<definitions", "不是完整的 XML"),
        (b"hello", "不是完整的 XML"),
        (b"<svg/>", "不是 BPMN 2.0 文件"),
        (b"\x89PNG\r\n\x1a\n" * 99, "没有导入"),
        (b"<!DOCTYPE x><x/>", "DOCTYPE"),
        (FOREIGN.encode() + b"<!--" + b"x" * 5_000_000 + b"-->", "超过 2 MB"),
        (b"<a>" * 10_000, "嵌套超过"),
        (re.sub(r"<ui:BPMNDiagram.*</ui:BPMNDiagram>", "", FOREIGN, flags=re.DOTALL).encode(), "没有画图的位置信息"),
    ],
)
def test_what_is_no_diagram_is_refused_and_the_draft_kept(story: Story, content: bytes, told: str) -> None:
    board = Board(story).open()
    board.rename_step()
    with story.nothing_changes(), pytest.raises(InvalidFile, match=told):
        import_diagram(story.platform, board.owner(), content, KEY)
    with story.nothing_changes(), pytest.raises(InvalidFile):
        import_bundle(story.platform, board.owner(), b"PK" + content)


def test_only_process_owners_import_and_create(story: Story) -> None:
    staff = story.person("chensiyuan")
    for act in (
        lambda: import_diagram(story.platform, staff, FOREIGN.encode()),
        lambda: import_bundle(story.platform, staff, b"PK"),
        lambda: create_design(story.platform, staff, "purchase", "采购", "CG"),
        lambda: versions.export_bundle(story.platform, staff, KEY, 1),
    ):
        with story.nothing_changes(), pytest.raises(Forbidden):
            act()


def test_a_new_procedure_takes_no_key_that_is_in_use(story: Story) -> None:
    owner = story.person("hejing")
    create_design(story.platform, owner, "purchase", "采购审批", "CG", "2.2.3")
    assert b'guicheng:clauses="2.2.3"' in Board(story, "purchase").content("diagram", "purchase")
    for key, name in ((KEY, "项目变更审批"), ("purchase", "采购审批")):
        for act in (
            lambda key=key: create_design(story.platform, owner, key, "另一个", "LG"),
            lambda key=key: import_diagram(story.platform, owner, FOREIGN.encode(), key, new=True),
        ):
            with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
                act()
            assert f"编号 {key} 已由流程“{name}”使用" in refused.value.errors["key"]


def test_everything_wrong_with_a_new_procedure_is_told_at_its_field(story: Story) -> None:
    with story.nothing_changes(), pytest.raises(InvalidForm) as refused:
        create_design(story.platform, story.person("hejing"), "Bad Key", " ", "编号")
    assert set(refused.value.errors) == {"key", "name", "prefix"}


def test_two_begin_the_same_procedure_at_once(story: Story) -> None:
    people = [story.person(account) for account in ("hejing", "zhoulan", "shenyutong")]
    acts = [lambda p=p: create_design(story.platform, p, "purchase", p.name, "CG") for p in people]
    assert [type(error) for error in failed(at_once(acts))] == [InvalidForm] * 2
