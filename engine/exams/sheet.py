"""Questions as an Excel sheet (XLSX): read with all that is wrong by row and column, written, and a template.

The sheet has one question a row under the headings of `COLUMNS`. A file is looked at before it is read: its size, the
size it unpacks to, and that no part of it declares a document type (entities). Formulas are not computed: their text is
taken as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

from engine.errors import InvalidFile, InvalidForm
from engine.exams.question import LETTERS, Kind, Question, checked, number
from engine.i18n import _

LARGEST = 5 * 1024 * 1024
UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 3000
MOST_PARTS = 200
_KINDS = {"单选题": Kind.SINGLE, "多选题": Kind.MULTIPLE, "判断题": Kind.JUDGE, "简答题": Kind.SHORT}
_KINDS |= {name[:2]: kind for name, kind in _KINDS.items()}
_LEVELS = {"易": 1, "中": 2, "难": 3}
_RIGHT = {"对": 0, "正确": 0, "是": 0, "√": 0, "错": 1, "错误": 1, "否": 1, "×": 1}
OPTIONS = tuple(f"选项{letter}" for letter in LETTERS)
CODE, STEM = "编号", "题干"
COLUMNS = (CODE, "题型", STEM, *OPTIONS, "正确答案", "参考答案", "分值", "难度", "标签", "解析")
"""Headings, in Chinese whatever the language of the page: the file is passed on between people."""
_FIELDS = {"stem": "题干", "options": "选项A", "right": "正确答案", "sample": "参考答案", "points": "分值"}
_FIELDS |= {"difficulty": "难度", "tags": "标签", "explanation": "解析", "code": "编号"}


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row: its number as Excel counts, the heading of the column, and how to mend it."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Sheet:
    """The questions of the right rows with the number of their row, and what is wrong with the others."""

    questions: tuple[tuple[int, Question], ...]
    errors: tuple[RowError, ...]

    @property
    def rows(self) -> int:
        """How many rows hold something."""
        return len(self.questions) + len({error.row for error in self.errors})


def read_sheet(content: bytes) -> Sheet:
    """The questions of a file; raises InvalidFile for what is no such file, or too large to be one."""
    _look(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        rows = [[_text(cell) for cell in row] for row in _rows(book)]
    except InvalidFile:
        raise
    except Exception as error:  # a damaged file fails inside the library in as many ways as there are bytes
        raise InvalidFile(_("文件打不开，可能已损坏。请用 Excel 另存为 .xlsx 后再导入。")) from error
    if not rows:
        raise InvalidFile(_("文件里没有内容。请下载模板，填好后再导入。"))
    places = {heading: rows[0].index(heading) for heading in COLUMNS if heading in rows[0]}
    missing = [heading for heading in ("题型", "题干", "正确答案") if heading not in places]
    if missing:
        raise InvalidFile(_("第一行缺少这些列：{list}。请用模板里的标题。", list="、".join(missing)))
    questions: list[tuple[int, Question]] = []
    errors: list[RowError] = []
    stems: dict[str, int] = {}
    for place, cells in enumerate(rows[1:], 2):
        row = {heading: cells[at] if at < len(cells) else "" for heading, at in places.items()}
        if not any(row.values()):
            continue
        found = _question(place, row)
        if isinstance(found, Question) and found.stem in stems:
            text = _("与第 {n} 行的题干相同", n=stems[found.stem])
            found = [RowError(place, "题干", text)]
        if isinstance(found, Question):
            stems[found.stem] = place
            questions.append((place, found))
        else:
            errors += found
    return Sheet(tuple(questions), tuple(errors))


def _look(content: bytes) -> None:
    """Refuse what would be dangerous to open."""
    if len(content) > LARGEST:
        raise InvalidFile(_("文件超过 {n} MB，请拆成几个再导入。", n=LARGEST // 1024 // 1024))
    wrong = _("这不是 .xlsx 文件。请下载模板，填好后再导入。")
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise InvalidFile(wrong)
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise InvalidFile(_("文件解开后太大，没有导入。请只保留题目所在的工作表。"))
            left = UNPACKED
            for part in parts:
                with archive.open(part) as opened:  # what the directory says of sizes may be a lie
                    data = opened.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise InvalidFile(_("文件解开后太大，没有导入。请只保留题目所在的工作表。"))
                if part.filename.endswith((".xml", ".rels")) and _declares(data):
                    raise InvalidFile(_("文件里有不允许的内容，没有导入。请用 Excel 另存为 .xlsx 后再导入。"))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InvalidFile(wrong) from error
    except Exception as error:
        if isinstance(error, InvalidFile):
            raise
        raise InvalidFile(wrong) from error  # zlib.error and its kin


def _declares(data: bytes) -> bool:
    """Whether an XML part declares a document type, or is written so that this cannot be seen."""
    return b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data[:400]


def _rows(book: Any) -> Iterator[Sequence[Any]]:
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its own size may be a lie
    for place, row in enumerate(sheet.iter_rows(values_only=True, max_col=len(COLUMNS) + 10), 1):
        if place > MOST_ROWS + 1:
            raise InvalidFile(_("一次最多导入 {n} 行，请拆成几个文件。", n=MOST_ROWS))
        yield row


def _text(cell: Any) -> str:
    """A cell as the person sees it: whole numbers without a point; a formula stays its text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "正确" if cell else "错误"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "".join(c for c in str(cell) if c in "\n\t" or c.isprintable()).strip()


