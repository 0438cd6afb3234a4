"""Deploying the files of a checkout: all parts together or nothing, versions that never change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select, update

from engine.commands import deploy_files
from engine.errors import DefinitionRefused
from engine.models import Definition, Deployment, Resource
from engine.queries.cases import case_page
from tests.fixtures.platform import checkout_of
from tests.fixtures.story import KEY, LARGER, Story

COUNTED = """<bpmn:completionCondition>= count(panel_votes[item.vote = "agree"]) * 3 &gt;= 2 * nrOfInstances
  or count(panel_votes[item.vote = "oppose" or item.vote = "abstain"]) * 3 &gt; nrOfInstances
  </bpmn:completionCondition>"""
"""How a diagram says itself when two thirds have agreed, or cannot any more."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the procedure that a test may change."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    return checkout_of(folder, KEY)


def edit(path: Path, before: str, after: str) -> None:
    """Change one text in a file."""
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def versions(story: Story) -> list[tuple[int, str]]:
    """Version and status, oldest first."""
    rows = story.all(select(Definition).where(Definition.key == KEY).order_by(Definition.version))
    return [(row.version, row.status) for row in rows]


def test_the_same_files_are_not_deployed_twice(story: Story, checkout: Path) -> None:
    with story.nothing_changes():
        done = deploy_files(story.platform, checkout)
    assert [(d.key, d.version) for d in done] == [(KEY, None)]
    assert "没有变化" in done[0].note


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("workflows/change_approval/change_approval.bpmn", "写明变更的必要性", "写清变更的必要性"),
        ("workflows/change_approval/time_limits.dmn", "紧急变更压缩时限", "紧急变更缩短时限"),
        ("forms/change_approval/order.json", "对实施结果负责的人", "负责实施的人"),
    ],
)
def test_any_changed_part_makes_a_new_version_of_the_whole(
    story: Story, checkout: Path, file: str, before: str, after: str
) -> None:
    edit(checkout / file, before, after)
    done = deploy_files(story.platform, checkout)
    assert (done[0].version, done[0].note) == (2, "change_approval：已部署第 2 版")
    assert versions(story) == [(1, "retired"), (2, "live")]
    forms = len(list((checkout / "forms" / KEY).glob("*.json")))
    tables = len(list((checkout / "workflows" / KEY).glob("*.dmn")))
    scenarios = len(list((checkout / "workflows" / KEY / "scenarios").glob("*.json")))
    assert len(story.all(select(Resource))) == 2 * (forms + tables + scenarios)


def test_a_running_case_stays_on_its_version(story: Story, checkout: Path) -> None:
    old = story.start()
    edit(checkout / "workflows/change_approval/change_approval.bpmn", 'name="必要性审查"', 'name="必要性核对"')
    edit(checkout / "workflows/change_approval/time_limits.dmn", "<text>10</text>", "<text>11</text>")
    deploy_files(story.platform, checkout)
    new = story.start()
    assert [story.row(case.task("review_necessity")).name for case in (old, new)] == ["必要性审查", "必要性核对"]
    old.found_necessary()
    manager = story.person("zhoulan")
    assert [case_page(story.platform, manager, case.id).version for case in (old, new)] == [1, 2]
    assert old.waits == ["department_approval"]


def test_a_vote_that_its_diagram_counts_goes_on_when_the_engine_counts(story: Story, checkout: Path) -> None:
    """专家论证 was counted in FEEL at first: a case that voted then ends its vote, and the round after it, so."""
    diagram = checkout / "workflows/change_approval/change_approval.bpmn"
    newest = diagram.read_text("utf-8")
    older = re.sub(r"<guicheng:vote [^>]*/>", "", newest)
    older = re.sub(
        r'(<bpmn:multiInstanceLoop[^>]*"= panel"[^>]*[^/]) ?/>',
        rf"\1>{COUNTED}</bpmn:multiInstanceLoopCharacteristics>",
        older,
    )
    counted = {kind: f'count(panel_votes[item.vote = "{kind}"])' for kind in ("agree", "oppose", "abstain")}
    counted |= {
        "total": "count(panel)",
        "silent": "0",
        "needed": "2",
        "passed": f"3 * {counted['agree']} &gt;= 2 * count(panel)",
    }
    older = re.sub(r"ballot\.(\w+)", lambda found: counted[found[1]], older)
    diagram.write_text(older, "utf-8")
    deploy_files(story.platform, checkout)
    old = story.start(**LARGER).found_necessary().with_panel()
    old.act("fengbo", "expert_review", "oppose", "测算不实")
    diagram.write_text(newest, "utf-8")
    deploy_files(story.platform, checkout)
    new = story.start(**LARGER).found_necessary().with_panel()
    for case in (old, new):
        for expert in ("heyuan", "zhangweimin") if case is old else ("fengbo", "zhangweimin"):
            case.act(expert, "expert_review", "agree")
        case.act("wangjianguo", "department_opinion", "submit")
        assert case.waits == ["department_approval"]
    manager = story.person("zhoulan")
    said = [
        next(s for s in case_page(story.platform, manager, case.id).timeline if s.node_id == "expert_review").result
        for case in (old, new)
    ]
    assert said == ["通过，同意 2 / 3", "表决通过：同意 2，不同意 0，弃权 0，未表态 1，需 2"]
    assert story.incidents() == []


