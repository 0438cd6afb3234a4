"""Process owners change forms: a field more, the preview on both widths, what is refused, what is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from engine.forms.carried import PROPERTIES
from tests.browser.audit import contrast, names
from tests.browser.person import Person
from tests.browser.server import Server

pytestmark = pytest.mark.long  # an editor of its own for each; what they write is tested without a browser too

Come = Callable[..., Person]
FORM = "/studio/change_approval/forms/application"


class Form:
    """The editor of one form at a person's desk."""

    def __init__(self, person: Person, path: str = FORM) -> None:
        self.person = person
        self.page: Page = person.page
        self.page.goto(path)
        expect(self.page.locator("[data-fe-canvas]")).not_to_have_attribute("aria-busy", "true")

    def component(self, identity: str) -> Locator:
        """A component on the canvas."""
        return self.page.locator(f'.fjs-element[data-id="{identity}"]')

    def entry(self, name: str) -> Locator:
        """A field of the properties panel."""
        return self.page.locator("[data-properties]").get_by_label(name, exact=True)

    def mode(self, name: str) -> None:
        """Edit, preview or source."""
        self.page.locator("[data-mode]").get_by_text(name, exact=True).click()

    def screen(self, width: str) -> FrameLocator:
        """The form inside the preview: desk or phone."""
        return self.page.frame_locator(f'[data-screen="{width}"] iframe')

    def saved(self) -> None:
        """The server has it."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("[data-studio-line]")).to_contain_text("已保存")
        expect(self.page.locator("[data-studio]")).not_to_have_attribute("data-unsaved", "")

    def stored(self) -> Any:
        """The form as the server has it."""
        return json.loads(self.person.context.request.get(FORM.replace("/forms/", "/parts/form/")).text())


@pytest.fixture
def form(come: Come, studio_server: Server) -> Form:
    """何静 at the application of the change approval, in a draft of her own."""
    return Form(come("hejing", at=studio_server))


def test_a_field_more_is_seen_on_desk_and_phone(form: Form) -> None:
    form.page.locator('.fjs-palette-field[data-field-type="textfield"]').focus()
    form.page.keyboard.press("Enter")
    added = form.page.locator(".fjs-element", has_text="单行文字").last
    added.click()
    form.entry("标题").fill("预算科目")
    form.entry("字段名").fill("budget_item")
    form.entry("必填").check()
    expect(form.page.locator(".fjs-element", has_text="预算科目").last).to_be_visible()
    form.saved()
    field = form.stored()["components"][-1]
    assert (field["label"], field["key"], field["validate"]) == ("预算科目", "budget_item", {"required": True})
    form.mode("预览")
    for width in ("desk", "phone"):
        expect(form.screen(width).get_by_label(re.compile("^预算科目"))).to_have_value("预算科目示例")
    two = form.screen("desk").get_by_label(re.compile("^费用影响")).bounding_box()
    beside = form.screen("desk").get_by_label(re.compile("^工期影响")).bounding_box()
    assert two
    assert beside
    assert two["y"] == beside["y"]
    above = form.screen("phone").get_by_label(re.compile("^费用影响")).bounding_box()
    below = form.screen("phone").get_by_label(re.compile("^工期影响")).bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]


def test_errors_can_be_tried(form: Form) -> None:
    form.mode("预览")
    desk = form.screen("desk")
    expect(desk.get_by_label(re.compile("^变更名称"))).to_have_value("变更名称示例")
    form.page.get_by_role("button", name="试提交").click()
    expect(form.page.locator("[data-preview-said]")).to_have_text("这样填写，服务器会接受")
    form.page.get_by_role("button", name="清空").click()
    expect(desk.get_by_label(re.compile("^变更名称"))).to_have_value("")
    form.page.get_by_role("button", name="试提交").click()
    expect(form.page.locator("[data-preview-said]")).to_contain_text("处要改，已标在字段上")
    expect(desk.get_by_text("请填写变更名称")).to_be_visible()
    form.page.locator("[data-width=phone]").click()
    expect(form.page.locator('[data-screen="desk"]')).to_be_hidden()


def test_a_hostile_component_is_refused_with_a_sentence_and_kept(form: Form) -> None:
    form.mode("源码")
    source = form.page.locator("#form-source")
    schema = json.loads(source.input_value())
    schema["components"].append({"type": "html", "id": "Evil", "content": "<img src=x onerror=alert(1)>"})
    source.fill(json.dumps(schema, ensure_ascii=False))
    rows = form.page.locator("[data-finding]").filter(has_not_text="不再成立")  # scenarios fail with it
    row = rows.filter(has_text="HTML 组件可以夹带脚本，不能使用")
    expect(row).to_be_visible()
    form.saved()
    assert form.stored()["components"][-1]["id"] == "Evil"
    row.get_by_role("button", name="定位").click()
    expect(form.component("Evil")).to_contain_text("不能用的组件：html")
    expect(form.component("Evil")).to_have_attribute("data-found", "house")
    expect(form.page.locator("[data-properties]")).to_contain_text("不能使用；请改用文本组件")
    expect(form.page.get_by_role("button", name="发布", exact=True)).to_have_attribute("aria-disabled", "true")
    form.mode("预览")
    expect(form.page.locator("[data-preview-note]")).to_contain_text("HTML 组件")
    expect(form.screen("desk").get_by_label(re.compile("^变更名称"))).to_be_visible()
    form.mode("编辑")
    form.component("Evil").click()
    form.page.keyboard.press("Delete")
    expect(row).to_have_count(0)
    form.page.keyboard.press("Control+z")
    expect(row).to_be_visible()


def test_what_is_no_form_is_kept_and_the_canvas_says_so(form: Form) -> None:
    form.mode("源码")
    source = form.page.locator("#form-source")
    good = source.input_value()
    source.fill('{\n "components": [\n')
    expect(form.page.locator("[data-fe-note]")).to_contain_text("行附近的 JSON 有错误")
    form.mode("编辑")
    expect(source).to_be_visible()
    form.saved()
    source.fill(good)
    expect(form.page.locator("[data-fe-note]")).to_be_empty()
    form.mode("编辑")
    expect(form.component("Field_change_title")).to_be_visible()
    form.saved()


def test_only_what_the_server_takes_is_offered_and_all_of_it_in_chinese(form: Form) -> None:
    palette = form.page.locator("[data-fe-palette]")
    types = palette.locator(".fjs-palette-field").evaluate_all("all => all.map((one) => one.dataset.fieldType)")
    assert sorted(types) == sorted(PROPERTIES)
    assert not re.search(r"[A-Za-z]{3,}", palette.inner_text())
    for identity in ("Field_project", "Field_cost_change", "Field_urgency", "Field_contact_phone"):
        form.component(identity).click()
        panel = form.page.locator("[data-properties]")
        closed = panel.locator(".bio-properties-panel-group-header:not(.open)")
        while closed.count():
            closed.first.click()
        said = panel.locator("label, .bio-properties-panel-group-header-title, .bio-properties-panel-description")
        english = [text for text in said.all_inner_texts() if re.search(r"[A-Za-z]{3,}", text.replace("FEEL", ""))]
        assert english == []


def test_options_come_from_the_platform(form: Form) -> None:
    form.component("Field_change_type").click()
    form.entry("选项从哪里来").select_option(label="由平台提供")
    form.entry("平台提供什么").select_option(label="部门")
    form.saved()
    field = next(one for one in form.stored()["components"] if one["id"] == "Field_change_type")
    assert (field["valuesKey"], field["properties"]) == ("departments", {"source": "departments"})
    assert "values" not in field
    form.mode("预览")
    expect(form.screen("desk").get_by_label(re.compile("^变更类型"))).to_contain_text("平台管理部")


def test_options_are_computed_by_an_expression(form: Form) -> None:
    form.component("Field_change_type").click()
    form.entry("选项从哪里来").select_option(label="用表达式算出")
    editor = form.page.locator('[data-entry-id="options-computed"] .cm-content')
    editor.click()
    form.page.keyboard.type('["甲", "乙"')  # the editor closes the bracket
    expect(editor).to_have_text('["甲", "乙"]')
    form.mode("预览")
    expect(form.screen("desk").get_by_label(re.compile("^变更类型"))).to_contain_text("乙")
    form.saved()
    field = next(one for one in form.stored()["components"] if one["id"] == "Field_change_type")
    assert field["valuesExpression"] == '=["甲", "乙"]'
    assert "values" not in field


def forms_of(page: Page) -> None:
    """The list of forms, awake."""
    page.goto("/studio/change_approval/forms")
    expect(page.locator("[data-studio-verdict]")).not_to_be_empty()


def test_a_new_form_is_named_copied_renamed_and_deleted(form: Form) -> None:
    page = form.page
    forms_of(page)
    page.get_by_role("button", name="新建表单").click()
    page.get_by_label(re.compile("^名称")).fill("现场核查单")
    page.locator("#field-part-new-name").fill("site_check")
    page.locator("#part-new [data-ok]").click()
    page.wait_for_url("**/forms/site_check")
    expect(page.get_by_text("表单还是空的")).to_be_visible()
    forms_of(page)
    row = page.locator("[data-part-row=application]")
    row.get_by_role("button", name="改编号").click()
    page.locator("#field-part-rename-name").fill("request")
    page.locator("#part-rename [data-ok]").click()
    page.wait_for_url("**/forms/request")
    expect(page.locator(".g-fe__here")).to_contain_text("request")
    expect(page.locator("[data-studio-verdict]")).to_have_text("可以发布，1 条提醒")
    forms_of(page)
    page.locator("[data-part-row=site_check]").get_by_role("button", name="删除").click()
    page.locator("#part-delete [data-ok]").click()
    page.wait_for_url("**/forms")
    expect(page.locator("[data-part-row=site_check]")).to_have_count(0)


def test_the_phone_shows_the_preview_only(come: Come, studio_server: Server) -> None:
    form = Form(come("hejing", at=studio_server, phone=True))
    expect(form.page.get_by_text("手机上只看预览")).to_be_visible()
    expect(form.screen("phone").get_by_label(re.compile("^变更名称"))).to_have_value("变更名称示例")
    expect(form.page.locator("[data-fe-palette]")).to_be_hidden()
    assert form.person.overflow() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_and_contrast(come: Come, studio_server: Server, theme: str) -> None:
    form = Form(come("hejing", at=studio_server, color_scheme=theme))
    form.component("Field_urgency").click()
    expect(form.entry("选项从哪里来")).to_be_visible()
    assert names(form.page) + contrast(form.page) == []


def test_the_preview_tells_why_fields_are_shown_and_limited(form: Form) -> None:
    schema = form.stored()
    schema["components"] += [
        {"type": "number", "id": "Field_top", "key": "top", "label": "预算上限"},
        {"type": "number", "id": "Field_spent", "key": "spent", "label": "已用", "validate": {"max": "=top * 0.5"}},
        {
            "type": "textarea",
            "id": "Field_why",
            "key": "why",
            "label": "超支理由",
            "conditional": {"hide": "=spent < 100"},
        },
        {"type": "expression", "id": "Field_rest", "key": "rest", "expression": "=top - spent"},
    ]
    form.mode("源码")
    form.page.locator("[data-source]").fill(json.dumps(schema, ensure_ascii=False))
    form.mode("预览")
    rules = form.page.locator("[data-rules] > li")
    expect(rules.filter(has_text="超支理由")).to_contain_text("隐藏条件")
    form.page.locator("[data-width=desk]").click()
    desk = form.screen("desk")
    desk.get_by_label("预算上限").fill("100")
    desk.get_by_label("已用").fill("60")
    expect(rules.filter(has_text="超支理由")).to_contain_text("已用 是 60，小于 100")
    expect(rules.filter(has_text="超支理由")).to_contain_text("已隐藏")
    expect(rules.filter(has_text="top * 0.5")).to_contain_text("不符合：最大 50")
    expect(rules.filter(has_text="top - spent")).to_contain_text("= 40")
    desk.get_by_label("已用").fill("40")
    expect(rules.filter(has_text="top * 0.5")).to_contain_text("符合：最大 50")
    names(form.page)
    contrast(form.page)