def _question(place: int, row: dict[str, str]) -> Question | list[RowError]:
    kind = _KINDS.get(row.get("题型", ""))
    if kind is None:
        return [RowError(place, "题型", _("题型须是单选题、多选题、判断题、简答题之一"))]
    options = [row.get(heading, "") for heading in OPTIONS]
    while options and not options[-1]:
        options.pop()
    level, points = row.get("难度", "") or "中", row.get("分值", "") or "1"
    right = _places(kind, row.get("正确答案", ""))
    question = Question(
        code=row.get("编号", ""),
        kind=kind,
        stem=row["题干"],
        options=() if kind == Kind.JUDGE else tuple(options),
        right=right if right is not None else (),
        sample=row.get("参考答案", "") or (row.get("正确答案", "") if kind == Kind.SHORT else ""),
        points=number(points),
        difficulty=_LEVELS.get(level, 0),
        tags=tuple(row.get("标签", "").replace("，", ",").replace("、", ",").replace("；", ",").split(",")),
        explanation=row.get("解析", ""),
    )
    errors: dict[str, str] = {}
    if len(question.code) > 20 or (not question.code.replace("-", "").isalnum() and question.code):
        errors["code"] = _("编号只能用字母、数字和连字符，最多 {n} 位；新题可以留空", n=20)
    try:
        question = checked(question)
    except InvalidForm as error:
        errors |= error.errors
    if right is None:
        wanted = _("判断题写“正确”或“错误”") if kind == Kind.JUDGE else _("写选项的字母，例如 A 或 ACD")
        errors["right"] = wanted
    return [RowError(place, _FIELDS[field], text) for field, text in errors.items()] if errors else question


def _places(kind: Kind, text: str) -> tuple[int, ...] | None:
    """Places of the right options; None for what cannot be read."""
    if kind == Kind.SHORT:
        return ()
    if kind == Kind.JUDGE:
        return (_RIGHT[text],) if text in _RIGHT else None
    letters = [letter for letter in text.upper() if letter not in " ,，、;；"]
    return tuple(LETTERS.index(letter) for letter in letters) if letters and set(letters) <= set(LETTERS) else None


# ------------------------------------------------------------ written


def write_sheet(questions: Iterable[Question]) -> bytes:
    """A file that `read_sheet` reads again."""
    book = Workbook()
    sheet = book.active
    sheet.title = "题库"
    sheet.append(list(COLUMNS))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for question in questions:
        sheet.append(_row(question))
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    for letter, width in (("A", 10), ("B", 9), ("C", 50), ("L", 12), ("M", 30), ("P", 16), ("Q", 36)):
        sheet.column_dimensions[letter].width = width
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def template() -> bytes:
    """An empty sheet with one example of each kind; the examples are right and may be written over."""
    return write_sheet(
        [
            Question(code="", kind=Kind.SINGLE, stem="（示例）单选题的题干", options=("选项一", "选项二"), right=(0,)),
            Question(
                code="",
                kind=Kind.MULTIPLE,
                stem="（示例）多选题的题干",
                options=("选项一", "选项二", "选项三"),
                right=(0, 2),
                points=Decimal(2),
                tags=("示例",),
            ),
            Question(code="", kind=Kind.JUDGE, stem="（示例）判断题的题干", options=("正确", "错误"), right=(1,)),
            Question(code="", kind=Kind.SHORT, stem="（示例）简答题的题干", sample="评分要点", points=Decimal(10)),
        ]
    )


def _row(question: Question) -> list[Any]:
    kinds = {Kind.SINGLE: "单选题", Kind.MULTIPLE: "多选题", Kind.JUDGE: "判断题", Kind.SHORT: "简答题"}
    options = () if question.kind == Kind.JUDGE else question.options
    right = "".join(LETTERS[place] for place in question.right)
    if question.kind == Kind.JUDGE:
        right = question.options[question.right[0]]
    level = next(name for name, value in _LEVELS.items() if value == question.difficulty)
    return [
        question.code,
        kinds[question.kind],
        question.stem,
        *options,
        *[""] * (len(OPTIONS) - len(options)),
        right,
        question.sample,
        question.points,
        level,
        "、".join(question.tags),
        question.explanation,
    ]