def test_files_that_go_back_to_an_older_text_are_a_newer_version(story: Story, checkout: Path) -> None:
    path = checkout / "forms/change_approval/order.json"
    edit(path, "对实施结果负责的人", "负责实施的人")
    deploy_files(story.platform, checkout)
    edit(path, "负责实施的人", "对实施结果负责的人")
    assert deploy_files(story.platform, checkout)[0].version == 3


def test_all_findings_of_all_parts_come_at_once_and_nothing_is_deployed(story: Story, checkout: Path) -> None:
    diagram = checkout / "workflows/change_approval/change_approval.bpmn"
    edit(diagram, 'value="staff,leader,contractor"', 'value="staff,no-such-role"')
    edit(diagram, 'camunda:formRef="order"', 'camunda:formRef="no_such_form"')
    edit(diagram, "change_approval.update_baseline", "change_approval.no_such_handler")
    edit(diagram, 'camunda:decisionRef="grade"', 'camunda:decisionRef="no_such_table"')
    (checkout / "forms/change_approval/panel.json").write_text('{"type": "default"', "utf-8")
    with story.nothing_changes(), pytest.raises(DefinitionRefused) as refused:
        deploy_files(story.platform, checkout)
    told = "\n".join(str(finding) for finding in refused.value.findings)
    for word in ("no-such-role", "no_such_form", "no_such_handler", "no_such_table"):
        assert word in told
    assert len(refused.value.findings) >= 5
    assert versions(story) == [(1, "live")]
    story.start()


@pytest.mark.parametrize(
    "file",
    [
        "workflows/change_approval/change_approval.bpmn",
        "workflows/change_approval/grade.dmn",
        "forms/change_approval/panel.json",
    ],
)
def test_a_finding_names_its_file(story: Story, checkout: Path, file: str) -> None:
    (checkout / file).write_bytes(b"<!DOCTYPE x>{")
    with story.nothing_changes(), pytest.raises(DefinitionRefused) as refused:
        deploy_files(story.platform, checkout)
    assert str(refused.value.findings[0]).startswith(f"{file}：")


def test_a_decision_table_stands_in_one_file_only(story: Story, checkout: Path) -> None:
    folder = checkout / "workflows/change_approval"
    shutil.copy(folder / "grade.dmn", folder / "another.dmn")
    with story.nothing_changes(), pytest.raises(DefinitionRefused, match="已有同一编号的决策表") as refused:
        deploy_files(story.platform, checkout)
    assert [(finding.code, finding.element_id) for finding in refused.value.findings] == [("decision_twice", "grade")]


def test_a_diagram_that_nobody_can_read_is_refused(story: Story, checkout: Path) -> None:
    diagram = checkout / "workflows/change_approval/change_approval.bpmn"
    diagram.write_bytes(b'<!DOCTYPE x [<!ENTITY a "b">]>' + diagram.read_bytes()[40:])
    with story.nothing_changes(), pytest.raises(DefinitionRefused):
        deploy_files(story.platform, checkout)


def test_the_process_must_be_named_like_its_folder(story: Story, checkout: Path) -> None:
    for folder in ("workflows", "forms"):
        shutil.copytree(checkout / folder / KEY, checkout / folder / "other")
    (checkout / "workflows/other/change_approval.bpmn").rename(checkout / "workflows/other/other.bpmn")
    with pytest.raises(DefinitionRefused, match="应与流程编号相同：other"):
        deploy_files(story.platform, checkout)


def test_one_refused_procedure_keeps_no_other_from_being_deployed(story: Story, checkout: Path) -> None:
    (checkout / "workflows/a_broken_one").mkdir()
    (checkout / "workflows/a_broken_one/a_broken_one.bpmn").write_bytes(b"<x/>")
    edit(checkout / "forms/change_approval/order.json", "对实施结果负责的人", "负责实施的人")
    with pytest.raises(DefinitionRefused):
        deploy_files(story.platform, checkout)
    assert versions(story) == [(1, "retired"), (2, "live")]


def test_what_an_owner_has_published_is_not_overwritten_by_files(story: Story, checkout: Path) -> None:
    with story.platform.database.write() as session:
        session.execute(update(Deployment).values(source="browser"))
    edit(checkout / "forms/change_approval/order.json", "对实施结果负责的人", "负责实施的人")
    with story.nothing_changes():
        done = deploy_files(story.platform, checkout)
    assert (done[0].version, "流程负责人已发布新版本" in done[0].note) == (None, True)


def test_a_folder_without_a_diagram_is_passed_over(story: Story, checkout: Path) -> None:
    (checkout / "workflows/notes").mkdir()
    (checkout / "workflows/notes/readme.txt").write_text("x", "utf-8")
    assert [d.key for d in deploy_files(story.platform, checkout)] == [KEY]
