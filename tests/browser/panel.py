"""The modeler as an owner uses it: elements on the canvas, groups and fields of the properties panel, what is saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lxml import etree
from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
GUICHENG = "{urn:guicheng:bpmn:1}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"


class Panel:
    """One procedure's draft in the modeler."""

    def __init__(self, person: Person, key: str, open_page: bool = True) -> None:
        self.page: Page = person.page
        self.key = key
        if open_page:
            person.open(f"/studio/{key}")
        expect(self.page.locator("[data-modeler]")).not_to_have_attribute("aria-busy", "true")
        expect(self.heading).to_be_visible()

    @property
    def heading(self) -> Locator:
        """The name of what is selected."""
        return self.page.locator("[data-properties] .g-propname")

    def select(self, element: str) -> None:
        """Click an element of the diagram, whatever lies over it; a pool shows its process."""
        self.page.locator(f'g[data-element-id="{element}"] > .djs-hit').first.dispatch_event("click")
        expect(self.page.locator(".g-propid")).to_have_text(self.key if element == f"{self.key}_pool" else element)

    def select_with_variables(self, element: str) -> None:
        """Click an element and wait until the page knows which variables are known there."""
        with self.page.expect_request(
            lambda request: request.url.endswith("/variables") and f'"{element}"' in (request.post_data or "")
        ):
            self.select(element)
        expect(self.page.locator("[data-properties]")).not_to_have_attribute("data-asking", "")

    def elements(self) -> list[str]:
        """The ids of everything drawn on the plane in view."""
        found: list[str] = self.page.evaluate(
            """[...document.querySelectorAll("g[data-element-id]")]
                 .filter((g) => g.checkVisibility() && g.querySelector(":scope > .djs-hit"))
                 .map((g) => g.dataset.elementId)"""
        )
        return [one for one in dict.fromkeys(found) if not one.endswith("_label")]

    def group(self, name: str) -> Locator:
        """A group by its id, unfolded."""
        group = self.page.locator(f'[data-group="{name}"]')
        head = group.locator(".g-prop__head")
        if head.get_attribute("aria-expanded") != "true":
            head.click()
        return group

    def unfold(self) -> None:
        """All groups of the selected element."""
        folded = self.page.locator('.g-prop__head[aria-expanded="false"]')
        while folded.count():
            folded.first.click()

    def write(self, group: str, field: str, text: str) -> None:
        """Type into a field by its id and leave it."""
        control = self.group(group).locator(f'[data-field="{field}"] :is(input, textarea)')
        control.fill(text)
        control.blur()

    def choose(self, group: str, field: str, label: str) -> None:
        """Pick from a select."""
        self.group(group).locator(f'[data-field="{field}"] select').select_option(label=label)

    def choose_part(self, group: str, field: str, name: str) -> None:
        """Pick a form or a table by its name."""
        self.group(group).locator(f'[data-field="{field}"] select').select_option(value=name)

    def tick(self, group: str, field: str, on: bool = True) -> None:
        """Tick or untick a box."""
        self.group(group).locator(f'[data-field="{field}"] input').set_checked(on)

    def pick(self, group: str, field: str, search: str) -> None:
        """Search in a picker and take the first that fits."""
        box = self.group(group).locator(f'[data-field="{field}"]')
        opener = box.locator("button[aria-expanded]")
        if opener.get_attribute("aria-expanded") != "true":
            opener.click()
        box.get_by_role("combobox").fill(search)
        box.get_by_role("combobox").press("Enter")
        if opener.get_attribute("aria-expanded") == "true":
            box.get_by_role("combobox").press("Escape")

    def press(self, group: str, name: str) -> None:
        """A button of a group."""
        self.group(group).get_by_role("button", name=name, exact=True).click()

    def feel(self, group: str, field: str, text: str) -> None:
        """Write FEEL, without its "="."""
        editor = self.group(group).locator(f'[data-entry-id="{field}"] .cm-content')
        editor.fill(text)
        editor.blur()

    def said(self, group: str) -> Locator:
        """The sentences of a group that say what its settings mean."""
        return self.group(group).locator(".g-propsay")

    def undo(self) -> int:
        """Undo everything; how many steps that was."""
        button = self.page.get_by_role("button", name="撤销", exact=True)
        steps = 0
        while button.is_enabled():
            button.click()
            steps += 1
        return steps

    def saved(self, as_wanted: Callable[[str], bool]) -> str:
        """The diagram as the server has it, once it is as wanted."""
        self.page.keyboard.press("Control+s")
        for _attempt in range(200):
            xml = self.stored()
            if as_wanted(xml):
                return xml
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never saved as wanted:\n{xml}")

    def stored(self) -> str:
        """The diagram as the server has it now."""
        return self.page.request.get(f"/studio/{self.key}/parts/diagram/{self.key}").text()

    def put(self, xml: str) -> None:
        """Store a diagram beside the modeler, as if it came from elsewhere, and open it."""
        status = self.page.evaluate(
            """async ([url, content]) => {
              const token = document.querySelector("meta[name=csrf-token]").content;
              const revision = Number((await fetch(url)).headers.get("X-Revision"));
              const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token };
              const body = JSON.stringify({ content, revision });
              return (await fetch(url, { method: "PUT", headers, body })).status;
            }""",
            [f"/studio/{self.key}/parts/diagram/{self.key}", xml],
        )
        assert status == 200
        self.page.reload()
        expect(self.page.locator("[data-modeler]")).not_to_have_attribute("aria-busy", "true")
        expect(self.heading).to_be_visible()

    def findings(self) -> list[dict[str, Any]]:
        """What the gate says about the stored draft."""
        answer = self.page.evaluate(
            """async (url) => {
              const token = document.querySelector("meta[name=csrf-token]").content;
              const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token };
              return (await fetch(url, { method: "POST", headers, body: JSON.stringify({ overlay: [] }) })).text();
            }""",
            f"/studio/{self.key}/check",
        )
        found: list[dict[str, Any]] = json.loads(answer)["findings"]
        return found


def element(xml: str, identity: str) -> etree._Element:
    """An element of a diagram by its id."""
    found = etree.fromstring(xml.encode()).find(f'.//*[@id="{identity}"]')
    assert found is not None, identity
    return found
