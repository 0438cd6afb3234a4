"""转办: hand a task over to another person, who then owns it."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from engine.casework.candidates import request_of
from engine.casework.submission import OPINION_LIMIT, plain
from engine.casework.tasks import open_task
from engine.errors import InvalidForm, NotNow
from engine.i18n import _, in_source_language
from engine.models import Notification, Person, Task, TaskCandidate
from engine.permissions import Actor
from engine.platform import Platform


def transfer_task(
    platform: Platform, actor: Actor, task_id: int, revision: int | None, account: str, reason: str
) -> None:
    """Make `account` the holder of the task and tell him why.

    `InvalidForm` for a missing reason, an unknown or excluded person; a vote cannot be handed over (`NotNow`).
    """
    account, reason = plain(account), plain(reason)
    with platform.database.write() as session:
        task, change = open_task(platform, session, actor, task_id, revision)
        node = change.deployed.process.nodes[task.node_id]
        if node.multi_instance is not None:
            raise NotNow(_("会签由被邀请的人本人表态，不能转办。"))
        person = session.scalar(select(Person).where(Person.account == account, Person.active))
        item = next(item for item in change.execution.work if item.token_id == task.token_id)
        errors = {}
        if person is None or person.id == actor.id:
            errors["account"] = _("请选择另一位在职人员。")
        elif person.account in request_of(change.execution, item).exclude:
            errors["account"] = _("{name} 按规定应回避这一环节，请改选别人。", name=person.name)
        if not reason or len(reason) > OPINION_LIMIT:
            errors["reason"] = _("请写明转办原因，最多 {n} 字。", n=OPINION_LIMIT)
        if errors or person is None:
            raise InvalidForm(errors)
        session.execute(
            update(Task)
            .where(Task.id == task.id)
            .values(assignee_id=person.id, revision=Task.revision + 1, read_at=None, nobody=False)
            .execution_options(synchronize_session=False)
        )
        asked = select(TaskCandidate.person_id).where(
            TaskCandidate.task_id == task.id, TaskCandidate.person_id == person.id
        )
        if session.scalar(asked) is None:
            row = {"task_id": task.id, "person_id": person.id, "instance_id": task.instance_id}
            session.execute(insert(TaskCandidate).values(**row))
        with in_source_language():
            text = _(
                "{who}（{home}）把“{title}”的环节“{step}”转办给你：{reason}",
                who=actor.name,
                home=actor.department,
                title=change.instance.title,
                step=task.name,
                reason=reason,
            )
        notice = {"person_id": person.id, "instance_id": task.instance_id, "task_id": task.id, "kind": "transfer"}
        session.execute(insert(Notification).values(**notice, text=text[:400], created_at=change.now))
        payload = {"name": task.name, "task": task.id, "to": person.name, "account": account, "reason": reason}
        change.note("task_transferred", payload, task.node_id, task.token_id)
        change.save()
