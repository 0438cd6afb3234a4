"""Publishing: all parts or nothing, one of two at once, running cases on their version."""

from __future__ import annotations

from threading import Thread

import pytest
from sqlalchemy import select, update

from engine.commands import deploy_files, discard_design, publish_design
from engine.commands.verify_log import verify_log
from engine.errors import DesignStale, Forbidden, Invalid, PartsRefused, Refused
from engine.models import Definition, Deployment, Design, DesignCopy, DesignPart, Resource
from engine.queries import versions
from engine.queries.cases import case_page
from tests.engine.commands.test_deploy import checkout, edit  # noqa: F401  # a fixture
from tests.fixtures.at_once import at_once, failed
from tests.fixtures.drawing_board import Board
from tests.fixtures.story import KEY, Story


@pytest.fixture
def board(story: Story) -> Board:
    """The draft of 项目变更审批 with one change that may be published."""
    board = Board(story).open()
    board.rename_step()
    return board


def test_the_draft_becomes_the_live_version_with_author_time_and_note(board: Board) -> None:
    done = board.publish("必要性审查改称核对")
    assert (done.version, done.name) == (2, "项目变更审批")
    newest, first = versions.versions(board.platform, board.owner(), KEY)
    assert (newest.version, newest.state, newest.source, newest.note) == (2, "live", "browser", "必要性审查改称核对")
    assert (str(newest.author), newest.at) == ("何静（平台管理部）", board.story.clock.now())
    assert (first.version, first.state, first.source) == (1, "retired", "files")
    assert board.story.all(select(Design)) == board.story.all(select(DesignPart)) == []


def test_running_cases_stay_on_their_version_and_new_ones_follow_the_new(board: Board) -> None:
    old = board.story.start()
    board.publish()
    new = board.story.start()
    names = [board.story.row(case.task("review_necessity")).name for case in (old, new)]
    assert names == ["必要性审查", "必要性核对"]
    manager = board.owner("zhoulan")
    assert [case_page(board.platform, manager, case.id).version for case in (old, new)] == [1, 2]
    old.found_necessary()
    counts = [(v.version, v.running_cases, v.all_cases) for v in versions.versions(board.platform, manager, KEY)]
    assert counts == [(2, 1, 1), (1, 1, 1)]


