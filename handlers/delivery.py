"""What the platform does in 项目交付 (第2.3.2条): facts of the project, the numbered list, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any


def read_project(context: Any, *, project: str, contractor: str | None) -> dict[str, Any]:
    """读取项目的名称、合同金额、使用单位和承建单位。

    project: 项目编号
    contractor: 承建单位代码；为空的以项目登记的为准
    返回 project_name: 项目名称
    返回 contract_amount: 合同金额（万元）
    返回 owner: 使用单位代码
    返回 contractor: 承建单位代码
    错误 NO_PROJECT: 没有这个项目
    """
    facts = context.projects.facts(project)
    if facts is None:
        context.error("NO_PROJECT", f"没有编号为 {project} 的项目。")
    return {
        "project_name": facts["name"],
        "contract_amount": Decimal(facts["contract_amount"]),
        "owner": facts["owner"],
        "contractor": contractor or facts["contractor"],
    }


def issue_list(
    context: Any,
    *,
    project: str,
    project_name: str,
    certificate: str | None,
    contract_no: str,
    checklist: Sequence[str],
    documents: Sequence[str] | None,
    lacking_reason: str | None,
    accounts_handed: str | None,
    code_place: str | None,
    assets_count: int | Decimal | None,
    training: Mapping[str, Any],
    service: Mapping[str, Any],
    signers: Sequence[str | None],
) -> dict[str, Any]:
    """双方签署后编号、归档交付清单，告知双方。

    project: 项目编号
    project_name: 项目名称
    certificate: 验收证书编号
    contract_no: 合同编号
    checklist: 应交付的技术文档
    documents: 已移交的技术文档
    lacking_reason: 未移交的说明
    accounts_handed: 移交的账号
    code_place: 代码位置
    assets_count: 设备与许可证件数
    training: 培训日期、学时、人数
    service: 质保月数、响应小时数、联系人、承诺
    signers: 双方签署人账号
    返回 delivery: 交付清单的编号和文件
    """
    handed = set(documents or ())
    names = context.people.named([account or "" for account in signers])
    rows = [["序号", "技术文档", "移交"]]
    rows += [[n, name, "已移交" if name in handed else "未移交"] for n, name in enumerate(checklist, 1)]
    sections = [
        {
            "heading": "一、项目",
            "table": [
                ["项目", "内容"],
                ["项目名称", f"{project_name}（{project}）"],
                ["合同编号", contract_no],
                ["验收证书", certificate],
            ],
        },
        {"heading": "二、技术文档", "table": rows},
        *([{"heading": "未移交的说明", "text": lacking_reason}] if lacking_reason else []),
        {
            "heading": "三、账号、代码和资产",
            "table": [
                ["项目", "内容"],
                ["账号", accounts_handed],
                ["代码", code_place],
                ["设备与许可证", assets_count],
            ],
        },
        {
            "heading": "四、培训",
            "table": [["日期", "学时", "人数"], [training.get("date"), training.get("hours"), training.get("people")]],
        },
        {
            "heading": "五、售后服务承诺",
            "text": f"质保期 {service.get('months')} 个月，故障 {service.get('response_hours')} 小时内响应，"
            f"联系人 {service.get('contact')}。\n{service.get('promise')}",
        },
        {"heading": "六、签署", "table": [["使用单位", "承建单位"], names]},
    ]
    issued = context.documents.issue("JFQD", f"{project_name}交付清单", sections)
    told = [account for account in dict.fromkeys(signers) if account]
    context.notify.send(told, f"“{project_name}”的交付清单 {issued['number']} 已归档，质保期从今天起算。")
    return {"delivery": {"number": issued["number"], "files": issued["files"]}}


def urge(context: Any, *, project_name: str, contractor: str) -> dict[str, Any]:
    """交付逾期，督促承建单位并告知平台管理部。

    project_name: 项目名称
    contractor: 承建单位代码
    """
    _tell(context, f"“{project_name}”的交付已逾期，请承建单位尽快备齐文档、资产、培训和售后承诺。")
    return {}


def tell_refusal(context: Any, *, project_name: str, contractor: str) -> dict[str, Any]:
    """告知承建单位和平台管理部不予交付。

    project_name: 项目名称
    contractor: 承建单位代码
    """
    _tell(context, f"“{project_name}”不予交付，原因见办理意见。")
    return {}


def _tell(context: Any, text: str) -> None:
    people = [*context.people.of_role("contractor"), *context.people.of_role("platform")]
    context.notify.send(list(dict.fromkeys(person["account"] for person in people)), text)
