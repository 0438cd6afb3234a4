"""What older cases wait for is written down from their states."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, text, update

from engine import migrate
from engine.commands import note_standings, suspend_case
from engine.models import Instance, Subscription
from tests.engine.casework.test_delivery import receiver, send, sender, waiting
from tests.fixtures.exchange import Exchange
from tests.fixtures.story import Story


@pytest.fixture
def exchange(story: Story) -> Exchange:
    return Exchange(story)


def forget(exchange: Exchange, case: int) -> None:
    """As a case stood before there was a table of what is awaited, brought up to date."""
    database = exchange.platform.database
    with database.write() as session:
        session.execute(delete(Subscription).where(Subscription.instance_id == case))
        newest = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    migrate.upgrade(database, "0007")
    with database.write() as session:  # the later ones have been made already
        session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})


def test_an_older_case_takes_the_message_that_waited_for_it(exchange: Exchange) -> None:
    receiver(exchange)
    sender(exchange)
    case = waiting(exchange, "A")
    forget(exchange, case)
    send(exchange, "A")
    assert (exchange.open(case), len(exchange.messages())) == ([], 1)
    assert note_standings(exchange.platform) == 1
    assert exchange.waits(case) == [("message", "paid", "A")]
    exchange.run()
    assert (exchange.open(case), exchange.messages()) == (["after"], [])
    assert exchange.case(case).standing == "after"


def test_it_may_be_done_again_and_for_suspended_cases(exchange: Exchange) -> None:
    receiver(exchange)
    case = waiting(exchange, "A")
    suspend_case(exchange.platform, exchange.story.person("dengkai"), case, "核实")
    forget(exchange, case)
    assert note_standings(exchange.platform) == 1
    with exchange.platform.database.write() as session:
        session.execute(update(Instance).where(Instance.id == case).values(standing=None))
    assert note_standings(exchange.platform) == 1
    assert exchange.waits(case) == [("message", "paid", "A")]
    assert note_standings(exchange.platform) == 0
