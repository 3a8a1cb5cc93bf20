"""The linter on files that nothing reads, and on rulesets of one prefecture named as another."""

from __future__ import annotations

import pytest

from dxrules.keeper.lint import lint
from dxrules.texts import Text
from tests.helpers.lawbooks import broken, folder, prefectural
from tests.helpers.linted import LEAN

RULES = "prefecture/34-hiroshima.yaml"
FILES = {
    "not-read": ("national/test.yaml.bak", LEAN),
    "not-read, hidden": ("national/.test.yaml", LEAN),
    "not-read, JSON": ("prefecture/34.json", "{}"),
    "other-prefecture": (RULES, prefectural("35", "hers", "prefecture/34")),
    "other-prefecture, by file": (RULES, prefectural("35", "hers", "prefecture/35")),
    "other-prefecture, by name": (
        "prefecture/rules.yaml",
        prefectural("35", "hers", "prefecture/hiroshima"),
    ),
}


def remarks(tmp_path, name, text):
    """Return the remarks on a file beside a good ruleset, but for those on its own rules."""
    root = folder(tmp_path, {"national/test.yaml": LEAN, name: text})
    return [each for each in lint(root, "r") if each.check in ("not-read", "other-prefecture")]


@pytest.mark.parametrize("case", FILES)
def test_each_case(case, tmp_path):
    """Each file gets its one remark, a warning at its place."""
    name, text = FILES[case]
    (found,) = remarks(tmp_path, name, text)
    assert (found.check, found.severity) == (case.partition(",")[0], "warning")
    assert found.place.file == f"r/{name}"


def test_words_on_another_prefecture(tmp_path):
    """The remark says which prefecture is meant where, at the code."""
    (found,) = remarks(tmp_path, *FILES["other-prefecture"])
    assert found.message == Text(
        "code は 35(山口県)ですが、id は 広島県 を示しています。",
        "The code is 35 (Yamaguchi), but id says Hiroshima.",
    )
    assert found.hint == Text("正しい方に合わせてください。", "Make them agree.")


@pytest.mark.parametrize(
    ("name", "ruleset"),
    [
        (RULES, "prefecture/34"),
        ("prefecture/rules.yaml", "prefecture/rules"),
        ("prefecture/34-2026.yaml", "prefecture/34"),
    ],
)
def test_one_prefecture_throughout(tmp_path, name, ruleset):
    """A ruleset that names its prefecture, or none, is fine."""
    assert remarks(tmp_path, name, prefectural("34", "hers", ruleset)) == []


def test_what_is_refused_hides_no_file(tmp_path):
    """Where rulesets cannot be read, files that nothing reads are told all the same."""
    files = {
        "national/test.yaml": broken("id: national/test", "ids: national/test", LEAN),
        "national/more.yaml.txt": "",
    }
    found = lint(folder(tmp_path, files), "r")
    assert {each.check for each in found} == {"refused", "not-read"}
