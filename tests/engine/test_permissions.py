"""Who may do what."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.commands.install import ROLES
from engine.errors import Forbidden
from engine.permissions import EXCLUSIVE_ROLES, ROLE_PERMISSIONS, Permission, permissions_of
from tests.fixtures.story import Story


def test_everybody_may_sign_in_and_no_more_than_their_roles_say() -> None:
    assert permissions_of([]) == permissions_of(["staff", "no-such-role"]) == {Permission.PUBLIC, Permission.SIGNED_IN}
    assert permissions_of(["security", "executive"]) >= {Permission.MANAGE_ACCOUNTS, Permission.SEE_ALL_CASES}


def test_only_roles_that_exist_hold_permissions() -> None:
    assert set(ROLE_PERMISSIONS) <= set(ROLES)


def test_the_three_offices_hold_different_powers() -> None:
    own = {role: ROLE_PERMISSIONS[role] - {Permission.SEE_ALL_CASES} for role in EXCLUSIVE_ROLES}
    assert all(own.values())
    for one, two in combinations(own.values(), 2):
        assert not one & two


def test_requiring_a_permission(story: Story) -> None:
    story.person("zhoulan").require(Permission.SEE_ALL_CASES)
    with pytest.raises(Forbidden, match="没有查看这一页的权限"):
        story.person("limin").require(Permission.SEE_ALL_CASES)
