"""A table as rows of sets: its tested inputs as dimensions, each cell as the pieces that pass it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from engine.feel.dmn.analysis.cells import Cell, read_cell
from engine.feel.dmn.analysis.dimension import NULL, Dimension, Domain
from engine.feel.dmn.analysis.reach import Variable, domain_of, overlap, paths_of
from engine.feel.dmn.model import Decision, Input
from engine.feel.dmn.types import ANY, known_type
from engine.feel.errors import FeelError
from engine.feel.nodes import Literal, Name, Node, Path
from engine.feel.parser import parse_expression

_WHOLE = ("integer", "long")


class Outside(Enum):
    """Why it cannot be told of a column which values it has."""

    COMPUTED = "computed"  # its expression cannot be turned round to the values of variables
    DECIDED = "decided"  # another decision gives its value
    SHARED = "shared"  # it looks at the variables of another column


@dataclass(frozen=True)
class Column:
    """Inputs with one expression. `outside`: why it is not judged; None where each of its values can be had, whatever
    the other columns are."""

    inputs: tuple[int, ...]
    node: Node
    dimension: Dimension
    outside: Outside | None
    sure: tuple[int, ...]
    may: tuple[int, ...]

    @property
    def reached(self) -> bool:
        """Whether it is judged."""
        return self.outside is None

    def tests(self, rule: int) -> bool:
        """Whether a rule asks anything of it."""
        return self.sure[rule] != self.dimension.live

    @property
    def computes(self) -> bool:
        """Whether of any cell it cannot be told which values pass it."""
        return any((sure ^ may) & self.dimension.known for sure, may in zip(self.sure, self.may, strict=True))


@dataclass(frozen=True)
class Rows:
    """The table; `unused` inputs are tested by no rule, `unmet` are cells (rule, input) that no value passes."""

    columns: tuple[Column, ...]
    unused: tuple[int, ...]
    unmet: tuple[tuple[int, int], ...]


def read_rows(decision: Decision, known: Mapping[Variable, Domain]) -> Rows:
    """The table as sets; `known` domains of variables."""
    cells = [[read_cell(text) for text in rule.inputs] for rule in decision.rules]
    unused = tuple(at for at in range(len(decision.inputs)) if all(row[at].passes_all for row in cells))
    alike: dict[str, list[int]] = {}
    for at, column in enumerate(decision.inputs):
        if at not in unused:
            alike.setdefault(column.expression, []).append(at)
    columns: list[Column] = []
    unmet: list[tuple[int, int]] = []
    taken: list[Variable] = []
    columns_of = [(_parsed(expression), inputs) for expression, inputs in alike.items()]
    for node, inputs in sorted(columns_of, key=lambda one: not isinstance(one[0], Name | Path)):
        paths = paths_of(node)
        outside = _outside(decision, paths, taken)
        taken += paths if paths and outside is None else []
        dimension = _dimension([decision.inputs[at] for at in inputs], cells, inputs, domain_of(node, known))
        sure, may = [dimension.live] * len(cells), [dimension.live] * len(cells)
        for at in inputs:
            for rule, row in enumerate(cells):
                certain, possible = dimension.passing(row[at])
                sure[rule] &= certain
                may[rule] &= possible
                if not possible & dimension.known & ~NULL and not _asks_for_null(row[at]):
                    unmet.append((rule, at))
        columns.append(Column(tuple(inputs), node, dimension, outside, tuple(sure), tuple(may)))
    return Rows(tuple(columns), unused, tuple(sorted(unmet)))


def _outside(decision: Decision, paths: list[Variable] | None, taken: list[Variable]) -> Outside | None:
    if paths is None:
        return Outside.COMPUTED
    if not all(path[0] in decision.names for path in paths):
        return Outside.DECIDED
    return Outside.SHARED if overlap(paths, taken) else None


def _dimension(
    columns: Sequence[Input], cells: Sequence[Sequence[Cell]], inputs: Sequence[int], domain: Domain
) -> Dimension:
    """The pieces of all inputs with one expression, as far as they are allowed."""
    kinds = {known_type(column.type) or ANY for column in columns} - {ANY}
    allowed = [read_cell(column.allowed) for column in columns if column.allowed]
    points = [value for row in cells for at in inputs for value in row[at].constants()]
    points += [value for cell in allowed for value in cell.constants()]
    if any(column.type.removeprefix("feel:").strip() in _WHOLE for column in columns):
        domain = Domain(domain.values, True, domain.low, domain.high)
    dimension = Dimension(kinds.pop() if len(kinds) == 1 else ANY, points, domain)
    for cell in allowed:
        dimension.narrow(dimension.passing(cell)[1])
    return dimension


def _parsed(expression: str) -> Node:
    """The expression; null, of which nothing is claimed, where names of several words make it unreadable here."""
    try:
        return parse_expression(expression)
    except FeelError:
        return Literal(0, None)


def _asks_for_null(cell: Cell) -> bool:
    return cell.opaque or cell.negated or None in cell.constants()
