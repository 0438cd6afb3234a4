"""违规处理 (第4.1.1、4.1.3、4.3.2条): facts, defence, committee, appeal, execution."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflows.case import Case
from tests.workflows.stage import Stage

REPORT: dict[str, Any] = {
    "person": "chensiyuan",
    "urgency": "一般",
    "facts": "把查询到的企业信息用手机拍照发到微信群。",
    "basis": "使用规定第 9 条",
    "found_by_hand": "日常监督",
}
MOVED = {"person": None, "facts": "拒不整改。", "basis": "账号管理规定", "source": "问题整改 ZG-2026-0001"}
MEMBERS = ("zhoulan", "luocheng", "xiewanqing")
JUDGED = {"facts_clear": "清楚", "measure_fit": "适当"}


def report(stage: Stage, by: str = "沈雨桐", **changes: Any) -> Case:
    return Case(stage, "violation", by, **{**REPORT, **changes})


def establish(case: Case, by: str = "郭立民", **facts: Any) -> Case:
    form = {"person": "chensiyuan", "established_facts": "查明：共转发 3 张照片，群内 40 人。", "consequence": "一定"}
    return case.do("查清事实", "属实", by=by, **{**form, "intent": "过失", "earlier": 0, **facts})


def defend(case: Case) -> Case:
    return case.do("陈述申辩", "提交", by="陈思远", statement="当时为了请教同事，已全部撤回。")


def call(case: Case, members: tuple[str, ...] = MEMBERS, measure: str = "停用账号") -> Case:
    return case.do(
        "组成委员会", "开始审议", by="林淑华", committee=list(members), measure=measure, measure_reason="按规定处理。"
    )


def vote(case: Case, **acts: str) -> Case:
    for name, act in acts.items():
        case.do("委员审议", act, by=name, **JUDGED)
    return case


def decided(stage: Stage, measure: str = "停用账号") -> Case:
    return vote(call(defend(establish(report(stage))), measure=measure), 周岚="同意", 罗成="同意")


def test_停用账号的由平台执行并归档(stage: Stage) -> None:
    case = decided(stage)
    assert case.variables["decision"]["number"].startswith("WGJD")
    assert case.waits == ["是否申诉"]
    case.do("是否申诉", "接受决定", by="陈思远")
    assert case.outcome == "completed"
    assert case.variables["applied"] is True
    assert any("停用" in effect for effect in case.effects())


def test_批评教育由人事执行(stage: Stage) -> None:
    case = decided(stage, "批评教育").wait(5)
    assert case.waits == ["执行处理"]
    form = {"executed_on": "2026-12-01", "execution_way": "当面谈话", "execution_note": "本人认识到错误。"}
    assert case.do("执行处理", "已执行", by="方圆", **form).outcome == "completed"


def test_整改移送的由查办人认定当事人(stage: Stage) -> None:
    case = Case.by_message(stage, "violation", "violation.reported", "沈雨桐", **MOVED)
    assert not case.may_be_withdrawn
    assert case.may_do("查清事实") == [{"郭立民", "沈雨桐"}]
    establish(case, by="沈雨桐")
    assert case.may_do("陈述申辩") == [{"陈思远"}]


def test_不属实的结束(stage: Stage) -> None:
    assert report(stage).do("查清事实", "不属实", by="郭立民").outcome == "unfounded"


def test_当事人除申辩申诉外不办理本案(stage: Stage) -> None:
    case = report(stage, by="罗成", person="guolimin")
    assert case.may_do("查清事实") == [{"沈雨桐"}]
    establish(case, by="沈雨桐", person="guolimin").wait(5)
    assert case.waits == ["组成委员会"]
    call(case, ("guolimin", "zhoulan", "luocheng"))
    assert case.waits == ["组成委员会"], "the person concerned may not sit on the committee"
    call(case, ("shenyutong", "zhoulan", "luocheng"))
    assert case.waits == ["组成委员会"], "nor may who found the facts"
    call(case, ("zhoulan", "luocheng"))
    assert case.waits == ["组成委员会"], "an even number decides nothing"
    assert call(case).waits == ["委员审议"] * 3


@pytest.mark.parametrize(
    ("facts", "grade"),
    [
        ({"consequence": "严重"}, "严重"),
        ({"consequence": "轻微", "intent": "故意", "earlier": 2}, "严重"),
        ({"consequence": "一定"}, "一般"),
        ({"consequence": "轻微", "intent": "故意"}, "一般"),
        ({"consequence": "轻微", "earlier": 2}, "一般"),
        ({"consequence": "轻微"}, "轻微"),
    ],
)
def test_按后果主观状态和次数定级(stage: Stage, facts: dict[str, Any], grade: str) -> None:
    assert defend(establish(report(stage), **facts)).variables["violation_grade"] == grade


def test_从快的时限短(stage: Stage) -> None:
    assert report(stage, urgency="从快").variables["limits"]["investigate"] == 3


def test_委员会没有通过的不予处理(stage: Stage) -> None:
    case = vote(call(defend(establish(report(stage)))), 周岚="不同意", 罗成="弃权")
    assert case.outcome == "not_punished"
    assert case.variables["review"]["passed"] is False


def test_到期未表态的不计入同意(stage: Stage) -> None:
    case = vote(call(defend(establish(report(stage)))), 周岚="同意").wait(5)
    assert case.outcome == "not_punished"
    assert case.variables["review"]["silent"] == 2


def appealed(stage: Stage) -> Case:
    return decided(stage).do("是否申诉", "申诉", by="陈思远")


def test_申诉由没有参与的人复核(stage: Stage) -> None:
    assert appealed(stage).may_do("复核") == [{"高振东"}]


def test_复核维持的照决定执行(stage: Stage) -> None:
    case = appealed(stage).do("复核", "维持", by="高振东", review_findings="事实清楚，措施适当。")
    assert (case.outcome, case.variables["violation_outcome"]) == ("completed", "停用账号")


def test_复核变更的按较轻的措施执行(stage: Stage) -> None:
    form = {"final_measure": "批评教育", "review_findings": "已主动撤回，改为批评教育。"}
    case = appealed(stage).do("复核", "变更措施", by="高振东", **form)
    assert case.waits == ["执行处理"]


def test_复核撤销的不执行(stage: Stage) -> None:
    case = appealed(stage).do("复核", "撤销", by="高振东", review_findings="证据不足，撤销。")
    assert (case.outcome, case.variables["violation_outcome"]) == ("revoked", "已撤销")


def test_作出决定之前报告人可以撤回(stage: Stage) -> None:
    assert report(stage).withdraw().outcome == "withdrawn"
    assert not decided(stage).may_be_withdrawn
