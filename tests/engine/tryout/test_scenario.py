"""Kept runs: played again on a changed draft, the first other step told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Invalid
from engine.parts import Parts
from engine.tryout.checking import check_scenarios, finding_of
from engine.tryout.procedure import Procedure
from engine.tryout.run import Run
from engine.tryout.scenario import Departure, Scenario, check, keep
from engine.tryout.world import World
from tests.engine.tryout.test_replay import NECESSITY, TO_THE_END, VOTE
from tests.engine.tryout.trial import HANDLERS, changed, do, parts, start, world
from tests.fixtures.story import LARGER


def kept(*steps: dict[str, object], name: str = "一般变更", **changes: object) -> Scenario:
    """A scenario of these steps, written to a file and read again."""
    run = Run.read({"start": start(**changes), "steps": list(steps)})
    scenario, _played = keep(Procedure.of(parts()), world(), HANDLERS, run, name)
    return Scenario.read(scenario.dump())


def departs(scenario: Scenario, draft: Parts | None = None, today: World | None = None) -> Departure | None:
    """Where it goes another way on this draft; nothing but its own record to ask."""
    nowhere = today or world()
    return check(scenario, Procedure.of(draft or parts()), nowhere, HANDLERS)


def test_on_the_same_draft_it_goes_as_expected() -> None:
    scenario = kept(*TO_THE_END)
    assert (scenario.outcome, len(scenario.rounds)) == ("completed", 6)
    assert departs(scenario) is None


def test_it_may_end_while_the_case_still_runs() -> None:
    scenario = kept(NECESSITY)
    assert scenario.outcome is None
    assert departs(scenario) is None


def test_another_way_is_told_with_the_step_and_both_places() -> None:
    other = departs(kept(*TO_THE_END), changed(**{'necessity = "approve"': 'necessity = "agree"'}))
    assert other == Departure(
        1,
        "revise",
        "第 1 步（何静（平台管理部）办理“必要性审查”：通过）之后，应到“变更定级”，现在到了“修改补正”。",
    )


def test_other_people_are_told_by_name() -> None:
    draft = changed(**{'value="platform" exclude="= [case.starter]" fallback="role:executive"': 'value="platform"'})
    assert departs(kept(NECESSITY), draft) is None, "nobody of the case is concerned"
    rule = 'rule="{}" value="platform" exclude="= [case.starter]"'
    draft = changed(**{rule.format("role"): rule.format("leader")})
    other = departs(kept(NECESSITY), draft)
    assert other is not None
    assert other.text == "陈思远（执法支队）发起之后，“必要性审查”应由何静、许文博、周岚办理，现在由周岚办理。"


def test_a_step_that_cannot_be_done_any_more_is_told_with_its_reason() -> None:
    form = parts().forms["verify"].replace(b'"key": "verification_evidence"', b'"key": "evidence"')
    other = departs(kept(*TO_THE_END), replace(parts(), forms={**parts().forms, "verify": form}))
    assert other is not None
    assert (other.step, other.node_id) == (5, "verify")
    assert other.text.startswith("第 5 步办不成：有 2 处需要修改，内容已保留。（验证方法和结果还没有填写；"), other.text


def test_another_end_is_told() -> None:
    draft = changed(**{'guicheng:outcome="completed"': 'guicheng:outcome="rolled_back"'})
    other = departs(kept(*TO_THE_END), draft)
    assert other is not None
    assert other.text == "走完全部步骤后应为“已办结”，现在是“已回退”。"


def test_a_new_step_in_between_is_told() -> None:
    draft = changed(**{'camunda:decisionRef="grade"': 'camunda:decisionRef="time_limits"'})
    other = departs(kept(*TO_THE_END), draft)
    assert other is not None
    assert other.step == 1


def test_names_and_texts_may_change() -> None:
    assert departs(kept(*TO_THE_END), changed(**{'name="必要性审查"': 'name="必要性核对"'})) is None


# ---------------------------------------------------------------- the organisation of the day


class Deserted:
    """An organisation in which nobody is left: whatever still works comes from the record."""

    def person(self, account: str) -> None:
        return None

    def members(self, rule: str, value: str) -> list[object]:
        return []

    def options(self, source: str) -> list[object]:
        return []

    def facts(self, code: str) -> None:
        return None


def test_it_does_not_turn_red_because_people_leave() -> None:
    steps = [NECESSITY, *VOTE, {"do": "wait", "days": 5}]
    scenario = kept(*steps, **LARGER)
    assert check(scenario, Procedure.of(parts()), Deserted(), HANDLERS) is None  # type: ignore[arg-type]  # a stand-in


def test_who_may_start_is_kept_without_the_whole_staff() -> None:
    scenario = kept(NECESSITY)
    assert sorted(scenario.record["members"]["role:staff"]) == ["chensiyuan", "hejing", "leizhen", "xuwenbo", "zhoulan"]
    assert "fangyuan" not in scenario.record["people"]


# ---------------------------------------------------------------- keeping and checking


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_a_scenario_needs_a_name(name: str) -> None:
    with pytest.raises(Invalid, match="请给场景起个名字"):
        kept(NECESSITY, name=name)


def test_a_run_with_a_step_that_cannot_be_done_is_not_kept() -> None:
    with pytest.raises(Invalid, match="还有一步办不成"):
        kept(do("verify", "zhongxiaoyan", "pass"))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"name": "x"}', b"[" * 5000, b"x" * 600_000])
def test_a_file_that_is_none_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid):
        Scenario.read(content)


def test_all_are_checked_together_and_findings_say_what_to_do() -> None:
    good, junk = kept(NECESSITY).dump(), b"{}"
    draft = replace(changed(**{'necessity = "approve"': 'necessity = "agree"'}), scenarios={"a": good, "b": junk})
    first, second = check_scenarios(draft, world(), HANDLERS)
    assert (first.file, first.title, first.steps, first.ok) == ("a", "一般变更", 1, False)
    found = finding_of(first)
    assert found is not None
    assert (found.level, found.code, found.element_id) == ("house", "scenario_failed", "revise")
    assert found.message.startswith("场景“一般变更”不再成立：第 1 步")
    assert not second.ok


def test_files_read_well() -> None:
    text = kept(NECESSITY).dump().decode()
    assert '["hejing", "xuwenbo", "zhoulan"]' in text, "lists stand on one line"
    assert '"contract_amount": 486.50' in text, "exact numbers stay exact"
