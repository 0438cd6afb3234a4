"""Candidate rules against departments, roles and people; the fallback; whom a rule excludes."""

from __future__ import annotations

import pytest

from engine.organisation import CandidateRequest, fits, is_eligible, resolve
from tests.fixtures.story import Story


def found(story: Story, *requests: CandidateRequest) -> list[tuple[set[str], bool]]:
    """Accounts and whether the rule itself found nobody, for each request."""
    with story.platform.database.read() as session:
        return [({m.account for m in e.members}, e.nobody) for e in resolve(session, requests)]


@pytest.mark.parametrize(
    ("rule", "values", "accounts"),
    [
        ("role", ("platform",), {"zhoulan", "hejing", "xuwenbo"}),
        ("role", ("security", "audit-admin"), {"luocheng", "hanxue"}),
        ("person", ("hejing",), {"hejing"}),
        ("person", ("hejing", "nobody", "limin"), {"hejing", "limin"}),
        ("leader", ("enforcement",), {"leizhen"}),
        ("leader", ("unit", "leadership"), {"gaozhendong"}),
        ("department", ("enforcement",), {"leizhen", "chensiyuan", "zhongxiaoyan"}),
        ("role", ("no-such-role",), set()),
        ("leader", ("experts",), set()),
        ("person", (), set()),
        ("several", ("person:hejing", "role:audit-admin", "leader:enforcement"), {"hejing", "hanxue", "leizhen"}),
        ("several", ("role:platform", "person:hejing"), {"zhoulan", "hejing", "xuwenbo"}),
        ("several", ("hejing",), set()),
    ],
)
def test_rules(story: Story, rule: str, values: tuple[str, ...], accounts: set[str]) -> None:
    assert found(story, CandidateRequest(rule, values)) == [(accounts, not accounts)]


def test_nobody_is_named_twice(story: Story) -> None:
    with story.platform.database.read() as session:
        members = resolve(session, [CandidateRequest("role", ("leader", "staff"))])[0].members
    assert len({member.id for member in members}) == len(members)


def test_many_rules_cost_as_many_statements_as_there_are_kinds(story: Story) -> None:
    requests = [CandidateRequest("person", (account,)) for account in ("hejing", "limin", "leizhen")] * 5
    requests += [CandidateRequest("role", ("platform",)), CandidateRequest("leader", ("data",))]
    with story.listening() as said:
        answers = found(story, *requests)
    assert len(said.statements) <= 3
    assert [next(iter(accounts)) for accounts, _ in answers[:3]] == ["hejing", "limin", "leizhen"]


def test_the_fallback_stands_in_and_says_so(story: Story) -> None:
    alone = CandidateRequest("leader", ("enforcement",), frozenset({"leizhen"}), "role:executive")
    assert found(story, alone) == [({"gaozhendong", "linshuhua"}, True)]


def test_whom_the_rule_excludes_the_fallback_does_not_bring_back(story: Story) -> None:
    request = CandidateRequest("person", (), frozenset({"gaozhendong"}), "role:executive")
    assert found(story, request) == [({"linshuhua"}, True)]
    both = CandidateRequest("person", (), frozenset({"gaozhendong", "linshuhua"}), "role:executive")
    assert found(story, both) == [(set(), True)]


def test_who_left_is_never_eligible(story: Story) -> None:
    story.suspend("leizhen")
    story.suspend("hejing")
    assert found(story, CandidateRequest("leader", ("enforcement",))) == [(set(), True)]
    assert found(story, CandidateRequest("role", ("platform",))) == [({"zhoulan", "xuwenbo"}, False)]


def test_one_person_against_a_rule(story: Story) -> None:
    with story.platform.database.read() as session:
        assert is_eligible(session, CandidateRequest("anyone", ()), "yanjinzhi")
        assert not is_eligible(session, CandidateRequest("anyone", (), frozenset({"yanjinzhi"})), "yanjinzhi")
        assert is_eligible(session, CandidateRequest("role", ("staff", "contractor")), "qiancheng")
        assert not is_eligible(session, CandidateRequest("role", ("staff",)), "qiancheng")


def test_one_person_against_many_rules_costs_as_many_statements_as_there_are_kinds(story: Story) -> None:
    roles = [CandidateRequest("role", (role,)) for role in ("platform", "staff", "security", "executive")]
    asked = [CandidateRequest("anyone", ()), *roles, CandidateRequest("role", ("platform",), frozenset({"hejing"}))]
    with story.listening() as said, story.platform.database.read() as session:
        assert fits(session, asked, "hejing") == [True, True, True, False, False, False]
        assert fits(session, [], "hejing") == []
    assert len(said.statements) <= 1
