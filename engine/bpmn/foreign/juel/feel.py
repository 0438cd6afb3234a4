"""Tree → FEEL, with the same value for the same variables; null is where the two languages differ.

| JUEL                                         | FEEL                                                    |
|----------------------------------------------|---------------------------------------------------------|
| null counts as false, in `&& || ! ?:`        | `and or if` alike; `!x` is `x != true`                  |
| null counts as 0 in a calculation            | `get or else(x, 0)`                                     |
| null counts as "" in a text                  | `string join([…])`, which leaves null out               |
| `null <= null` is true, `null < 1` false     | `a <= b or a = b`                                       |
| `empty x`: null, "", [] and {}               | `list contains([null, "", [], {}], x)`                  |
| `list[0]` is the first                       | `list[1]`                                               |
| `%` has the sign of the left side            | `modulo` of the amounts, with that sign                 |
| `x == 'true'`, `x == '5'` compare any kind   | `string(x) = "true"`                                    |

Other values of unlike kinds are not turned into each other: JUEL fails on most of them, FEEL gives null.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from engine.bpmn.foreign.juel.errors import NotTranslatable
from engine.bpmn.foreign.juel.methods import call
from engine.bpmn.foreign.juel.nodes import Binary, Call, Choice, Composite, Literal, Name, Node, Property, Unary
from engine.bpmn.foreign.juel.parser import MAX_TEXT
from engine.bpmn.foreign.juel.written import Bind, Gives, Written, quoted
from engine.feel.lexer import KEYWORDS
from engine.feel.rendering import render_number
from engine.i18n import _

EMPTY = 'list contains([null, "", [], {{}}], {it})'
_COUNTS = ("loopCounter", "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances")
_ENGINE = ("execution", "task", "externalTask", "caseExecution", "delegateTask", "delegateExecution")
_SIMPLE = re.compile(r"[^\W\d]\w*")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SUM = {"+": Bind.SUM, "-": Bind.SUM, "*": Bind.PRODUCT, "/": Bind.PRODUCT}


class Writer:
    """Writes trees; `names` says which variables are called otherwise here."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def truth(self, node: Node) -> Written:
        """FEEL that is true exactly when the tree is; where the tree is false it may be null."""
        written = self._truth(node)
        if len(written.text) > MAX_TEXT:  # some parts are written twice, so that nesting could grow without end
            raise NotTranslatable(_("表达式太长，最多 {n} 个字符", n=MAX_TEXT))
        return written

    def _truth(self, node: Node) -> Written:
        if isinstance(node, Unary) and node.operator == "not":
            return _not(self.truth(node.operand))
        if isinstance(node, Binary) and node.operator in ("and", "or"):
            bind = Bind.AND if node.operator == "and" else Bind.OR
            left, right = self.truth(node.left), self.truth(node.right)
            both = left.gives == right.gives == Gives.BOOLEAN
            text = f"{left.within(bind)} {node.operator} {right.within(Bind(bind + 1))}"
            return Written(text, bind, Gives.BOOLEAN if both else Gives.TRUTH)
        if isinstance(node, Choice):
            return self._choice(node, self.truth(node.then), self.truth(node.otherwise))
        return self._plain(node)

    def value(self, node: Node) -> Written:
        """FEEL with the value of the tree."""
        if isinstance(node, Choice):
            return self._choice(node, self.value(node.then), self.value(node.otherwise))
        written = self.truth(node)
        if written.gives is Gives.TRUTH:
            return Written(f"{written.within(Bind.SUM)} = true", Bind.COMPARISON, Gives.BOOLEAN)
        return written

    def number(self, node: Node) -> Written:
        """FEEL for one side of a calculation, where null counts as 0."""
        if isinstance(node, Literal) and isinstance(node.value, str):
            if not _PLAIN_NUMBER.fullmatch(node.value):
                raise NotTranslatable(_("不能用 + 等符号计算文字；连接文字请写成 ${a}${b}"))
            node = Literal(Decimal(node.value))
        written = self.value(node)
        if written.gives in (Gives.NUMBER, Gives.MOMENT):
            return written
        return Written(f"get or else({written.text}, 0)", gives=Gives.NUMBER)

    # ---------------------------------------------------------------- kinds of nodes

    def _plain(self, node: Node) -> Written:
        if isinstance(node, Literal):
            return _literal(node.value)
        if isinstance(node, Name):
            return self._name(node.text)
        if isinstance(node, Property):
            return self._property(node)
        if isinstance(node, Call):
            return call(self, node)
        if isinstance(node, Unary):
            return self._unary(node)
        if isinstance(node, Binary):
            return self._binary(node)
        assert isinstance(node, Composite)
        parts = [quoted(part) if isinstance(part, str) else self._text(part) for part in node.parts]
        return Written(f"string join([{', '.join(parts)}])", gives=Gives.TEXT)

    def _text(self, node: Node) -> str:
        written = self.value(node)
        return written.text if written.gives is Gives.TEXT else f"string({written.text})"

    def _choice(self, node: Choice, then: Written, otherwise: Written) -> Written:
        gives = then.gives if then.gives == otherwise.gives else Gives.ANY
        if gives is Gives.ANY and {then.gives, otherwise.gives} <= {Gives.BOOLEAN, Gives.TRUTH}:
            gives = Gives.TRUTH
        text = f"if {self.truth(node.test).text} then {then.within(Bind.OR)} else {otherwise.text}"
        return Written(text, Bind.CHOICE, gives)

    def _name(self, name: str) -> Written:
        if name in _ENGINE:
            raise NotTranslatable(_("{name} 是 Java 对象，这里只能读流程变量", name=name), java=True)
        known = self._names.get(name)
        if known is not None:
            return Written(known)
        if not _SIMPLE.fullmatch(name) or name in KEYWORDS:
            raise NotTranslatable(_("变量名 {name} 在 FEEL 里不能用，请改名", name=name))
        return Written(name, gives=Gives.NUMBER if name in _COUNTS else Gives.ANY)

    def _property(self, node: Property) -> Written:
        if isinstance(node.of, Name) and node.of.text in _ENGINE and isinstance(node.key, Literal):
            return call(self, Call(node.of, f"get{str(node.key.value)[:1].upper()}{str(node.key.value)[1:]}", ()))
        of = self.value(node.of)
        key = node.key.value if isinstance(node.key, Literal) else None
        if isinstance(key, str):
            if _SIMPLE.fullmatch(key) and key not in KEYWORDS:
                return Written(f"{of.within(Bind.WHOLE)}.{key}")
            return Written(f"get value({of.text}, {quoted(key)})")
        if isinstance(key, Decimal):
            return Written(f"{of.within(Bind.WHOLE)}[{int(key) + 1}]")
        index = self.value(node.key)
        if index.gives is Gives.NUMBER:
            return Written(f"sublist({of.text}, {_plus_one(index)}, 1)[1]")
        one = f"if {index.within(Bind.SUM)} instance of string then get value({of.text}, {index.text})"
        return Written(f"{one} else sublist({of.text}, {_plus_one(index)}, 1)[1]", Bind.CHOICE)

    def _unary(self, node: Unary) -> Written:
        if node.operator == "empty":
            return Written(EMPTY.format(it=self.value(node.operand).text), gives=Gives.BOOLEAN)
        operand = self.number(node.operand)
        text = operand.within(Bind.WHOLE)
        return Written(f"-({text})" if text.startswith("-") else f"-{text}", Bind.SIGN, Gives.NUMBER)

    def _binary(self, node: Binary) -> Written:
        operator = node.operator
        if operator in ("=", "!="):
            return self._equality(operator, node)
        if operator in ("<", "<=", ">", ">="):
            return self._order(operator, node)
        left, right = self.number(node.left), self.number(node.right)
        if operator == "%":
            amount = right.text if isinstance(node.right, Literal) else f"abs({right.text})"
            text = f"modulo(abs({left.text}), {amount})"
            return Written(f"{text} * (if {left.within(Bind.SUM)} < 0 then -1 else 1)", Bind.PRODUCT, Gives.NUMBER)
        bind = _SUM[operator]
        text = f"{left.within(bind)} {operator} {right.within(Bind(bind + 1))}"
        gives = Gives.MOMENT if Gives.MOMENT in (left.gives, right.gives) else Gives.NUMBER
        return Written(text, bind, gives)

    def _equality(self, operator: str, node: Binary) -> Written:
        left, right = self.value(node.left), self.value(node.right)
        if _of_any_kind(node.right) and left.gives is not Gives.TEXT:
            left = Written(f"string({left.text})")
        if _of_any_kind(node.left) and right.gives is not Gives.TEXT:
            right = Written(f"string({right.text})")
        text = f"{left.within(Bind.SUM)} {operator} {right.within(Bind.SUM)}"
        return Written(text, Bind.COMPARISON, Gives.BOOLEAN)

    def _order(self, operator: str, node: Binary) -> Written:
        left, right = self.value(node.left), self.value(node.right)
        text = f"{left.within(Bind.SUM)} {operator} {right.within(Bind.SUM)}"
        if left.sure and right.sure:
            return Written(text, Bind.COMPARISON, Gives.BOOLEAN)
        if "=" in operator and not left.sure and not right.sure:
            text += f" or {left.within(Bind.SUM)} = {right.within(Bind.SUM)}"
            return Written(text, Bind.OR, Gives.TRUTH)
        return Written(text, Bind.COMPARISON, Gives.TRUTH)


def _not(operand: Written) -> Written:
    if operand.gives is Gives.BOOLEAN:
        return Written(f"not({operand.text})", gives=Gives.BOOLEAN)
    return Written(f"{operand.within(Bind.SUM)} != true", Bind.COMPARISON, Gives.BOOLEAN)


def _literal(value: Decimal | bool | str | None) -> Written:
    if value is None:
        return Written("null")
    if isinstance(value, bool):
        return Written("true" if value else "false", gives=Gives.BOOLEAN)
    if isinstance(value, str):
        return Written(quoted(value), gives=Gives.TEXT)
    return Written(render_number(value), gives=Gives.NUMBER)


def _of_any_kind(node: Node) -> bool:
    """A text that JUEL compares with numbers and truth values too."""
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        return False
    return node.value in ("true", "false") or _PLAIN_NUMBER.fullmatch(node.value) is not None


def _plus_one(index: Written) -> str:
    return f"{index.within(Bind.SUM)} + 1"
