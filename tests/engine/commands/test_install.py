"""安装: a real, empty installation with three administrators; the demo organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.boot import ROOT
from engine.commands import deploy_files, sign_in
from engine.commands.install import ROLES, Administrator, finish_demo, install_demo, install_real
from engine.db import Base
from engine.errors import GuichengError, Invalid, InvalidForm, Refused
from engine.models import Department, Installation, Person, PersonRole, Project, ProjectBaseline, Role
from engine.platform import Platform
from tests.fixtures.platform import PASSWORD, organisation

THREE = (
    Administrator("sysadmin", "xitong", "系统员", "correct-horse-1"),
    Administrator("security", "anquan", "安全员", "correct-horse-2"),
    Administrator("audit-admin", "shenji", "审计员", "correct-horse-3"),
)


def rows(platform: Platform) -> int:
    """How much there is in the database."""
    with platform.database.read() as session:
        tables = Base.metadata.sorted_tables
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def test_three_people_and_nothing_else(empty_platform: Platform) -> None:
    install_real(empty_platform, "某市监管局", THREE)
    assert empty_platform.mode == "real"
    with empty_platform.database.read() as session:
        held = session.execute(select(Person.account, PersonRole.role_code).join(PersonRole)).all()
        assert {tuple(row) for row in held} == {(a.account, a.role) for a in THREE}
        assert set(session.scalars(select(Role.code))) == set(ROLES)
        assert session.scalar(select(Installation.name)) == "某市监管局"
        assert session.scalars(select(Project)).all() == []
    actor = sign_in(empty_platform, "anquan", "correct-horse-2", "::1")
    assert actor.roles == {"security"}


def test_every_procedure_can_be_deployed_to_it(empty_platform: Platform) -> None:
    install_real(empty_platform, "某市监管局", THREE)
    assert all(done.version == 1 for done in deploy_files(empty_platform, ROOT))


@pytest.mark.parametrize(
    "administrators",
    [
        THREE[:2],
        (THREE[0], THREE[1], replace(THREE[2], account="xitong")),
        (THREE[0], THREE[1], replace(THREE[2], account="XiTong")),
        (THREE[0], THREE[1], replace(THREE[2], role="security")),
        (*THREE, Administrator("security", "siwei", "第四位", "correct-horse-4")),
        (replace(THREE[0], account=""), *THREE[1:]),
        (replace(THREE[0], account="a b"), *THREE[1:]),
        (replace(THREE[0], account="x" * 41), *THREE[1:]),
        (replace(THREE[0], name="  "), *THREE[1:]),
        (replace(THREE[0], name="长" * 41), *THREE[1:]),
        (replace(THREE[0], name="系\x00统"), *THREE[1:]),
    ],
    ids=[
        "two",
        "one account twice",
        "in capitals",
        "no auditor",
        "four",
        "no account",
        "blank in account",
        "long account",
        "no name",
        "long name",
        "hidden character",
    ],
)
def test_three_different_people_with_names_and_accounts(
    empty_platform: Platform, administrators: tuple[Administrator, ...]
) -> None:
    before = rows(empty_platform)
    with pytest.raises(Invalid):
        install_real(empty_platform, "某市监管局", administrators)
    assert rows(empty_platform) == before


@pytest.mark.parametrize("password", ["", "short-1", "onlyletters", "1234567890123"])
def test_a_weak_password_is_refused(empty_platform: Platform, password: str) -> None:
    before = rows(empty_platform)
    with pytest.raises(InvalidForm) as refused:
        install_real(empty_platform, "某市监管局", (replace(THREE[0], password=password), *THREE[1:]))
    assert list(refused.value.errors) == ["password"]
    assert rows(empty_platform) == before


@pytest.mark.parametrize("name", ["", "  ", "长" * 81])
def test_the_organisation_has_a_name(empty_platform: Platform, name: str) -> None:
    with pytest.raises(Invalid, match="单位名称"):
        install_real(empty_platform, name, THREE)


def test_an_installation_is_made_once(platform: Platform, empty_platform: Platform) -> None:
    before = rows(platform)
    with pytest.raises(Refused, match="已经安装过"):
        install_real(platform, "某市监管局", THREE)
    with pytest.raises(Refused, match="已经安装过"):
        install_demo(platform, organisation(), PASSWORD)
    assert (rows(platform), platform.mode) == (before, "demo")


def test_the_demo_is_marked_as_being_built_until_it_is_finished(empty_platform: Platform) -> None:
    install_demo(empty_platform, organisation(), PASSWORD)
    with empty_platform.database.read() as session:
        assert session.scalar(select(Installation.mode)) == empty_platform.mode == "building"
    finish_demo(empty_platform)
    with empty_platform.database.read() as session:
        assert session.scalar(select(Installation.mode)) == empty_platform.mode == "demo"


def test_the_demo_organisation_covers_every_group_and_keeps_the_administrators_apart(platform: Platform) -> None:
    with platform.database.read() as session:
        held: dict[str, set[int]] = {}
        for code, person_id in session.execute(select(PersonRole.role_code, PersonRole.person_id)):
            held.setdefault(code, set()).add(person_id)
        assert set(held) == set(ROLES)
        assert len(held["sysadmin"] | held["security"] | held["audit-admin"]) == sum(
            len(held[code]) for code in ("sysadmin", "security", "audit-admin")
        )
        assert len(session.scalars(select(Person)).all()) >= 30
        people = set(session.scalars(select(Person.id)))
        assert set(session.scalars(select(Department.leader_id).where(Department.leader_id.is_not(None)))) <= people
        baselines = session.scalars(select(ProjectBaseline)).all()
        assert [b.revision for b in baselines] == [1] * len(session.scalars(select(Project)).all())


def test_nobody_in_the_demo_may_hold_two_of_the_three_offices(empty_platform: Platform) -> None:
    description: dict[str, Any] = dict(organisation())
    people = [dict(person) for person in description["people"]]
    people[0]["roles"] = ["sysadmin", "audit-admin"]
    before = rows(empty_platform)
    with pytest.raises(GuichengError, match="不能同时担任"):
        install_demo(empty_platform, {**description, "people": people}, PASSWORD)
    assert rows(empty_platform) == before
