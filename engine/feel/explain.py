"""Why a condition is true or not, in sentences: 金额 是 800，不大于 1000.

    explain('level = "II" and amount > 1000', {"level": "II", "amount": 800}, {"amount": "金额"}).text

Each part is evaluated by the code that the compiler makes of it, over one frame and one budget, so an explanation can
never mean anything else than the condition does. Of `and` and `or` only the parts that decided are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.feel import nodes
from engine.feel.budget import Budget
from engine.feel.compiler import BUDGET, Code, Layout, Scope, compile_node
from engine.feel.errors import FeelError
from engine.feel.parser import parse_expression
from engine.feel.phrases import Labels, named_value, names_in, path_of, text_of, value_text
from engine.feel.sentences import between, compared, flag, inside
from engine.feel.values import Value, to_feel
from engine.i18n import _

MOST_REASONS = 10
STEPS = 100_000
"""The budget of one explanation, all parts together."""
_NAMED = 4
"""Names whose values one sentence tells."""
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a condition came to, and the parts that made it so."""

    value: Value
    reasons: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Only true holds; null and anything else does not."""
        return self.value is True

    @property
    def text(self) -> str:
        """The reasons in one line."""
        return "；".join(self.reasons)


def explain(
    text: str, context: Mapping[str, Any], labels: Labels = _NOTHING, names: frozenset[str] = frozenset()
) -> Explanation:
    """Why the expression has its value in this context; never raises, at most `MOST_REASONS` sentences.

    `labels` are what people call variables and their values, `names` as in `compile_expression`.
    """
    try:
        tree = _tree(text, names)
        layout = Layout()
        told = _Told(context, labels, layout)
        value = told.value(tree, Scope(layout))
        told.why(tree, Scope(layout), value)
        return Explanation(value, tuple(dict.fromkeys((*told.mistakes(text), *told.reasons)))[:MOST_REASONS])
    except FeelError as error:
        return Explanation(None, (_("无法计算：{reason}", reason=error.reason),))
    except RecursionError:
        return Explanation(None, (_("无法计算：{reason}", reason=_("表达式太长或嵌套太深，请拆成几个")),))


@dataclass(frozen=True, slots=True)
class Account:
    """What an expression came to: `text` is how it was computed, in words, `reasons` the values that it looked at.

    A constant is not computed and has no text, nor has one that a condition chose; a variable alone needs no value
    beside the one that it gives.
    """

    value: Value
    text: str
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return "；".join(self.reasons)


def account(
    text: str, context: Mapping[str, Any], labels: Labels = _NOTHING, names: frozenset[str] = frozenset()
) -> Account:
    """How an expression that is no condition has its value: 预算 × 0.5, because 预算 是 600. Never raises."""
    try:
        node = _tree(text, names)
        layout = Layout()
        told = _Told(context, labels, layout)
        scope = Scope(layout)
        value = told.value(node, scope)
        while isinstance(node, nodes.Conditional):  # told by the branch that counts
            test = told.value(node.condition, scope)
            told.why(node.condition, scope, test)
            node = node.then if test is True else node.otherwise
        if path_of(node) is None:
            told.look(node, scope)
        chosen = bool(told.reasons) and not any(True for _one in names_in(node))
        words = "" if chosen or isinstance(node, nodes.Literal) else text_of(node, labels)
        return Account(value, words, tuple(dict.fromkeys((*told.mistakes(text), *told.reasons))))
    except FeelError as error:
        return Account(None, text, (_("无法计算：{reason}", reason=error.reason),))
    except RecursionError:
        return Account(None, text, (_("无法计算：{reason}", reason=_("表达式太长或嵌套太深，请拆成几个")),))


@lru_cache(maxsize=1024)
def _tree(text: str, names: frozenset[str]) -> nodes.Node:
    return parse_expression(text, names)


class _Told:
    """One explanation on its way: the frame that all parts share, and the sentences so far."""

    def __init__(self, context: Mapping[str, Any], labels: Labels, layout: Layout) -> None:
        self.reasons: list[str] = []
        self._context, self._labels, self._layout = context, labels, layout
        budget = Budget()
        budget.steps = STEPS
        self._frame: list[Any] = [budget]
        assert BUDGET == 0
        self._filled = 0

    def mistakes(self, text: str) -> list[str]:
        """Sentences for what is null because it is written wrong."""
        found = (str(mistake.located(text)) for mistake in self._layout.mistakes)
        return [_("写错的地方得到空：{reason}", reason=reason) for reason in dict.fromkeys(found)]

    def value(self, node: nodes.Node, scope: Scope) -> Value:
        """What a part comes to, by its own compiled code."""
        return self._run(compile_node(node, scope))

    def _run(self, code: Code) -> Value:
        self._frame[BUDGET].spend(code.cost, 0)
        self._frame.extend([None] * (self._layout.size - len(self._frame)))
        free = list(self._layout.free.items())
        for name, slot in free[self._filled :]:
            self._frame[slot] = to_feel(self._context.get(name))
        self._filled = len(free)
        return code.run(self._frame)

    def _say(self, sentence: str) -> None:
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(sentence)

    def _text(self, node: nodes.Node) -> str:
        return text_of(node, self._labels)

    def why(self, node: nodes.Node, scope: Scope, value: Value) -> None:
        """Sentences for a part that came to `value`."""
        if len(self.reasons) >= MOST_REASONS:
            return
        match node:
            case nodes.Logical():
                self._logical(node, scope, value)
            case nodes.Call(name="not", arguments=(argument,)) if not scope.binds("not"):
                self.why(argument, scope, self.value(argument, scope))
            case nodes.Conditional():
                test = self.value(node.condition, scope)
                self.why(node.condition, scope, test)
                self.why(node.then if test is True else node.otherwise, scope, value)
            case nodes.Comparison():
                self._comparison(node, scope, value)
            case nodes.Between():
                low, high = self._part(node.low, scope), self._part(node.high, scope)
                self._say(between(self._text(node.value), self.value(node.value, scope), low, high, value))
            case nodes.In():
                self._inside(node, scope, value)
            case nodes.Quantified(iterators=(nodes.Iterator(end=None),)):
                self._quantified(node, scope, value)
            case nodes.Literal():
                self._say(_("条件写定为 {value}", value=value_text(value)))
            case nodes.Name() | nodes.Path():
                self._say(flag(self._text(node), value))
            case _:
                self._leaf(node, scope, value)

    def look(self, node: nodes.Node, scope: Scope) -> None:
        """A sentence for each name that a part looks at; of a list, how much is in it: its items may be accounts."""
        for one in names_in(node):
            value, name = self.value(one, scope), self._text(one)
            if isinstance(value, list):
                self._say(_("{name} 有 {n} 项", name=name, n=len(value)))
                continue
            self._say(_("{name} 是 {value}", name=name, value=named_value(value, path_of(one), self._labels)))

    def _logical(self, node: nodes.Logical, scope: Scope, value: Value) -> None:
        """All parts when all had to agree, else those that stood against it."""
        neutral = node.conjunction
        found = [(part, self.value(part, scope)) for part in node.parts]
        for part, one in found:
            if value is neutral or (one is value if isinstance(value, bool) else one is not neutral):
                self.why(part, scope, one)

    def _comparison(self, node: nodes.Comparison, scope: Scope, value: Value) -> None:
        left, sign, right = node.left, node.operator, node.right
        if isinstance(left, nodes.Literal):
            left, sign, right = right, _MIRRORED[sign], left
        first, second, name = self.value(left, scope), self.value(right, scope), path_of(left)
        literal = isinstance(right, nodes.Literal)
        bound = named_value(second, name, self._labels) if literal else self._part(right, scope)
        said = named_value(first, name, self._labels)
        self._say(compared(self._text(left), first, said, sign, bound, second, value))

    def _inside(self, node: nodes.In, scope: Scope, value: Value) -> None:
        tested, name = self.value(node.value, scope), path_of(node.value)
        tests = "、".join(self._test(test, name) for test in node.tests)
        self._say(inside(self._text(node.value), tested, named_value(tested, name, self._labels), tests, value))

    def _test(self, test: nodes.Node, name: str | None) -> str:
        """One test of `in`; values by what people call them."""
        if isinstance(test, nodes.ExpressionTest) and isinstance(test.expression, nodes.Literal):
            return named_value(test.expression.value, name, self._labels)
        return self._text(test)

    def _part(self, node: nodes.Node, scope: Scope) -> str:
        """A part with its value, where it does not say its value itself."""
        value = value_text(self.value(node, scope))
        text = self._text(node)
        return (
            text if text == value or isinstance(node, nodes.Literal) else _("{text}（{value}）", text=text, value=value)
        )

    def _quantified(self, node: nodes.Quantified, scope: Scope, value: Value) -> None:
        """The item that decided, or that none did."""
        (iterator,) = node.iterators
        items = self.value(iterator.source, scope)
        if not isinstance(items, list) or not isinstance(value, bool):
            self._leaf(node, scope, value)
            return
        source = self._text(iterator.source)
        if not items:
            self._say(_("{list} 里没有内容", list=source))
        elif value is node.every:
            n = len(items)
            all_do, none_does = (
                _("{list} 的 {n} 项都符合", list=source, n=n),
                _("{list} 的 {n} 项都不符合", list=source, n=n),
            )
            self._say(all_do if node.every else none_does)
        else:
            self._deciding(node, scope, source, items)

    def _deciding(self, node: nodes.Quantified, scope: Scope, source: str, items: list[Value]) -> None:
        inner = scope.bind(node.iterators[0].name)
        body = compile_node(node.body, inner)
        self._run(body)  # makes room in the frame
        for number, item in enumerate(items, 1):
            self._frame[inner.slot] = item
            came_to = self._run(body)
            if came_to is (not node.every):
                fails, fits = (
                    _("{list} 的第 {n} 项不符合", list=source, n=number),
                    _("{list} 的第 {n} 项符合", list=source, n=number),
                )
                self._say(fails if node.every else fits)
                self.why(node.body, inner, came_to)
                return

    def _leaf(self, node: nodes.Node, scope: Scope, value: Value) -> None:
        """Anything else: what it came to, and the values it looked at."""
        seen: dict[str, str] = {}
        for one in names_in(node):
            if len(seen) < _NAMED:
                seen.setdefault(self._text(one), value_text(self.value(one, scope)))
        told = "，".join(_("{name} 是 {value}", name=name, value=said) for name, said in seen.items())
        text = self._text(node)
        if value is True:
            sentence = _("{text} 成立", text=text)
        elif value is False:
            sentence = _("{text} 不成立", text=text)
        else:
            sentence = _("{text} 得到 {value}，不是“是”或“否”", text=text, value=value_text(value))
        self._say(_("{sentence}（{told}）", sentence=sentence, told=told) if told else sentence)
