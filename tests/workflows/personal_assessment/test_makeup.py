"""个人考核 (第6.3.3条): make-up and training round by round; restriction and its lifting; ends before their time."""

from __future__ import annotations

import pytest

from tests.workflows.personal_assessment.papers import accept, called, failed_twice, score, scored, seated, sit
from tests.workflows.stage import Stage


def test_第一次差得不多的隔几日补考(stage: Stage) -> None:
    case = accept(scored(stage, 3))
    assert case.variables["remedy"] == {"measure": "补考", "wait_days": 5, "restrict": False}
    assert case.variables.get("restricted") is None
    assert case.waits == []
    case.wait(workdays=4)
    assert case.waits == []
    case.wait(workdays=1)
    assert case.waits == ["开始考试"]
    assert case.variables["rounds"] == 2


def test_补考只重评低于最低线的部分(stage: Stage) -> None:
    case = accept(scored(stage, 6, skill=55))
    case.wait(workdays=5).do("开始考试", "开始考试", by="陈思远", ready=True)
    sit(case, 6)
    assert sorted(case.waits) == ["操作技能评分", "阅卷"]
    score(case, skill=75, work=None)
    assert case.variables["performance_score"] == 80
    accept(case)
    assert case.outcome == "completed"


def test_没有简答题也不必重评的直接计分(stage: Stage) -> None:
    case = accept(scored(stage, 3))
    case.wait(workdays=5).do("开始考试", "开始考试", by="陈思远", ready=True)
    sit(case, 6, short="")
    assert case.waits == ["确认成绩"]


def test_两次不合格限制权限再培训补考合格后解除(stage: Stage) -> None:
    case = failed_twice(stage)
    assert case.variables["remedy"] == {"measure": "再培训", "wait_days": 3, "restrict": True}
    assert case.variables["restricted"] is True
    assert any("雷震" in effect for effect in case.effects())
    assert any("限制" in effect for effect in case.effects())
    assert case.calls == ["再培训"]
    case.called_ends("再培训", attended=["chensiyuan"], absent=[], training_number="PX-2026-0001")
    case.wait(workdays=3).do("开始考试", "开始考试", by="陈思远", ready=True)
    accept(score(sit(case, 6), skill=None, work=None))
    assert case.outcome == "completed"
    assert case.variables["restricted"] is False
    assert [row["conclusion"] for row in case.variables["history"]] == ["不合格", "不合格", "合格"]
    assert any("解除" in effect for effect in case.effects())


def test_差得多的先再培训_一轮一轮直到合格(stage: Stage) -> None:
    case = accept(scored(stage, 0, mark=0))
    assert case.variables["remedy"]["measure"] == "再培训"
    for round_no in (2, 3, 4):
        case.called_ends("再培训", attended=["chensiyuan"], absent=[], training_number=f"PX-2026-000{round_no}")
        case.wait(workdays=case.variables["remedy"]["wait_days"])
        case.do("开始考试", "开始考试", by="陈思远", ready=True)
        assert case.variables["rounds"] == round_no
        accept(score(sit(case, 6 if round_no == 4 else 0), skill=None, work=None))
    assert case.variables["failures"] == 3
    assert case.outcome == "completed"


@pytest.mark.parametrize("ends", ["absent", "broken"])
def test_没有参加再培训的再安排或直接补考(stage: Stage, ends: str) -> None:
    case = failed_twice(stage)
    if ends == "broken":
        case.call_fails("再培训", "broken")
    else:
        case.called_ends("再培训", attended=[], absent=["chensiyuan"], training_number="PX-2026-0001")
    case.do("处理未参训", "再安排培训", by="方圆", handling_note="出差未归，下周补课。")
    assert case.calls == ["再培训"]
    case.called_ends("再培训", attended=[], absent=["chensiyuan"], training_number="PX-2026-0002")
    case.do("处理未参训", "直接补考", by="方圆", handling_note="本人已自学，要求补考。")
    case.wait(workdays=3)
    assert case.waits == ["开始考试"]


def test_再培训时离岗的终止并解除限制(stage: Stage) -> None:
    case = failed_twice(stage).call_fails("再培训", "broken")
    case.do("处理未参训", "终止考核", by="方圆", handling_note="已调出本单位。")
    assert case.outcome == "stopped"
    assert case.variables["restricted"] is False


def test_发起人随时可以撤销限制随之解除(stage: Stage) -> None:
    case = failed_twice(stage)
    assert case.may_be_withdrawn
    case.withdraw()
    assert case.outcome == "withdrawn"
    assert case.variables["restricted"] is False
    assert case.variables["assessment_outcome"] == "终止"


def test_考试中途撤销(stage: Stage) -> None:
    case = seated(stage).withdraw()
    assert case.outcome == "withdrawn"


def test_部门负责人本人的业绩由分管领导评分(stage: Stage) -> None:
    case = sit(seated(stage, by="雷震", person="leizhen", post_kind="管理岗"), 6, by="雷震")
    assert {"雷震"}.isdisjoint(case.may_do("工作业绩评分")[0])
    assert "林淑华" in case.may_do("工作业绩评分")[0]


def test_培训管理员自己被考核时由别人阅卷(stage: Stage) -> None:
    case = called(stage, person="fangyuan")
    case.do("开始考试", "开始考试", by="方圆", ready=True)
    sit(case, 6, by="方圆")
    assert {"方圆"}.isdisjoint(case.may_do("阅卷")[0])
