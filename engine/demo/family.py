"""Which cases have come out of which: called ones, and those that a message or signal of a case has started."""

from __future__ import annotations

from sqlalchemy import select

from engine.jsondata import load
from engine.models import Event, Instance
from engine.platform import Platform


class Family:
    """Follows the log of cases as it grows; an ancestor has a smaller id than what came out of it."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._seen = 0
        self._root: dict[int, int] = {}
        self._by_number: dict[str, int] = {}
        self._keys: dict[int, str] = {}
        self._alone: dict[str, list[int]] = {}

    def descendants(self, root: int, key: str) -> list[int]:
        """The cases of one procedure that came out of the case, the oldest first."""
        self._look()
        return [case for case, top in self._root.items() if top == root and case != root and self._keys[case] == key]

    def begun_by_itself(self, key: str) -> int | None:
        """The oldest case of the procedure that neither a person nor a case has started; each is told once."""
        self._look()
        waiting = self._alone.get(key)
        return waiting.pop(0) if waiting else None

    def _look(self) -> None:
        asked = (
            select(Instance.id, Instance.number, Instance.key, Instance.parent_id, Event.payload)
            .join(Event, Event.instance_id == Instance.id)
            .where(Instance.id > self._seen, Event.kind == "case_started")
            .order_by(Instance.id)
        )
        with self._platform.database.read() as session:
            rows = session.execute(asked).all()
        for case, number, key, parent, payload in rows:
            self._seen, self._keys[case], self._by_number[number] = case, key, case
            told = load(payload)
            source = parent if parent is not None else self._by_number.get(told.get("by", ""))
            self._root[case] = case if source is None else self._root[source]
            if source is None and "by" in told:
                self._alone.setdefault(key, []).append(case)
