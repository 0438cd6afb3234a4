"""Two diagrams compared: what was added, removed, changed, only moved, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.boot import ROOT
from engine.comparing import Detail, Entry, Kind, Names
from engine.comparing.diagrams import compare_diagrams
from tests.engine.bpmn.build import both, diagram, element, end, extension, multi, ours, start, text, user, xor

CHANGE_APPROVAL = (Path(ROOT) / "workflows" / "change_approval" / "change_approval.bpmn").read_text(encoding="utf-8")
NAMES = Names({"platform": "平台管理部", "executive": "分管领导"}, {"information": "信息中心"}, {"limin": "李敏"})


def compared(before: str, after: str) -> dict[str, Entry]:
    entries, _note = compare_diagrams(before.encode(), after.encode(), NAMES)
    return {entry.id: entry for entry in entries}


def edited(*edits: tuple[str, str]) -> dict[str, Entry]:
    """The entries after these replacements in 项目变更审批, each of the first place only."""
    after = CHANGE_APPROVAL
    for old, new in edits:
        assert old in after, old
        after = after.replace(old, new, 1)
    return compared(CHANGE_APPROVAL, after)


def only(entries: dict[str, Entry]) -> Entry:
    assert len(entries) == 1, entries
    return next(iter(entries.values()))


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        (
            'camunda:formRef="necessity"',
            'camunda:formRef="other"',
            Detail("表单", "necessity", "other"),
        ),
        (
            'guicheng:clauses="2.2.3">',
            'guicheng:clauses="2.2.3 4.2.1">',
            Detail("条款", "第2.2.3条", "第2.2.3条、第4.2.1条"),
        ),
        ('due="= limits.necessity"', 'due="3"', Detail("时限", "= limits.necessity 个工作日", "3 个工作日")),
        ('escalate="leader"', 'escalate="role:platform"', Detail("超期上报", "办理人的部门负责人", "角色“平台管理部”")),
        ('fallback="role:executive"', 'fallback="role:audit"', Detail("无人可办时", "角色“分管领导”", "角色audit")),
        ('exclude="= [case.starter]"', 'exclude="limin"', Detail("办理人排除", "= [case.starter]", "“李敏”")),
        (
            'rule="role" value="platform"',
            'rule="leader" value="information"',
            Detail("办理人", "角色“平台管理部”", "“信息中心”的负责人"),
        ),
        (
            'label="退回" kind="return" opinion="required"',
            'label="退回" kind="return" opinion="none"',
            Detail("动作 return", "“退回”（退回，须写意见）", "“退回”（退回，不写意见）"),
        ),
        ('variable="necessity"', 'variable="needed"', Detail("动作变量", "necessity", "needed")),
        (
            'default="necessity_returned"',
            'default="necessity_rejected"',
            Detail("默认出线", "“退回”，到“修改补正”", "“驳回”，到“驳回”"),
        ),
        ('= route.conclusion = "批准"</', "= true</", Detail("条件", '= route.conclusion = "批准"', "= true")),
        ('guicheng:prefix="BG"', 'guicheng:prefix="XB"', Detail("编号前缀", "BG", "XB")),
        ('isSequential="false"', 'isSequential="true"', Detail("会签方式", "同时办理", "依次办理")),
        (
            "string(limits.lapse)",
            "string(9)",
            Detail("定时", '= string(limits.lapse) + " 个工作日"', '= string(9) + " 个工作日"'),
        ),
        ('guicheng:outcome="lapsed"', 'guicheng:outcome="rejected"', Detail("办结方式", "逾期失效", "驳回")),
        ('cancelActivity="false"', 'cancelActivity="true"', Detail("发生时", "不中断所在环节", "中断所在环节")),
        (
            "change_approval.update_baseline",
            "demo.other",
            Detail("处理器", "change_approval.update_baseline", "demo.other"),
        ),
        (">= change_title</camunda", ">= reason</camunda", Detail("输入 reason", "= change_title", "= reason")),
        ('camunda:decisionRef="grade"', 'camunda:decisionRef="rank"', Detail("决策表", "grade", "rank")),
        ('attachedToRef="revise"', 'attachedToRef="form_panel"', Detail("附着于", "“修改补正”", "“组织论证”")),
        ('name="申请人">', 'name="提出人">', Detail("名称", "申请人", "提出人")),
        (
            'id="error_baseline_conflict" name="基线冲突"',
            'id="error_baseline_conflict" name="冲突"',
            Detail("名称", "基线冲突", "冲突"),
        ),
        ('guicheng:returnable="true"', 'guicheng:returnable="false"', Detail("退回", "可退回到任一已办环节", "")),
        ('guicheng:tally="vote"', 'guicheng:other="vote"', Detail("计票变量", "vote", "")),
    ],
)
def test_every_property_is_told_in_words(old: str, new: str, detail: Detail) -> None:
    entry = only(edited((old, new)))
    assert entry.kind is Kind.CHANGED
    assert detail in entry.details


def test_a_name_that_others_refer_to_changes_only_itself() -> None:
    entry = only(edited(('name="修改补正"', 'name="补充修改"')))
    assert entry.id == "revise"
    assert entry.title == "用户任务“修改补正”"
    assert entry.details == (Detail("名称", "修改补正", "补充修改"),)


def test_a_step_put_between_two_others() -> None:
    found = edited(
        (
            'id="order_issued" sourceRef="issue_order" targetRef="implementation"',
            'id="order_issued" sourceRef="issue_order" targetRef="extra"',
        ),
        (
            '<bpmn:subProcess id="implementation"',
            '<bpmn:userTask id="extra" name="监理意见" camunda:formRef="opinion" />'
            '<bpmn:sequenceFlow id="on" sourceRef="extra" targetRef="implementation" />'
            '<bpmn:subProcess id="implementation"',
        ),
    )
    assert {id: entry.kind for id, entry in found.items()} == {
        "extra": Kind.ADDED,
        "on": Kind.ADDED,
        "order_issued": Kind.CHANGED,
    }
    assert found["extra"].details == (
        Detail("表单", "", "opinion"),
        Detail("前一步", "", "“下达实施令”"),
        Detail("后一步", "", "“实施与验证”"),
    )
    assert found["on"].under == "extra"
    assert found["order_issued"].details == (
        Detail("走向", "“下达实施令” → “实施与验证”", "“下达实施令” → “监理意见”"),
    )


def test_a_removed_subprocess_takes_what_is_inside_along() -> None:
    begin = CHANGE_APPROVAL.index('<bpmn:subProcess id="withdrawal"')
    stop = CHANGE_APPROVAL.index("</bpmn:subProcess>", begin) + len("</bpmn:subProcess>")
    found = compared(CHANGE_APPROVAL, CHANGE_APPROVAL[:begin] + CHANGE_APPROVAL[stop:])
    assert found["withdrawal"].kind is Kind.REMOVED
    assert not found["withdrawal"].under
    assert {found[one].under for one in ("withdrawal_asked", "withdrawn", "withdraw_change")} == {"withdrawal"}


def test_what_only_lies_elsewhere_is_moved() -> None:
    entry = only(edited(('<dc:Bounds x="1371" y="312"', '<dc:Bounds x="1381" y="312"')))
    assert (entry.id, entry.kind, entry.details) == ("issue_order", Kind.MOVED, ())


def test_a_drawing_moved_as_a_whole_is_no_difference() -> None:
    before = CHANGE_APPROVAL
    after = CHANGE_APPROVAL
    for number in sorted({int(part.split('"')[0]) for part in before.split(' x="')[1:]}, reverse=True):
        after = after.replace(f' x="{number}"', f' x="{number + 4000}"')
    entries, note = compare_diagrams(before.encode(), after.encode(), NAMES)
    assert entries == []
    assert "没有变化" in note


def test_changed_and_moved_is_changed_that_says_so() -> None:
    entry = edited(
        ('<dc:Bounds x="1371" y="312"', '<dc:Bounds x="1381" y="312"'), ('name="下达实施令"', 'name="下令"')
    )["issue_order"]
    assert entry.kind is Kind.CHANGED
    assert entry.moved


def test_what_we_have_no_word_for_is_told_under_its_own_name() -> None:
    entry = only(edited(('id="revise" name="修改补正"', 'id="revise" camunda:priority="5" name="修改补正"')))
    assert entry.details == (Detail("priority", "", "5"),) or entry.details == (Detail("camunda:priority", "", "5"),)
    foreign = user("a", extension(element("x", None)))
    before = diagram(start(), user("a"), end(), flows="start > a > end")
    after = diagram(start(), foreign, end(), flows="start > a > end")
    entries, _note = compare_diagrams(before, after, NAMES)
    assert [entry.id for entry in entries] == ["a"]


def test_a_kind_that_was_replaced_by_another() -> None:
    before = diagram(start(), xor("g"), end(), flows="start > g > end")
    after = diagram(start(), both("g"), end(), flows="start > g > end")
    entries, _note = compare_diagrams(before, after, NAMES)
    assert entries[0].details == (Detail("类型", "排他网关", "并行网关"),)


def test_a_vote_that_became_one_task() -> None:
    before = diagram(start(), user("a", multi(until="= true")), end(), flows="start > a > end")
    after = diagram(start(), user("a"), end(), flows="start > a > end")
    entries, _note = compare_diagrams(before, after, NAMES)
    labels = [detail.label for detail in entries[0].details]
    assert labels == ["会签方式", "会签集合", "会签的一项", "会签汇总到", "会签每项的结果", "会签提前结束条件"]
    assert all(detail.after == "" for detail in entries[0].details)


def test_flows_without_an_id_are_known_by_their_ends() -> None:
    before = diagram(start(), user("a"), end(), flows="start > a > end").replace(b' id="demo_f1"', b"")
    assert compare_diagrams(before, before + b" ", NAMES)[0] == []
    after = diagram(start(), user("a"), end(), flows="a > end")
    assert [entry.kind for entry in compare_diagrams(before, after, NAMES)[0]].count(Kind.REMOVED) >= 1


def test_another_order_of_the_buttons() -> None:
    def buttons(*values: str) -> bytes:
        acts = [ours("action", value=value, label=value, kind="submit") for value in values]
        return diagram(start(), user("a", extension(ours("actions", *acts))), end(), flows="start > a > end")

    entries, _note = compare_diagrams(buttons("x", "y"), buttons("y", "x"), NAMES)
    assert entries[0].details == (Detail("动作次序", "x、y", "y、x"),)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b"", CHANGE_APPROVAL.encode(), "前一方没有流程图"),
        (CHANGE_APPROVAL.encode(), b" ", "后一方没有流程图"),
        (b"<torn", CHANGE_APPROVAL.encode(), "前一方的流程图不能读取"),
        (CHANGE_APPROVAL.encode(), b"<!DOCTYPE a><a/>", "后一方的流程图不能读取"),
        (b"<a/>", b"<b/>", "前一方的流程图不能读取"),
    ],
)
def test_what_cannot_be_read_is_said(before: bytes, after: bytes, says: str) -> None:
    entries, note = compare_diagrams(before, after, NAMES)
    assert entries == []
    assert says in note


def test_another_spelling_is_no_difference() -> None:
    entries, note = compare_diagrams(CHANGE_APPROVAL.encode(), CHANGE_APPROVAL.encode() + b"\n", NAMES)
    assert entries == []
    assert "书写格式" in note


def noted(words: str) -> bytes:
    return diagram(start(), user("a", text("documentation", words)), end(), flows="start > a > end")


def test_of_a_long_text_what_differs_is_shown() -> None:
    entries, _note = compare_diagrams(
        noted("甲" * 3000 + "旧" + "乙" * 3000), noted("甲" * 3000 + "新的" + "乙" * 3000), NAMES
    )
    around = "…" + "甲" * 40, "乙" * 40 + "…"
    assert entries[0].details == (Detail("说明", "旧".join(around), "新的".join(around)),)


def test_a_long_new_text_is_cut() -> None:
    entries, _note = compare_diagrams(noted(""), noted("字" * 9000), NAMES)
    assert len(entries[0].details[0].after) == 2001


def test_more_than_a_person_draws_is_not_compared_one_by_one() -> None:
    steps = [user(f"t{n}") for n in range(3100)]
    path = " > ".join(["start", *(f"t{n}" for n in range(3100)), "end"])
    entries, note = compare_diagrams(diagram(start(), *steps, end(), flows=path), noted(""), NAMES)
    assert entries == []
    assert "超过 6000 个元素" in note
