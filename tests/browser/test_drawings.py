"""Every level of every diagram as the product's viewer sets it: names fit their shapes, labels can be read.

`tests/workflows/drawing.py` judges the files by geometry; here the browser has measured the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.workflows.drawing import read_planes

Come = Callable[..., Person]

ROOT = Path(__file__).parents[2]
KEYS = sorted(path.stem for path in (ROOT / "workflows").glob("*/*.bpmn"))
SLACK = 1.5
"""Pixels that anti-aliasing and rounding may take, at full size."""

MEASURE = """() => {
  const groups = [...document.querySelectorAll('.djs-container svg g.viewport > g')];
  const layers = groups.filter((group) => group.querySelector('.djs-element'));
  const box = (node) => { const r = node.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const glyphs = (line) => {  // the characters themselves, without the white space that a font has above and below them
    const [left, top, right, bottom] = box(line);
    const matrix = line.getScreenCTM();
    if (matrix.b) return [left, top, right, bottom];  // turned, as the names of lanes are
    const em = parseFloat(getComputedStyle(line).fontSize) * matrix.d;
    const base = line.getStartPositionOfChar(0).matrixTransform(matrix).y;
    return [left, base - 0.88 * em, right, base + 0.12 * em];
  };
  return layers.map((layer) => {
    layer.style.display = 'inline';
    const read = { shapes: [], labels: [], lines: [] };
    for (const element of layer.querySelectorAll('.djs-element')) {
      const visual = element.querySelector(':scope > .djs-visual');
      const id = element.dataset.elementId;
      if (!visual) continue;
      const texts = [...visual.querySelectorAll('text')].filter((one) => one.textContent.trim());
      const spans = texts.flatMap((one) => [...one.querySelectorAll('tspan')]);
      const lines = spans.filter((one) => one.textContent.trim()).map(glyphs);
      const text = texts.map((one) => one.textContent).join('');
      if (element.classList.contains('djs-connection')) {
        const path = visual.querySelector('path, polyline');
        const matrix = path.getScreenCTM();
        const points = [];
        for (let at = 0, all = path.getTotalLength(); at <= all; at += 2) {
          const point = path.getPointAtLength(at).matrixTransform(matrix);
          points.push([point.x, point.y]);
        }
        read.lines.push({ id, points });
      } else if (id.endsWith('_label')) {
        if (lines.length) read.labels.push({ id, text, lines });
      } else {
        const [drawn, ...rest] = visual.querySelectorAll('rect, circle, polygon, path');
        const marks = rest.map(box);
        if (drawn) read.shapes.push({ id, kind: drawn.tagName, box: box(drawn), text, lines, marks });
      }
    }
    layer.style.display = '';
    return read;
  });
}"""


@pytest.mark.parametrize("key", KEYS)
def test_the_browser_sets_every_text_in_its_place(come: Come, key: str) -> None:
    page = come("zhoulan", viewport={"width": 2200, "height": 1200}).open(f"/procedures/{key}")
    page.locator(".djs-container .djs-element").first.wait_for()
    levels = list(_levels(page))
    assert len(levels) == len(read_planes(ROOT / "workflows" / key / f"{key}.bpmn"))
    assert [fault for level in levels for fault in faults(level)] == []


def test_what_is_set_wrong_is_noticed(come: Come) -> None:
    """The measuring: a name too long or on the + of a subprocess, a label on a shape, a flow through a label."""
    page = come("zhoulan", viewport={"width": 2200, "height": 1200}).open("/procedures/change_approval")
    page.locator(".djs-container .djs-element").first.wait_for()
    level = page.evaluate(MEASURE)[0]
    label = level["labels"][0]
    task = next(shape for shape in level["shapes"] if shape["id"] == "form_panel")
    task["lines"][0][2] = task["box"][2] + 5
    level["labels"].append({"id": "moved_label", "text": "移", "lines": [task["box"]]})
    left, top, right, bottom = label["lines"][0]
    marked = next(shape for shape in level["shapes"] if shape["id"] == "implementation")
    marked["lines"][0][3] = marked["marks"][0][3]
    level["lines"].append({"id": "stray", "points": [[(left + right) / 2, (top + bottom) / 2]]})
    found = faults(level)
    assert any(fault.startswith("the name of form_panel") for fault in found)
    assert f"the name of implementation lies on an icon or a mark: {marked['text']}" in found
    assert "label 移 lies on form_panel" in found
    assert f"label {label['text']} is struck through by stray" in found


def _levels(page: Page, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The level that is shown, and those of its closed subprocesses, each opened by its button."""
    yield page.evaluate(MEASURE)[0]
    buttons = page.locator(".bjs-drilldown:visible")
    for place in range(buttons.count()):
        buttons.nth(place).evaluate("(button) => button.click()")
        crumbs = page.locator(".bjs-breadcrumbs li")
        expect(crumbs).to_have_count(depth + 2)
        yield from _levels(page, depth + 1)
        crumbs.nth(depth).locator("a").evaluate("(link) => link.click()")
        expect(crumbs.nth(depth + 1)).to_have_count(0)


def faults(level: dict[str, Any]) -> list[str]:
    """Everything wrong with a level as it was measured."""
    return [*_names(level), *_labels(level)]


def _names(level: dict[str, Any]) -> Iterator[str]:
    for shape in level["shapes"]:
        if shape["text"].rstrip().endswith(("…", "...")):
            yield f"the name of {shape['id']} is cut short: {shape['text']}"
        for line in shape["lines"]:
            if not _holds(shape["box"], line):
                yield f"the name of {shape['id']} sticks out: {shape['text']}"
            if any(_meets(line, mark) for mark in shape["marks"]):
                yield f"the name of {shape['id']} lies on an icon or a mark: {shape['text']}"


def _labels(level: dict[str, Any]) -> Iterator[str]:
    places = [(label["text"], line) for label in level["labels"] for line in label["lines"]]
    solid = [shape for shape in level["shapes"] if not _holds_others(shape, level)]
    for text, line in places:
        for shape in solid:
            if _meets(line, shape["box"]) and not _beside_diamond(shape, line):
                yield f"label {text} lies on {shape['id']}"
        for flow in level["lines"]:
            if any(_inside(line, point) for point in flow["points"]):
                yield f"label {text} is struck through by {flow['id']}"
    for (text, one), (other, two) in combinations(places, 2):
        if text != other and _meets(one, two):
            yield f"labels {text} and {other} overlap"


def _holds_others(shape: dict[str, Any], level: dict[str, Any]) -> bool:
    """Pools, lanes and opened subprocesses: what lies on them belongs there."""
    return any(_holds(shape["box"], other["box"]) for other in level["shapes"] if _larger(shape, other))


def _larger(shape: dict[str, Any], other: dict[str, Any]) -> bool:
    return _area(shape["box"]) > 2 * _area(other["box"])


def _area(box: list[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: list[float], inner: list[float]) -> bool:
    outside = (box[0] - inner[0], box[1] - inner[1], inner[2] - box[2], inner[3] - box[3])
    return max(outside) <= SLACK


def _meets(one: list[float], two: list[float]) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across > SLACK and down > SLACK


def _inside(box: list[float], point: list[float]) -> bool:
    return box[0] + SLACK < point[0] < box[2] - SLACK and box[1] + SLACK < point[1] < box[3] - SLACK


def _beside_diamond(shape: dict[str, Any], label: list[float]) -> bool:
    """A label may come into the square around a gateway, not onto its diamond."""
    if shape["kind"] != "polygon":
        return False
    left, top, right, bottom = shape["box"]
    x, y = (left + right) / 2, (top + bottom) / 2
    near_x, near_y = min(max(x, label[0]), label[2]), min(max(y, label[1]), label[3])
    return abs(near_x - x) / (right - left) + abs(near_y - y) / (bottom - top) >= 0.5 - 0.02
