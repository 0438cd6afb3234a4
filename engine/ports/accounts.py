"""What a case may do to accounts: restrict rights (第3.3.3条), suspend the account, and take both back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engine.clock import LOCAL, local
from engine.i18n import _, in_source_language
from engine.models import Instance, Notification, Person, Restriction
from engine.ports.notes import Note

NO_END = "—"


class Accounts:
    """Limits accounts on behalf of one case. Every act is idempotent, is logged in the case and told to the person;
    unknown accounts raise ValueError."""

    def __init__(self, session: Session, instance: Instance, now: datetime, note: Note) -> None:
        self._session = session
        self._instance = instance
        self._now = now
        self._note = note

    def restrict(self, account: str, reason: str, case: Mapping[str, Any] | None = None) -> None:
        """From now on the person may finish his own tasks, train and sit exams, but start no case and claim nothing.
        `reason` (at most 400 characters) says also how it ends: it is shown to him. Holds until this case lifts it."""
        person = self._person(account)
        mine = (Restriction.person_id == person.id, Restriction.instance_id == self._of(case))
        reason = reason[:400]
        known = self._session.scalar(select(Restriction.reason).where(*mine))
        if known == reason:
            return
        if known is not None:
            self._session.execute(update(Restriction).where(*mine).values(reason=reason))
        else:
            row = {"person_id": person.id, "instance_id": self._of(case), "reason": reason, "since": self._now}
            self._session.execute(insert(Restriction).values(**row))
        self._tell("account_restricted", person, reason, _t("你的权限已受限：{reason}", reason=reason))

    def lift(self, account: str, case: Mapping[str, Any] | None = None) -> None:
        """Take back what this case restricted; what other cases restricted stays."""
        person = self._person(account)
        mine = (Restriction.person_id == person.id, Restriction.instance_id == self._of(case))
        gone = self._session.execute(delete(Restriction).where(*mine))
        if gone.rowcount:  # type: ignore[attr-defined]  # a DML result always has it; the stub says Result
            self._tell(
                "restriction_lifted", person, "", _t("{number} 对你的权限限制已解除。", number=self._instance.number)
            )

    def suspend(self, account: str, reason: str, until: date | datetime | None = None) -> None:
        """The person cannot sign in any more and is signed out, until the end of the day `until` (or that moment), else
        until it is restored. His open tasks stay his and can be handed over."""
        person = self._person(account)
        end = until if isinstance(until, datetime) or until is None else _end_of(until)
        values = {"suspended_reason": reason[:400], "suspended_until": end}
        self._set(person, session_version=Person.session_version + 1, **values)
        self._tell("account_suspended", person, reason[:400], until=f"{local(end):%Y-%m-%d %H:%M}" if end else NO_END)

    def restore(self, account: str) -> None:
        """The person may sign in again."""
        person = self._person(account)
        if person.suspended_reason is not None:
            self._set(person, suspended_reason=None, suspended_until=None)
            self._tell("account_restored", person, "", _t("你的账号已恢复，可以正常登录。"))

    def _person(self, account: str) -> Person:
        person = self._session.scalar(select(Person).where(Person.account == account))
        if person is None:
            raise ValueError(f"no such account: {account}")
        return person

    def _of(self, case: Mapping[str, Any] | None) -> int:
        """The case named by its number; this one without."""
        number = (case or {}).get("number", self._instance.number)
        if number == self._instance.number:
            return self._instance.id
        return self._session.scalars(select(Instance.id).where(Instance.number == number)).one()

    def _set(self, person: Person, **values: Any) -> None:
        self._session.execute(
            update(Person).where(Person.id == person.id).values(**values).execution_options(synchronize_session="fetch")
        )

    def _tell(self, kind: str, person: Person, reason: str, text: str = "", until: str = "") -> None:
        told = {"account": person.account, "name": person.name, "reason": reason}
        self._note(kind, {**told, "until": until} if until else told)
        if text:
            row = {"person_id": person.id, "instance_id": self._instance.id, "kind": "notice", "text": text[:400]}
            self._session.execute(insert(Notification).values(**row, created_at=self._now))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LOCAL)


@in_source_language()
def _t(text: str, **words: Any) -> str:
    return _(text, **words)
