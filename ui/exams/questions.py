"""题库: the list, one question, import and export."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from engine.commands.questions import enable_question, import_questions, save_question
from engine.errors import Invalid, InvalidFile, InvalidForm
from engine.exams import KINDS, Kind, Question
from engine.exams.question import LETTERS, number
from engine.exams.sheet import LARGEST, template
from engine.i18n import _
from engine.permissions import Permission
from engine.queries import exams as query
from ui import web
from ui.access import platform, requires
from ui.exams.blueprint import blueprint

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/exams/questions")
@requires(Permission.MANAGE_EXAMS)
def questions() -> str:
    """The bank."""
    names = ("q", "kind", "tag", "difficulty", "state", "order")
    chosen = {name: request.args.get(name, "").strip()[:40] for name in names}
    page = query.list_questions(platform(), g.actor, web.positive("page"), **chosen)

    def link(**changes: Any) -> str:
        kept = {**chosen, **changes}
        return url_for("exams.questions", **{name: value for name, value in kept.items() if value})

    return render_template("exams/questions.html", page=page, chosen=chosen, link=link, kinds=KINDS, size=query.SIZE)


@blueprint.get("/exams/questions/new")
@requires(Permission.MANAGE_EXAMS)
def new_question() -> str:
    """An empty question."""
    return _editor(Question(code="", kind=Kind.SINGLE, stem="", options=("", "", "", "")), None, {})


@blueprint.get("/exams/questions/<code>")
@requires(Permission.MANAGE_EXAMS)
def question(code: str) -> str:
    """One question: what it asks, its figures, its versions."""
    page = query.question_page(platform(), g.actor, code[:20])
    return _editor(page.question, page, {})


@blueprint.post("/exams/questions")
@requires(Permission.MANAGE_EXAMS)
def save() -> str | tuple[str, int] | BaseResponse:
    """Write a new question or a new version."""
    form = request.form
    code, kind = form.get("code", "")[:20], form.get("kind", "")
    raw = [form.get(f"option{letter}", "").strip() for letter in LETTERS]
    used = [place for place, text in enumerate(raw) if text]
    right = {LETTERS.index(letter) for letter in form.getlist("right") if letter and letter in LETTERS}
    judge = kind == Kind.JUDGE
    written = Question(
        code=code,
        kind=Kind(kind) if kind in KINDS else Kind.SINGLE,
        stem=form.get("stem", ""),
        options=() if judge or kind == Kind.SHORT else tuple(raw[place] for place in used),
        right=tuple(right) if judge else tuple(used.index(place) for place in sorted(right) if place in used),
        sample=form.get("sample", "") if kind == Kind.SHORT else "",
        points=number(form.get("points", "")),
        difficulty=int(form["difficulty"]) if form.get("difficulty") in ("1", "2", "3") else 0,
        tags=tuple(form.get("tags", "").replace("，", ",").replace("、", ",").split(",")),
        explanation=form.get("explanation", ""),
    )
    try:
        code = save_question(platform(), g.actor, written)
    except InvalidForm as error:
        page = query.question_page(platform(), g.actor, code) if code else None
        return _editor(written, page, error.errors), 422
    return web.done(url_for("exams.question", code=code), _("题目 {code} 已保存。", code=code))


@blueprint.post("/exams/questions/<code>/state")
@requires(Permission.MANAGE_EXAMS)
def switch(code: str) -> BaseResponse:
    """Put a question out of use, or back."""
    on = request.form.get("enabled") == "1"
    enable_question(platform(), g.actor, code[:20], on)
    return web.done(
        url_for("exams.question", code=code[:20]), _("已启用，可以抽到。") if on else _("已停用，不再抽到。")
    )


@blueprint.route("/exams/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_EXAMS)
@web.takes(LARGEST + 64 * 1024)
def import_page() -> str | tuple[str, int] | BaseResponse:
    """Import a file; with errors the page lists them and offers to take the right rows."""
    if request.method == "GET":
        return render_template("exams/import.html", report=None, problem="", name="")
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return render_template("exams/import.html", report=None, problem=_("请选择一个 .xlsx 文件。"), name=""), 422
    try:
        skip = request.form.get("skip") == "1"
        report = import_questions(platform(), g.actor, sent.stream.read(LARGEST + 1), skip)
    except (InvalidFile, Invalid) as error:
        return render_template("exams/import.html", report=None, problem=str(error), name=sent.filename), 422
    answer = render_template("exams/import.html", report=report, problem="", name=sent.filename)
    return answer if report.done else (answer, 422)


@blueprint.get("/exams/template.xlsx")
@requires(Permission.MANAGE_EXAMS)
def blank() -> Response:
    """The template to fill in."""
    return _file(template(), "question-template.xlsx")


@blueprint.get("/exams/questions.xlsx")
@requires(Permission.MANAGE_EXAMS)
def export() -> Response:
    """The whole bank."""
    return _file(query.export_questions(platform(), g.actor), "questions.xlsx")


def _file(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _editor(question: Question, page: query.QuestionPage | None, errors: dict[str, str]) -> str:
    return render_template(
        "exams/question.html", question=question, page=page, errors=errors, kinds=KINDS, letters=LETTERS
    )
