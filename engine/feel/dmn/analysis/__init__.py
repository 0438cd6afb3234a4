"""What can be seen of a decision table before any case: gaps, rules that meet, rules that never come, unused inputs.

    analyse(decision).gaps[0].values          # ((0, Decimal("1000")), (1, "II")): no rule for these inputs

`cells` reads the tests of a cell, `scale` and `dimension` cut an input's values into pieces where a cell may change its
mind, `sweep` looks for boxes of pieces that no rule covers, `reach` turns expressions round to find variables for an
example, `judging` puts it together and confirms every example by evaluating the table.
"""

from engine.feel.dmn.analysis.dimension import Domain
from engine.feel.dmn.analysis.findings import findings_of
from engine.feel.dmn.analysis.judging import Analysis, Example, Meeting, analyse

__all__ = ["Analysis", "Domain", "Example", "Meeting", "analyse", "findings_of"]
