"""DMN files for tests, written as tables."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(
    inputs: Sequence[tuple[str, str, str]],
    outputs: Sequence[tuple[str, str]],
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    namespace: str = DMN_1_3,
    extra: str = "",
    allowed: str = "",
    more: str = "",
) -> bytes:
    """A file with one table `grade`.

    Inputs are (label, expression, type), outputs (name, type), rules rows of cells with an optional description at
    the end. `extra` goes into the table's tag, `allowed` are the values of the first output, `more` follows the
    decision.
    """
    columns = "".join(
        f'<input id="in{n}" label={quoteattr(label)}><inputExpression id="ie{n}" typeRef="{type_name}">'
        f"<text>{escape(text)}</text></inputExpression></input>"
        for n, (label, text, type_name) in enumerate(inputs, 1)
    )
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    columns += "".join(
        f'<output id="out{n}" name="{name}" typeRef="{type_name}">{values if n == 1 else ""}</output>'
        for n, (name, type_name) in enumerate(outputs, 1)
    )
    rows = "".join(_row(n, row, len(inputs), len(outputs)) for n, row in enumerate(rules, 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="{namespace}" id="file" name="文件">'
        f'<decision id="grade" name="变更分级"><decisionTable id="table" hitPolicy="{policy}" {extra}>'
        f"{columns}{rows}</decisionTable></decision>{more}</definitions>"
    ).encode()


def _row(number: int, row: Sequence[str], inputs: int, outputs: int) -> str:
    note = "".join(f"<description>{escape(text)}</description>" for text in row[inputs + outputs :])
    tests = "".join(
        f'<inputEntry id="r{number}i{n}"><text>{escape(cell)}</text></inputEntry>'
        for n, cell in enumerate(row[:inputs], 1)
    )
    answers = "".join(
        f'<outputEntry id="r{number}o{n}"><text>{escape(cell)}</text></outputEntry>'
        for n, cell in enumerate(row[inputs : inputs + outputs], 1)
    )
    return f'<rule id="r{number}">{note}{tests}{answers}</rule>'


GRADE_INPUTS = [("费用占比（%）", "cost_change / cost * 100", "number"), ("涉及安全", "safety", "boolean")]
GRADE_OUTPUTS = [("level", "string"), ("days", "number")]
GRADE_RULES = [
    [">= 20", "-", '"重大"', "10"],
    ["[10..20)", "true", '"较大"', "base + 1"],
    ["-", "-", '"一般"', "1.5", "没有达到较大标准"],
]
GRADE = table(GRADE_INPUTS, GRADE_OUTPUTS, GRADE_RULES, policy="FIRST")
