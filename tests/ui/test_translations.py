"""The English catalogue is whole, and pages in English hold no Chinese but names and what people wrote."""

from __future__ import annotations

import ast
import gettext
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from lxml import etree
from sqlalchemy import select, update

from engine import i18n, regulation
from engine.boot import ROOT
from engine.i18n import _, in_source_language, set_language
from engine.models import Event, Incident, Notification, Person, Task
from engine.platform import Platform
from tests.fixtures.platform import organisation
from tests.ui.conftest import APPLICATION, NECESSITY, Visitor

Browser = Callable[[str], Visitor]

HAN = re.compile(r"[\u4e00-\u9fff]+")
REGULATION = "智慧监管平台管理办法"
PRODUCT = ("engine", "ui", "api")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]


@cache
def english() -> Catalog:
    """The catalogue as it lies in the sources."""
    with (ROOT / "engine/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


@cache
def compiled() -> gettext.GNUTranslations:
    """The same, fit for use: the tests do not depend on when the build last ran."""
    buffer = io.BytesIO()
    write_mo(buffer, english())
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test here speaks with the catalogue of the sources, and Chinese afterwards."""
    monkeypatch.setattr(i18n, "_catalogue", lambda _language: compiled())
    yield
    set_language("zh")


# ── the catalogue ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def messages() -> frozenset[str]:
    """Every message in the sources."""
    found = set()
    for folder in PRODUCT:
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, METHODS, directory_filter=_ours
        ):
            assert isinstance(message, str), message
            found.add(message)
    return frozenset(found)


def _ours(folder: str | Path) -> bool:
    return Path(folder).name not in ("node_modules", "__pycache__", "dist")


def pairs() -> dict[str, str]:
    """Every message of the catalogue with its translation."""
    return {str(message.id): str(message.string or "") for message in english() if message.id}


def fields(text: str) -> set[str]:
    """The names of the {fields} of a message."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_every_message_is_translated() -> None:
    missing = sorted(text for text in messages() if not pairs().get(text))
    assert not missing, "run make messages, then translate them in engine/translations/en/LC_MESSAGES/messages.po"


def test_nothing_is_kept_that_no_page_says_any_more() -> None:
    assert sorted(pairs().keys() - messages()) == [], "run make messages"


def test_translations_have_the_fields_of_the_original() -> None:
    different = {text: words for text, words in pairs().items() if fields(text) != fields(words)}
    assert different == {}


def test_no_translation_is_a_guess_or_still_chinese() -> None:
    assert [m.id for m in english() if m.id and m.fuzzy] == []
    allowed = (REGULATION, "5 个工作日", "48 小时")  # the latter: what to write into a diagram
    assert {text for text, words in pairs().items() if HAN.search(_without(words, allowed))} == set()


def test_words_are_chosen_by_number() -> None:
    set_language("en")
    assert [_("{n} 天", n=n) for n in (0, 1, "1", 2, "2.5")] == ["0 days", "1 day", "1 day", "2 days", "2.5 days"]
    assert _("{y}年{m}月{d}日", y=2026, m=11, d=6) == "6 November 2026"


def test_what_is_stored_for_others_is_in_the_source_language() -> None:
    set_language("en")
    with in_source_language():
        assert _("待办") == "待办"
    assert _("待办") == "To do"


# ── what is not looked up cannot be translated ───────────────────────────────────────────────────────────────────────

#: Chinese that belongs to the organisation or to a diagram, or a language's own name.
NAMES_IN_SOURCES = {
    "ui/context.py": {"中文"},
    "engine/casework/wording.py": {"未", "不通过"},
    "engine/queries/timeline.py": {"通过"},
    "engine/tryout/sandbox.py": {"不通过"},  # how an acceptance is recorded
    "engine/queries/library/limits.py": {  # how a diagram writes a duration
        r'string\(\s*([\w.]+)\s*\)\s*\+\s*"\s*(个工作日|小时)\s*"',
        r"(\d+(?:\.\d+)?)\s*(个工作日|小时)?",
        "小时",
    },
    "engine/queries/library/reader.py": {  # how a documentation numbers its paragraphs
        r"[一二三四五六七八九十百]+、(.+)",
        r"([^，。：；]{1,12})[。：](.+)",
    },
}
SPOKEN = ("ui", "api", "engine/queries", "engine/casework", "engine/commands", "engine/tryout")


def test_templates_say_nothing_in_chinese_without_looking_it_up() -> None:
    spoken = {}
    for path in sorted((ROOT / "ui").rglob("*.html")):
        if _ours(path.parent) and "node_modules" not in path.parts:
            text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)
            text = re.sub(r"""\b_\(\s*("[^"]*"|'[^']*')""", "", text)
            spoken[str(path.relative_to(ROOT))] = HAN.findall(text)
    assert {path: words for path, words in spoken.items() if words} == {}


def test_python_says_nothing_in_chinese_without_looking_it_up() -> None:
    spoken = {}
    for folder in SPOKEN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "node_modules" in path.parts or name == "engine/commands/install.py":  # names of roles: data
                continue
            words = set(_literals(ast.parse(path.read_text("utf-8")))) - NAMES_IN_SOURCES.get(name, set())
            if words:
                spoken[name] = words
    assert spoken == {}


