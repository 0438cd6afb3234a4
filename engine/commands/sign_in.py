"""登录: check account and password, slow down guessing, record the try."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engine.casework.submission import plain
from engine.errors import Forbidden, Invalid
from engine.i18n import _
from engine.models import Person, SignIn
from engine.passwords import decoy_hash, verify_password
from engine.people import load_actor
from engine.permissions import Actor, require_not_suspended
from engine.platform import Platform

TRIES = 5
"""Wrong passwords in a row until the account rests."""
REST = timedelta(minutes=10)
"""How long it rests."""


def sign_in(platform: Platform, account: str, password: str, address: str) -> Actor:
    """The person behind account and password.

    The password is checked outside the transaction (it is slow on purpose). `Invalid` says how many tries are left or
    until when the account rests; for an unknown account it says the same and takes as long.
    """
    account = plain(account)[:80]
    now = platform.clock.now()
    with platform.database.read() as session:
        person = session.scalar(select(Person).where(Person.account == account))
        failed, rests_until = _tries(session, person, account, now)
    if rests_until and rests_until > now:
        minutes = -(-int((rests_until - now).total_seconds()) // 60)
        _record(platform, account, address, "locked")
        raise Invalid(_("密码连续输错 {n} 次，账号暂停登录，{m} 分钟后再试。", n=TRIES, m=minutes))
    fits = verify_password(person.password_hash if person else decoy_hash(), password)
    if person is None or not fits:
        _record(platform, account, address, "wrong", person)
        left = TRIES - failed - 1
        if left > 0:
            raise Invalid(_("账号或密码不正确，还可尝试 {n} 次。", n=left))
        raise Invalid(_("账号或密码不正确，账号暂停登录 {m} 分钟。", m=REST.seconds // 60))
    if not person.active:
        _record(platform, account, address, "inactive")
        raise Invalid(_("这个账号已停用。需要时请联系安全管理员。"))
    try:
        require_not_suspended(person.suspended_reason, person.suspended_until, now)
    except Forbidden as refused:
        _record(platform, account, address, "suspended")
        raise Invalid(str(refused)) from refused
    with platform.database.write() as session:
        session.execute(insert(SignIn).values(at=now, account=account, address=address[:60], result="ok"))
        session.execute(
            update(Person)
            .where(Person.id == person.id)
            .values(failed_attempts=0, locked_until=None)
            .execution_options(synchronize_session=False)
        )
        actor = load_actor(session, person.id)
    assert actor is not None
    return actor


def _tries(session: Session, person: Person | None, account: str, now: datetime) -> tuple[int, datetime | None]:
    """Wrong passwords in a row, and until when the account rests. An account that does not exist is counted by what
    the record of sign-ins says of it, so that nobody learns from the number which accounts there are."""
    if person is not None:
        return person.failed_attempts, person.locked_until
    wrong = select(SignIn.at).where(SignIn.at > now - timedelta(days=1), SignIn.account == account)
    tries = session.scalars(wrong.where(SignIn.result == "wrong").order_by(SignIn.at)).all()
    failed = len(tries) % TRIES
    return failed, tries[-1] + REST if tries and not failed else None


def _record(platform: Platform, account: str, address: str, result: str, guessed: Person | None = None) -> None:
    """Record a refused try, and count it against the person whose password was guessed at."""
    now = platform.clock.now()
    with platform.database.write() as session:
        session.execute(insert(SignIn).values(at=now, account=account, address=address[:60], result=result))
        if guessed is not None:
            failed = session.scalar(
                update(Person)
                .where(Person.id == guessed.id)
                .values(failed_attempts=Person.failed_attempts + 1)
                .returning(Person.failed_attempts)
                .execution_options(synchronize_session=False)
            )
            if (failed or 0) >= TRIES:
                session.execute(
                    update(Person)
                    .where(Person.id == guessed.id)
                    .values(failed_attempts=0, locked_until=now + REST)
                    .execution_options(synchronize_session=False)
                )
