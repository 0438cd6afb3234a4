"""Drafts over HTTP: what editors send and read, and what they are told when something does not go."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.parts import MAX_BYTES
from tests.ui.conftest import Visitor

BASE = "/studio/change_approval"
ORDER = f"{BASE}/parts/form/order"
DIAGRAM = f"{BASE}/parts/diagram/change_approval"


class Owner:
    """A process owner's browser."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.visitor.get(f"{BASE}/design.json")

    @property
    def design(self) -> Any:
        """The draft as the page reads it."""
        return self.visitor.get(f"{BASE}/design.json").json

    def send(self, method: str, path: str, body: Any) -> TestResponse:
        """JSON with any method."""
        headers = {"X-CSRF-Token": self.visitor.token, "Accept": "application/json"}
        sent = json.dumps(body)
        return self.visitor.client.open(
            path, method=method, data=sent, content_type="application/json", headers=headers
        )

    def put(self, path: str, content: str, revision: int | None, **more: Any) -> TestResponse:
        """Save a part."""
        return self.send("PUT", path, {"content": content, "revision": revision, **more})

    def text(self, path: str) -> str:
        """A part as it is kept."""
        return self.visitor.get(path).get_data(as_text=True)

    def rename_step(self) -> TestResponse:
        """A change that may be published."""
        answer = self.visitor.get(DIAGRAM)
        text = answer.get_data(as_text=True).replace('name="必要性审查"', 'name="必要性核对"')
        return self.put(DIAGRAM, text, int(answer.headers["X-Revision"]))

    def upload(self, name: str, data: bytes, **fields: str) -> TestResponse:
        """Send a file."""
        form = {"csrf_token": self.visitor.token, "file": (io.BytesIO(data), name), **fields}
        return self.visitor.client.post("/studio/import", data=form, headers={"Accept": "application/json"})


@pytest.fixture
def owner(as_person: Callable[[str], Visitor]) -> Owner:
    """何静 at the draft of 项目变更审批."""
    return Owner(as_person("hejing"))


@pytest.fixture
def other(as_person: Callable[[str], Visitor], owner: Owner) -> Owner:
    """周岚 at the same draft."""
    return Owner(as_person("zhoulan"))


def test_the_draft_and_its_parts(owner: Owner) -> None:
    design = owner.design
    assert (design["name"], design["base_version"], design["live_version"]) == ("项目变更审批", 1, 1)
    assert (design["changed"], design["may_publish"], design["editors"]) == (0, True, [])
    assert design["parts"][0] | {"updated_at": ""} == {
        "kind": "diagram",
        "name": "change_approval",
        "title": "项目变更审批",
        "revision": 1,
        "updated_at": "",
        "updated_by": "何静（平台管理部）",
    }
    answer = owner.visitor.get(DIAGRAM)
    assert (answer.mimetype, answer.headers["X-Revision"]) == ("application/xml", "1")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_conflict_names_who_when_and_which_revision(owner: Owner, other: Owner) -> None:
    assert other.put(ORDER, "{}", 1).json["revision"] == 2  # type: ignore[index]
    answer = owner.put(ORDER, "[]", 1)
    assert answer.status_code == 409
    told = answer.json
    assert told is not None
    assert (told["by"], told["revision"], told["gone"]) == ("周岚（平台管理部）", 2, False)
    assert "周岚（平台管理部）已于" in told["message"]
    assert owner.put(ORDER, "[]", 1, force=True).json["revision"] == 3  # type: ignore[index]
    (copy,) = owner.visitor.get(f"{BASE}/copies.json").json["copies"]  # type: ignore[index]
    assert (copy["author"], copy["reason"]) == ("周岚（平台管理部）", "forced")
    assert owner.text(f"{BASE}/copies/{copy['id']}") == "{}"
    taken = other.send("POST", f"{BASE}/copies/{copy['id']}/take", {}).json
    assert (taken["kind"], taken["name"], owner.text(ORDER)) == ("form", "order", "{}")  # type: ignore[index]


def test_the_record_of_a_definition_is_for_owners_and_auditors(
    owner: Owner, as_person: Callable[[str], Visitor]
) -> None:
    owner.send("DELETE", f"{BASE}/parts/form/rollback", {"revision": 1})
    page = owner.text("/procedures/change_approval/record")
    assert "变更记录" in page
    assert "留存的副本" in page
    assert "删去 表单 rollback" in page
    auditor = as_person("hanxue").get("/procedures/change_approval/record")
    assert "放回草稿" not in auditor.get_data(as_text=True)
    assert as_person("chensiyuan").get("/procedures/change_approval/record").status_code == 403


