"""`${…}` and `#{…}` of other engines → FEEL: lexer → parser → nodes → FEEL text.

    feel_of_juel("${amount >= 1000 && !empty manager}")   # 'amount >= 1000 and not(list contains(…, manager))'

Nothing here is ever evaluated; a text that needs Java is a `NotTranslatable`.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn.foreign.juel.errors import NotTranslatable
from engine.bpmn.foreign.juel.feel import Writer
from engine.bpmn.foreign.juel.nodes import Composite
from engine.bpmn.foreign.juel.parser import parse_juel
from engine.feel import FeelError, check_expression
from engine.i18n import _


def is_juel(text: str | None) -> bool:
    """Whether a text holds an expression of JUEL. One that begins with "=" is FEEL whatever it quotes, but for
    `= ${…}`, which an editor of FEEL makes of `${…}`."""
    if text is None or ("${" not in text and "#{" not in text):
        return False
    stripped = text.lstrip()
    return not stripped.startswith("=") or stripped[1:].lstrip().startswith(("${", "#{"))


def feel_of_juel(text: str, names: Mapping[str, str] | None = None, condition: bool = False) -> str:
    """The FEEL that gives the same value; as a condition it is true in the same cases, else false or null.

    `names` says which variables are called otherwise here. Raises NotTranslatable.
    """
    node = parse_juel(text.strip().removeprefix("="))
    if condition and isinstance(node, Composite):
        raise NotTranslatable(_("条件要整个写在一个 ${…} 里，现在有文字在外面"))
    writer = Writer(names or {})
    try:
        written = writer.truth(node) if condition else writer.value(node)
        check_expression(written.text)
    except FeelError as error:
        raise NotTranslatable(error.message) from error
    except RecursionError as error:
        raise NotTranslatable(_("表达式太复杂，请拆成几步")) from error
    return written.text


__all__ = ["NotTranslatable", "feel_of_juel", "is_juel", "parse_juel"]
