"""Passwords: argon2id, and the least one must be."""

from __future__ import annotations

import pytest

from engine.errors import InvalidForm
from engine.passwords import decoy_hash, hash_password, require_strong, verify_password


def test_a_hash_is_argon2id_salted_and_fits_its_password_only() -> None:
    one, two = hash_password("正确的马-1"), hash_password("正确的马-1")
    assert one.startswith("$argon2id$")
    assert one != two
    assert verify_password(one, "正确的马-1")
    assert not verify_password(one, "正确的马-2")


@pytest.mark.parametrize("broken", ["", "x", "$argon2id$v=19$m=1", "$2b$12$abc"])
def test_a_broken_hash_fits_nothing(broken: str) -> None:
    assert not verify_password(broken, "x")


def test_the_decoy_costs_the_same_and_fits_nothing() -> None:
    assert decoy_hash().split("$")[:4] == hash_password("x").split("$")[:4]
    assert not verify_password(decoy_hash(), "")


@pytest.mark.parametrize("password", ["abcdefghi1", "correct-horse", "１２３４５６７８９０-", "密码密码密码密码密码1"])
def test_strong_enough(password: str) -> None:
    require_strong(password)


@pytest.mark.parametrize("password", ["", "abcdefgh1", "abcdefghij", "1234567890", "----------"])
def test_too_weak(password: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        require_strong(password)
    assert "至少 10 位" in refused.value.errors["password"]