def test_findings_of_the_draft_with_what_is_not_saved_laid_over_it(owner: Owner) -> None:
    (hint,) = owner.send("POST", f"{BASE}/check", {}).json["findings"]  # type: ignore[index]
    assert (hint["level"], hint["code"], hint["name"]) == ("hint", "dmn-skipped", "approval_chain")
    overlay = [{"kind": "form", "name": "order", "content": '{"type": "html"'}]
    found, *hints = owner.send("POST", f"{BASE}/check", {"overlay": overlay}).json["findings"]  # type: ignore[index]
    assert hints == [hint]
    assert (found["kind"], found["name"], found["level"]) == ("form", "order", "standard")
    assert owner.design["revision"] == 1


def test_hints_come_last_and_point_into_the_table(owner: Owner) -> None:
    table = owner.text(f"{BASE}/parts/decision/grade").replace('hitPolicy="FIRST"', 'hitPolicy="UNIQUE"')
    unused = '<input id="more" label="事由"><inputExpression id="more_e" typeRef="string"><text>subject_line</text>'
    table = table.replace("<output ", f"{unused}</inputExpression></input><output ", 1)
    overlay = [{"kind": "decision", "name": "grade", "content": _with_one_more_cell(table)}]
    found = owner.send("POST", f"{BASE}/check", {"overlay": overlay}).json["findings"]  # type: ignore[index]
    assert ("house", "dmn-overlap") in {(one["level"], one["code"]) for one in found}
    assert ("house", "dmn-unknown_name", "more") in {(one["level"], one["code"], one["element_id"]) for one in found}
    levels = [one["level"] for one in found]
    assert levels == sorted(levels, key=lambda level: level == "hint")
    assert ("hint", "dmn-unused", "more") in {(one["level"], one["code"], one["element_id"]) for one in found}


def _with_one_more_cell(table: str) -> str:
    """A cell that lets everything pass, before the first answer of each rule."""
    head, *rules = table.split("</rule>")
    rows = [head, *rules[:-1]]
    cell = '<inputEntry id="more_{n}"><text>-</text></inputEntry><outputEntry '
    return "</rule>".join(
        [*(row.replace("<outputEntry ", cell.format(n=n), 1) for n, row in enumerate(rows)), rules[-1]]
    )


def test_two_at_once_are_shown_to_each_other(owner: Owner, other: Owner) -> None:
    owner.send("POST", f"{BASE}/presence", {"part": "form:order"})
    told = other.send("POST", f"{BASE}/presence", {"part": "diagram:change_approval"}).json
    assert told is not None
    assert {(one["name"], one["part"], one["me"]) for one in told["editors"]} == {
        ("何静", "form:order", False),
        ("周岚", "diagram:change_approval", True),
    }
    assert other.send("POST", f"{BASE}/presence", {"leaving": True}).status_code == 200
    assert [one["name"] for one in owner.design["editors"]] == ["何静"]


def test_publishing_with_findings_lists_them_and_keeps_the_draft(owner: Owner) -> None:
    owner.put(ORDER, "{", 1)
    answer = owner.send("POST", f"{BASE}/publish", {"note": "改", "revision": 2})
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["message"].startswith("有 1 处问题，没有发布；草稿原样保留")
    assert answer.json["findings"][0]["name"] == "order"
    assert owner.text(ORDER) == "{"


def test_publishing(owner: Owner, other: Owner) -> None:
    owner.rename_step()
    answer = owner.send("POST", f"{BASE}/publish", {"note": "改称核对", "revision": 2})
    assert answer.json is not None
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert "已发布第 2 版" in answer.json["toast"]
    told = other.put(ORDER, "{}", 1)
    assert (told.status_code, told.json["gone"], told.json["version"]) == (409, True, 2)  # type: ignore[index]
    assert other.design["base_version"] == 2


