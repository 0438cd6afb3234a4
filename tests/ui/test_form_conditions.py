"""What a condition hides in the browser is what it hides on the server."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.engine.forms.building import field, make
from ui import assets

FEELIN = assets.SOURCES / "node_modules/@bpmn-io/feelin/dist/index.js"
SCRIPT = """
  const [feel, feelin, condition, data] = process.argv.slice(1);
  const { asExpressions } = await import(feel);
  const { evaluate, unaryTest } = await import(feelin);
  const language = {  // as form-js has it
    evaluate: (text, data) => evaluate(text.slice(1), data).value,
    evaluateUnaryTest: (text, data) => unaryTest(text.slice(1), data).value,
  };
  const alone = language.evaluateUnaryTest(condition, JSON.parse(data)) === true;
  asExpressions(language);
  console.log(JSON.stringify([alone, language.evaluateUnaryTest(condition, JSON.parse(data)) === true]));
"""


def hidden(condition: str, data: Any) -> tuple[bool, bool]:
    """Whether a field of this condition is hidden by form-js alone, and by our viewer."""
    command = [*assets.find_node().node, "--input-type=module", "-e", SCRIPT]
    given = [(assets.SOURCES / "src/form/feel.js").as_uri(), FEELIN.as_uri(), condition, json.dumps(data)]
    done = subprocess.run([*command, *given], capture_output=True, text=True, check=True)
    alone, ours = json.loads(done.stdout)
    return alone, ours


@pytest.mark.parametrize(
    ("condition", "data"),
    [
        ("=n > 10", {"n": None}),
        ("=n > 10", {"n": 11}),
        ("=n > 10", {"n": 9}),
        ("=t", {"t": True}),
        ("=not(t)", {"t": False}),
        ("=nothing.at.all", {}),
        ('=s != "a"', {"s": ""}),
        ("=1 / 0 > 1", {}),
    ],
)
def test_browser_and_server_hide_the_same(condition: str, data: dict[str, Any]) -> None:
    kinds = {"n": field("number", key="n"), "t": field("checkbox", key="t"), "s": field(key="s")}
    form = make(field(key="x", conditional={"hide": condition}), *(kinds[name] for name in data))
    assert hidden(condition, data)[1] == ("x" not in form.validate({**data, "x": "a"}))


def test_an_empty_number_hides_nothing_though_form_js_alone_would() -> None:
    assert hidden("=n > 10", {"n": None}) == (True, False)


def test_the_viewer_asks_for_conditions_where_ours_answers() -> None:
    viewer = (assets.SOURCES / "node_modules/@bpmn-io/form-js-viewer/dist/index.es.js").read_text("utf-8")
    assert "return this._expressionLanguage.evaluateUnaryTest(condition, data);" in viewer
    assert "additionalModules: [conditions" in (assets.SOURCES / "src/form.js").read_text("utf-8")
