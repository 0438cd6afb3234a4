"""Statements of every act, prepared once: what SQLAlchemy would send, without asking it again each time.

Completing a task takes twelve statements. Sending one through SQLAlchemy Core costs three times what the driver takes
for it, mostly for finding the compiled form and handling each parameter by name (docs/benchmarks.md). A `Prepared`
statement is compiled by Core once for the parameters that it is given, with Core's own conversion of each value, and
handed to the driver from then on. Transactions, errors and listeners stay SQLAlchemy's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.orm import Session

Values = tuple[Any, ...]
Conversion = Callable[[Any], Any]
Conversions = tuple[tuple[int, Conversion], ...]
Statement = Insert | Update | Delete | Select[Any]


class _Plan(NamedTuple):
    """The text for the driver; how a row becomes its parameters: which keys, then which of them are converted; which
    columns of the answer are converted."""

    text: str
    pick: Callable[[Mapping[str, Any]], Values]
    bound: Conversions
    fetched: Conversions

    def parameters(self, row: Mapping[str, Any]) -> Values:
        return _converted(self.pick(row), self.bound)


class Prepared:
    """A statement with named parameters. It takes what `Session.execute` takes for it, with these limits: no lists of
    variable length, no defaults that are computed, all rows of one call with the same keys."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._plans: dict[tuple[str, Values], _Plan] = {}

    def run(self, session: Session, row: Mapping[str, Any]) -> CursorResult[Any]:
        """Send a change with these values; the result tells how many rows it met."""
        connection = session.connection()
        plan = self._plan(connection.dialect, row)
        return connection.exec_driver_sql(plan.text, plan.parameters(row))

    def run_each(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Send a change once for each of these rows, of which there is at least one."""
        if len(rows) == 1:
            self.run(session, rows[0])
            return
        if any(len(row) != len(rows[0]) for row in rows):
            raise ValueError("rows with different columns")
        connection = session.connection()
        plan = self._plan(connection.dialect, rows[0])
        connection.exec_driver_sql(plan.text, [plan.parameters(row) for row in rows])

    def fetch(self, session: Session | Connection, row: Mapping[str, Any]) -> list[Values]:
        """Ask with these values; all rows of the answer, their columns in the order of the statement."""
        connection = session if isinstance(session, Connection) else session.connection()
        plan = self._plan(connection.dialect, row)
        found = connection.exec_driver_sql(plan.text, plan.parameters(row)).cursor.fetchall()
        return [_converted(one, plan.fetched) for one in found]

    def _plan(self, dialect: Dialect, row: Mapping[str, Any]) -> _Plan:
        known = (dialect.name, tuple(row))
        plan = self._plans.get(known)
        if plan is None:
            plan = self._plans[known] = _plan_of(self._statement, dialect, list(row))
        return plan


def _converted(values: Values, conversions: Conversions) -> Values:
    if not conversions:
        return values
    changed = list(values)
    for place, convert in conversions:
        changed[place] = convert(changed[place])
    return tuple(changed)


def _plan_of(statement: Statement, dialect: Dialect, keys: list[str]) -> _Plan:
    """Compiled for parameters by position, which every driver of ours takes."""
    make: Any = type(dialect)
    by_place = dialect if dialect.positional else make(paramstyle="format")
    asks = isinstance(statement, Select)
    compile_: Any = statement.compile
    compiled = compile_(dialect=by_place) if asks else compile_(dialect=by_place, column_keys=keys)
    names = compiled.positiontup or []
    constants = {name: value for name, value in compiled.params.items() if name not in keys}
    constants |= {column.key: _default_of(column) for column in (() if asks else compiled.insert_prefetch)}
    kinds = [compiled.binds[name].type.dialect_impl(dialect) for name in names]
    answers = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
    return _Plan(
        compiled.string,
        _picker(names, keys, constants),
        _conversions(kind.bind_processor(dialect) for kind in kinds),
        _conversions(kind.result_processor(dialect, None) for kind in answers),
    )


def _conversions(processors: Any) -> Conversions:
    return tuple((place, convert) for place, convert in enumerate(processors) if convert is not None)


def _default_of(column: Any) -> Any:
    default = column.default
    if default is None or not default.is_scalar:
        raise TypeError(f"{column} has no constant default: name its value")
    return default.arg


def _picker(names: Sequence[str], keys: Sequence[str], constants: Mapping[str, Any]) -> Callable[[Any], Values]:
    """From a row to the values in the order of the text."""
    if len(names) > 1 and all(name in keys for name in names):
        return itemgetter(*names)
    plain = [(None, constants[name]) if name not in keys else (name, None) for name in names]
    return lambda row: tuple(value if name is None else row[name] for name, value in plain)