def test_restoring_removing_renaming_discarding(owner: Owner) -> None:
    assert owner.send("DELETE", f"{BASE}/parts/form/rollback", {"revision": 1}).status_code == 204
    assert owner.send("POST", f"{ORDER}/rename", {"to": "work_order"}).json == {"name": "work_order"}
    assert owner.design["changed"] == 3
    answer = owner.send("POST", f"{BASE}/restore", {"version": 1})
    assert (answer.json["location"], owner.design["changed"]) == (BASE, 0)  # type: ignore[index]
    assert owner.send("POST", f"{BASE}/discard", {}).status_code == 200
    plain = owner.visitor.form(f"{BASE}/restore", version="1")
    assert (plain.status_code, plain.location) == (303, BASE)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", ORDER, {"content": 7, "revision": 1}),
        ("PUT", ORDER, {"content": "\ud800", "revision": 1}),
        ("PUT", ORDER, {"content": "{}", "revision": "1"}),
        ("PUT", ORDER, {"content": "x" * (MAX_BYTES + 1), "revision": 1}),
        ("PUT", ORDER, []),
        ("PUT", f"{BASE}/parts/handler/evil", {"content": "import os", "revision": None}),
        ("PUT", f"{BASE}/parts/form/a%20b", {"content": "{}", "revision": None}),
        ("PUT", f"{BASE}/parts/form/..%2F..%2Fx", {"content": "{}", "revision": None}),
        ("PUT", "/studio/nothing/parts/form/order", {"content": "{}", "revision": 1}),
        ("DELETE", DIAGRAM, {"revision": 1}),
        ("DELETE", ORDER, {}),
        ("POST", f"{ORDER}/rename", {"to": "../x"}),
        ("POST", f"{BASE}/check", {"overlay": "x"}),
        ("POST", f"{BASE}/check", {"overlay": [1]}),
        ("POST", f"{BASE}/check", {"overlay": [{"kind": "form", "name": "../x", "content": ""}]}),
        ("POST", f"{BASE}/check", {"overlay": [{}] * 201}),
        ("POST", f"{BASE}/publish", {"note": "改"}),
        ("POST", f"{BASE}/publish", {"note": ["x"], "revision": 1}),
        ("POST", f"{BASE}/publish", {"note": "没有差别", "revision": 1}),
        ("POST", f"{BASE}/publish", {"note": "旧", "revision": 99}),
        ("POST", f"{BASE}/restore", {"version": 9}),
        ("POST", f"{BASE}/restore", {"version": 10**30}),
        ("POST", "/studio/new", {"key": "Bad Key", "name": "x", "prefix": "X"}),
        ("POST", "/studio/new", {"key": "change_approval", "name": "x", "prefix": "X"}),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_changes_nothing(owner: Owner, method: str, path: str, body: Any) -> None:
    before = owner.design
    answer = owner.send(method, path, body)
    assert answer.status_code in (404, 409, 422), answer.status_code
    assert answer.json is not None
    assert len(answer.json["message"]) > 5
    assert owner.design == before


def test_a_part_of_megabytes_is_saved(owner: Owner) -> None:
    """Quotes double in JSON: what the draft takes must get through the door."""
    assert owner.put(ORDER, '"' * MAX_BYTES, 1).status_code == 200


def test_out_as_a_zip_and_in_again(owner: Owner) -> None:
    answer = owner.visitor.get("/procedures/change_approval/versions/1/export.zip")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "application/zip",
        'attachment; filename="change_approval-v1.zip"',
    )
    owner.put(ORDER, "{}", 1)
    told = owner.upload("change_approval.zip", answer.data).json
    assert told is not None
    assert (told["location"], "1 个部分与原来不同" in told["toast"]) == (BASE, True)
    assert owner.design["changed"] == 0
    draft = owner.visitor.get(f"{BASE}/export.zip").data
    with zipfile.ZipFile(io.BytesIO(draft)) as archive:
        assert archive.read("forms/change_approval/order.json").decode() == owner.text(ORDER)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04", "不是完整的 zip"),
        (b"<svg/>", "不是 BPMN"),
        (b"", "空"),
    ],
)
def test_a_file_that_is_nothing_of_ours(owner: Owner, data: bytes, told: str) -> None:
    before = owner.design
    answer = owner.upload("x.zip", data)
    assert answer.status_code == 422
    assert told in answer.json["message"]  # type: ignore[index]
    assert owner.design == before


def test_a_new_procedure_and_a_foreign_diagram(owner: Owner) -> None:
    answer = owner.send("POST", "/studio/new", {"key": "purchase", "name": "采购审批", "prefix": "CG"})
    assert answer.json["location"] == "/studio/purchase"  # type: ignore[index]
    text = owner.text("/studio/purchase/parts/diagram/purchase").replace("purchase", "buying").replace("采购", "购置")
    told = owner.upload("购置.bpmn", text.encode()).json
    assert (told["location"], "新流程“购置审批”" in told["toast"]) == ("/studio/buying", True)  # type: ignore[index]
    assert owner.text("/studio/buying/parts/diagram/buying") == text


def test_staff_have_no_business_here(as_person: Callable[[str], Visitor]) -> None:
    staff = Owner(as_person("chensiyuan"))
    for method, path in (
        ("GET", f"{BASE}/design.json"),
        ("GET", ORDER),
        ("PUT", ORDER),
        ("DELETE", ORDER),
        ("POST", f"{ORDER}/rename"),
        ("POST", f"{BASE}/check"),
        ("POST", f"{BASE}/presence"),
        ("POST", f"{BASE}/publish"),
        ("POST", f"{BASE}/discard"),
        ("POST", f"{BASE}/restore"),
        ("POST", f"{BASE}/take-files"),
        ("POST", "/studio/new"),
        ("POST", "/studio/import"),
        ("GET", f"{BASE}/export.zip"),
        ("GET", "/procedures/change_approval/versions/1/export.zip"),
        ("GET", f"{BASE}/copies.json"),
    ):
        assert staff.send(method, path, {}).status_code == 403, (method, path)
