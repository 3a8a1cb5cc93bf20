"""Repositories that others made: whatever is lost, odd or planted in them is told, and not run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dxrules.errors import UsageError
from dxrules.keeper import git_revision
from dxrules.keeper.git_revision import revision
from tests.helpers.repositories import git


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with a file in two revisions."""
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    Path("plans").mkdir()
    for text in ("one", "two"):
        Path("plans/a.yaml").write_text(text, encoding="utf-8")
        git("add", ".")
        git("commit", "-qm", text)
    return tmp_path


def told(call):
    """Return what is said of a repository that cannot be read."""
    with pytest.raises(UsageError) as caught:
        call()
    return caught.value.text


def loose():
    """Return where git keeps the content of the first revision."""
    blob = git("rev-parse", "HEAD~1:plans/a.yaml").decode().strip()
    return Path(".git/objects", blob[:2], blob[2:])


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"x")])
@pytest.mark.parametrize("path", ["plans", "plans/a.yaml"])
@pytest.mark.usefixtures("repository")
def test_content_that_is_lost(damage, path):
    """A file of which git lacks the content is named; it is no file that was not there."""
    loose().chmod(0o600)
    damage(loose())
    said = told(lambda: revision("HEAD~1", Path.cwd()).files(path))
    assert said.en.startswith("plans/a.yaml: what it held in HEAD~1 is lost or damaged")
    assert said.ja.startswith("plans/a.yaml: HEAD~1 での中身が、このリポジトリにないか壊れて")


@pytest.mark.usefixtures("repository")
def test_a_revision_is_not_replaced():
    """What stands in for a commit would make a changed plan one that did not change."""
    git("replace", "HEAD~1", "HEAD")
    assert revision("HEAD~1", Path.cwd()).files("plans/a.yaml") == {".": b"one"}


def test_a_repository_in_a_folder_of_another(repository):
    """A folder of a commit that looks like a repository does not answer for the one around it."""
    inner = repository / "plans"
    for each in (repository / ".git").iterdir():
        each.rename(inner / each.name)
    with (inner / "config").open("a", encoding="utf-8") as config:
        config.write("[core]\nbare = false\nworktree = .\n")
    said = told(lambda: revision("HEAD", inner))
    assert said.en.startswith("There is no work tree here")


def test_a_shallow_clone(repository, monkeypatch):
    """Of a clone without history it is said how to get it."""
    git("clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    monkeypatch.chdir("shallow")
    said = told(lambda: revision("HEAD~1", Path.cwd()))
    assert said.en.endswith("or with `fetch-depth: 0` of GitHub's actions/checkout.")
    assert "`git fetch --unshallow`" in said.ja


@pytest.mark.parametrize("name", [b"a\nb", b"\xff\xfe"])
def test_folders_of_any_bytes(tmp_path, monkeypatch, name):
    """A repository may stand in a folder whose name is no text, or more than one line."""
    folder = tmp_path / os.fsdecode(name)
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q")
    below = folder / os.fsdecode(name)
    below.mkdir()
    (below / "a.yaml").write_bytes(b"one")
    git("add", ".")
    git("commit", "-qm", "one")
    monkeypatch.chdir(below)
    assert revision("HEAD", Path.cwd()).files("a.yaml") == {".": b"one"}
    assert revision("HEAD", Path.cwd()).files(str(below / "a.yaml")) == {".": b"one"}


@pytest.mark.usefixtures("repository")
def test_bounds(monkeypatch):
    """What git says is bounded in size and time; what nobody wants is not read."""
    head = revision("HEAD", Path.cwd())
    monkeypatch.setattr(git_revision, "REVISION_BYTES", 2)
    assert told(lambda: head.files("plans")).en.startswith("What is to be read in HEAD is larger")
    assert head.files("plans", lambda _: False) == {}
    with monkeypatch.context() as tight:
        tight.setattr(git_revision, "REVISION_LIST", 10)
        assert told(lambda: head.names("plans")).en.startswith("git takes longer than")
    monkeypatch.setattr(git_revision, "REVISION_SECONDS", 0.2)
    os.mkfifo(".git/endless")
    with Path(".git/config").open("a", encoding="utf-8") as config:
        config.write("[include]\npath = endless\n")
    assert told(lambda: head.names("plans")).en.startswith("git takes longer than")
