"""Each kind of field: what it takes, what it makes of it, what it says otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from engine.forms import Form, Option
from tests.engine.forms.building import TODAY, complaint, errors, field, make, source, value

PROJECTS = [Option("XM-1", "平台二期"), Option("XM-2", "大屏二期")]
COST = field("number", label="费用影响", decimalDigits=2, validate={"min": -100000, "max": 100000})
DAY = field("datetime", subtype="date", label="完工日期")
MOMENT = field("datetime", subtype="datetime", label="开始")
CLOCK = field("datetime", subtype="time", label="时刻")
COLOURS = [{"label": "红", "value": "red"}, {"label": "蓝", "value": "blue"}]
CHECKLIST = field("checklist", label="颜色", values=COLOURS)
SELECT = field("select", label="项目", valuesKey="projects", properties={"source": "projects"})


@pytest.mark.parametrize(
    ("component", "given", "result"),
    [
        (field(), "  有内容 ", "有内容"),
        (field(), "", None),
        (field(), None, None),
        (field(), "   ", None),
        (field(), "a\tb", "a b"),
        (field("textarea"), "一\r\n二\r三", "一\n二\n三"),
        (field(validate={"pattern": "^[A-Z]{2}-\\d+$"}), "AB-12", "AB-12"),
        (field(validate={"pattern": "^[\\u4e00-\\u9fff]+$"}), "汉字", "汉字"),
        (field(validate={"validationType": "phone"}), "13800000000", "13800000000"),
        (field(validate={"validationType": "email"}), "a.b@example.com", "a.b@example.com"),
        (COST, 86.4, Decimal("86.4")),
        (COST, "-12.50", Decimal("-12.50")),
        (COST, 0, Decimal(0)),
        (COST, None, None),
        (COST, "", None),
        (field("number", increment=0.5), 1.5, Decimal("1.5")),
        (field("checkbox"), True, True),
        (field("checkbox"), False, False),
        (field("checkbox"), None, False),
        (CHECKLIST, ["blue", "red"], ["blue", "red"]),
        (CHECKLIST, [], []),
        (CHECKLIST, None, []),
        (field("taglist", values=COLOURS), ["red"], ["red"]),
        (field("radio", values=[{"label": "需要", "value": True}, {"label": "不", "value": False}]), False, False),
        (field("select", values=[{"label": "一", "value": 1}]), 1.0, 1),
        (SELECT, "XM-2", "XM-2"),
        (SELECT, "", None),
        (DAY, "2026-11-06", date(2026, 11, 6)),
        (CLOCK, "09:30", time(9, 30)),
        (CLOCK, "01:30Z", time(9, 30)),
        (CLOCK, "09:30+08:00", time(9, 30)),
        (MOMENT, "2026-11-06T09:30", datetime(2026, 11, 6, 1, 30, tzinfo=UTC)),
        (MOMENT, "2026-11-06T01:30Z", datetime(2026, 11, 6, 1, 30, tzinfo=UTC)),
        (MOMENT, "2026-11-06T09:30+08:00", datetime(2026, 11, 6, 1, 30, tzinfo=UTC)),
    ],
)
def test_values_are_typed(component: dict[str, Any], given: Any, result: Any) -> None:
    found = value(component, given, PROJECTS)
    assert found == result
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("component", "given", "sentence"),
    [
        (field(validate={"required": True}), "", "内容还没有填写"),
        (field(validate={"required": True}), "  ", "内容还没有填写"),
        (field("checkbox", label="已阅读", validate={"required": True}), False, "须勾选“已阅读”"),
        (field("checklist", values=COLOURS, validate={"required": True}), [], "内容还没有选择"),
        (field(), 5, "内容须是文字"),
        (field(), ["a"], "内容须是文字"),
        (field(), "a\nb", "内容含有换行或看不见的控制字符，请删去后重新输入"),
        (field(), "a\x00b", "内容含有换行或看不见的控制字符，请删去后重新输入"),
        (field("textarea"), "a\x07b", "内容含有换行或看不见的控制字符，请删去后重新输入"),
        (field("textarea"), "a\u202eb", "内容含有换行或看不见的控制字符，请删去后重新输入"),
        (field("textarea"), "a\ud800b", "内容含有换行或看不见的控制字符，请删去后重新输入"),
        (field(validate={"maxLength": 5}), "一二三四五六", "内容最多 5 字，你写了 6 字，请删去 1 字"),
        (field(validate={"minLength": 5}), "一二", "内容至少 5 字，你写了 2 字，请补充"),
        (field(), "长" * 501, "内容最多 500 字，你写了 501 字，请删去 1 字"),
        (field("textarea"), "长" * 5001, "内容最多 5000 字，你写了 5001 字，请删去 1 字"),
        (field(validate={"pattern": "^\\d+$"}), "x", "内容的格式不对，请按说明修改"),
        (field(validate={"pattern": "^\\d+$", "patternErrorMessage": "只写数字"}), "x", "只写数字"),
        (field(validate={"validationType": "phone"}), "12800000000", "内容须是 11 位手机号，例如 13800000000"),
        (field(validate={"validationType": "email"}), "a@b", "内容须是邮箱地址，例如 name@example.com"),
        (COST, 250000, "费用影响须在 -100000 到 100000 之间，你填的是 250000"),
        (COST, "x", "费用影响须是数字，例如 86.40，你填的是 x"),
        (COST, True, "费用影响须是数字，例如 86.40，你填的是 True"),
        (COST, "1_000", "费用影响须是数字，例如 86.40，你填的是 1_000"),
        (COST, float("nan"), "费用影响须是数字，例如 86.40，你填的是 nan"),
        (COST, [1], "费用影响须是数字，例如 86.40，你填的是 列表"),
        (COST, {"a": 1}, "费用影响须是数字，例如 86.40，你填的是 一组值"),
        pytest.param(COST, 10**5000, "费用影响须是数字，例如 86.40，你填的是 一个很大的数", id="5001 digits"),
        (COST, 1.234, "费用影响最多 2 位小数，你填的是 1.234"),
        (field("number", decimalDigits=0), 1.5, "内容须是整数，你填的是 1.5"),
        (field("number", validate={"min": 1}), 0, "内容不能小于 1，你填的是 0"),
        (field("number", validate={"max": 1}), 2, "内容不能大于 1，你填的是 2"),
        (field("number"), 10**16, "内容太大，最多 15 位整数"),
        (field("number", increment=0.5), 1.7, "内容须是 0.5 的倍数，最接近的是 1.5 和 2"),
        (field("number", increment=0.5), -1.7, "内容须是 0.5 的倍数，最接近的是 -2 和 -1.5"),
        (field("checkbox"), "yes", "内容只能勾选或不勾选"),
        (field("checkbox"), 1, "内容只能勾选或不勾选"),
        (SELECT, "XM-9", "项目里没有“XM-9”这个选项，请重新选择"),
        (SELECT, ["XM-1"], "项目里没有“列表”这个选项，请重新选择"),
        (field("select", values=[{"label": "一", "value": 1}]), True, "内容里没有“True”这个选项，请重新选择"),
        (field("select", values=[{"label": "一", "value": 1}]), "1", "内容里没有“1”这个选项，请重新选择"),
        (CHECKLIST, "red", "颜色须是选项的列表，请重新选择"),
        (CHECKLIST, ["green"], "颜色里没有“green”这个选项，请重新选择"),
        (CHECKLIST, ["red", "red"], "颜色里“red”选了不止一次"),
        (CHECKLIST, ["red"] * 3, "颜色选得比可选项还多，请重新选择"),
        (DAY, "2026-02-30", "完工日期须是日期，例如 2026-11-06，你填的是 2026-02-30"),
        (DAY, "2026-W01-1", "完工日期须是日期，例如 2026-11-06，你填的是 2026-W01-1"),
        (DAY, 20261106, "完工日期须是日期，例如 2026-11-06，你填的是 20261106"),
        (DAY, "1066-10-14", "完工日期须在 1900 年到 2199 年之间"),
        (
            field("datetime", dateLabel="完工", disallowPassedDates=True),
            "2026-11-05",
            "完工早于今天 2026-11-06，请改晚",
        ),
        (CLOCK, "25:00", "时刻须是时间，例如 09:30，你填的是 25:00"),
        (MOMENT, "2026-11-06", "开始须是日期和时间，例如 2026-11-06 09:30，你填的是 2026-11-06"),
        (
            MOMENT,
            "0001-01-01T00:00+08:00",
            "开始须是日期和时间，例如 2026-11-06 09:30，你填的是 0001-01-01T00:00+08:00",
        ),
        (MOMENT, "9999-12-31T23:00Z", "开始须在 1900 年到 2199 年之间"),
    ],
)
def test_complaints_say_how_to_mend(component: dict[str, Any], given: Any, sentence: str) -> None:
    component = {key: one for key, one in component.items() if key != "label" or "dateLabel" not in component}
    assert complaint(component, given, PROJECTS) == sentence


def test_dates_keep_to_their_limits_and_name_them() -> None:
    form = make(
        field(
            "datetime",
            label="完工日期",
            subtype="date",
            properties={"notAfter": "= contract_end", "notAfterName": "合同工期", "notBefore": "2026-12-01"},
        )
    )
    known = {"contract_end": "2027-06-30"}
    assert errors(form, {"x": "2027-07-01"}, context=known) == {"x": "完工日期晚于合同工期 2027-06-30，请改早"}
    assert errors(form, {"x": "2026-11-30"}, context=known) == {"x": "完工日期早于 2026-12-01，请改晚"}
    assert form.validate({"x": "2027-06-30"}, context=known) == {"x": date(2027, 6, 30)}
    assert form.validate({"x": "2099-06-30"}, context={}) == {"x": date(2099, 6, 30)}


def test_computed_limits_hold_for_the_data_at_hand() -> None:
    form = make(
        field("number", key="reserve", label="预备费"),
        field("number", key="cost", label="费用", validate={"max": "= reserve * 0.5"}),
        field("textarea", key="why", label="理由", validate={"minLength": "= if cost > 10 then 5 else 0"}),
    )
    found = errors(form, {"reserve": 100, "cost": 60, "why": "短"})
    assert found == {
        "cost": "费用不能大于 50，你填的是 60（按 预备费 * 0.5 算出：预备费 是 100）",
        "why": "理由至少 5 字，你写了 1 字，请补充（费用 是 60，大于 10）",
    }
    assert form.validate({"reserve": None, "cost": 60, "why": "足够长的理由"})["cost"] == Decimal(60)


def test_a_choice_without_offered_options_says_so() -> None:
    assert errors(make(SELECT), {"x": "XM-1"}) == {"x": "项目目前没有可选项，请联系流程负责人"}


def test_unknown_fields_are_named() -> None:
    assert errors(make(field()), {"x": "a", "zz": 1, "\x00": 2}) == {
        "zz": "没有名为 zz 的字段",
        "\ufffd": "没有名为 \ufffd 的字段",
    }


def test_errors_are_few_and_in_the_order_of_the_form() -> None:
    form = make(*(field(key=f"k{n}", validate={"required": True}) for n in range(60)))
    found = list(errors(form, {"stranger": 1}))
    assert len(found) == 50
    assert found[:3] == ["k0", "k1", "k2"]


def test_lengths_and_dates_may_be_computed_and_fall_away() -> None:
    form = make(
        field(key="a", validate={"maxLength": "=n"}),
        field("datetime", key="d", properties={"notBefore": '=if n = 1 then today() else "nonsense"'}),
        field("datetime", key="e", properties={"notBefore": '=if n = 1 then "today" else now()'}),
    )
    assert errors(form, {"a": "长长", "d": "2026-11-05", "e": "2026-11-05"}, context={"n": 1}) == {
        "a": "内容最多 1 字，你写了 2 字，请删去 1 字（按 n）",
        "d": "内容早于 2026-11-06，请改晚（n 是 1）",
        "e": "内容早于 2026-11-06，请改晚（n 是 1）",
    }
    assert form.validate({"a": "长长", "d": "2026-11-05", "e": "2026-11-05"}, today=TODAY)["a"] == "长长"


@pytest.mark.parametrize("data", [None, 5, "x", [], [{}], True])
def test_data_that_is_no_mapping(data: Any) -> None:
    assert list(errors(make(field()), data)) == [""]


def test_readonly_and_disabled_values_are_dropped() -> None:
    form = make(
        field(key="a", readonly=True, validate={"required": True}),
        field(key="b", disabled=True),
        field(key="c", readonly='= d = "x"'),
        field(key="d"),
    )
    assert form.validate({"a": "1", "b": "2", "c": "3", "d": "x"}) == {"d": "x"}
    assert form.validate({"a": "1", "b": "2", "c": "3", "d": "y"}) == {"c": "3", "d": "y"}


def test_groups_and_lists_nest() -> None:
    form = make(
        {
            "type": "group",
            "path": "risk",
            "label": "风险",
            "components": [field(key="level", validate={"required": True})],
        },
        {"type": "group", "label": "无路径", "components": [field(key="flat")]},
        {
            "type": "dynamiclist",
            "path": "items",
            "label": "工作项",
            "properties": {"minItems": "1", "maxItems": "2"},
            "components": [
                field(key="name", label="名称", validate={"required": True}),
                {
                    "type": "group",
                    "path": "money",
                    "label": "钱",
                    "components": [field("number", key="cost", label="费用")],
                },
            ],
        },
    )
    good = {"risk": {"level": "高"}, "flat": "f", "items": [{"name": "a", "money": {"cost": 5}}]}
    assert form.validate(good) == {
        "risk": {"level": "高"},
        "flat": "f",
        "items": [{"name": "a", "money": {"cost": Decimal(5)}}],
    }
    assert errors(form, {"risk": {}, "items": [{"name": "", "money": {"cost": "x"}}, 7]}) == {
        "risk.level": "内容还没有填写",
        "items.0.name": "名称还没有填写",
        "items.0.money.cost": "费用须是数字，例如 86.40，你填的是 x",
        "items.1": "内容的结构不对，请刷新页面后重新填写",
    }
    assert errors(form, {"risk": 5, "items": []}) == {
        "risk": "内容的结构不对，请刷新页面后重新填写",
        "items": "工作项至少 1 行，你填了 0 行",
    }
    assert errors(form, {"risk": {"level": "x"}, "items": [{}] * 3}) == {"items": "工作项最多 2 行，你填了 3 行"}
    assert errors(form, {"risk": {"level": "x"}, "items": [{}] * 5000}) == {"items": "工作项最多 2 行，你填了 5000 行"}
    assert errors(form, {"risk": {"level": "x"}, "items": "x"}) == {"items": "工作项须是列表，请逐行填写"}
    assert form.label_of("items.1.money.cost") == "工作项 2 · 费用"
    assert form.label_of("items.0") == "工作项 1"
    assert form.label_of("items") == "工作项"
    assert form.label_of("risk.level") == "内容"
    assert form.label_of("risk") == "风险"
    assert form.label_of("unknown") == "unknown"


def test_a_list_that_may_not_grow_keeps_its_rows() -> None:
    form = make(
        {"type": "dynamiclist", "path": "rows", "label": "行", "allowAddRemove": False, "defaultRepetitions": 2}
        | {"components": [field(key="a")]}
    )
    assert errors(form, {"rows": [{}] * 3}) == {"rows": "行最多 2 行，你填了 3 行"}


def test_defaults_are_what_the_browser_starts_with() -> None:
    form = make(
        field(key="a"),
        field("number", key="b", defaultValue=5),
        field("checkbox", key="c"),
        {"type": "group", "path": "g", "label": "组", "components": [field("checklist", key="d", values=COLOURS)]},
        {"type": "dynamiclist", "path": "l", "label": "列", "defaultRepetitions": 2, "components": [field(key="e")]},
        {"type": "expression", "key": "f", "expression": "=b*2"},
    )
    assert form.defaults() == {"a": "", "b": 5, "c": False, "g": {"d": []}, "l": [{"e": ""}, {"e": ""}]}


def test_a_form_opens_with_what_the_process_knows() -> None:
    form = make(
        field(key="a", conditional={"hide": "=grade = 1"}),
        field("number", key="cost"),
        field("datetime", key="day"),
        field("datetime", key="moment", subtype="datetime"),
        {"type": "group", "path": "g", "label": "组", "components": [field("number", key="n")]},
        {"type": "dynamiclist", "path": "l", "label": "列", "components": [field("number", key="n")]},
    )
    sent = {"a": "x", "cost": 86.4, "day": "2026-11-06", "moment": "2026-11-06T09:30", "g": {"n": 1}, "l": [{"n": 2}]}
    variables = form.validate(sent)
    assert form.opening({**variables, "grade": 2, "other": 3}) == {**sent, "grade": 2}
    assert form.opening({"moment": datetime(2026, 11, 6, 9, 30), "cost": None}) == {  # noqa: DTZ001  # a wall clock
        **form.defaults(),
        "moment": "2026-11-06T09:30:00",
    }


def test_what_is_sent_to_the_browser_says_the_same_rules() -> None:
    form = make(field(validate={"validationType": "phone"}), field("textarea", key="y"), SELECT | {"key": "z"})
    phone, long_text, _select = form.schema["components"]
    assert phone["validate"] == {
        "validationType": "custom",
        "maxLength": 500,
        "pattern": "^1[3-9]\\d{9}$",
        "patternErrorMessage": "须是 11 位手机号，例如 13800000000",
    }
    assert long_text["validate"]["maxLength"] == 5000
    assert form.value_keys == {"projects": "projects"}
    assert form.sources == {"projects"}
    form.schema["components"].clear()
    assert len(form.schema["components"]) == 3


def test_name_fields_and_outside_names() -> None:
    form = Form.parse(
        source(field(conditional={"hide": "=grade = 1 and y"}), field("checkbox", key="y"), id="application")
    )
    assert form.name == "application"
    assert [(f.key, f.label, f.type, f.required) for f in form.fields] == [
        ("x", "内容", "textfield", False),
        ("y", "内容", "checkbox", False),
    ]
    assert form.reads == {"grade"}
    texts = make({"type": "text", "text": '="余额 " + string(reserve)'}, field(description="=string(x) + limit_text"))
    assert texts.reads == {"reserve", "limit_text"}


def test_keys_may_be_chinese_and_may_look_like_attributes() -> None:
    form = make(*(field(key=key) for key in ("变更事由", "load", "fields", "Meta", "dump_only", "context", "_x")))
    data = dict.fromkeys(("变更事由", "load", "fields", "Meta", "dump_only", "context", "_x"), "v")
    assert form.validate(data, today=TODAY) == data
