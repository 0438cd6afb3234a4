"""Which functions there are, and how an unknown one is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from engine.feel.errors import FeelSyntaxError, FeelUnsupported
from engine.feel.names import REFUSED_FUNCTIONS
from engine.feel.values import Value
from engine.i18n import _


class NotApplicable(ValueError):
    """A built-in met arguments for which the language says null."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """One function. `most` None: any number of arguments; a `budgeted` one takes the budget and the place first."""

    name: str
    signature: str
    least: int
    most: int | None
    budgeted: bool
    function: Callable[..., Value]

    def check_arguments(self, count: int, at: int) -> None:
        """Complain about a wrong number of arguments."""
        if count < self.least or (self.most is not None and count > self.most):
            raise FeelSyntaxError(
                _("{name} 的参数个数不对，应为 {name}({signature})", name=self.name, signature=self.signature), at
            )


_BUILTINS: dict[str, Builtin] = {}


def builtin(
    name: str, signature: str, *, least: int | None = None, budgeted: bool = False
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a function under its FEEL name.

    The signature lists the parameters: `length?` may be left out, `items…` stands for one list or any number of
    arguments. `least` overrides the smallest number of arguments where a function has two shapes.
    """

    def register(function: Callable[..., Value]) -> Callable[..., Value]:
        parameters = [word.strip() for word in signature.split(",")] if signature else []
        needed = sum(not word.endswith(("?", "…")) for word in parameters) if least is None else least
        most = None if signature.endswith("…") else len(parameters)
        _BUILTINS[name] = Builtin(name, signature, needed, most, budgeted, function)
        return function

    return register


def is_function_name(name: str) -> bool:
    """Whether these words, before a bracket, are one name: of a built-in or of a function refused by name."""
    return name in _BUILTINS or name in REFUSED_FUNCTIONS


def find_function(name: str, at: int) -> Builtin:
    """The built-in of this name; otherwise complains, with the name that was probably meant."""
    found = _BUILTINS.get(name)
    if found is not None:
        return found
    if name in REFUSED_FUNCTIONS:
        raise FeelUnsupported(_("暂不支持函数 {name}()", name=name), at)
    near = get_close_matches(name[:64].lower(), _BUILTINS, n=1, cutoff=0.6)
    if near:
        raise FeelSyntaxError(_("没有函数 {name}()，是否想写 {near}()？", name=name, near=near[0]), at)
    raise FeelSyntaxError(_("没有函数 {name}()", name=name), at)
