"""What is known of the variables of a case while its diagram is being drawn: names, meanings, types, where from.

    known_variables(diagram, Sources(forms, decisions, handlers))       # {"review_necessity": [Variable(name="limits" …

Forms say what they write, tables what they answer, scripts what they compute as far as it can be seen; `flow` says what
lies on a way before what.
"""

from engine.variables.known import known_variables
from engine.variables.labels import variable_labels
from engine.variables.model import Choice, Variable
from engine.variables.writers import Sources

__all__ = ["Choice", "Sources", "Variable", "known_variables", "variable_labels"]
