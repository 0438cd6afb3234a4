"""Filling in a form as people do: by the labels they read, with the controls they see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

KINDS = ("textfield", "textarea", "number", "select", "radio", "checklist", "checkbox", "taglist", "datetime")


class Form:
    """The form of the page. Values: text, number, choice (its label), list of choices, True, date as 2026-11-06."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def field(self, label: str) -> Locator:
        """The whole field with this label."""
        text = re.compile(rf"^\s*{re.escape(label)}\s*(\*|（必填）|\s)*$")
        title = self.page.locator("label:not(.fjs-inline-label, .fjs-inline-label *)", has_text=text)  # no choice
        field = self.page.locator(".fjs-form-field")
        box = self.page.locator(".fjs-form-field-checkbox").filter(has=self.page.locator("label", has_text=text))
        return field.filter(has=title).or_(box).last

    def control(self, label: str) -> Locator:
        """What receives the focus in this field."""
        return self.field(label).locator("input, textarea, select").first

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in these fields, in this order."""
        for label, value in values.items():
            field = self.field(label)
            expect(field, label).to_be_visible()
            getattr(self, f"_{self._kind(field)}")(field, value)

    def error(self, label: str) -> Locator:
        """The message at this field."""
        return self.field(label).locator(".fjs-form-field-error, [id$=error-message]")

    def _kind(self, field: Locator) -> str:
        classes = (field.get_attribute("class") or "").split()
        return next(kind for kind in KINDS if f"fjs-form-field-{kind}" in classes)

    def _textfield(self, field: Locator, value: Any) -> None:
        field.locator("input").fill(str(value))

    def _textarea(self, field: Locator, value: Any) -> None:
        field.locator("textarea").fill(str(value))

    def _number(self, field: Locator, value: Any) -> None:
        field.locator("input").fill(str(value))

    def _select(self, field: Locator, value: Any) -> None:
        native = field.locator("select")
        if native.count():
            native.select_option(label=str(value))
            return
        field.locator("input").click()
        field.locator("input").fill(str(value))
        self._choose(field, str(value))

    def _taglist(self, field: Locator, value: Any) -> None:
        for one in value:
            field.locator("input").fill(one)
            self._choose(field, one)
        self.page.keyboard.press("Escape")

    def _choose(self, field: Locator, text: str) -> None:
        field.locator(".fjs-dropdownlist-item", has_text=text).first.click()

    def _radio(self, field: Locator, value: Any) -> None:
        field.get_by_label(str(value), exact=True).check()

    def _checklist(self, field: Locator, value: Any) -> None:
        for one in value:
            field.get_by_label(one, exact=True).check()

    def _checkbox(self, field: Locator, value: Any) -> None:
        field.locator("input").set_checked(bool(value))

    def _datetime(self, field: Locator, value: Any) -> None:
        day, _space, clock = str(value).partition(" ")  # 2026-11-06, or 2026-11-06 09:30
        field.locator("input").first.fill(day)
        field.locator("input").first.press("Enter")
        if clock:
            field.locator(".fjs-timepicker input").fill(clock)
            field.locator(".fjs-timepicker input").press("Tab")
            # the day and the time become one value a moment later; whoever types in the next field sooner is no person
            self.page.wait_for_function(
                "(text) => { const forms = [...document.querySelectorAll('[data-form]')].filter((one) => one.guicheng);"
                " return !forms.length || forms.some((one) => JSON.stringify(one.guicheng.data).includes(text)); }",
                arg=clock[-3:],
            )
