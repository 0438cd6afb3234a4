"""Who there is: departments, posts, people, roles (the groups of the catalogue)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Key, Moment


class Department(Base):
    """A department or an outside unit; `code` is what process variables and candidate rules use."""

    __tablename__ = "department"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(Key, ForeignKey("department.id"))
    leader_id: Mapped[int | None] = mapped_column(Key)  # a person; no constraint, the two tables would need each other
    external: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Post(Base):
    """A post (岗位) such as 部门负责人 or 运维工程师."""

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))


class Person(Base):
    """A person with an account. `account` never changes: variables and the log refer to it.

    `suspended_reason` is there while the account may not sign in, until `suspended_until` or, without that moment,
    until it is restored.
    """

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    department_id: Mapped[int] = mapped_column(Key, ForeignKey("department.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id"))
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    external: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    suspended_reason: Mapped[str | None] = mapped_column(String(400))
    suspended_until: Mapped[datetime | None] = mapped_column(Moment)
    session_version: Mapped[int] = mapped_column(default=1)
    theme: Mapped[str] = mapped_column(String(10), default="auto")
    language: Mapped[str] = mapped_column(String(5), default="zh")
    single_keys: Mapped[bool] = mapped_column(default=True)


class Role(Base):
    """A role: a group of the catalogue (平台管理部, 专家库 …) that candidate rules name."""

    __tablename__ = "role"
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class PersonRole(Base):
    """Who holds which role."""

    __tablename__ = "person_role"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True)
    role_code: Mapped[str] = mapped_column(String(40), ForeignKey("role.code"), primary_key=True, index=True)
