"""The demo's question bank: its file, written as the sheet that people fill in, goes through their import."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from engine.commands.questions import import_questions, save_blueprint
from engine.errors import GuichengError
from engine.exams import Kind, Question
from engine.exams.question import LETTERS
from engine.exams.sheet import write_sheet
from engine.platform import Platform

HERE = Path(__file__).parent
BLUEPRINTS: dict[str, dict[str, Any]] = {
    "annual": {
        "name": "年度岗位考核",
        "minutes": 60,
        "partial": "half",
        "parts": [
            {"kind": "single", "count": 15, "points": 2},
            {"kind": "multiple", "count": 10, "points": 3},
            {"kind": "judge", "count": 10, "points": 2},
            {"kind": "short", "count": 2, "points": 10},
        ],
    },
    "security": {
        "name": "安全意识测验",
        "minutes": 20,
        "parts": [
            {"kind": "single", "count": 5, "points": 10, "tags": ["安全意识", "账号权限"]},
            {"kind": "multiple", "count": 3, "points": 10, "tags": ["安全意识", "账号权限"]},
            {"kind": "judge", "count": 2, "points": 10, "tags": ["安全意识", "账号权限"]},
        ],
    },
}
"""The blueprints by code: assessments draw by annual."""

_KINDS = {"单选题": Kind.SINGLE, "多选题": Kind.MULTIPLE, "判断题": Kind.JUDGE, "简答题": Kind.SHORT}
_POINTS = {Kind.SINGLE: 2, Kind.MULTIPLE: 3, Kind.JUDGE: 2, Kind.SHORT: 10}


def stock_bank(platform: Platform) -> None:
    """Import the questions and write the blueprints; GuichengError for a file with errors."""
    rows = yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))
    done = import_questions(platform, None, write_sheet(_question(place, row) for place, row in enumerate(rows, 1)))
    if not done.done:
        raise GuichengError("\n".join(f"{error.row} {error.column}: {error.message}" for error in done.errors))
    for code, rules in BLUEPRINTS.items():
        save_blueprint(platform, None, code, rules)


def _question(place: int, row: list[Any]) -> Question:
    named, stem, options, right, level, tag = row
    kind = _KINDS[named]
    places = (0 if right else 1,) if kind == Kind.JUDGE else tuple(LETTERS.index(letter) for letter in right or "")
    return Question(
        code=f"{place:04}",
        kind=kind,
        stem=stem,
        options=("正确", "错误") if kind == Kind.JUDGE else () if kind == Kind.SHORT else tuple(options),
        right=places,
        sample=options if kind == Kind.SHORT else "",
        points=Decimal(_POINTS[kind]),
        difficulty={"易": 1, "中": 2, "难": 3}[level],
        tags=(tag,),
    )
