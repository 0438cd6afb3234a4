"""附件: uploading, taking back, reading (the judgement of contents is in tests/engine/test_files.py)."""

from __future__ import annotations

import io

import pytest

from engine.commands import remove_file, start_process, store_file
from engine.errors import InvalidFile, NotFound
from engine.queries.files import file_content
from tests.fixtures.story import APPLICATION, KEY, Story

PDF = b"%PDF-1.4\n%\xe2\xe3\n"


def test_an_upload_is_ones_own_until_it_is_sent(story: Story) -> None:
    actor = story.person("chensiyuan")
    with story.listening() as said:
        file = store_file(story.platform, actor, "变更说明.pdf", io.BytesIO(PDF))
    assert said.commits == 1
    assert (file.name, file.media_type, file.size) == ("变更说明.pdf", "application/pdf", len(PDF))
    assert file_content(story.platform, actor, file.id).path.read_bytes() == PDF
    for someone in ("limin", "zhoulan"):
        with pytest.raises(NotFound):
            file_content(story.platform, story.person(someone), file.id)


def test_a_file_that_was_sent_is_read_by_who_may_read_the_case(story: Story) -> None:
    actor = story.person("chensiyuan")
    file = store_file(story.platform, actor, "变更说明.pdf", io.BytesIO(PDF))
    start_process(story.platform, actor, KEY, APPLICATION, [file.id])
    for someone in ("chensiyuan", "hejing", "gaozhendong"):
        assert file_content(story.platform, story.person(someone), file.id).name == "变更说明.pdf"
    with pytest.raises(NotFound):
        file_content(story.platform, story.person("limin"), file.id)


def test_a_refused_upload_leaves_nothing(story: Story) -> None:
    with story.nothing_changes(), pytest.raises(InvalidFile):
        store_file(story.platform, story.person("chensiyuan"), "变更说明.pdf", io.BytesIO(b"MZ\x90\x00"))
    assert [path for path in story.platform.files_dir.rglob("*") if path.is_file()] == []


def test_only_ones_own_unsent_upload_can_be_taken_back(story: Story) -> None:
    actor = story.person("chensiyuan")
    kept, sent = (store_file(story.platform, actor, "变更说明.pdf", io.BytesIO(PDF)) for _ in range(2))
    start_process(story.platform, actor, KEY, APPLICATION, [sent.id])
    for someone, wanted in (("limin", kept.id), ("chensiyuan", sent.id), ("chensiyuan", 404)):
        with story.nothing_changes(), pytest.raises(NotFound):
            remove_file(story.platform, story.person(someone), wanted)
    remove_file(story.platform, actor, kept.id)
    with pytest.raises(NotFound):
        file_content(story.platform, actor, kept.id)
    assert file_content(story.platform, actor, sent.id).path.read_bytes() == PDF  # the same content, still needed