def test_every_thread_starts_on_the_new_version_at_once(board: Board) -> None:
    seen: list[int] = []

    def ask() -> None:
        with board.platform.database.read() as session:
            seen.append(board.platform.deployments.live(session, KEY).version)

    for _time in range(2):
        threads = [Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if len(seen) == 4:
            board.publish()
    assert seen == [1] * 4 + [2] * 4


def test_all_findings_at_once_nothing_is_published_and_the_draft_is_kept(board: Board) -> None:
    board.edit("diagram", KEY, {'camunda:formRef="order"': 'camunda:formRef="no_such_form"'})
    board.save("form", "panel", b'{"type": "default"')
    board.save("decision", "grade", b"<broken")
    with board.story.nothing_changes(), pytest.raises(PartsRefused) as refused:
        board.publish()
    told = {(found.kind, found.name, found.finding.level) for found in refused.value.parts}
    assert ("diagram", KEY, "house") in told
    assert {("form", "panel", "standard"), ("decision", "grade", "standard")} <= told
    assert not any(found.finding.code == "decision_missing" for found in refused.value.parts)  # it is there, broken
    assert board.view.changed == 4
    board.story.start()


def test_two_publications_at_once_one_wins_the_other_reads_who(board: Board) -> None:
    revision, parts = board.view.revision, [part for part in board.view.parts if part.kind != "diagram"]
    people = ["hejing", "zhoulan", "shenyutong"]
    owners = [board.owner(account) for account in people]
    acts = [lambda o=o: publish_design(board.platform, o, KEY, o.name, revision) for o in owners]
    results = at_once(acts)
    errors = failed(results)
    assert [type(error) for error in errors] == [DesignStale] * 2
    winner = owners[next(i for i, result in enumerate(results) if not isinstance(result, Exception))]
    assert all(f"{winner.name}（" in str(error) and "发布为第 2 版" in str(error) for error in errors)
    assert board.story.all(select(Definition.version).where(Definition.key == KEY)) == [1, 2]
    assert board.story.one(select(Deployment.note).where(Deployment.source == "browser")) == winner.name
    assert len(board.story.all(select(Resource))) == 2 * len(parts)


def test_a_publication_and_a_save_at_once_lose_nothing(board: Board) -> None:
    """Either the save is in the version, or the publisher or the saver is told."""
    revision = board.view.revision
    acts = [
        lambda: publish_design(board.platform, board.owner(), KEY, "发布", revision),
        lambda: board.save("form", "order", b"{}", by="zhoulan", seen_revision=1),
    ]
    published, saved = at_once(acts)
    assert isinstance(published, DesignStale) != isinstance(saved, DesignStale)


def test_a_publication_and_a_deployment_at_once_make_two_versions(board: Board, checkout) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    edit(checkout / "forms/change_approval/order.json", "对实施结果负责的人", "负责实施的人")
    revision = board.view.revision
    at_once(
        [
            lambda: publish_design(board.platform, board.owner(), KEY, "发布", revision, 1),
            lambda: deploy_files(board.platform, checkout),
        ]
    )
    states = board.story.all(select(Definition.status).where(Definition.key == KEY).order_by(Definition.version))
    assert states.count("live") == 1
    assert verify_log(board.platform).sound


def test_who_has_not_seen_the_newest_save_does_not_publish_it(board: Board) -> None:
    seen = board.view.revision
    board.save("form", "order", b"{}", by="zhoulan")
    with (
        board.story.nothing_changes(),
        pytest.raises(DesignStale, match=r"周岚（平台管理部）已于 .* 改过这份草稿，没有发布"),
    ):
        board.publish(seen_revision=seen)


def test_a_version_made_meanwhile_is_replaced_only_on_purpose(board: Board, checkout) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    edit(checkout / "forms/change_approval/order.json", "对实施结果负责的人", "负责实施的人")
    deploy_files(board.platform, checkout)
    with board.story.nothing_changes(), pytest.raises(DesignStale, match=r"第 2 版已于 .* 发布") as told:
        board.publish()
    assert told.value.version == 2
    assert board.publish(seen_live=2).version == 3


def test_nothing_new_is_not_published(story: Story) -> None:
    board = Board(story).open()
    with story.nothing_changes(), pytest.raises(Refused, match="与现行第 1 版没有差别"):
        board.publish()


@pytest.mark.parametrize("note", ["", "  \n ", "长" * 501])
def test_a_publication_says_why(board: Board, note: str) -> None:
    with board.story.nothing_changes(), pytest.raises(Invalid, match="发布说明"):
        board.publish(note)


def test_only_who_may_publish_publishes(board: Board) -> None:
    for account in ("chensiyuan", "leizhen"):
        with board.story.nothing_changes(), pytest.raises(Forbidden):
            board.publish(by=account)


def test_publishing_after_publishing_is_told(board: Board) -> None:
    revision = board.view.revision
    board.publish()
    with pytest.raises(DesignStale, match="何静（平台管理部）已于 2026-11-06 09:30 把这份草稿发布为第 2 版"):
        publish_design(board.platform, board.owner("zhoulan"), KEY, "再发", revision)


def test_a_prefix_of_another_procedure_and_names_that_are_too_long_are_findings(board: Board) -> None:
    with board.platform.database.write() as session:
        session.execute(update(Definition).values(key="another"))
    board.edit("diagram", KEY, {'name="必要性核对"': f'name="{"长" * 121}"'})
    with pytest.raises(PartsRefused) as refused:
        board.publish()
    assert {found.finding.code for found in refused.value.parts} == {"prefix_taken", "too_long"}


def test_what_is_discarded_is_kept_as_copies(board: Board) -> None:
    board.save("form", "brand_new", b"{}")
    discard_design(board.platform, board.owner("zhoulan"), KEY)
    copies = board.story.all(select(DesignCopy).order_by(DesignCopy.id))
    assert {(copy.kind, copy.name, copy.reason) for copy in copies} == {
        ("diagram", KEY, "discarded"),
        ("form", "brand_new", "discarded"),
    }
    board.open()
    assert board.view.changed == 0
