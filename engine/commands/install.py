"""Set an installation up: an organisation from its description, or an empty one with its three administrators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engine.errors import Invalid, Refused
from engine.i18n import _
from engine.models import Department, Installation, Person, PersonRole, Post, Project, ProjectBaseline, Role
from engine.passwords import hash_password, require_strong
from engine.permissions import EXCLUSIVE_ROLES
from engine.platform import Platform

ROLES = {
    "platform": "平台管理部",
    "supervision": "监督管理部",
    "ops": "运维组",
    "security": "安全管理员",
    "training": "培训管理员",
    "hr": "人事",
    "audit": "内审",
    "sysadmin": "系统管理员",
    "audit-admin": "审计管理员",
    "executive": "分管领导",
    "emergency": "应急指挥组",
    "experts": "专家库",
    "contractor": "承建单位",
    "evaluator": "外部评估机构",
    "process-owner": "流程负责人",
    "leader": "部门负责人",
    "staff": "工作人员",
}
"""The groups of the regulation's procedures; every installation has them."""


_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")

BUILDING = "building"
"""Mode of a demo whose cases are still being made; one that was interrupted is made anew."""


@dataclass(frozen=True)
class Administrator:
    """A first administrator of a real installation; `role` is sysadmin, security or audit-admin."""

    role: str
    account: str
    name: str
    password: str


def install_demo(platform: Platform, description: Mapping[str, Any], password: str) -> None:
    """Fill an empty database with the demo organisation; everybody has the same password."""
    now = platform.clock.now()
    hashed = hash_password(password)  # once: thirty slow hashes would only cost the stranger's first minute
    with platform.database.write() as session:
        _mark(session, BUILDING, description["organisation"], now)
        session.execute(insert(Role), [dict(role) for role in description["roles"]])
        session.execute(insert(Post), [dict(post) for post in description["posts"]])
        departments = _departments(session, description["departments"])
        people = _people(session, description["people"], departments, hashed)
        for department in description["departments"]:
            if department.get("leader"):
                leader = people[department["leader"]]
                session.execute(
                    update(Department).where(Department.code == department["code"]).values(leader_id=leader)
                )
        _projects(session, description["projects"], now)
    platform.mode = BUILDING


def finish_demo(platform: Platform) -> None:
    """The demo's cases are made: from now on it may be served."""
    with platform.database.write() as session:
        session.execute(update(Installation).values(mode="demo"))
    platform.mode = "demo"


def install_real(platform: Platform, organisation: str, administrators: Sequence[Administrator]) -> None:
    """An empty installation with three different people as system, security and audit administrator (三员分立).

    `Invalid` says what is wrong with the names, accounts or passwords; nothing is written then.
    """
    roles, accounts = [a.role for a in administrators], {a.account.lower() for a in administrators}
    if sorted(roles) != sorted(EXCLUSIVE_ROLES) or len(accounts) != len(roles):
        raise Invalid(_("系统管理员、安全管理员、审计管理员必须是三个不同的账号。"))
    organisation = _fit(_("单位名称"), organisation, 80)
    for administrator in administrators:
        if not _ACCOUNT.fullmatch(administrator.account):
            raise Invalid(_("账号“{account}”须是 2 到 40 位字母、数字、点或连字符。", account=administrator.account))
        _fit(_("姓名"), administrator.name, 40)
        require_strong(administrator.password)
    with platform.database.write() as session:
        _mark(session, "real", organisation, platform.clock.now())
        session.execute(insert(Role), [{"code": code, "name": name} for code, name in ROLES.items()])
        home = insert(Department).returning(Department.id)
        department_id = session.scalars(home.values(code="administration", name=_("系统管理"), position=0)).one()
        for administrator in administrators:
            row = insert(Person).returning(Person.id)
            values = {"account": administrator.account, "name": administrator.name.strip()}
            values |= {"password_hash": hash_password(administrator.password)}
            person_id = session.scalars(row.values(**values, department_id=department_id)).one()
            session.execute(insert(PersonRole).values(person_id=person_id, role_code=administrator.role))
    platform.mode = "real"


def _fit(label: str, text: str, longest: int) -> str:
    text = text.strip()
    if not 0 < len(text) <= longest or not text.isprintable():
        raise Invalid(_("{label}须填写，最多 {n} 字。", label=label, n=longest))
    return text


def _mark(session: Session, mode: str, name: str, now: datetime) -> None:
    if session.scalar(select(Installation.id)) is not None:
        raise Refused(_("这里已经安装过，没有改动任何内容。换一个 DATA_DIR 或数据库再安装。"))
    session.execute(insert(Installation).values(id=1, mode=mode, name=name, created_at=now))


def _departments(session: Session, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for position, row in enumerate(rows):
        parent = ids[row["parent"]] if row.get("parent") else None
        values = {"code": row["code"], "name": row["name"], "parent_id": parent, "position": position}
        statement = insert(Department).returning(Department.id)
        ids[row["code"]] = session.scalars(statement.values(**values, external=bool(row.get("external")))).one()
    return ids


def _people(
    session: Session, rows: Sequence[Mapping[str, Any]], departments: Mapping[str, int], hashed: str
) -> dict[str, int]:
    posts = dict(session.execute(select(Post.code, Post.id)).all())
    people: dict[str, int] = {}
    for row in rows:
        roles = set(row["roles"])
        if len(roles & EXCLUSIVE_ROLES) > 1:
            raise Invalid(_("{name} 不能同时担任系统、安全、审计管理员中的两个。", name=row["name"]))
        values = {
            "account": row["account"],
            "name": row["name"],
            "department_id": departments[row["department"]],
            "post_id": posts[row["post"]],
            "phone": row.get("phone", ""),
            "email": row.get("email", ""),
            "external": bool(row.get("external")),
            "password_hash": hashed,
        }
        person_id = session.scalars(insert(Person).returning(Person.id).values(**values)).one()
        people[row["account"]] = person_id
        session.execute(insert(PersonRole), [{"person_id": person_id, "role_code": role} for role in sorted(roles)])
    return people


def _projects(session: Session, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    for row in rows:
        baseline = {
            "contract_amount": Decimal(str(row["contract_amount"])),
            "reserve": Decimal(str(row["reserve"])),
            "end_date": row["end_date"] if isinstance(row["end_date"], date) else date.fromisoformat(row["end_date"]),
            "scope": row["scope"],
            "revision": 1,
        }
        owner = {"contractor_code": row["contractor"], "owner_code": row["department"]}
        statement = insert(Project).returning(Project.id)
        values = {"code": row["code"], "name": row["name"], **owner, **baseline}
        project_id = session.scalars(statement.values(**values)).one()
        record = {"project_id": project_id, "reason": _("合同基线"), "created_at": now}
        session.execute(insert(ProjectBaseline).values(**record, **baseline))
