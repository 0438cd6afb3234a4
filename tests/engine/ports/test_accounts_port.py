"""Accounts that a case limits: what the person can still do, what he is told, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engine.casework import logbook
from engine.commands import claim_task, sign_in, start_process
from engine.errors import Forbidden, Invalid
from engine.models import Instance
from engine.permissions import Actor
from engine.platform import Platform
from engine.ports import HandlerContext
from engine.queries.cases import case_page
from engine.queries.people import actor_by_account
from engine.queries.procedures import start_page
from tests.fixtures.platform import PASSWORD
from tests.fixtures.story import APPLICATION, KEY, Case, Story

Find = Callable[[str], Actor]


def accounts(story: Story, case: Case, act: str, *what: Any) -> None:
    """One act of the port, logged as the case's handlers are."""
    noted: list[tuple[str, dict[str, Any]]] = []
    with story.platform.database.write() as session:
        instance = session.get_one(Instance, case.id)
        context = HandlerContext.for_case(
            session, instance, None, story.clock.now(), None, lambda kind, told: noted.append((kind, dict(told)))
        )
        getattr(context.accounts, act)(*what)
        for kind, told in noted:
            logbook.note(session, case.id, None, story.clock.now(), kind, told)


def enter(platform: Platform, account: str) -> Actor:
    return sign_in(platform, account, PASSWORD, "127.0.0.1")


def test_restricted_people_begin_and_claim_nothing_but_finish_what_is_theirs(story: Story, person: Find) -> None:
    case, other = story.start(), story.start()
    claim_task(story.platform, person("hejing"), case.task("review_necessity"))
    accounts(story, case, "restrict", "hejing", "考核两次未通过，通过补考后恢复", {"number": case.number})
    limited = person("hejing")
    assert [limit.reason for limit in limited.limits] == ["考核两次未通过，通过补考后恢复"]
    with pytest.raises(Forbidden, match="考核两次未通过"):
        claim_task(story.platform, limited, other.task("review_necessity"))
    with pytest.raises(Forbidden, match="暂时不能发起流程或认领事项"):
        other.act("hejing", "review_necessity", "approve")
    case.act("hejing", "review_necessity", "approve")
    assert "review_necessity" not in case.waits


def test_restricted_people_start_no_case(story: Story, person: Find) -> None:
    accounts(story, story.start(), "restrict", "chensiyuan", "未通过")
    with pytest.raises(Forbidden, match="未通过"):
        start_process(story.platform, person("chensiyuan"), KEY, APPLICATION)
    with pytest.raises(Forbidden, match="未通过"):
        start_page(story.platform, person("chensiyuan"), KEY)


def test_each_case_lifts_its_own_restriction(story: Story, person: Find) -> None:
    first, second = story.start(), story.start()
    accounts(story, first, "restrict", "hejing", "甲")
    accounts(story, first, "restrict", "hejing", "甲")
    accounts(story, first, "restrict", "hejing", "甲，再次")
    accounts(story, second, "restrict", "hejing", "乙", {"number": second.number})
    accounts(story, first, "lift", "hejing")
    assert [(limit.case, limit.reason) for limit in person("hejing").limits] == [(second.number, "乙")]
    accounts(story, second, "lift", "hejing", {"number": second.number})
    assert person("hejing").limits == ()
    told = [row.text for row in case_page(story.platform, story.person("hejing"), first.id).log]
    assert any("限制何静的权限：甲" in text for text in told), told
    assert any("解除对何静的权限限制" in text for text in told)


def test_a_suspended_account_cannot_sign_in_until_restored(story: Story, platform: Platform, person: Find) -> None:
    case = story.start()
    before = enter(platform, "hejing")
    accounts(story, case, "suspend", "hejing", "转借账号", None)
    with pytest.raises(Invalid, match="恢复前不能登录。原因：转借账号"):
        enter(platform, "hejing")
    with pytest.raises(Forbidden, match="转借账号"):
        actor_by_account(platform, "hejing")
    assert person("hejing").session_version == before.session_version + 1  # who is signed in is signed out
    accounts(story, case, "restore", "hejing")
    assert enter(platform, "hejing").account == "hejing"


def test_a_suspension_ends_with_its_last_day(story: Story, platform: Platform) -> None:
    case = story.start()
    accounts(story, case, "suspend", "hejing", "转借账号", date(2026, 11, 8))
    with pytest.raises(Invalid, match="2026-11-09 00:00 起恢复"):
        enter(platform, "hejing")
    story.clock.advance(timedelta(days=3))
    assert enter(platform, "hejing").account == "hejing"


@pytest.mark.parametrize("act", ["restrict", "suspend"])
def test_an_unknown_account_is_a_fault(story: Story, act: str) -> None:
    with pytest.raises(ValueError, match="no such account"):
        accounts(story, story.start(), act, "nobody", "原因")