def _literals(tree: ast.Module) -> Iterator[str]:
    """Chinese string constants that are neither documentation nor handed to `_()` or `N_()`."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            passed.add(id(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
            passed.update(id(part) for part in ast.walk(node.args[0]))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in passed and HAN.search(str(node.value)):
            yield str(node.value)


@pytest.mark.parametrize("path", sorted((ROOT / "ui/assets/src").rglob("words.js")), ids=lambda path: path.parent.name)
def test_scripts_have_both_languages(path: Path) -> None:
    text = path.read_text("utf-8")
    if "\nconst ZH = " not in text:  # hands on the words of another
        return
    tables = {name: dict(_entries(text, name)) for name in ("ZH", "EN")}
    assert len(tables["ZH"]) >= 5
    assert tables["ZH"].keys() == tables["EN"].keys()
    for key, chinese in tables["ZH"].items():
        assert set(re.findall(r"\{(\w+)", chinese)) == set(re.findall(r"\{(\w+)", tables["EN"][key])), key
        assert not HAN.search(tables["EN"][key]), key


def _entries(text: str, name: str) -> list[tuple[str, str]]:
    table = re.search(rf"const {name} = \{{\n(.*?)\n\}};", text, re.S)
    assert table is not None
    lines = re.findall(r'^  "([\w.]+)": ("(?:[^"\\]|\\.)*"),$', table[1], re.M)
    return [(key, json.loads(value)) for key, value in lines]


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def names() -> tuple[str, ...]:
    """Names of organisation and regulation, words in diagrams, forms and tables, what tests enter; longest first."""
    found = {REGULATION, "中文", "万元", *_texts(organisation()), *_texts(APPLICATION), *_texts(NECESSITY)}
    found.update(_texts(yaml.safe_load(regulation.FILE.read_text("utf-8"))))
    for path in [*(ROOT / "workflows").rglob("*.*"), *(ROOT / "forms").rglob("*.json")]:
        if path.suffix == ".json":
            found.update(_texts(json.loads(path.read_text("utf-8"))))
        elif path.suffix in (".bpmn", ".dmn"):
            for element in etree.parse(path).iter(etree.Element):
                found.update(_pieces(element.text or ""))
                for value in element.attrib.values():
                    found.update(_pieces(str(value)))
    return tuple(sorted((text for text in found if HAN.search(text)), key=len, reverse=True))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _pieces(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _pieces(text: str) -> Iterator[str]:
    """A text whole, and what pages show of it: its lines, its sentences, the literals of an expression."""
    yield text.strip()
    yield text.strip().rstrip("？?")  # a gateway that is drawn as a question is told as its answer
    for line in text.splitlines():
        yield line.strip()
        yield from (f"{sentence.strip()}" for sentence in line.split("。"))
        unnumbered = re.sub(r"^\s*[一二三四五六七八九十]+、", "", line)
        yield from (unnumbered.strip(), *unnumbered.strip().split("。", 1))
        yield re.sub(r"（[^（）]*）$", "", unnumbered.strip())  # a label without its unit
    yield from re.findall(r'"([^"]*)"', text)


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


def chinese_on(page: str) -> list[str]:
    """What a page says in Chinese besides names: text and attributes, not the data of scripts."""
    page = re.sub(r"<script.*?</script>|<!--.*?-->", "", page, flags=re.S)
    page = re.sub(r'(<span class="g-ava[^>]*>)[^<]*', r"\1", page)  # the first character of a name
    return HAN.findall(_without(html.unescape(page), names()))


@pytest.fixture
def in_english(platform: Platform, as_person: Browser) -> Browser:
    """Everybody has chosen English; `in_english("hejing")` is a browser of that person."""
    with platform.database.write() as session:
        session.execute(update(Person).values(language="en"))
    return as_person


@pytest.fixture
def claimed(platform: Platform, in_english: Browser) -> int:
    """The necessity review of a new change, claimed by 何静: an open task with a form."""
    in_english("chensiyuan").start()
    with platform.database.read() as session:
        task_id = session.scalars(select(Task.id)).one()
    assert in_english("hejing").json(f"/tasks/{task_id}/claim", {}).status_code == 200
    return task_id


@pytest.mark.parametrize("path", ["/", "/inbox", "/claimable", "/done", "/started", "/drafts", "/notices", "/start"])
def test_empty_pages(in_english: Browser, path: str) -> None:
    page = in_english("chensiyuan").text(path)
    assert '<html lang="en"' in page
    assert chinese_on(page) == []


@pytest.mark.parametrize("path", ["/", "/inbox?q=zzz", "/claimable?q=zzz", "/done?q=zzz", "/started?state=rejected"])
@pytest.mark.usefixtures("claimed")
def test_lists(in_english: Browser, path: str) -> None:
    for account in ("hejing", "zhoulan", "chensiyuan"):
        visitor = in_english(account)
        assert chinese_on(visitor.text(path)) == []
        assert chinese_on(visitor.text(path.partition("?")[0])) == []


@pytest.mark.parametrize("path", ["/mine", "/search", "/search?q=BG", "/search?q=zzz", "/start/change_approval"])
@pytest.mark.usefixtures("claimed")
def test_own_pages_search_and_application(in_english: Browser, path: str) -> None:
    assert chinese_on(in_english("chensiyuan").text(path)) == []


def test_a_task_and_its_fragments(in_english: Browser, claimed: int) -> None:
    visitor = in_english("hejing")
    page = visitor.text(f"/tasks/{claimed}")
    assert "What happens next" in page
    assert chinese_on(page) == []
    for part in ("return-targets", "people", "people?q=zzz"):
        assert chinese_on(visitor.text(f"/tasks/{claimed}/{part}")) == []
    preview = visitor.json(f"/tasks/{claimed}/preview", {"data": NECESSITY, "action": "approve"})
    assert chinese_on(preview.get_data(as_text=True)) == []


@pytest.mark.parametrize("tab", ["", "data", "files", "log"])
def test_a_case_while_it_runs(platform: Platform, in_english: Browser, claimed: int, tab: str) -> None:
    with platform.database.read() as session:
        case = session.scalars(select(Task.instance_id).where(Task.id == claimed)).one()
    for account in ("chensiyuan", "hejing", "zhoulan"):
        assert chinese_on(in_english(account).text(f"/cases/{case}?tab={tab}")) == []


def test_a_task_that_was_done_and_a_case_that_moved_on(platform: Platform, in_english: Browser, claimed: int) -> None:
    visitor = in_english("hejing")
    revision = re.search(r'data-revision="(\d+)"', visitor.text(f"/tasks/{claimed}"))
    assert revision is not None
    sent = {"revision": int(revision[1]), "action": "approve", "opinion": "OK, go on", "data": NECESSITY}
    answer = visitor.json(f"/tasks/{claimed}/complete", {**sent, "attachments": [], "return_to": None})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert chinese_on(str(answer.json)) == []
    with platform.database.read() as session:
        case = session.scalars(select(Task.instance_id).where(Task.id == claimed)).one()
    for path in (f"/tasks/{claimed}", f"/cases/{case}", f"/cases/{case}?tab=log", "/done"):
        assert chinese_on(visitor.text(path)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/cockpit",
        "/cockpit?trend=table&days=365",
        "/cockpit/cases",
        "/cockpit/cases?late=1",
        "/cockpit/cases?state=ended",
        "/cockpit/cases?state=all&q=zzz",
        *(f"/cockpit/procedures/change_approval?measure={name}" for name in ("tokens", "time", "arrivals", "late")),
    ],
)
@pytest.mark.usefixtures("claimed")
def test_managers_pages(in_english: Browser, path: str) -> None:
    assert chinese_on(in_english("zhoulan").text(path)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/procedures",
        "/procedures?q=zzz",
        "/procedures/change_approval",
        "/procedures/change_approval/forms/order",
        "/procedures/change_approval/versions",
        "/procedures/change_approval/versions/1",
    ],
)
@pytest.mark.usefixtures("claimed")
def test_pages_of_procedures(in_english: Browser, path: str) -> None:
    for account in ("hejing", "chensiyuan"):
        assert chinese_on(in_english(account).text(path)) == []


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/tasks/999", 404), ("/cases/999", 404), ("/cockpit", 403)]
)
def test_error_pages(in_english: Browser, path: str, status: int) -> None:
    answer = in_english("chensiyuan").get(path)
    assert answer.status_code == status
    assert chinese_on(answer.get_data(as_text=True)) == []


def test_refusals(in_english: Browser, claimed: int) -> None:
    visitor = in_english("chensiyuan")
    wrong = {**APPLICATION, "cost_change": 10**9, "contact_phone": "123", "change_title": ""}
    for path, body in (
        ("/start/change_approval", {"data": wrong}),
        (f"/tasks/{claimed}/claim", {}),
        (f"/cases/{claimed}/withdraw", {"reason": ""}),
    ):
        answer = visitor.json(path, body)
        assert answer.status_code >= 400
        assert chinese_on(str(answer.json)) == []


def test_the_sign_in_page_speaks_the_language_of_the_installation(platform: Platform, app: Flask) -> None:
    platform.settings = replace(platform.settings, language="en")
    visitor = Visitor(app)
    page = visitor.text("/sign-in")
    assert "Sign in" in page
    assert chinese_on(page) == []
    refused = visitor.form("/sign-in", account="hejing", password="wrong")
    assert chinese_on(refused.get_data(as_text=True)) == []


@pytest.mark.usefixtures("claimed")
def test_others_are_told_in_the_source_language(platform: Platform, in_english: Browser) -> None:
    visitor = in_english("chensiyuan")
    assert visitor.json("/cases/1/urge", {}).status_code == 200
    with platform.database.read() as session:
        stored = [*session.scalars(select(Notification.text)), *session.scalars(select(Incident.message))]
        assert session.scalar(select(Event.id).where(Event.kind == "case_urged")) is not None
    assert stored
    assert all(HAN.search(_without(text, names())) for text in stored)
