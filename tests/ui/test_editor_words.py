"""The build of the form editor's words: it breaks when form-js says something else than our table knows."""

from __future__ import annotations

import subprocess

import pytest

from ui import assets

EDITOR = assets.SOURCES / "node_modules/@bpmn-io/form-js-editor/dist/index.es.js"
SCRIPT = """
  import { readFile } from "node:fs/promises";
  const [words, editor, from, to] = process.argv.slice(1);
  const { translated } = await import(words);
  const code = await readFile(editor, "utf8");
  try { console.log(translated(code.replace(from, () => to)).length); } catch (error) { console.log(error.message); }
"""


def build(old: str = "", new: str = "") -> str:
    """What the build says when form-js's code has `new` in place of `old`: the length of the code, or why it stops."""
    words = (assets.SOURCES / "build/editor-words.mjs").as_uri()
    command = [*assets.find_node().node, "--input-type=module", "-e", SCRIPT, words, str(EDITOR), old, new]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_editor_as_it_is_can_be_translated() -> None:
    assert build().isdigit()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("label: 'Required'", "label: ''", "expected 1 × Required"),
        ("label: 'Required'", "label: 'Mandatory'", "says something new: Mandatory"),
        ("`Remove ${entry.label}`", "`Delete ${entry.label}`", "expected once `Remove ${entry.label}`"),
    ],
)
def test_a_text_that_is_gone_or_new_stops_the_build(old: str, new: str, said: str) -> None:
    assert said in build(old, new)
