"""What happens without anybody's task: what begins a case by itself, and what takes up another way meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine import bpmn
from engine.bpmn import EventKind
from engine.deployments import Deployed
from engine.i18n import _
from engine.queries.library.limits import Limits


def events(deployed: Deployed) -> list[str]:
    """Sentences: the starts by an event, then the event subprocesses that no person asks for."""
    return list(_events(deployed.process, Limits(deployed)))


def _events(process: bpmn.Definition, limits: Limits) -> Iterator[str]:
    for start in process.scopes[process.key].event_starts:
        when = happens(start, limits)
        if when:
            yield _("{when}，自动发起（{name}）", when=when, name=start.name or start.id)
    for scope in process.scopes.values():
        for beside, start in scope.event_subprocesses:
            when = happens(start, limits)
            if not when or start.message is not None:
                continue
            name = beside.name or beside.id
            if start.interrupting:
                yield _("{when}，停止其他环节，改办“{name}”", when=when, name=name)
            else:
                yield _("{when}，另行“{name}”，其他环节继续", when=when, name=name)


def happens(event: bpmn.Node, limits: Limits) -> str:
    """When an event happens, in words: 收到信号“…”时; "" for a kind that nothing waits for."""
    if not event.events:
        return ""
    definition = event.events[0]
    words: Mapping[EventKind, Callable[[], str]] = {
        EventKind.TIMER: lambda: limits.timer(definition.timer) if definition.timer else "",
        EventKind.MESSAGE: lambda: _("收到消息“{name}”时", name=definition.name or ""),
        EventKind.SIGNAL: lambda: _("收到信号“{name}”时", name=definition.name or ""),
        EventKind.CONDITIONAL: lambda: _("条件成立时"),
        EventKind.ERROR: lambda: _("报出错误 {code} 时", code=definition.code) if definition.code else _("出错时"),
        EventKind.ESCALATION: lambda: (
            _("提出升级 {code} 时", code=definition.code) if definition.code else _("提出升级时")
        ),
        EventKind.CANCEL: lambda: _("事务取消时"),
    }
    said = words.get(definition.kind)
    return said() if said is not None else ""
