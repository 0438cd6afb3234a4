"""A question: what is asked, what may be chosen, what is right; and the rules that each kind keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from engine.errors import InvalidForm
from engine.i18n import _

LETTERS = "ABCDEFGH"
MOST_OPTIONS = len(LETTERS)
LONGEST_STEM = 2000
LONGEST_OPTION = 500
LONGEST_ANSWER = 4000
LONGEST_TAG = 20
MOST_TAGS = 10
MOST_POINTS = 100


class Kind(StrEnum):
    """What a question asks for."""

    SINGLE = "single"  # one option of several
    MULTIPLE = "multiple"  # every right option and no wrong one
    JUDGE = "judge"  # true or false
    SHORT = "short"  # a few sentences, marked by a person


KINDS = tuple(Kind)
DIFFICULTIES = (1, 2, 3)
JUDGE_OPTIONS = ("正确", "错误")


def kind_name(kind: str) -> str:
    """The kind in words."""
    names = {"single": _("单选题"), "multiple": _("多选题"), "judge": _("判断题"), "short": _("简答题")}
    return names[kind]


def difficulty_name(difficulty: int) -> str:
    """The difficulty in words."""
    return {1: _("易"), 2: _("中"), 3: _("难")}[difficulty]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of the bank. `right` are places in `options` (from 0); `sample` is the model answer of a short one.

    `id` and `revision` say which version of the bank it is; both are 0 for one that is not in a bank.
    """

    code: str
    kind: Kind
    stem: str
    options: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    sample: str = ""
    points: Decimal = Decimal(1)
    difficulty: int = 2
    tags: tuple[str, ...] = ()
    explanation: str = ""
    id: int = 0
    revision: int = 0

    @property
    def objective(self) -> bool:
        """Whether the platform grades it."""
        return self.kind != Kind.SHORT

    def content(self) -> dict[str, Any]:
        """As it is kept in a version: everything but where it stands in the bank."""
        return {
            "kind": self.kind.value,
            "stem": self.stem,
            "options": list(self.options),
            "right": list(self.right),
            "sample": self.sample,
            "points": self.points,
            "difficulty": self.difficulty,
            "tags": list(self.tags),
            "explanation": self.explanation,
        }


def read_question(code: str, content: Mapping[str, Any], question_id: int = 0, revision: int = 0) -> Question:
    """The question that `Question.content` wrote."""
    return Question(
        code=code,
        kind=Kind(content["kind"]),
        stem=content["stem"],
        options=tuple(content["options"]),
        right=tuple(content["right"]),
        sample=content["sample"],
        points=Decimal(str(content["points"])),
        difficulty=content["difficulty"],
        tags=tuple(content["tags"]),
        explanation=content["explanation"],
        id=question_id,
        revision=revision,
    )


def checked(question: Question) -> Question:
    """The question with its texts trimmed; `InvalidForm` names everything that is wrong, by field (kind, stem, options,
    right, sample, points, difficulty, tags, explanation)."""
    question = _trimmed(question)
    errors: dict[str, str] = {}
    if not 0 < len(question.stem) <= LONGEST_STEM:
        errors["stem"] = _("题干须填写，最多 {n} 字", n=LONGEST_STEM)
    if problem := _options_problem(question):
        errors["options"] = problem
    elif problem := _right_problem(question):
        errors["right"] = problem
    if question.kind == Kind.SHORT and not question.sample:
        errors["sample"] = _("简答题须写参考答案，阅卷人按它评分")
    for name, text in (("sample", question.sample), ("explanation", question.explanation)):
        if len(text) > LONGEST_ANSWER:
            errors[name] = _("最多 {n} 字", n=LONGEST_ANSWER)
    if problem := points_problem(question.points):
        errors["points"] = problem
    if question.difficulty not in DIFFICULTIES:
        errors["difficulty"] = _("难度须是易、中、难之一")
    if len(question.tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in question.tags):
        errors["tags"] = _("标签最多 {n} 个，每个最多 {m} 字", n=MOST_TAGS, m=LONGEST_TAG)
    if errors:
        raise InvalidForm(errors)
    return question


def points_problem(points: Decimal) -> str:
    """What is wrong with a number of points; empty when nothing is."""
    fits = points.is_finite() and 0 < points <= MOST_POINTS and points * 10 == (points * 10).to_integral_value()
    return "" if fits else _("分值须大于 0、不超过 {n}，最多一位小数", n=MOST_POINTS)


def number(text: str) -> Decimal:
    """A number that a person wrote; not a number (NaN) when it is none."""
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return Decimal("NaN")


def _trimmed(question: Question) -> Question:
    return Question(
        code=question.code,
        kind=question.kind,
        stem=question.stem.strip(),
        options=JUDGE_OPTIONS if question.kind == Kind.JUDGE else tuple(option.strip() for option in question.options),
        right=tuple(sorted(set(question.right))),
        sample=question.sample.strip(),
        points=question.points,
        difficulty=question.difficulty,
        tags=tuple(dict.fromkeys(tag.strip() for tag in question.tags if tag.strip())),
        explanation=question.explanation.strip(),
        id=question.id,
        revision=question.revision,
    )


def _options_problem(question: Question) -> str:
    options = question.options
    if question.kind == Kind.SHORT:
        return _("简答题没有选项，请清空") if options else ""
    if not 2 <= len(options) <= MOST_OPTIONS:
        return _("选项须有 2 到 {n} 个", n=MOST_OPTIONS)
    if any(not option for option in options):
        return _("选项 {letter} 是空的，请填写或删去", letter=LETTERS[options.index("")])
    if any(len(option) > LONGEST_OPTION for option in options):
        return _("每个选项最多 {n} 字", n=LONGEST_OPTION)
    if len(set(options)) < len(options):
        return _("有两个选项一模一样，请改正")
    return ""


def _right_problem(question: Question) -> str:
    right, count = question.right, len(question.options)
    if any(not 0 <= place < count for place in right):
        return _("正确答案超出了选项的范围，这题只有 {letters}", letters="、".join(LETTERS[:count]))
    if question.kind in (Kind.SINGLE, Kind.JUDGE) and len(right) != 1:
        return _("正确答案须是一个")
    if question.kind == Kind.MULTIPLE and len(right) < 2:
        return _("多选题的正确答案至少两个；只有一个请改成单选题")
    if question.kind == Kind.SHORT and right:
        return _("简答题没有正确选项，请把答案写在参考答案里")
    return ""
