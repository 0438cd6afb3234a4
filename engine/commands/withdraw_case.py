"""撤销: the initiator ends his own case, where and while the diagram allows it."""

from __future__ import annotations

from engine.casework import load_case
from engine.casework.finishing import Completed
from engine.casework.reply import next_sentence
from engine.casework.submission import OPINION_LIMIT, plain
from engine.casework.withdrawal import withdrawal_start
from engine.errors import InvalidForm, NotNow
from engine.i18n import _
from engine.permissions import Actor
from engine.platform import Platform


def withdraw_case(platform: Platform, actor: Actor, instance_id: int, reason: str) -> Completed:
    """Deliver the message `withdraw` to the case; its event subprocess does the rest.

    Raises `NotFound` for another's case, `NotNow` when the diagram no longer offers it, `InvalidForm` without a reason.
    """
    reason = plain(reason)
    with platform.database.write() as session:
        change = load_case(platform, session, instance_id, actor, lambda case: case.starter_id == actor.id)
        if withdrawal_start(change.execution) is None:
            raise NotNow(_("{number} 已经批准或已办结，不能撤销。", number=change.instance.number))
        if not reason or len(reason) > OPINION_LIMIT:
            raise InvalidForm({"reason": _("请写明撤销原因，最多 {n} 字。", n=OPINION_LIMIT)})
        change.note("case_withdrawn", {"reason": reason})
        change.execution.deliver("withdraw", {"withdraw_reason": reason})
        saved = change.save()
    platform.wake()
    return Completed(instance_id, change.instance.number, next_sentence(platform, saved, change.now), None, False)
