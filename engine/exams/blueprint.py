"""A blueprint: how many questions of which kind, tags and difficulty make a paper, with how many points each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.errors import InvalidForm
from engine.exams.question import DIFFICULTIES, KINDS, Kind, Question, number, points_problem
from engine.i18n import _

PARTIAL = ("none", "half", "share")
MOST_PARTS = 30
MOST_QUESTIONS = 200


@dataclass(frozen=True)
class Part:
    """`count` questions of a kind; with `tags` those that have one of them, with `difficulty` those of one of these.

    `points` is what each of them counts; none: what the question itself says.
    """

    kind: Kind
    count: int
    points: Decimal | None = None
    tags: tuple[str, ...] = ()
    difficulty: tuple[int, ...] = ()

    def admits(self, question: Question) -> bool:
        """Whether the question may stand in this part."""
        return (
            question.kind == self.kind
            and (not self.tags or not set(self.tags).isdisjoint(question.tags))
            and (not self.difficulty or question.difficulty in self.difficulty)
        )


@dataclass(frozen=True)
class Blueprint:
    """`partial` says what an incomplete multiple choice without a wrong option counts: none, half, or the share of the
    right options that was found. `shuffle` mixes the order of options. `minutes` is the time that people are given."""

    name: str
    parts: tuple[Part, ...]
    partial: str = "none"
    shuffle: bool = True
    minutes: int = 60

    def rules(self) -> dict[str, Any]:
        """As JSON; `read_blueprint` reads it again."""
        return {
            "name": self.name,
            "partial": self.partial,
            "shuffle": self.shuffle,
            "minutes": self.minutes,
            "parts": [
                {
                    "kind": part.kind.value,
                    "count": part.count,
                    "points": part.points,
                    "tags": list(part.tags),
                    "difficulty": list(part.difficulty),
                }
                for part in self.parts
            ],
        }

    @property
    def count(self) -> int:
        """How many questions a paper has."""
        return sum(part.count for part in self.parts)


def read_blueprint(rules: Mapping[str, Any], name: str = "") -> Blueprint:
    """The blueprint of {name, minutes, partial, shuffle, parts: [{kind, count, points, tags, difficulty}]}; the parts,
    with kind and count, are all that is needed. `InvalidForm` says what is wrong, by field (`parts.0.count`)."""
    errors: dict[str, str] = {}
    title = str(rules.get("name") or name).strip()
    if not 0 < len(title) <= 60:
        errors["name"] = _("名称须填写，最多 {n} 字", n=60)
    minutes = _whole(rules.get("minutes", 60))
    if not 1 <= minutes <= 600:
        errors["minutes"] = _("考试时长须是 1 到 600 分钟")
    partial = rules.get("partial", "none")
    if partial not in PARTIAL:
        errors["partial"] = _("多选题计分方式须是 none、half、share 之一")
    written = rules.get("parts")
    if not isinstance(written, list | tuple) or not 0 < len(written) <= MOST_PARTS:
        errors["parts"] = _("至少要有一个题型，最多 {n} 行", n=MOST_PARTS)
        written = []
    parts = [_part(index, row if isinstance(row, Mapping) else {}, errors) for index, row in enumerate(written)]
    if sum(part.count for part in parts) > MOST_QUESTIONS:
        errors["parts"] = _("一张试卷最多 {n} 道题", n=MOST_QUESTIONS)
    if errors:
        raise InvalidForm(errors)
    return Blueprint(title, tuple(parts), partial, rules.get("shuffle", True) is not False, minutes)


def _part(index: int, row: Mapping[str, Any], errors: dict[str, str]) -> Part:
    at = f"parts.{index}."
    kind, count, points = row.get("kind"), _whole(row.get("count")), row.get("points")
    if kind not in KINDS:
        errors[at + "kind"] = _("题型须是单选、多选、判断、简答之一")
    if not 1 <= count <= MOST_QUESTIONS:
        errors[at + "count"] = _("题数须是 1 到 {n} 的整数", n=MOST_QUESTIONS)
    worth = None if points is None or points == "" else number(str(points))
    if worth is not None and (problem := points_problem(worth)):
        errors[at + "points"] = problem
    tags = tuple(str(tag) for tag in row.get("tags") or ())
    difficulty = tuple(_whole(one) for one in row.get("difficulty") or ())
    if any(one not in DIFFICULTIES for one in difficulty):
        errors[at + "difficulty"] = _("难度须是易、中、难之一")
    return Part(Kind(kind) if kind in KINDS else Kind.SINGLE, count, worth, tags, difficulty)


def _whole(value: Any) -> int:
    """A whole number, also one that came as text or Decimal; -1 for anything else."""
    found = number(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    return int(found) if found.is_finite() and found == found.to_integral_value() and abs(found) < 10**6 else -1
