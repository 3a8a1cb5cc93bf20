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


PROGRAMS = """
[core]
fsmonitor = {program}
sshCommand = {program}
gitProxy = {program}
pager = {program}
editor = {program}
askPass = {program}
alternateRefsCommand = {program}
hooksPath = .git/hostile
[diff]
external = {program}
[diff "hostile"]
textconv = {program}
command = {program}
[filter "hostile"]
smudge = {program}
clean = {program}
process = {program}
required = true
[alias]
rev-parse = !{program}
ls-tree = !{program}
cat-file = !{program}
[pager]
rev-parse = {program}
ls-tree = {program}
cat-file = {program}
[credential]
helper = !{program}
[gpg]
program = {program}
[uploadpack]
packObjectsHook = {program}
[protocol]
allow = always
[extensions]
partialClone = origin
[remote "origin"]
promisor = true
uploadpack = {program}
url = {url}
"""


@pytest.fixture
def hostile(repository):
    """Return a function that names a program wherever git takes one; it tells whether it ran."""
    trace = repository / "ran"
    program = repository / "program"
    program.write_text(f"#!/bin/sh\necho >> {trace}\n", encoding="utf-8")
    program.chmod(0o700)
    hooks = repository / ".git/hostile"
    hooks.mkdir()
    for name in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc"):
        (hooks / name).symlink_to(program)
    (repository / ".git/info/attributes").write_text("* filter=hostile diff=hostile ident\n")

    def configured(url="ext::{program}"):
        text = PROGRAMS.replace("{url}", url).replace("{program}", str(program))
        with (repository / ".git/config").open("a", encoding="utf-8") as config:
            config.write(text)
        return trace.exists

    return configured


def test_programs_that_a_repository_names(hostile):
    """None of them is run, whatever is read of it."""
    ran = hostile()
    head = revision("HEAD~1", Path.cwd())
    assert head.files("plans") == {"a.yaml": b"one"}
    assert head.names("plans") == ["a.yaml"]
    assert told(lambda: revision("gone", Path.cwd())).en.startswith("There is no revision")
    assert not ran()


@pytest.mark.parametrize(
    "url", ["ext::{program}", "file:///", "ssh://a.example/b", "git://a.example/b", ".", "no::x"]
)
def test_programs_that_would_fetch_what_is_lost(hostile, url):
    """What a clone lacks is not asked for, by whatever way it names."""
    blob = loose()
    ran = hostile(url)
    blob.chmod(0o600)
    blob.unlink()
    said = told(lambda: revision("HEAD~1", Path.cwd()).files("plans"))
    assert "git fetch --refetch --no-filter" in said.en
    assert not ran()


@pytest.mark.usefixtures("repository")
def test_a_repository_of_another_owner(monkeypatch):
    """It is said how to trust it; until then nothing of it is read."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = told(lambda: revision("HEAD", Path.cwd()))
    assert said.en.startswith("git reads no repository of another owner.")
    assert said.ja.startswith("リポジトリの所有者が違うため")


def test_a_bare_repository(repository, monkeypatch):
    """It has no files beside those of its commits, so that no plan of it can be named."""
    git("clone", "-q", "--bare", ".", "bare.git")
    monkeypatch.chdir(repository / "bare.git")
    assert told(lambda: revision("HEAD", Path.cwd())).en.startswith("There is no work tree here")


@pytest.mark.usefixtures("repository")
def test_a_repository_of_a_later_git():
    """What git says that is not known here is shown, and does nothing."""
    git("config", "core.repositoryFormatVersion", "99\x1b[31m")
    said = told(lambda: revision("HEAD", Path.cwd()))
    assert said.en.startswith("Cannot be read with git.")
    assert "\x1b" not in said.en


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    "name",
    ["--upload-pack=x", "-h", "HEAD..HEAD~1", ":plans", "HEAD:plans", "a\x1b[31m\nb", "^HEAD"],
)
def test_names_that_are_no_commit(name):
    """A name is no option, no range and no file, and does nothing in the message."""
    said = told(lambda: revision(name, Path.cwd()))
    assert said.en.startswith("There is no revision")
    assert not {"\x1b", "\n"} & {*said.en}
