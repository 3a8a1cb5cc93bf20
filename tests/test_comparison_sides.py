"""Sides of a comparison: a day, a folder or a git revision, each written so that it means one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dxrules.errors import RulesetError, UsageError
from dxrules.keeper import git_revision
from dxrules.keeper.comparison_side import SideReader
from dxrules.keeper.git_revision import revision
from dxrules.paths import shown
from dxrules.texts import Text
from tests.helpers.lawbooks import GOOD, broken, folder, load
from tests.helpers.repositories import git

TODAY = date(2026, 11, 20)
JUNE_DAY = date(2025, 6, 30)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository whose rulesets have changed since its one commit, `v1`."""
    folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    reference = tmp_path / "rulesets/national/reference"
    files = {path.name: path.read_bytes() for path in reference.iterdir()}
    reference.unlink()
    reference.mkdir()
    for name, content in files.items():
        (reference / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    git("tag", "v1")
    changed = broken("{ja: 移行, en: Migration}", "{ja: 移行の期限, en: Deadline}")
    folder(tmp_path / "rulesets", {"national/test.yaml": changed})
    return tmp_path


def both(old, new=None, folder=Path("rulesets")):
    """Return name and day of both sides."""
    return [(s.name, s.day) for s in SideReader(folder, shown).both(old, new, TODAY)]


def told(old, new=None):
    """Return what is complained of."""
    with pytest.raises(UsageError) as caught:
        both(old, new)
    return caught.value.text


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("2025-06-30", None, [("2025-06-30", JUNE_DAY), ("2026-11-20", TODAY)]),
        ("令和7年6月30日", "@2026-11-20", [("2025-06-30", JUNE_DAY), ("2026-11-20", TODAY)]),
        ("rulesets", "rulesets/", [("rulesets", None), ("rulesets", None)]),
        ("git:v1", None, [("v1:rulesets", None), ("rulesets", None)]),
        ("git:v1:rulesets", "git:HEAD", [("v1:rulesets", None), ("HEAD:rulesets", None)]),
        (
            "git:v1@2025-06-30",
            "rulesets@2026-11-20",
            [("v1:rulesets@2025-06-30", JUNE_DAY), ("rulesets@2026-11-20", TODAY)],
        ),
        ("git:@", "rulesets", [("@:rulesets", None), ("rulesets", None)]),
    ],
)
def test_ways_to_write_a_side(old, new, names):
    """A day is of the usual folder; a folder and a revision are whole unless a day follows."""
    assert both(old, new) == names


@pytest.mark.usefixtures("repository")
def test_a_revision_is_read_as_it_was():
    """What was committed is read, not what has changed since; messages name the revision."""
    old, new = SideReader(Path("rulesets"), shown).both("git:v1", None, TODAY)
    assert [side.law.rulesets[0].rules[0].title.en for side in (old, new)] == [
        "Migration",
        "Deadline",
    ]
    assert old.law.rulesets[0].rules[0].place.file == "v1:rulesets/national/test.yaml"
    assert (old.revision.name, len(old.revision.commit), new.revision) == ("v1", 40, None)


@pytest.mark.usefixtures("repository")
def test_one_folder_is_read_once():
    """Two days of one folder share what was read of it."""
    old, new = SideReader(Path("rulesets"), shown).both("2025-06-30", "2026-11-20", TODAY)
    assert old.law is new.law


def test_without_a_folder_what_travels_along(tmp_path, monkeypatch):
    """Without a folder the days are those of the rulesets that travel along."""
    monkeypatch.chdir(tmp_path)
    assert both("2025-06-30", folder=None)[0] == ("2025-06-30", JUNE_DAY)


def test_examples_that_fail(tmp_path):
    """Examples must come out as stated, unless whoever reads asks for none of that."""
    root = folder(tmp_path, {"national/test.yaml": broken("{cycles: 4}", "{cycles: 3}")})
    with pytest.raises(RulesetError):
        SideReader(root, shown).both("2025-06-30", None, TODAY)
    old, _ = SideReader(root, shown, examples=False).both("2025-06-30", None, TODAY)
    assert old.day == JUNE_DAY


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("old", ["file.yaml", "2025-06-30"])
def test_no_folder(old):
    """A folder of rulesets that is none, or not there, is one fault."""
    Path("file.yaml").touch()
    with pytest.raises(UsageError) as caught:
        both(old, None, Path("nowhere"))
    name = "nowhere" if old == "2025-06-30" else old
    assert caught.value.text == Text(
        f"{name}: 点検項目のフォルダではありません。名前を確かめてください。",
        f"{name}: is no folder of rulesets. Check its name.",
    )


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (
            "2025-06",
            None,
            Text(
                "「2025-06」は特定の一日ではありません(2025-06-01～2025-06-30)。"
                "2025-06-01か2025-06-30のように一日を書いてください。",
                '"2025-06" is not one full day (2025-06-01 to 2025-06-30). '
                "Write one day, such as 2025-06-01 or 2025-06-30.",
            ),
        ),
        (
            "v1",
            None,
            Text(
                "「v1」は日でもフォルダでもありません。日は 2026-11-20、"
                "git のリビジョンは git:v1 のように書いてください。",
                '"v1" is neither a day nor a folder. Write a day as 2026-11-20, '
                "a git revision as git:v1.",
            ),
        ),
        (
            "git:v2",
            None,
            Text(
                "「v2」というリビジョンは、このリポジトリにありません。",
                'There is no revision "v2" in this repository.',
            ),
        ),
        (
            "git:",
            None,
            Text(
                "「」というリビジョンは、このリポジトリにありません。",
                'There is no revision "" in this repository.',
            ),
        ),
        (
            "git:--all",
            None,
            Text(
                "「--all」というリビジョンは、このリポジトリにありません。",
                'There is no revision "--all" in this repository.',
            ),
        ),
        (
            "git:v1:laws",
            None,
            Text(
                "v1 に laws はありません。git:リビジョン:フォルダ で場所を示せます。",
                "There is no laws in v1. git:REVISION:FOLDER says where it is.",
            ),
        ),
        (
            "git:v1:../laws",
            None,
            Text(
                "../laws: リポジトリの外にあるので、v1 にはありません。",
                "../laws: lies outside the repository, so it is not in v1.",
            ),
        ),
        (
            "rulesets",
            "2025-06-30",
            Text(
                "「rulesets」と「2025-06-30」の片方にだけ日があります。両方に付けるか(フォルダ@日)、"
                "どちらにも付けないでください。",
                'Of "rulesets" and "2025-06-30" only one names a day. '
                "Give both one (FOLDER@DAY), or neither.",
            ),
        ),
    ],
)
def test_what_is_no_side(old, new, text):
    """What means nothing, or names what is not there, is told with the way out."""
    assert told(old, new) == text


