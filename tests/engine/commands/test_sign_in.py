"""登录: who gets in, who must wait, and what the answer does not tell."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import select

from engine import passwords
from engine.commands import sign_in
from engine.errors import Invalid
from engine.models import Person, SignIn
from tests.fixtures.platform import PASSWORD
from tests.fixtures.story import Story

HERE = "127.0.0.1"


def refused(story: Story, account: str, password: str = "wrong") -> str:
    """The sentence with which somebody is turned away."""
    with pytest.raises(Invalid) as error:
        sign_in(story.platform, account, password, HERE)
    return str(error.value)


def test_the_right_password_gives_the_person_with_roles(story: Story) -> None:
    actor = sign_in(story.platform, "  hejing ", PASSWORD, HERE)
    assert (actor.name, actor.department, "platform" in actor.roles) == ("何静", "平台管理部", True)
    row = story.one(select(SignIn))
    assert (row.account, row.address, row.result, row.at) == ("hejing", HERE, "ok", story.clock.now())


def test_tries_are_counted_and_the_account_rests(story: Story) -> None:
    said = [refused(story, "hejing") for _ in range(5)]
    assert said[:4] == [f"账号或密码不正确，还可尝试 {n} 次。" for n in (4, 3, 2, 1)]
    assert said[4] == "账号或密码不正确，账号暂停登录 10 分钟。"
    story.clock.advance(timedelta(minutes=3))
    assert "7 分钟后再试" in refused(story, "hejing", PASSWORD)
    story.clock.advance(timedelta(minutes=7))
    assert sign_in(story.platform, "hejing", PASSWORD, HERE).account == "hejing"
    assert story.all(select(SignIn.result).order_by(SignIn.id)) == ["wrong"] * 5 + ["locked", "ok"]


def test_a_success_forgets_earlier_mistakes(story: Story) -> None:
    for _ in range(4):
        refused(story, "hejing")
    sign_in(story.platform, "hejing", PASSWORD, HERE)
    assert story.one(select(Person.failed_attempts).where(Person.account == "hejing")) == 0
    assert "还可尝试 4 次" in refused(story, "hejing")


def test_an_account_that_does_not_exist_cannot_be_told_from_one_that_does(story: Story) -> None:
    for _ in range(7):
        assert refused(story, "hejing") == refused(story, "no-such-account")
    story.clock.advance(timedelta(minutes=10))
    for _ in range(2):
        assert refused(story, "hejing") == refused(story, "no-such-account")


def test_a_password_is_checked_also_where_there_is_no_account(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both answers take as long."""
    checked: list[str] = []
    module = import_module("engine.commands.sign_in")
    monkeypatch.setattr(module, "verify_password", lambda hashed, _password: bool(checked.append(hashed)))
    refused(story, "no-such-account")
    assert checked == [passwords.decoy_hash()]


def test_a_suspended_account_says_so_only_to_who_knows_its_password(story: Story) -> None:
    story.suspend("limin")
    assert "已停用" in refused(story, "limin", PASSWORD)
    assert "还可尝试" in refused(story, "limin")
    assert story.all(select(SignIn.result).order_by(SignIn.id)) == ["inactive", "wrong"]


@pytest.mark.parametrize("account", ["", "\x00", "a" * 5000, "' or 1=1 --", "何静", "\ud800"])
def test_odd_accounts_are_turned_away_and_recorded(story: Story, account: str) -> None:
    assert "账号或密码不正确" in refused(story, account, "x" * 5000)
    assert len(story.one(select(SignIn.account))) <= 80


def test_a_long_address_is_cut(story: Story) -> None:
    with pytest.raises(Invalid):
        sign_in(story.platform, "hejing", "wrong", "f" * 500)
    assert len(story.one(select(SignIn.address))) == 60
