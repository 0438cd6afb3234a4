"""Filled-in forms of 项目交付, and the ways through it that many scenarios share."""

from __future__ import annotations

from typing import Any

from tests.workflows.case import Case
from tests.workflows.stage import Stage

PROJECT = "XM-2026-03"
CERTIFICATE = "YSZS-2026-0001"
CONTRACT: dict[str, Any] = {
    "contract_no": "HT-2025-018",
    "contract_kind": "软件开发",
    "with_data": "不移交",
    "certificate_checked": "有效，结论合格",
    "contract_terms": "交付源代码、全部文档，培训使用人员，质保两年。",
}
ALL = ["验收证书和验收记录", "需求与设计文档", "源代码与构建说明", "部署与运维手册", "用户手册和培训材料"]
"""What the contract above asks for."""
ASSETS = {
    "accounts_handed": "运维账号 4 个、数据库账号 2 个。",
    "code_place": "git@code/terminal v2.3.0",
    "assets_count": 320,
    "secrets_changed": "已全部更换",
}
TRAINING = {
    "trained_on": "2026-11-06",
    "training_hours": 16,
    "trainees": 28,
    "training_result": "能独立使用和维护",
    "training_content": "使用、维护和应急操作，两天四场。",
}
SERVICE = {
    "service_months": 36,
    "response_hours": 2,
    "service_contact": "石磊 13810037978",
    "service_promise": "七乘二十四小时响应，重大故障四小时到场。",
}
CHECK: dict[str, Any] = {
    "documents_check": "齐全",
    "assets_check": "已接收",
    "training_check": "已落实",
    "service_check": "符合合同",
    "redo": [],
    "check_findings": "逐项核对，与清单一致。",
}
OWNER = {"owner_received": "已收到全部交付内容", "owner_receiver": "陈思远"}
CONTRACTOR = {"contractor_confirms": "交付内容真实完整，履行售后承诺"}
REVIEW: dict[str, Any] = {
    "faults": 3,
    "faults_open": 0,
    "service_rating": "好",
    "extend_months": None,
    "warranty_findings": "响应及时，没有遗留问题。",
}


def propose(stage: Stage, project: str = PROJECT, by: str = "何静") -> Case:
    """By hand, for a project that was accepted before."""
    return Case(stage, "delivery", by, project=project, certificate=CERTIFICATE)


def passed(stage: Stage, project: str = PROJECT) -> Case:
    """By the message of an acceptance that the contractor applied for."""
    told = {"project": project, "certificate": CERTIFICATE, "contractor": "contractor"}
    return Case.by_message(stage, "delivery", "acceptance.passed", "钱程", **told)


def confirm(case: Case, act: str = "办理交付", **changes: Any) -> Case:
    """核定合同约定."""
    return case.do("核定合同约定", act, by="何静", **{**CONTRACT, **changes})


def documents(case: Case, handed: list[str] | None = None, reason: str | None = None) -> Case:
    """移交技术文档."""
    told = {"documents": handed or ALL, "lacking_reason": reason, "documents_place": "档案室与文档库"}
    return case.do("移交技术文档", "提交", by="石磊", **told)


def prepare(case: Case) -> Case:
    """All four parts."""
    documents(case)
    case.do("移交账号代码资产", "提交", by="任嘉豪", **ASSETS)
    case.do("培训使用人员", "提交", by="石磊", **TRAINING)
    return case.do("出具售后承诺", "提交", by="钱程", **SERVICE)


def check(case: Case, act: str = "核对无误", **changes: Any) -> Case:
    """核对交付."""
    return case.do("核对交付", act, by="何静", **{**CHECK, **changes})


def sign(case: Case) -> Case:
    """双方签署."""
    case.do("使用单位签署", "签署", by="雷震", **OWNER)
    return case.do("承建单位签署", "签署", by="钱程", **CONTRACTOR)


def review(case: Case, act: str = "期满解除", **changes: Any) -> Case:
    """质保期满评价."""
    return case.do("质保期满评价", act, by="雷震", **{**REVIEW, **changes})
