"""Is this process fit to serve: what a load balancer, an operator and a deployment script ask."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from engine import migrate
from engine.bpmn import NodeKind
from engine.errors import GuichengError
from engine.i18n import _
from engine.models import Definition, DefinitionStatus
from engine.platform import Platform

Check = tuple[str, bool, str]
"""Name, whether all is well, one sentence."""


def readiness(platform: Platform) -> list[Check]:
    """All checks; what depends on a database that does not answer is not asked."""
    database = _database(platform)
    if not database[1]:
        return [database, *_scheduler(platform)]
    migrations = _migrations(platform)
    handlers = [_handlers(platform)] if migrations[1] else []
    return [database, migrations, *_scheduler(platform), *handlers]


def _database(platform: Platform) -> Check:
    try:
        with platform.database.read() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        kind = type(error).__name__
        return "database", False, _("数据库没有应答（{kind}）。请检查 DATABASE_URL 和数据库服务。", kind=kind)
    return "database", True, _("数据库有应答。")


def _migrations(platform: Platform) -> Check:
    try:
        pending = migrate.pending(platform.database)
    except SQLAlchemyError as error:
        return "migrations", False, _("读不到数据库的版本（{kind}）。", kind=type(error).__name__)
    if pending:
        return "migrations", False, _("数据库结构与程序版本不一致。请重新启动，启动时会自动升级。")
    return "migrations", True, _("数据库结构是最新的。")


def _scheduler(platform: Platform) -> list[Check]:
    """Nothing where this process runs no timers (a second web process, the command line)."""
    if platform.scheduler is None:
        return []
    if platform.scheduler.running:
        return [("scheduler", True, _("定时任务在运行。"))]
    return [("scheduler", False, _("定时任务没有运行，到期提醒和升级不会发生。请重新启动。"))]


def _handlers(platform: Platform) -> Check:
    """Every service task of every procedure in force has its handler."""
    try:
        missing = _missing_handlers(platform)
    except (GuichengError, SQLAlchemyError) as error:
        return "handlers", False, _("有流程定义读不出来：{error}", error=error)
    if missing:
        return "handlers", False, _("缺少处理器：{list}。", list="、".join(missing))
    return "handlers", True, _("流程用到的处理器都在。")


def _missing_handlers(platform: Platform) -> list[str]:
    live = select(Definition.id).where(Definition.status == DefinitionStatus.LIVE).order_by(Definition.key)
    missing = []
    with platform.database.read() as session:
        for definition_id in session.scalars(live).all():
            process = platform.deployments.get(session, definition_id).process
            missing += [
                _("{topic}（{process} · {step}）", topic=node.topic, process=process.name, step=node.name)
                for node in process.nodes.values()
                if node.kind is NodeKind.SERVICE_TASK and node.topic not in platform.handlers
            ]
    return missing
