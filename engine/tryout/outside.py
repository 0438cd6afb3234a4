"""What a case asks of the world while it is tried: jobs run at once, called cases and messages are played by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine import bpmn
from engine.errors import HandlerFailed, NotNow
from engine.i18n import _
from engine.tryout.scene import Scene
from engine.tryout.story import EntryKind

KINDS = {bpmn.NodeKind.CALL_ACTIVITY: "call"}


@dataclass(frozen=True)
class Waiting:
    """Something that the case waits for and that a person who tries it can let happen: the end of a called case or of a
    job that failed ("call", "job"), a message or a signal."""

    kind: str
    node: bpmn.Node
    name: str
    key: str | None = None


def meet(scene: Scene) -> bool:
    """Tell what was asked for since the last time and answer what a handler can; whether the case moved by it."""
    moved = False
    for request in scene.execution.drain_requests():
        match request:
            case bpmn.JobRequest():
                moved = _serve(scene, request) or moved
            case bpmn.CallRequest():
                text = _("“{step}”调用流程 {key}，等它结束", step=_name(request.node), key=request.key)
                _say(scene, request.node.id, text, EntryKind.MACHINE)
            case bpmn.CancelRequest():
                text = _("不再等“{step}”，它调用的流程或自动任务会被取消", step=_name(request.node))
                _say(scene, request.node.id, text, EntryKind.CANCELLED)
            case bpmn.MessageRequest():
                key = _("，关联值 {key}", key=request.key) if request.key is not None else ""
                _say(scene, request.node_id, _("会发出消息“{name}”{key}", name=request.name, key=key))
            case bpmn.SignalRequest():
                _say(scene, request.node_id, _("会向其他流程发出信号“{name}”", name=request.name))
    return moved


def waiting(execution: bpmn.Execution) -> list[Waiting]:
    """All that can be let happen now, the same message or signal once."""
    found = [Waiting(KINDS.get(node.kind, "job"), node, _name(node)) for _token, node in execution.outside]
    heard = {(one.kind, one.name, one.key): one for one in execution.awaited}
    return [*found, *(Waiting(one.kind, one.node, one.name, one.key) for one in heard.values())]


def token_at(execution: bpmn.Execution, node_id: str) -> int:
    """The token of the first call or job that waits at that node. Raises `NotNow` where none does."""
    for token, node in execution.outside:
        if node.id == node_id:
            return token
    raise NotNow(_("这里没有在等的调用或自动任务。"))


def _serve(scene: Scene, request: bpmn.JobRequest) -> bool:
    """The real handler with ports that only remember; one that fails leaves the case waiting, as it would."""
    execution, node = scene.execution, request.node
    if request.token_id not in {token for token, _node in execution.outside}:
        return False
    try:
        outputs: dict[str, Any] = scene.services.serve(node, request.inputs)
    except bpmn.BpmnError as error:
        execution.fail(request.token_id, error.code, error.message)
        return True
    except HandlerFailed as error:
        text = _("自动任务“{step}”没有成功，会重试后记为异常；可以填写它的结果继续", step=_name(node))
        _say(scene, node.id, text, EntryKind.ERROR, error.message)
        return False
    execution.job_done(request.token_id, outputs)
    return True


def _name(node: bpmn.Node) -> str:
    return node.name or node.id


def _say(scene: Scene, node_id: str, text: str, kind: EntryKind = EntryKind.EFFECT, detail: str = "") -> None:
    scene.tell(kind, node_id, text, detail)
