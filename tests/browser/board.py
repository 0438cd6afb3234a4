"""The modeler as a process owner uses it: shapes by their ids, tools by their names, what the page says of saving."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.person import Person

KEY = "change_approval"


class Board:
    """The studio's page of one procedure, open at a person's desk."""

    def __init__(self, person: Person, key: str = KEY) -> None:
        self.person = person
        self.page: Page = person.page
        self.key = key

    def open(self, whole: bool = True) -> Board:
        """Go to the page and wait until the diagram is drawn; `whole` shows all of it: everything can be clicked."""
        self.page.goto(f"/studio/{self.key}")
        self.ready()
        if whole:
            self.page.get_by_role("button", name="适应窗口").or_(
                self.page.get_by_role("button", name="Fit the window")
            ).click()
        return self

    def ready(self) -> None:
        """The diagram is drawn and the gate has spoken."""
        expect(self.page.locator("[data-modeler]")).not_to_have_attribute("aria-busy", "true")
        expect(self.page.locator("[data-studio-verdict]")).not_to_be_empty()

    # ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def shape(self, element: str) -> Locator:
        """The drawn element of this id, without its label."""
        return self.page.locator(f'g.djs-element[data-element-id="{element}"]')

    def select(self, element: str) -> None:
        """Click on it."""
        self.shape(element).locator("> .djs-hit").first.click(force=True)

    def tool(self, name: str) -> Locator:
        """A button of the palette, by its Chinese name."""
        return self.page.locator("[data-palette]").get_by_role("button", name=name, exact=True)

    def pad(self, title: str) -> Locator:
        """An entry of the pad beside the selected element."""
        return self.page.locator(f'.djs-context-pad.open .entry[title="{title}"]')

    def rename(self, element: str, name: str) -> None:
        """Select, E, type, and leave the text by clicking beside it."""
        self.select(element)
        self.page.keyboard.press("e")
        editor = self.page.locator(".djs-direct-editing-content")
        editor.fill(name)
        self.page.keyboard.press("Enter")
        expect(editor).to_have_count(0)

    def save(self) -> None:
        """Ctrl S, and the server has it."""
        self.page.keyboard.press("Control+s")
        self.saved()

    def saved(self, within: float = 15_000) -> None:
        """Nothing waits any more to be saved; `within` in ms."""
        expect(self.page.locator("[data-studio]")).not_to_have_attribute("data-unsaved", "", timeout=within)

    def stored(self) -> str:
        """The diagram as the server has it now."""
        return self.person.context.request.get(f"/studio/{self.key}/parts/diagram/{self.key}").text()

    def put(self, address: str, content: str, revision: int) -> None:
        """Save a part behind the page's back."""
        token = self.page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
        data = {"content": content, "revision": revision}
        answer = self.person.context.request.put(address, data=data, headers={"X-CSRF-Token": token})
        assert answer.ok, answer.text()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def line(self) -> Locator:
        """Who saved when, and how much differs."""
        return self.page.locator("[data-studio-line]")

    @property
    def notes(self) -> Locator:
        """Messages over the canvas that stay."""
        return self.page.locator("[data-studio-notes]")

    @property
    def findings(self) -> Locator:
        """The rows of 检查结果."""
        return self.page.locator("[data-finding]")

    def mark(self, element: str) -> Locator:
        """The mark of a finding on an element."""
        return self.page.locator(f'.djs-overlays[data-container-id="{element}"] .g-finding')
