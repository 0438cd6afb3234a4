"""Which functions there are, what they are given, and how an unknown one is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from engine.feel.budget import Budget
from engine.feel.errors import FeelSyntaxError, FeelUnsupported
from engine.feel.values import Function, Value
from engine.i18n import _

Argument = TypeVar("Argument")


class NotApplicable(ValueError):
    """A built-in met arguments for which the language says null."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function: its parameters by their names in the standard.

    Those behind `least` may be left out; the last one of a `variadic` signature stands for any number of arguments. The
    places of `singles` take no list of several when they are passed by this name.
    """

    parameters: tuple[str, ...]
    least: int
    variadic: bool
    singles: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> Signature:
        """`string, start position, length?`, where `length?` may be left out; `list…` is any number, `key!` one."""
        words = [word.strip() for word in text.split(",")] if text else []
        needed = sum(not word.endswith(("?", "…")) for word in words)
        singles = frozenset(place for place, word in enumerate(words) if word.endswith("!"))
        return cls(tuple(word.rstrip("?…!") for word in words), needed, text.endswith("…"), singles)

    def takes(self, count: int) -> bool:
        """Whether so many arguments fit."""
        return self.least <= count and (self.variadic or count <= len(self.parameters))

    def missing(self, names: Sequence[str]) -> list[str]:
        """The parameters that may not be left out and are not among the names."""
        return [one for one in self.parameters[: self.least] if one not in names]

    def unknown(self, names: Sequence[str]) -> list[str]:
        """Those of the names that are no parameters."""
        return [one for one in names if one not in self.parameters]

    def places(self, names: Sequence[str]) -> tuple[int | None, ...] | None:
        """For each parameter up to the last one given, which argument it gets; None if the names do not fit."""
        if self.unknown(names) or self.missing(names):
            return None
        places = [names.index(one) if one in names else None for one in self.parameters]
        while places and places[-1] is None:
            places.pop()
        return tuple(places)


@dataclass(frozen=True, slots=True)
class Builtin:
    """One function. A `budgeted` one takes the budget and the place first; an `addition` is not in the standard."""

    name: str
    signatures: tuple[Signature, ...]
    usage: str
    budgeted: bool
    addition: bool
    function: Callable[..., Value]

    def check_arguments(self, count: int, at: int) -> None:
        """Complain about a wrong number of arguments."""
        if not any(signature.takes(count) for signature in self.signatures):
            raise FeelSyntaxError(_("{name} 的参数个数不对，应为 {usage}", name=self.name, usage=self.usage), at)

    def order(
        self, names: tuple[str, ...] | None, arguments: Sequence[Argument], missing: Argument, at: int
    ) -> tuple[Argument, ...]:
        """The arguments in the order of the parameters, `missing` for one left out between others.

        Raises FeelSyntaxError where number or names fit no signature.
        """
        if names is None:
            self.check_arguments(len(arguments), at)
            return tuple(arguments)
        fitting = [places for signature in self.signatures if (places := signature.places(names)) is not None]
        if not fitting:
            raise FeelSyntaxError(self._wrong_names(names), at)
        # before(point, range) and before(range, point) differ by nothing but what is written first.
        places = next((one for one in fitting if one == tuple(range(len(one)))), fitting[0])
        return tuple(missing if place is None else arguments[place] for place in places)

    def singles(self, names: tuple[str, ...] | None) -> frozenset[int]:
        """The places whose arguments, passed by these names, may be no list of several."""
        fitting = (one for one in self.signatures if names is not None and one.places(names) is not None)
        return next((one.singles for one in fitting), frozenset())

    def _wrong_names(self, names: tuple[str, ...]) -> str:
        """What is wrong with them, seen from the signature that is nearest."""
        nearest = min(self.signatures, key=lambda one: (len(one.unknown(names)), len(one.missing(names))))
        for unknown in nearest.unknown(names):
            return _("{name} 没有参数 {unknown}，应为 {usage}", name=self.name, unknown=unknown, usage=self.usage)
        missing = nearest.missing(names)[0]
        return _("{name} 缺少参数 {missing}，应为 {usage}", name=self.name, missing=missing, usage=self.usage)

    def call(self, budget: Budget, at: int, values: Sequence[Value]) -> Value:
        """Run it; may raise what UNDEFINED lists, which means null."""
        return self.function(budget, at, *values) if self.budgeted else self.function(*values)

    def as_function(self) -> Function:
        """The built-in as a value, to be handed to `sort` and the like."""
        only = self.signatures[0]
        fixed = len(self.signatures) == 1 and only.least == len(only.parameters)

        def call(budget: Budget, at: int, values: list[Value]) -> Value:
            if not any(signature.takes(len(values)) for signature in self.signatures):
                raise NotApplicable
            budget.spend(weight(values), at)
            return self.call(budget, at, values)

        return Function(only.parameters if fixed else None, call)


def weight(values: Sequence[Value]) -> int:
    """Steps for looking at all items and all characters once."""
    steps = 1
    for value in values:
        cls = value.__class__
        if cls is list or cls is dict:
            steps += len(value)
            if cls is list and len(value) == 1 and value[0].__class__ is str:  # is taken for the text it holds
                steps += len(value[0]) >> 3
        elif cls is str:
            steps += len(value) >> 3
    return steps


_BUILTINS: dict[str, Builtin] = {}
CHANGING = frozenset({"random number", "uuid"})
"""Functions elsewhere that answer differently each time; the same data must give the same result here."""


def builtin(
    name: str, signatures: str, *, budgeted: bool = False, addition: bool = False
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a function under its FEEL name.

    `signatures` are the ways to call it with `|` between: `from | year, month, day`. See `Signature.read`.
    """
    ways = [way.strip() for way in signatures.split("|")]
    usage = " / ".join(f"{name}({way})" for way in ways).replace("!", "")

    def register(function: Callable[..., Value]) -> Callable[..., Value]:
        read = tuple(Signature.read(way) for way in ways)
        _BUILTINS[name] = Builtin(name, read, usage, budgeted, addition, function)
        return function

    return register


def is_function_name(name: str) -> bool:
    """Whether these words, before a bracket, are the name of a built-in."""
    return name in _BUILTINS


def all_builtins() -> tuple[Builtin, ...]:
    """Every function there is, in the order of the files."""
    return tuple(_BUILTINS.values())


def find_function(name: str, at: int) -> Builtin:
    """The built-in of this name; otherwise complains, with the name that was probably meant."""
    found = _BUILTINS.get(name)
    if found is not None:
        return found
    if name in CHANGING:
        raise FeelUnsupported(_("不提供函数 {name}()：它每次结果不同，而同样的数据必须得出同样的结果", name=name), at)
    near = get_close_matches(name[:64].lower(), _BUILTINS, n=1, cutoff=0.6)
    if near:
        raise FeelSyntaxError(_("没有函数 {name}()，是否想写 {near}()？", name=name, near=near[0]), at)
    raise FeelSyntaxError(_("没有函数 {name}()", name=name), at)
