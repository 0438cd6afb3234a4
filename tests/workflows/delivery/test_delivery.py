"""项目交付 (第2.3.2条): from the accepted project to the end of the warranty, told as it happens."""

from __future__ import annotations

from datetime import date

import pytest

from engine.bpmn import HappeningKind
from tests.workflows.case import Case
from tests.workflows.delivery.papers import ALL, check, confirm, documents, passed, prepare, propose, review, sign
from tests.workflows.stage import Stage


def returned(case: Case, *parts: str) -> Case:
    """核对 finds parts that lack something."""
    return check(case, "退回补正", documents_check="不齐全", redo=list(parts), check_findings="缺部署手册的附录。")


def test_验收合格自动发起_办到质保期满(stage: Stage) -> None:
    case = confirm(passed(stage))
    assert case.variables["checklist"] == ALL
    assert sorted(case.waits) == sorted(["移交技术文档", "移交账号代码资产", "培训使用人员", "出具售后承诺"])
    sign(check(prepare(case)))
    assert case.waits == []
    assert case.variables["delivery"]["number"] == "JFQD-2026-0001"
    assert any("签发文书 JFQD-2026-0001" in effect for effect in case.effects())
    assert case.variables["warranty_until"] == date(2029, 11, 6)
    case.wait(760)
    assert case.waits == ["质保期满评价"]
    assert review(case).outcome == "completed"


def test_手工提出_发起人可以撤销(stage: Stage) -> None:
    case = confirm(propose(stage))
    assert case.may_be_withdrawn
    assert case.withdraw().outcome == "withdrawn"


def test_没有这个项目的不予受理(stage: Stage) -> None:
    assert passed(stage, "XM-1999-01").outcome == "rejected"


def test_证书无效的不予办理(stage: Stage) -> None:
    case = confirm(propose(stage), "不予办理", certificate_checked="无效或不合格")
    assert case.outcome == "rejected"
    assert any("通知" in effect for effect in case.effects())


@pytest.mark.parametrize(
    ("project", "kind", "data", "wanted", "months"),
    [
        ("XM-2026-01", "系统集成", "移交", "数据字典与数据移交清单", 36),
        ("XM-2026-03", "硬件采购", "不移交", "设备清单与合格证", 24),
        ("XM-2026-04", "运维服务", "不移交", "运维记录与知识库", 12),
    ],
)
def test_清单按合同类型_时限按金额(stage: Stage, project: str, kind: str, data: str, wanted: str, months: int) -> None:
    case = confirm(propose(stage, project), contract_kind=kind, with_data=data)
    assert wanted in case.variables["checklist"]
    assert "源代码与构建说明" not in case.variables["checklist"]
    assert case.variables["limits"]["warranty_months"] == months


def test_文档缺而没有说明的不能提交核对(stage: Stage) -> None:
    case = confirm(passed(stage))
    documents(case, ALL[:3])
    assert case.variables["missing"] == ALL[3:]
    assert "移交技术文档" in case.waits
    documents(case, ALL[:4], "培训材料待下周培训后补交。")
    assert "移交技术文档" not in case.waits


def test_只补正退回的部分(stage: Stage) -> None:
    case = returned(prepare(confirm(passed(stage))), "技术文档", "售后承诺")
    assert sorted(case.waits) == sorted(["移交技术文档", "出具售后承诺"])


@pytest.mark.parametrize("part", ["账号代码资产", "培训"])
def test_每一部分都可以单独补正(stage: Stage, part: str) -> None:
    case = returned(prepare(confirm(passed(stage))), part)
    assert len(case.waits) == 1


def test_补正次数用完的不予交付(stage: Stage) -> None:
    case = prepare(confirm(passed(stage)))
    for _time in range(2):
        documents(returned(case, "技术文档"))
    assert returned(case, "技术文档").outcome == "rejected"


def test_拒收的不予交付(stage: Stage) -> None:
    case = check(prepare(confirm(passed(stage))), "拒收", check_findings="文档内容系抄袭他人项目。")
    assert case.outcome == "rejected"


def test_一方拒签的回到核对(stage: Stage) -> None:
    case = check(prepare(confirm(passed(stage))))
    case.do("使用单位签署", "拒绝签署", by="雷震", owner_received="有内容未收到", owner_receiver="陈思远")
    case.do("承建单位签署", "签署", by="钱程", contractor_confirms="交付内容真实完整，履行售后承诺")
    assert case.waits == ["核对交付"]
    sign(check(case))
    assert case.variables["delivery"]["number"] == "JFQD-2026-0001"


def test_逾期的督促_不打断移交(stage: Stage) -> None:
    case = confirm(passed(stage)).wait(11)
    assert "督促承建单位" in case.told(HappeningKind.SERVICE_CALLED)
    assert len(case.waits) == 4


@pytest.mark.parametrize(("months", "until"), [(6, date(2030, 5, 6)), (None, date(2030, 2, 6))])
def test_有遗留问题的要求整改并延长质保(stage: Stage, months: int | None, until: date) -> None:
    case = sign(check(prepare(confirm(passed(stage))))).wait(760)
    review(case, "整改并延长质保", faults_open=2, extend_months=months, warranty_findings="两项性能问题一直没有解决。")
    assert case.variables["warranty_until"] == until
    assert "要求整改" in case.told(HappeningKind.MESSAGE_SENT)
    assert case.waits == []
    case.wait(150)
    assert review(case).outcome == "completed"
