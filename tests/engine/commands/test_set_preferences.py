"""我的: theme, language, keys."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands import set_preferences
from engine.errors import Invalid
from engine.queries.people import actor_by_id
from tests.fixtures.story import Story


def test_what_was_given_is_changed_the_rest_stays(story: Story) -> None:
    actor = story.person("hejing")
    set_preferences(story.platform, actor, theme="dark")
    set_preferences(story.platform, actor, single_keys=False, language="en")
    set_preferences(story.platform, actor)
    found = actor_by_id(story.platform, actor.id)
    assert found is not None
    assert (found.theme, found.language, found.single_keys) == ("dark", "en", False)


@pytest.mark.parametrize("given", [{"theme": "pink"}, {"language": "tlh"}, {"theme": "dark", "language": ""}])
def test_what_is_not_offered_is_refused_whole(story: Story, given: dict[str, Any]) -> None:
    actor = story.person("hejing")
    with pytest.raises(Invalid):
        set_preferences(story.platform, actor, **given)
    assert actor_by_id(story.platform, actor.id) == actor
