"""A change from its application to the new baseline, done by its people, each at a browser of his own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from engine.clock import SystemClock, local
from tests.browser.person import Person

Come = Callable[..., Person]
TITLE = "执法终端增加视频回传"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"

APPLICATION = {
    "所属项目": "移动执法终端项目",
    "变更类型": "需求变更",
    "变更名称": TITLE,
    "变更事由": "指挥中心在应急处置时看不到现场，需要终端回传视频。",
    "变更内容": "终端增加实时视频回传，弱网时自动降低清晰度。",
    "费用影响": "30",
    "工期影响": "25",
    "范围影响": "局部功能调整",
    "变更后的建设范围": "配发移动执法终端 320 台，安装笔录、采集、定位与视频回传软件。",
    "紧急程度": "紧急",
    "紧急事由": "汛期前必须投入使用。",
    "风险等级": "中",
    "主要风险和应对措施": "带宽占用过高时自动停传；可一键回退到上一版本。",
    "联系电话": "13810016755",
}
VOTE = {
    "技术可行性": "可行",
    "费用合理性": "合理",
    "风险可控性": "可控",
    "本人与申请人、承建单位没有利害关系": True,
}
APPROVAL = {
    "批准费用上限": "29.5",
    "批准完工日期": "2027-04-25",
    "实施窗口": "周末全天",
    "是否签订补充协议": "不需要",
}


def today(days: int = 0) -> str:
    return (local(SystemClock().now()) + timedelta(days=days)).date().isoformat()


def test_a_larger_change_from_application_to_baseline(come: Come) -> None:
    chen, he, lei, zhou = come("chensiyuan"), come("hejing"), come("leizhen"), come("zhoulan")

    # 陈思远 applies; fields that depend on others appear as he goes
    chen.open("/")
    mine = chen.count("我发起的")
    chen.page.get_by_role("link", name="发起流程").first.click()
    chen.page.get_by_role("link", name=re.compile("项目变更审批")).click()
    chen.settle()
    for hidden in ("变更后的建设范围", "紧急事由", "主要风险和应对措施"):
        expect(chen.form.field(hidden)).to_have_count(0)
    chen.fill(APPLICATION)
    chen.attach("视频回传方案.pdf", PDF)
    expect(chen.page.locator("[data-autosave]")).to_contain_text("已自动保存")
    toast = chen.done("提交申请")
    number = re.search(r"BG-2026-\d{4}", toast)
    assert number is not None, toast
    assert "必要性审查" in toast
    case = chen.page.url
    expect(chen.page.locator("main h1")).to_have_text(TITLE)
    assert chen.count("我发起的") == mine + 1
    expect(chen.page.locator(".g-notice").first).to_contain_text("必要性审查")
    chen.settle()
    state(chen, "review_necessity", "is-now")

    # 何静 takes it from the group's tasks and gives it back for more
    he.take(TITLE, "必要性审查")
    expect(he.page.locator("main")).to_contain_text(number.group())
    expect(he.page.get_by_role("link", name="视频回传方案.pdf")).to_be_visible()
    expect(he.outcomes).to_contain_text("组织论证")
    expect(he.outcomes).to_contain_text("修改补正")
    he.act("退回")
    he.confirm()
    expect(he.dialog.locator(".g-error:visible")).to_contain_text("退回理由")
    he.confirm("请补充带宽测算。")
    expect(he.toast).to_contain_text("已退回")

    # 陈思远 reads why and corrects
    chen.open("/notices")
    expect(chen.page.locator("main")).to_contain_text(TITLE)
    chen.take(TITLE, "修改补正")
    expect(chen.page.locator(".g-tl")).to_contain_text("请补充带宽测算。")
    chen.done("重新提交", 修改说明="已补充带宽测算：单路 2 Mbps。")
    chen.open(case)
    state(chen, "review_necessity", "is-now")
    expect(chen.page.locator(".g-tl")).to_contain_text("第 2 轮")

    # 何静 finds it necessary and calls the panel
    he.take(TITLE, "必要性审查")
    he.fill({"变更依据": ["业务需求变化"], "与合同的关系": "合同范围内", "与在办变更": "不重复"})
    expect(he.outcomes).to_contain_text("组织论证")
    he.done("通过", "已补充，同意。")
    he.take(TITLE, "组织论证")
    he.fill({"论证专家": ["张伟民", "冯博", "何远"], "受影响的部门": ["财务部", "信息中心"]})
    he.fill({"专家人数": "3", "论证方式": "会议论证", "会议时间和地点": "周四 14:00，三楼会议室"})
    he.fill(论证重点="弱网下的回传质量和带宽占用。")
    he.done("开始论证")

    # two of three experts agree, which decides; the departments have their say
    for expert, act in (("zhangweimin", "同意"), ("fengbo", "不同意")):
        one = come(expert)
        one.take(TITLE, "专家论证")
        assert "待上级" not in one.page.content()
        one.done(act, "需限制并发路数。", **VOTE)
    chen.open(case)
    expect(chen.page.locator(".g-notice").first).to_contain_text("何远")
    chen.settle()
    state(chen, "expert_review", "is-now")
    he_yuan = come("heyuan")
    he_yuan.take(TITLE, "专家论证")
    he_yuan.done("同意", "同意。", **VOTE)
    for leader in ("sunli", "wangjianguo"):
        one = come(leader)
        one.take(TITLE, "部门意见")
        one.done("提交意见", 本部门意见="无异议")

    # the chain: head of the department, then 周岚
    lei.take(TITLE, "部门负责人审批")
    lei.fill(APPROVAL)
    expect(lei.outcomes).to_contain_text("平台管理部审批")
    lei.done("同意", "同意上报。")
    zhou.open("/inbox")
    waiting = zhou.count("待办")
    zhou.take(TITLE, "平台管理部审批")
    zhou.fill(APPROVAL)
    expect(zhou.outcomes).to_contain_text("下达实施令")
    zhou.done("同意", "同意，注意带宽。")
    assert zhou.count("待办") == waiting - 1

    # the order, the work, its verification by somebody else
    he.take(TITLE, "下达实施令")
    he.fill({"实施人": "钱程", "验证人": "沈雨桐", "实施窗口": "周末全天", "实施时限": "10"})
    he.done("下达", 实施要求="实施前备份，分批更新。")
    qian = come("qiancheng")
    qian.take(TITLE, "实施")
    qian.fill({"完成内容": "320 台终端已更新，抽测 20 台。", "实际费用": "28", "实际完成日期": today()})
    qian.done("提交验证", "已完成。", 与批准内容="一致", 变更前备份="已备份")
    shen = come("shenyutong")
    shen.take(TITLE, "验证")
    shen.fill({"功能与批准内容": "一致", "对正在使用的业务": "无影响", "数据核对": "正确", "验证日期": today()})
    expect(shen.outcomes).to_contain_text("办结")
    shen.done("验证通过", "通过。", 验证方法和结果="抽查 20 台，回传正常。")

    # 陈思远 sees it ended, with the new baseline
    chen.open(case)
    expect(chen.page.locator(".g-pagehead .g-badge").first).to_have_text("已办结")
    expect(chen.page.locator(".g-notice--warn, .g-notice--danger")).to_have_count(0)
    expect(chen.page.locator(".g-tl li").first).to_contain_text("办结")
    expect(chen.page.locator(".g-tl")).to_contain_text("更新项目基线")
    chen.open("/notices")
    expect(chen.page.locator("main")).to_contain_text(re.compile(f"{TITLE}.*已办结"))
    chen.open("/started?state=completed")
    expect(chen.row(TITLE)).to_have_count(1)
    assert chen.count("我发起的") == mine


def state(person: Person, node: str, mark: str) -> None:
    """The diagram of the page shows this mark at this node."""
    expect(person.page.locator(f'.djs-element[data-element-id="{node}"]')).to_have_class(re.compile(mark))
