"""The demo's banner and person switcher; nothing of it exists in a real installation."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.platform import Platform
from tests.ui.conftest import Visitor


def test_anybody_can_be_anybody_by_one_click(visitor: Visitor) -> None:
    page = visitor.text("/sign-in")
    assert "演示模式" in page
    for name in ("周岚", "张伟民", "钱程"):
        assert name in page
    assert visitor.form("/demo/switch", account="zhoulan").location == "/"
    assert "周岚，" in visitor.text("/")


def test_the_banner_names_who_acts_next_and_leads_to_his_task(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start()
    page = visitor.text(f"/cases/{case}")
    assert "下一步" in page
    [account] = re.findall(r'btn-primary" type="submit" name="account" value="(\w+)"', page)
    landed = visitor.form("/demo/switch", account=account, instance=str(case), next=f"/cases/{case}")
    assert re.fullmatch(r"/tasks/\d+", landed.location)
    assert "必要性审查" in visitor.text(landed.location)


def test_a_switch_lands_where_the_new_person_may_be(as_person: Callable[[str], Visitor]) -> None:
    visitor = as_person("chensiyuan")
    case = visitor.start()
    switch = {"instance": str(case), "next": f"/cases/{case}"}
    assert visitor.form("/demo/switch", account="limin", **switch).location == "/"  # may not see the case
    visitor.get("/mine")
    assert visitor.form("/demo/switch", account="guolimin", **switch).location == f"/cases/{case}"  # may
    visitor.get("/mine")
    assert visitor.form("/demo/switch", account="limin", next="/inbox?due=late").location == "/inbox?due=late"
    visitor.get("/mine")
    assert visitor.form("/demo/switch", account="zhoulan", next="/tasks/99").location == "/"
    visitor.get("/mine")
    assert visitor.form("/demo/switch", account="zhoulan", next="https://evil.example/").location == "/"


def test_unknown_people_cannot_be_played(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    assert visitor.form("/demo/switch", account="nobody").status_code == 404


def test_a_real_installation_knows_no_demo(
    platform: Platform, visitor: Visitor, as_person: Callable[[str], Visitor]
) -> None:
    signed_in = as_person("zhoulan")
    platform.mode = "real"
    assert "演示" not in visitor.text("/sign-in")
    assert "演示" not in signed_in.text("/")
    assert visitor.form("/demo/switch", account="zhoulan").status_code == 404
    assert signed_in.form("/demo/switch", account="hejing").status_code == 404
