"""登录: check account and password, slow down guessing, record the try."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from engine.errors import Invalid
from engine.i18n import _
from engine.models import Person, SignIn
from engine.passwords import decoy_hash, verify_password
from engine.people import load_actor
from engine.permissions import Actor
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
    account = account.strip()[:80]
    now = platform.clock.now()
    with platform.database.read() as session:
        person = session.scalar(select(Person).where(Person.account == account))
    if person is not None and person.locked_until and person.locked_until > now:
        minutes = -(-int((person.locked_until - now).total_seconds()) // 60)
        _record(platform, account, address, "locked")
        raise Invalid(_("密码连续输错 {n} 次，账号暂停登录，{m} 分钟后再试。", n=TRIES, m=minutes))
    fits = verify_password(person.password_hash if person else decoy_hash(), password)
    if person is None or not fits:
        left = _count_failure(platform, person)
        _record(platform, account, address, "wrong")
        if left > 0:
            raise Invalid(_("账号或密码不正确，还可尝试 {n} 次。", n=left))
        raise Invalid(_("账号或密码不正确，账号暂停登录 {m} 分钟。", m=REST.seconds // 60))
    if not person.active:
        _record(platform, account, address, "inactive")
        raise Invalid(_("这个账号已停用。需要时请联系安全管理员。"))
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


def _count_failure(platform: Platform, person: Person | None) -> int:
    if person is None:
        return TRIES - 1
    with platform.database.write() as session:
        failed = session.scalar(
            update(Person)
            .where(Person.id == person.id)
            .values(failed_attempts=Person.failed_attempts + 1)
            .returning(Person.failed_attempts)
            .execution_options(synchronize_session=False)
        )
        left = TRIES - (failed or 0)
        if left <= 0:
            session.execute(
                update(Person)
                .where(Person.id == person.id)
                .values(failed_attempts=0, locked_until=platform.clock.now() + REST)
                .execution_options(synchronize_session=False)
            )
    return left


def _record(platform: Platform, account: str, address: str, result: str) -> None:
    with platform.database.write() as session:
        now = platform.clock.now()
        session.execute(insert(SignIn).values(at=now, account=account, address=address[:60], result=result))
