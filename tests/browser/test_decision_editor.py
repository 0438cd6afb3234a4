"""Process owners change decision tables: a rule, a trial, a torn file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.audit import contrast, names
from tests.browser.person import Person
from tests.browser.server import Server

pytestmark = pytest.mark.long  # an editor of its own for each; what they write is tested without a browser too

Come = Callable[..., Person]
TABLE = "/studio/change_approval/decisions/grade"


class Table:
    """The editor of one table at a person's desk."""

    def __init__(self, person: Person, path: str = TABLE) -> None:
        self.person = person
        self.page: Page = person.page
        self.page.goto(path)
        expect(self.page.locator("[data-de-canvas]")).not_to_have_attribute("aria-busy", "true")

    def cell(self, identity: str) -> Locator:
        """The cell of this id."""
        return self.page.locator(f'td[data-element-id="{identity}"]')

    def write(self, identity: str, text: str) -> None:
        """Click into a cell and type."""
        self.cell(identity).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def fill(self, **values: str) -> None:
        """Values to try, by variable."""
        for name, text in values.items():
            self.page.locator(f'[data-variable="{name}"]').fill(text)

    @property
    def said(self) -> Locator:
        """What the trial says."""
        return self.page.locator("[data-trial-said]")

    def saved(self) -> None:
        """The server has it."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("[data-studio]")).not_to_have_attribute("data-unsaved", "")

    def stored(self) -> str:
        """The file as the server has it."""
        return self.person.context.request.get(TABLE.replace("/decisions/", "/parts/decision/")).text()


@pytest.fixture
def table(come: Come, studio_server: Server) -> Table:
    """何静 at the table of grades, in a draft of her own."""
    return Table(come("hejing", at=studio_server))


def test_a_rule_is_changed_and_tried(table: Table) -> None:
    table.fill(project_facts="{contract_amount: 1000}", cost_change="60")
    table.fill(schedule_change="5", scope_impact="不影响范围")
    expect(table.said).to_contain_text("符合规则 4")
    expect(table.said).to_contain_text("费用占比 6% ≥ 5%")
    expect(table.cell("grade_larger_cost_in_1")).to_have_attribute("data-tried", "yes")
    expect(table.cell("grade_major_cost_in_1")).to_have_attribute("data-tried", "fails")
    table.write("grade_larger_cost_in_1", ">= 8")
    expect(table.said).to_contain_text("符合规则 7")
    expect(table.said).to_contain_text("一般")
    table.saved()
    assert "&gt;= 8" in table.stored()
    assert "费用变化达到合同额的 5%，为较大变更" in table.stored()


def test_a_broken_cell_is_marked_and_found(table: Table) -> None:
    table.write("grade_larger_cost_in_1", ">= ")
    row = table.page.locator("[data-finding]").filter(has_not_text="跳过了").first  # of another table, and there always
    expect(row).to_be_visible()
    expect(table.cell("grade_larger_cost_in_1")).to_have_attribute("data-found", "standard")
    expect(table.said).to_contain_text("改好后才能试算")
    row.get_by_role("button", name="定位").click()
    expect(table.page.locator('td[data-element-id="grade_larger_cost_in_1"]:focus-within')).to_have_count(1)
    table.write("grade_larger_cost_in_1", ">= 5")
    expect(row).to_have_count(0)
    table.saved()


def test_the_hit_policies_the_engine_runs_in_chinese(table: Table) -> None:
    table.page.get_by_label("命中策略").click()
    options = table.page.locator(".dms-select-options .option")
    assert options.all_inner_texts() == [
        *("唯一", "按顺序取第一条", "按取值先后取一条", "任一（结论须相同）", "全部汇集成列表"),
        *("汇集后相加", "汇集后取最小", "汇集后取最大", "汇集后数条数", "全部，按规则顺序", "全部，按取值先后"),
    ]


def test_the_context_menu_and_a_new_rule(table: Table) -> None:
    table.cell("grade_minor_in_1").click(button="right")
    menu = table.page.locator(".context-menu")
    expect(menu).to_contain_text("在上面加一条规则")
    menu.get_by_text("在上面加一条规则").click()
    expect(table.page.locator("td.rule-index")).to_have_count(8)
    expect(table.page.locator("[data-finding]").filter(has_text="请填写输出的值")).to_be_visible()
    table.page.locator("[data-undo]").click()
    expect(table.page.locator("td.rule-index")).to_have_count(7)
    table.saved()


def test_a_default_answers_where_no_rule_matches(table: Table) -> None:
    table.page.locator("[data-mode=source]").click()
    source = table.page.locator("#decision-source")
    good = source.input_value()
    head, _rule, tail = good.partition('<rule id="grade_minor">')
    default = '><defaultOutputEntry id="grade_default"><text>"一般"</text></defaultOutputEntry></output>'
    output = 'name="grade" typeRef="string"'
    source.fill(head.replace(f"{output} />", output + default) + tail.partition("</rule>")[2])
    table.page.locator("[data-mode=edit]").click()
    table.fill(project_facts="{contract_amount: 1000}", cost_change="1", schedule_change="1", scope_impact="无")
    expect(table.said).to_contain_text("没有规则符合，取默认值")
    expect(table.said).to_contain_text("一般")
    table.page.locator("[data-mode=source]").click()
    source.fill(good)
    table.saved()


def test_a_torn_file_is_kept(table: Table) -> None:
    table.page.locator("[data-mode=source]").click()
    source = table.page.locator("#decision-source")
    good = source.input_value()
    source.fill("<torn")
    expect(table.page.locator("[data-de-note]")).to_contain_text("这张表打不开")
    table.saved()
    assert table.stored() == "<torn"
    source.fill(good)
    expect(table.page.locator("[data-de-note]")).to_be_empty()
    table.page.locator("[data-mode=edit]").click()
    expect(table.cell("grade_minor_in_1")).to_be_visible()
    table.saved()


def test_the_first_table_of_a_procedure(table: Table) -> None:
    page = table.page
    page.goto("/studio/change_approval/decisions")
    page.get_by_role("button", name="新建决策表").click()
    page.locator("#field-part-new-title").fill("复核频次")
    page.locator("#field-part-new-name").fill("check_times")
    page.locator("#part-new [data-ok]").click()
    page.wait_for_url("**/decisions/check_times")
    expect(page.locator(".decision-table-name")).to_have_text("复核频次")
    expect(page.locator("[data-finding]").filter(has_text="请填写表达式")).to_be_visible()


def test_on_a_phone_the_table_is_read_only(come: Come, studio_server: Server) -> None:
    table = Table(come("hejing", at=studio_server, phone=True))
    expect(table.page.get_by_text("手机上只能看表")).to_be_visible()
    expect(table.cell("grade_minor_in_1")).to_be_visible()
    expect(table.page.locator("[data-de-canvas] [contenteditable]")).to_have_count(0)
    expect(table.page.locator(".input-variable").first).to_have_text("数字")
    assert table.person.overflow() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_and_contrast(come: Come, studio_server: Server, theme: str) -> None:
    table = Table(come("hejing", at=studio_server, color_scheme=theme))
    table.fill(schedule_change="90")
    expect(table.said).to_contain_text("符合规则 1")  # without the contract's amount the highest grade
    assert names(table.page) + contrast(table.page) == []
