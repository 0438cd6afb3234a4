"""FEEL, the one language of every condition: gateways, tables, scripts, timers, candidates, forms.

    from engine.feel import compile_expression
    compile_expression('level = "II" and amount > 1000')({"level": "II", "amount": 2000})   # True

What is to be published goes through `check_expression`: a wrong call is null when it runs, and refused there.

lexer → parser → nodes → compiler → closures over a frame; `values` says what values are, `budget` what one evaluation
may cost. Decision tables are in `engine.feel.dmn`.
"""

from engine.feel.compiler.calls import NOW, TODAY
from engine.feel.errors import (
    DecisionError,
    FeelError,
    FeelLimitError,
    FeelSyntaxError,
    FeelUnsupported,
    FeelValueError,
)
from engine.feel.expression import (
    Expression,
    UnaryTests,
    check_expression,
    check_unary_tests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.far import Far, FarDate, FarDateTime
from engine.feel.rendering import render_scalar
from engine.feel.values import DaysTime, Range, YearsMonths, from_feel, to_feel

__all__ = [
    "NOW",
    "TODAY",
    "DaysTime",
    "DecisionError",
    "Expression",
    "Far",
    "FarDate",
    "FarDateTime",
    "FeelError",
    "FeelLimitError",
    "FeelSyntaxError",
    "FeelUnsupported",
    "FeelValueError",
    "Range",
    "UnaryTests",
    "YearsMonths",
    "check_expression",
    "check_unary_tests",
    "compile_expression",
    "compile_unary_tests",
    "from_feel",
    "render_scalar",
    "to_feel",
]
