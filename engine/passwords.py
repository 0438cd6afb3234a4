"""Passwords: argon2id, and the least a password must be."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import InvalidForm
from engine.i18n import _

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's argon2id profile

MINIMUM = 10
"""Characters a password must have at least."""


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


def verify_password(hashed: str, password: str) -> bool:
    """Whether the password fits; never raises for a broken hash."""
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def decoy_hash() -> str:
    """A hash to check against when the account does not exist, so that both answers take the same time."""
    return hash_password("no such account")


def require_strong(password: str) -> None:
    """Refuse passwords that are short or of one kind of character only."""
    kinds = sum(any(test(c) for c in password) for test in (str.isdigit, str.isalpha, lambda c: not c.isalnum()))
    if len(password) < MINIMUM or kinds < 2:
        raise InvalidForm({"password": _("密码至少 {n} 位，并同时包含字母、数字或符号中的两种。", n=MINIMUM)})
