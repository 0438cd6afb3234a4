"""Random texts and values for the language: soups of its words, sentences of its grammar, and spoilt ones."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from engine.feel import DaysTime, Range, YearsMonths, compile_expression
from engine.feel.builtins import all_builtins

FUNCTIONS = [one for one in all_builtins() if one.name not in ("now", "today")]
NAMES = ["a", "b", "xs", "ys", "ctx", "day", "moment", "text", "nothing", "f", "item", "partial", "金额"]
FIELDS = ["a", "b", "year", "start", "end", "seconds", "time offset", "months", "weekday"]
TYPES = ["number", "string", "list<number>", "context<a: number>", "function<number> -> number", "range<date>", "Any"]
OPERATORS = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"]
LITERALS = [
    *("0", "1", "-1", "2.5", "1e30", "1e-30", "9999999999", "true", "false", "null", '"abc"', '""', '"a\\u0041"'),
    *('@"2026-02-28"', '@"23:59:59"', '@"2026-02-28T12:00:00+08:00"', '@"P1D"', '@"P1Y2M"', '"[1..5]"', '"(a+)+$"'),
    *("[]", "[1, 2, 3]", "{}", "{a: 1}", "[1..5]", "(1..5)", "(< 5)", "]1..5[", "1..5", '@"10:00:00@Asia/Shanghai"'),
    *('@"-2016-02-29"', '@"12016-02-29T12:00:00Z"', '@"9999-12-31T24:00:00"', '@"P9999Y"', "(!= 1)", '"!= 5"'),
]
WORDS = [
    *OPERATORS,
    *LITERALS,
    *NAMES,
    *(one.name for one in FUNCTIONS),
    *("if", "then", "else", "for", "return", "some", "every", "satisfies", "between", "instance of", "function", "not"),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "..",
        "?",
        "->",
        "//",
        "/*",
        "@",
        '"',
        "\\",
        "‘",
        "，",
        "\x00",
        "\n",
    ),
]


class Fuzz:
    """A source of random texts and values; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._kinds: list[Callable[[int], str]] = [
            self._literal,
            self._name,
            self._operation,
            self._operation,
            self._call,
            self._call,
            self._list,
            self._context,
            self._range,
            self._conditional,
            self._loop,
            self._filter,
            self._path,
            self._function,
            self._instance,
            self._between,
        ]

    def text(self) -> str:
        """A text that may or may not be an expression."""
        way = self._random.random()
        if way < 0.2:
            return self._soup()
        sentence = self.sentence(self._random.choice([1, 1, 2, 2, 3]))
        return sentence if way < 0.75 else self._spoilt(sentence)

    def cell(self) -> str:
        """A text that may or may not be a cell of a table."""
        tests = [
            self._random.choice(["", "< ", ">= ", "= ", "!= "]) + self.sentence(self._random.randint(0, 2))
            for _test in range(self._random.randint(1, 3))
        ]
        text = ", ".join(tests)
        return f"not({text})" if self._random.random() < 0.2 else text

    def sentence(self, depth: int) -> str:
        """A sentence of the grammar, so many levels deep."""
        if depth <= 0:
            return self._literal(0) if self._random.random() < 0.5 else self._name(0)
        return self._random.choice(self._kinds)(depth - 1)

    def values(self) -> dict[str, Any]:
        """A context with all kinds of values."""
        return {name: self._value(2) for name in self._random.sample(NAMES, 8)}

    def _value(self, depth: int) -> Any:
        pick = self._random
        plain: list[Any] = [
            *(None, True, False, 0, -3, 2.5, 10**33, "abc", "", "2026-02-28", "P1D", "1..5"),
            *(YearsMonths(13), DaysTime(compile_expression("86400.5")({})), Range(None, None, False, False)),
            *(compile_expression(text)({}) for text in LITERALS if text != "1..5"),
        ]
        if depth and pick.random() < 0.3:
            return [self._value(depth - 1) for _item in range(pick.randint(0, 4))]
        if depth and pick.random() < 0.2:
            return {name: self._value(depth - 1) for name in pick.sample(["a", "b", "c d"], 2)}
        return pick.choice(plain)

    def _soup(self) -> str:
        joint = self._random.choice(["", " ", " "])
        return joint.join(self._random.choice(WORDS) for _word in range(self._random.randint(1, 25)))

    def _spoilt(self, text: str) -> str:
        pick = self._random
        for _fault in range(pick.randint(1, 3)):
            at = pick.randrange(len(text) + 1)
            text = text[:at] + pick.choice(["", pick.choice(WORDS), chr(pick.randrange(1, 0x3000))]) + text[at + 1 :]
        return text

    def _literal(self, depth: int) -> str:
        return self._random.choice(LITERALS)

    def _name(self, depth: int) -> str:
        return self._random.choice(NAMES)

    def _operation(self, depth: int) -> str:
        left, right = self.sentence(depth), self.sentence(depth)
        return f"({left} {self._random.choice(OPERATORS)} {right})"

    def _call(self, depth: int) -> str:
        found = self._random.choice(FUNCTIONS)
        way = self._random.choice(found.signatures)
        parameters = way.parameters if self._random.random() < 0.7 else way.parameters[: way.least]
        arguments = [self._argument(name, depth) for name in parameters]
        if self._random.random() < 0.1:
            return (
                f"{found.name}({', '.join(f'{name}: {one}' for name, one in zip(parameters, arguments, strict=True))})"
            )
        return f"{found.name}({', '.join(arguments)})"

    def _argument(self, name: str, depth: int) -> str:
        if name in ("precedes", "match") and self._random.random() < 0.7:
            return self._random.choice(["function(p, q) p < q", "before", f"function(p, q) {self.sentence(depth)}"])
        return self.sentence(depth)

    def _list(self, depth: int) -> str:
        return f"[{', '.join(self.sentence(depth) for _item in range(self._random.randint(0, 3)))}]"

    def _context(self, depth: int) -> str:
        names = self._random.sample(["a", "b", "c d", "f"], self._random.randint(0, 3))
        return "{" + ", ".join(f"{name}: {self.sentence(depth)}" for name in names) + "}"

    def _range(self, depth: int) -> str:
        opening, closing = self._random.choice("[(]"), self._random.choice("])[")
        return f"{opening}{self.sentence(0)}..{self.sentence(0)}{closing}"

    def _conditional(self, depth: int) -> str:
        return f"(if {self.sentence(depth)} then {self.sentence(depth)} else {self.sentence(depth)})"

    def _loop(self, depth: int) -> str:
        word, end = self._random.choice([("for", "return"), ("some", "satisfies"), ("every", "satisfies")])
        source = self._random.choice([self.sentence(depth), "1..9", "xs"])
        if self._random.random() < 0.003:  # greedy ones are rare: each costs half a second
            source = "[1..100000]"
        return f"({word} {self._random.choice(['a', 'b', 'item'])} in {source} {end} {self.sentence(depth)})"

    def _filter(self, depth: int) -> str:
        return f"{self.sentence(depth)}[{self.sentence(depth)}]"

    def _path(self, depth: int) -> str:
        return f"{self.sentence(depth)}.{self._random.choice(FIELDS)}"

    def _function(self, depth: int) -> str:
        return f"(function(a, f) {self.sentence(depth)})({self.sentence(depth)}, {self.sentence(0)})"

    def _instance(self, depth: int) -> str:
        return f"({self.sentence(depth)} instance of {self._random.choice(TYPES)})"

    def _between(self, depth: int) -> str:
        return f"({self.sentence(depth)} between {self.sentence(0)} and {self.sentence(0)})"
