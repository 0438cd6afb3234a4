"""Versions and procedures made by hand, as the library's tests want to find them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import insert, select, update

from engine.models import Definition, DefinitionStatus, Deployment, Person, Resource
from engine.platform import Platform
from tests.engine.queries.rows import KEY, at

Publish = Callable[..., int]


@pytest.fixture
def publish(platform: Platform) -> Publish:
    """`publish(by="hejing", note="…")`: the parts in force once more as the next version; `key` makes another
    procedure, `bpmn` another diagram. Returns the id of the definition."""

    def make(
        key: str = KEY, by: str = "hejing", note: str = "", when: datetime | None = None, bpmn: bytes | None = None
    ) -> int:
        moment = when or at(6)
        with platform.database.write() as session:
            newest = select(Definition).where(Definition.key == KEY).order_by(Definition.version.desc())
            live = session.scalars(newest.limit(1)).one()
            author = session.scalars(select(Person.id).where(Person.account == by)).one()
            values = {"key": key, "source": "browser", "content_hash": "x", "note": note, "created_by": author}
            deployment_id = session.scalars(
                insert(Deployment).returning(Deployment.id).values(**values, created_at=moment)
            ).one()
            parts = select(Resource.kind, Resource.name, Resource.content).where(
                Resource.deployment_id == live.deployment_id
            )
            rows = [{"deployment_id": deployment_id, **row._mapping} for row in session.execute(parts)]
            session.execute(insert(Resource), rows)
            last = session.scalars(select(Definition.version).where(Definition.key == key)).all()
            session.execute(update(Definition).where(Definition.key == key).values(status=DefinitionStatus.RETIRED))
            return session.scalars(
                insert(Definition)
                .returning(Definition.id)
                .values(
                    key=key,
                    version=max(last, default=0) + 1,
                    deployment_id=deployment_id,
                    name=live.name if key == KEY else f"流程 {key}",
                    prefix=live.prefix,
                    status=DefinitionStatus.LIVE,
                    bpmn=bpmn or live.bpmn,
                    created_at=moment,
                )
            ).one()

    return make