@pytest.mark.usefixtures("repository")
def test_two_readings():
    """What can be read in two ways is read in neither; both ways out work."""
    Path("rulesets").rename("2025-06-30")
    Path("rulesets").mkdir()
    Path("rulesets@2025-06-30").mkdir()
    assert told("2025-06-30") == Text(
        "「2025-06-30」は二とおりに読めます。フォルダとして 2025-06-30/ か、"
        "日として @2025-06-30 を書いてください。",
        '"2025-06-30" can be read in two ways. Write 2025-06-30/ for the folder, '
        "or @2025-06-30 for the day.",
    )
    assert told("rulesets@2025-06-30") == Text(
        "「rulesets@2025-06-30」は二とおりに読めます。フォルダとして rulesets@2025-06-30/ か、"
        "その日のフォルダとして ./rulesets/@2025-06-30 を書いてください。",
        '"rulesets@2025-06-30" can be read in two ways. Write rulesets@2025-06-30/ for the '
        "folder, or ./rulesets/@2025-06-30 for the folder on that day.",
    )
    days = Path("2025-06-30")
    assert both("2025-06-30/", "2025-06-30/") == [("2025-06-30", None)] * 2
    assert both("@2025-06-30", folder=days)[0] == ("2025-06-30", JUNE_DAY)


def test_no_repository(tmp_path):
    """Outside a repository there are no git_revision."""
    with pytest.raises(UsageError) as caught:
        revision("HEAD", tmp_path)
    assert caught.value.text == Text(
        "ここは git のリポジトリではないので、リビジョンを読めません。",
        "This is no git repository, so there are no revisions to read.",
    )


def test_no_git(tmp_path, monkeypatch):
    """Without git, folders are left."""
    monkeypatch.setattr(git_revision.shutil, "which", lambda _: None)
    with pytest.raises(UsageError) as caught:
        revision("HEAD", tmp_path)
    assert caught.value.text == Text(
        "git がないので、リビジョンを読めません。"
        "git を入れるか、リビジョンを指定しないでください。",
        "There is no git to read revisions with. Install it, or name no revision.",
    )


def test_files_of_a_revision(repository, monkeypatch):
    """A path is seen from the current folder; a file is itself, links are left out."""
    (repository / "rulesets/link.yaml").symlink_to("national/test.yaml")
    (repository / "町.yaml").write_bytes(b"\r\nno newline")
    git("add", ".")
    git("commit", "-qm", "second")
    monkeypatch.chdir(repository / "rulesets")
    head = revision("HEAD", Path.cwd())
    assert head.files("../町.yaml") == {".": b"\r\nno newline"}
    assert head.files(str(repository / "町.yaml")) == head.files("../町.yaml")
    assert head.files("nowhere") == {}
    assert set(head.files("..")) > {"町.yaml", "rulesets/national/test.yaml"}
    assert "link.yaml" not in head.files(".")
    assert set(revision("v1", Path.cwd()).files("national")) == set(head.files("national"))


def test_what_git_complains_of(repository):
    """A work tree is needed; what git says beyond that is passed on, with a way out."""
    with pytest.raises(UsageError, match="There is no work tree here"):
        revision("v1", repository / ".git")
    broken_commit = revision("v1", repository)
    with pytest.raises(UsageError) as caught:
        type(broken_commit)("v1", "0" * 40, repository, ".").files(".")
    assert caught.value.text.ja == (
        "git で読めません。同じフォルダで `git status` と `git fsck` を試してください。"
        "gitの答え: fatal: not a tree object"
    )


def test_loaded_law_is_the_same(repository):
    """A revision gives the same law as its folder does, but for the places."""
    git("checkout", "-q", "v1", ".")
    old, new = SideReader(Path("rulesets"), shown).both("git:v1", None, TODAY)
    assert old.law.reference == new.law.reference == load(repository / "elsewhere").reference
    assert old.law.lawbook(TODAY).digest == new.law.lawbook(TODAY).digest
