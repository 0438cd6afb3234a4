"""A task from the application to its end, as the scripts of the page drive it; and everything that must be refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from engine.models import Task
from engine.platform import Platform
from tests.ui.conftest import APPLICATION, NECESSITY, Visitor

Browser = Callable[[str], Visitor]


@pytest.fixture
def task(platform: Platform, as_person: Browser) -> int:
    """The necessity review of a new change, claimed by 何静."""
    as_person("chensiyuan").start()
    with platform.database.read() as session:
        task_id = session.scalars(select(Task.id)).one()
    as_person("hejing").json(f"/tasks/{task_id}/claim", {})
    return task_id


def body(visitor: Visitor, task: int, **changes: Any) -> dict[str, Any]:
    """What the page's script sends: the revision shown on it, an act, an opinion, the form."""
    revision = re.search(r'data-revision="(\d+)"', visitor.text(f"/tasks/{task}"))
    assert revision is not None
    sent = {"revision": int(revision.group(1)), "action": "approve", "opinion": "同意。", "data": NECESSITY}
    return {**sent, "attachments": [], "return_to": None, **changes}


def test_the_application_is_checked_field_by_field(as_person: Browser) -> None:
    visitor = as_person("chensiyuan")
    wrong = {**APPLICATION, "cost_change": 10**9, "contact_phone": "123", "unknown": 1}
    del wrong["reason"]
    answer = visitor.json("/start/change_approval", {"data": wrong})
    assert answer.status_code == 422
    assert answer.json is not None
    assert {"cost_change", "contact_phone", "reason", "unknown"} <= set(answer.json["errors"])


def test_starting_leads_to_the_case_and_says_who_has_it(as_person: Browser) -> None:
    answer = as_person("chensiyuan").json("/start/change_approval", {"data": APPLICATION})
    assert answer.json is not None
    assert answer.json["location"] == "/cases/1"
    assert answer.json["toast"].startswith("BG-2026-0001 已提交。已交")


def test_the_page_answers_the_four_questions(as_person: Browser, task: int) -> None:
    page = as_person("hejing").text(f"/tasks/{task}")
    for words in (
        "申请内容",
        "办理后会怎样",
        "办理过程",
        "常用语",
        "项目变更审批单",
        "data-primary",
        "act-reject",
        "act-return",
    ):
        assert words in page, words
    assert "g-tabbar" not in page  # the action bar takes its place


def test_finishing_says_who_has_it_next_and_offers_to_take_it_back(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    answer = visitor.json(f"/tasks/{task}/complete", body(visitor, task))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.json is not None
    assert answer.json["location"] == "/inbox"
    assert "已交" in answer.json["toast"]
    assert answer.json["undo"] == f"/tasks/{task}/recall"
    assert "撤回" in visitor.text("/done")
    back = visitor.json(answer.json["undo"], {})
    assert back.json is not None
    assert re.fullmatch(r"/tasks/\d+", back.json["location"])
    assert "执法终端" in visitor.text("/inbox")


def test_whoever_comes_second_reads_who_did_it_and_when(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    sent = body(visitor, task)
    visitor.json(f"/tasks/{task}/complete", sent)
    again = visitor.json(f"/tasks/{task}/complete", sent)
    assert again.status_code == 409
    assert again.json is not None
    assert "何静" in again.json["message"]
    assert again.json["location"] == f"/tasks/{task}"
    page = visitor.text(f"/tasks/{task}")
    assert "已于" in page
    assert "data-primary" not in page


def test_an_old_page_is_refused_and_changes_nothing(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    sent = body(visitor, task)
    answer = visitor.json(f"/tasks/{task}/complete", {**sent, "revision": sent["revision"] - 1})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["message"]
    assert visitor.json(f"/tasks/{task}/complete", sent).status_code == 200


def test_somebody_elses_task_is_not_there(as_person: Browser, task: int) -> None:
    sent = body(as_person("hejing"), task)
    stranger = as_person("limin")
    assert stranger.get(f"/tasks/{task}").status_code == 404
    assert stranger.json(f"/tasks/{task}/complete", sent).status_code == 404
    assert stranger.json(f"/tasks/{task}/transfer", {"account": "limin", "reason": "我来办理"}).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"revision": "1"},
        {"revision": None},
        {"revision": True},
        {"action": 5},
        {"action": "explode"},
        {"opinion": ["同意"]},
        {"opinion": "长" * 6000},
        {"data": [1]},
        {"data": {**NECESSITY, "overlaps": {"a": 1}}},
        {"attachments": "1"},
        {"attachments": ["1"]},
        {"attachments": [-1]},
        {"attachments": [10**30]},
        {"attachments": list(range(1, 60))},
        {"return_to": 7},
    ],
    ids=lambda change: f"{next(iter(change))}",
)
def test_wrong_types_are_mended_not_crashed_on(as_person: Browser, task: int, change: dict[str, Any]) -> None:
    visitor = as_person("hejing")
    answer = visitor.json(f"/tasks/{task}/complete", body(visitor, task, **change))
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.json is not None
    assert answer.json["message"]
    assert visitor.json(f"/tasks/{task}/complete", body(visitor, task)).status_code == 200


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"[" * 100_000])
def test_broken_json_is_refused_in_words(as_person: Browser, task: int, sent: bytes) -> None:
    visitor = as_person("hejing")
    headers = {"X-CSRF-Token": visitor.token, "Content-Type": "application/json", "Accept": "application/json"}
    answer = visitor.client.post(f"/tasks/{task}/complete", data=sent, headers=headers)
    assert answer.status_code == 422
    assert answer.json == {"message": "没有读懂发来的内容，什么都没有改动。请刷新页面后重试。"}


