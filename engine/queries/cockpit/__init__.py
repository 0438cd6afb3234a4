"""What managers see: how much runs, what is late, where it gets stuck — of all cases, one list, one procedure.

Everything here needs `Permission.SEE_ALL_CASES`. Counts are made by the database; durations, which need the calendar of
working days, come from the newest `SAMPLE` finished tasks or cases of the period (see `durations.py`).
"""

from engine.queries.cockpit.cases import STATES, CaseFilter, FilterChoices, filter_choices, list_cases
from engine.queries.cockpit.marks import MEASURES, procedure_diagram, procedure_marks
from engine.queries.cockpit.overview import overview
from engine.queries.cockpit.procedure import procedure_page
from engine.queries.cockpit.values import (
    ON_TIME_TARGET,
    PERIODS,
    CaseRow,
    DepartmentRow,
    MonthRow,
    Overview,
    ProcedurePage,
    ProcedureRow,
    StepFigures,
    StepRow,
)
from engine.queries.cockpit.words import days_text, limit_text

__all__ = [
    "MEASURES",
    "ON_TIME_TARGET",
    "PERIODS",
    "STATES",
    "CaseFilter",
    "CaseRow",
    "DepartmentRow",
    "FilterChoices",
    "MonthRow",
    "Overview",
    "ProcedurePage",
    "ProcedureRow",
    "StepFigures",
    "StepRow",
    "days_text",
    "filter_choices",
    "limit_text",
    "list_cases",
    "overview",
    "procedure_diagram",
    "procedure_marks",
    "procedure_page",
]
