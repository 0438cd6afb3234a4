"""Who may do what: the one place where every permission is decided, for pages, API and jobs alike.

A route declares one `Permission`; what a person may see of cases and tasks is filtered in SQL by the queries, which ask
`Actor.can` only for the wide views. 三员分立: 系统管理员, 安全管理员 and 审计管理员 hold powers that no one else
has, and nobody holds two of them (checked where roles are given).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.clock import local
from engine.errors import Forbidden
from engine.i18n import _


class Permission(StrEnum):
    """What can be allowed."""

    PUBLIC = "public"  # no sign-in needed: sign-in page, health, assets
    SIGNED_IN = "signed_in"  # any person with an account; the query narrows it to what is theirs
    SEE_ALL_CASES = "see_all_cases"  # managers: every case, the cockpit
    SEE_INCIDENTS = "see_incidents"
    REPAIR_CASES = "repair_cases"  # settle incidents, stop and end cases, each with a reason in the log
    DESIGN = "design"  # process owners: drafts of procedures, their forms and tables
    PUBLISH = "publish"  # …and making a draft the version in force
    READ_LOG = "read_log"  # the audit administrators' view of the event log
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_EXAMS = "manage_exams"  # the question bank, blueprints, their figures


ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    "executive": frozenset({Permission.SEE_ALL_CASES}),
    "supervision": frozenset({Permission.SEE_ALL_CASES}),
    "platform": frozenset({Permission.SEE_ALL_CASES}),
    "process-owner": frozenset({Permission.SEE_ALL_CASES, Permission.DESIGN, Permission.PUBLISH}),
    "audit": frozenset({Permission.SEE_ALL_CASES, Permission.READ_LOG}),
    "audit-admin": frozenset({Permission.SEE_ALL_CASES, Permission.READ_LOG}),
    "sysadmin": frozenset({Permission.SEE_INCIDENTS, Permission.REPAIR_CASES, Permission.SEE_ALL_CASES}),
    "training": frozenset({Permission.MANAGE_EXAMS}),
    "security": frozenset({Permission.MANAGE_ACCOUNTS}),
}

EXCLUSIVE_ROLES = frozenset({"sysadmin", "security", "audit-admin"})
"""三员: nobody holds two of these."""


@dataclass(frozen=True, order=True)
class Limit:
    """Rights that a case has restricted: its number, why (and how it ends)."""

    case: str
    reason: str
    instance_id: int


@dataclass(frozen=True)
class Actor:
    """The signed-in person on whose behalf a command or query runs."""

    id: int
    account: str
    name: str
    department_id: int
    department_code: str
    department: str
    roles: frozenset[str]
    permissions: frozenset[Permission]
    theme: str = "auto"
    language: str = "zh"
    single_keys: bool = True
    session_version: int = 1
    limits: tuple[Limit, ...] = ()

    def can(self, permission: Permission) -> bool:
        """Whether this person holds the permission."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise `Forbidden` unless the person holds the permission."""
        if not self.can(permission):
            raise Forbidden(_("你没有查看这一页的权限。需要时请联系系统管理员。"))

    def require_full_rights(self) -> None:
        """Raise `Forbidden` while a case restricts this person: he finishes what is his, begins and claims nothing."""
        if self.limits:
            raise Forbidden(
                _(
                    "你的权限受限，暂时不能发起流程或认领事项；你名下的事项仍可办理。原因：{reason}（{case}）。"
                    "办完其中的要求后自动解除。",
                    reason=self.limits[0].reason.rstrip("。"),
                    case=self.limits[0].case,
                )
            )


def require_not_suspended(reason: str | None, until: datetime | None, now: datetime) -> None:
    """Raise `Forbidden` while an account is suspended: it may not sign in, by no way."""
    if reason is None or (until is not None and until <= now):
        return
    if until is not None:
        end = f"{local(until):%Y-%m-%d %H:%M}"
        raise Forbidden(_("这个账号已被暂停使用，{end} 起恢复。原因：{reason}", end=end, reason=reason))
    raise Forbidden(_("这个账号已被暂停使用，恢复前不能登录。原因：{reason}", reason=reason))


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything the roles allow together; whoever has an account may at least sign in."""
    granted = {Permission.PUBLIC, Permission.SIGNED_IN}
    for role in roles:
        granted |= ROLE_PERMISSIONS.get(role, frozenset())
    return frozenset(granted)
