"""The organisation of today as a world: read from the database, each answer once."""

from __future__ import annotations

from decimal import Decimal

from engine.organisation import CandidateRequest
from engine.tryout.directory import Directory
from engine.tryout.world import eligible
from tests.fixtures.story import Story


def test_it_knows_people_rules_choices_and_projects(story: Story) -> None:
    with story.platform.database.read() as session:
        world = Directory(session)
        someone = world.person("hejing")
        assert str(someone) == "何静（平台管理部）"
        assert someone is not None
        assert someone.department_code == "platform"
        assert world.person("nobody") is None
        assert [m.account for m in world.members("leader", "information")] == ["wangjianguo"]
        assert ("zhangweimin", "张伟民（专家库）") in [tuple(option) for option in world.options("experts")]
        facts = world.facts("XM-2026-03")
        assert facts is not None
        assert facts["contract_amount"] == Decimal("486.50")
        assert world.facts("XM-0000") is None


def test_candidates_are_those_a_case_would_find(story: Story) -> None:
    story.suspend("xuwenbo")
    asked = CandidateRequest("role", ("platform",), frozenset({"hejing"}))
    lonely = CandidateRequest("person", ("xuwenbo",), fallback="role:executive")
    with story.platform.database.read() as session:
        first, second = eligible(Directory(session), [asked, lonely])
    assert [member.account for member in first.members] == ["zhoulan"]
    assert second.nobody
    assert [member.account for member in second.members] == ["gaozhendong", "linshuhua"]