def test_a_body_of_megabytes_is_refused(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    answer = visitor.json(f"/tasks/{task}/draft", {"data": {"x": "长" * 1_000_000}})
    assert answer.status_code == 413
    assert answer.json is not None
    assert answer.json["message"] == "没有提交，填写的内容还在。文字太长，请删短，或把长内容放进附件。"


def test_the_preview_says_what_each_act_leads_to(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    shown = visitor.json(f"/tasks/{task}/preview", {"data": NECESSITY}).get_data(as_text=True)
    for words in ("→ 部门负责人审批", "周岚（平台管理部）", "→ 修改补正", "通过后：部门负责人审批"):
        assert words in shown, words
    assert 'hx-swap-oob="innerHTML:[data-next]"' in shown
    assert visitor.json(f"/tasks/{task}/preview", {"data": {"overlaps": 7, "unknown": []}}).status_code == 200


def test_transfer_names_what_is_missing_and_then_hands_over(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    assert "许文博" in visitor.text(f"/tasks/{task}/people?q=文博")
    assert "没有叫“无名氏”的在职人员" in visitor.text(f"/tasks/{task}/people?q=无名氏")
    missing = visitor.json(f"/tasks/{task}/transfer", {"q": "文", "reason": ""})
    assert missing.status_code == 422
    assert missing.json is not None
    assert set(missing.json["errors"]) == {"account", "reason"}
    done = visitor.json(f"/tasks/{task}/transfer", {"account": "xuwenbo", "reason": "本周出差"})
    assert done.json == {"location": "/inbox", "toast": "已转办，并通知了对方"}
    assert "执法终端" in as_person("xuwenbo").text("/inbox")
    assert visitor.get(f"/tasks/{task}/people").status_code == 404


def test_a_claimed_task_goes_back_to_the_others(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    assert "放回待认领" in visitor.text(f"/tasks/{task}")
    assert visitor.json(f"/tasks/{task}/release", {}).json == {"location": "/claimable", "toast": "已放回待认领"}
    page = as_person("zhoulan").text(f"/tasks/{task}")
    assert "认领后由你一人办理" in page
    assert "data-primary" not in page


def test_whom_a_return_affects_is_no_strangers_business(as_person: Browser, task: int) -> None:
    assert as_person("chensiyuan").get(f"/tasks/{task}/return-targets").status_code == 404
    assert as_person("hejing").get(f"/tasks/{task}/return-targets").status_code == 200


def test_returning_leads_to_the_applicant(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    assert "受影响" not in visitor.text(f"/tasks/{task}/return-targets?return_to=")  # the drawn way
    forged = visitor.get(f"/tasks/{task}/return-targets?return_to=nowhere", Accept="application/json")
    assert forged.status_code in (404, 409, 422)
    answer = visitor.json(f"/tasks/{task}/complete", body(visitor, task, action="return", opinion="请补充测算依据。"))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert "修改补正" in as_person("chensiyuan").text("/inbox")


def test_refusing_needs_a_reason_and_ends_the_case(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    silent = visitor.json(f"/tasks/{task}/complete", body(visitor, task, action="reject", opinion=""))
    assert silent.status_code == 422
    assert silent.json is not None
    assert "opinion" in silent.json["errors"]
    assert visitor.json(f"/tasks/{task}/complete", body(visitor, task, action="reject")).status_code == 200
    assert "已驳回" in as_person("chensiyuan").text("/started")


def test_a_draft_is_there_again(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    kept = {"data": {"overlaps": "有关联"}, "opinion": "先写一半", "action": None, "attachments": []}
    assert visitor.json(f"/tasks/{task}/draft", kept).status_code == 200
    page = visitor.text(f"/tasks/{task}")
    assert "先写一半" in page
    assert "data-saved-at=" in page
    assert "执法终端" in visitor.text("/drafts")
    gone = visitor.form("/drafts/discard", key="change_approval", task=str(task))
    assert gone.location == "/drafts"
    assert "先写一半" not in visitor.text(f"/tasks/{task}")


def test_a_draft_of_a_task_that_was_taken_is_kept_all_the_same(as_person: Browser, task: int) -> None:
    kept = {"data": {}, "opinion": "我也写了意见", "action": None, "attachments": []}
    assert as_person("zhoulan").json(f"/tasks/{task}/draft", kept).status_code == 200


def test_files_are_uploaded_named_and_removed(as_person: Browser) -> None:
    visitor, other = as_person("chensiyuan"), as_person("limin")
    headers = {"X-CSRF-Token": visitor.token, "Accept": "application/json"}

    def send(name: str, content: bytes) -> Any:
        return visitor.client.post("/files", data={"file": (BytesIO(content), name)}, headers=headers)

    stored = send("变更必要性说明.pdf", b"%PDF-1.4\n%%EOF\n").json
    assert stored["name"] == "变更必要性说明.pdf"
    assert visitor.get(stored["url"]).status_code == 200
    assert other.get(stored["url"]).status_code == 404
    assert other.json(stored["remove_url"], {}).status_code == 404
    assert visitor.json(stored["remove_url"], {}).status_code == 204
    assert visitor.get(stored["url"]).status_code == 404
    for name, content in (("空.pdf", b""), ("程序.pdf", b"MZ\x90\x00" * 64)):
        refused = send(name, content)
        assert refused.status_code == 422, name
        assert refused.json["message"]
    assert visitor.client.post("/files", headers=headers).status_code == 422


def test_a_case_shows_why_it_waits_and_can_be_withdrawn(as_person: Browser) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start()
    page = visitor.text(f"/cases/{case}")
    for words in ("卡在：必要性审查。", "催办", "撤销", "打印审批单", "关键数据", "data-diagram"):
        assert words in page, words
    for tab in ("data", "files", "log", "nonsense"):
        visitor.text(f"/cases/{case}?tab={tab}")
    silent = visitor.json(f"/cases/{case}/withdraw", {"reason": " "})
    assert silent.status_code == 422
    assert silent.json is not None
    assert "reason" in silent.json["errors"]
    done = visitor.json(f"/cases/{case}/withdraw", {"reason": "与另一变更合并办理"})
    assert done.status_code == 200
    assert "已撤销" in visitor.text(f"/cases/{case}")
    again = visitor.json(f"/cases/{case}/withdraw", {"reason": "再来一次"})
    assert again.status_code == 409


def test_diagram_and_marks_are_sent_once_and_then_only_when_changed(as_person: Browser) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start()
    for path in (f"/cases/{case}/diagram.bpmn", f"/cases/{case}/marks.json"):
        first = visitor.get(path)
        assert first.status_code == 200
        assert visitor.get(path, If_None_Match=first.headers["ETag"]).status_code == 304


def test_the_case_page_says_why_a_gateway_took_its_way(as_person: Browser, task: int) -> None:
    visitor = as_person("hejing")
    assert visitor.json(f"/tasks/{task}/complete", body(visitor, task)).status_code == 200
    page = visitor.text("/cases/1")
    assert "有必要：走“通过”" in page
    assert "<summary>依据</summary>" in page
    assert "“通过”的条件成立：必要性审查的结果 是 “通过”" in page
