"""`check --output-dir`: an index and a page for each town, written whole or not at all."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dxrules.cli import main
from dxrules.errors import UsageError
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE
from dxrules.source import write_folder
from dxrules.source.write_folder import MARK, refuse_folder, written_folder
from tests.helpers.hostile import write_hostile_plan
from tests.helpers.small import DAY, PLAN, SMALL, changed, of_town

pytestmark = pytest.mark.usefixtures("_copy")

FIXED = ("--as-of", DAY, "--engine", "interpreter", "--lang", "en", *SMALL)
OTHER = {"見本町": "他の町", 'code: "349992"': 'code: "011002"'}
SHARED = {"index.html", STYLE_FILE, SCRIPT_FILE, MARK}


def check(*arguments, folder="site"):
    """Judge the folder of plans, and write its pages."""
    return main(["check", "plans", *FIXED, "--output-dir", folder, *arguments])


def names(folder="site"):
    """Return the names of the files of a folder."""
    return {each.name for each in Path(folder).iterdir()}


def page(name, folder="site"):
    """Return the text of a page."""
    return Path(folder, name).read_text("utf-8")


class Links(HTMLParser):
    """What a page leads to, and what it can be led to."""

    def __init__(self, text):
        super().__init__()
        self.hrefs, self.ids, self.loaded = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note addresses and ids."""
        said = dict(attrs)
        self.ids.add(said.get("id"))
        if tag == "a":
            self.hrefs.append(said["href"])
        self.loaded += [said[name] for name in ("src", "href") if name in said and tag != "a"]


def add_towns(number):
    """Write further plans, each of another town."""
    for each in range(number):
        Path(f"plans/t{each:02}.yaml").write_text(changed(of_town(each)), encoding="utf-8")


def test_pages(capsys):
    """There is a page for each town, an index, and style and script as files; the call says so."""
    Path("plans/other.yaml").write_text(changed(OTHER), encoding="utf-8")
    assert check() == 1
    assert names() == {"349992.html", "011002.html"} | SHARED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "site: pages of 2 plans are written. Open site/index.html." in captured.err
    assert '<article class="town"' in page("349992.html")
    assert '<article class="town"' not in page("index.html")


@pytest.mark.parametrize("towns", [1, 13])
def test_every_link_of_the_index_arrives(towns):
    """Cells lead to the finding on the page of their town, and pages lead back."""
    add_towns(towns)
    check()
    index = Links(page("index.html"))
    assert index.loaded == [STYLE_FILE, SCRIPT_FILE]
    pages = {name: Links(page(name)) for name in names() if name.endswith(".html")}
    followed = 0
    for name, links in pages.items():
        for href in links.hrefs:
            if href.startswith("https://"):
                continue
            target, _, anchor = href.partition("#")
            assert not anchor or anchor in pages[target or name].ids, href
            followed += bool(target)
    assert followed >= towns * 3
    assert all("index.html" in links.hrefs for name, links in pages.items() if name[0].isdigit())


def test_the_policy_allows_files_beside_the_page_alone():
    """Nothing stands in the page that runs; style and script come from beside it."""
    check()
    for name in ("index.html", "349992.html"):
        text = unescape(page(name))
        assert "style-src 'self'; script-src 'self'; base-uri 'none'" in text
        assert "<style" not in text
        assert re.findall(r"<script[^>]*>", text) == [f'<script src="{SCRIPT_FILE}">']


def test_two_plans_of_a_town():
    """Each has its own page, and each row of the index leads to its own."""
    next_plan = {"見本町DX推進計画": "第2次見本町DX推進計画"}
    Path("plans/z-next.yaml").write_text(changed(next_plan), encoding="utf-8")
    check()
    assert {"349992.html", "349992-2.html"} <= names()
    rows = re.findall(r'<tr id="town-\d-counts".*?href="([^"]+)"', page("index.html"))
    assert rows == ["349992.html", "349992-2.html"]
    assert "第2次見本町DX推進計画" in page("349992-2.html")


def test_what_cannot_be_read_is_on_the_index():
    """A plan that was not judged is named on the index, and the exit code tells, too."""
    Path("plans/bad.yaml").write_text("plan: [", encoding="utf-8")
    assert check("--fail-on", "never") == 2
    assert "! Not judged: plans/bad.yaml:2:1: " in page("index.html")
    assert "Not judged" not in page("349992.html")


def test_beside_other_reports(capsys):
    """Reports that are asked for are the same as without pages; a baseline marks what is known."""
    arguments = ("--output", "a.json", "--format", "table", "--fail-on", "never")
    main(["check", "plans", *FIXED, *arguments])
    printed, written = capsys.readouterr().out, Path("a.json").read_bytes()
    main(["baseline", "write", "b.json", "plans", *FIXED])
    capsys.readouterr()
    assert check(*arguments) == 0
    assert (capsys.readouterr().out, Path("a.json").read_bytes()) == (printed, written)
    alone = page("349992.html")
    assert check(*arguments, "--baseline", "b.json") == 0
    assert "(known)" not in alone
    assert "(known)" in page("349992.html")
    assert "baseline: " in page("index.html")


def test_pages_are_the_same_one_by_one_and_all_at_once():
    """Plans that are judged one by one come out as those that are held together."""
    Path("plans/other.yaml").write_text(changed(OTHER), encoding="utf-8")
    check()
    check("--output", "a.json", folder="held")
    assert names() == names("held")
    for name in names():
        assert Path("site", name).read_bytes() == Path("held", name).read_bytes(), name


def test_exit_codes(capsys):
    """They are those of a check without pages."""
    assert check("--fail-on", "never") == 0
    assert check("--fail-on", "never", "--fail-on-unknown") == 1
    assert check("--fail-on", "never", "--expect", "2") == 2
    assert check("--evidence") == 2
    assert "--output-dir and --evidence cannot be given together" in capsys.readouterr().err


def test_no_rule_in_force():
    """A day before all rules is refused before anything is written."""
    call = ("check", "plans", *FIXED[2:], "--as-of", "1990-01-01", "--output-dir", "site")
    assert main(call) == 2
    assert not Path("site").exists()
    assert not [each for each in Path().iterdir() if each.name.startswith(".dxrules")]


def test_written_again():
    """An earlier output is replaced as a whole: the page of a town that is gone goes, too."""
    Path("plans/other.yaml").write_text(changed(OTHER), encoding="utf-8")
    check()
    Path("plans/other.yaml").unlink()
    check()
    assert names() == {"349992.html"} | SHARED
    assert [each.name for each in Path().iterdir() if each.name.startswith(".dxrules")] == []


@pytest.mark.parametrize(
    "made", ["stranger", "plans", "link", "file", "here", "root", "inner folder"]
)
def test_what_is_not_written_over(made, capsys):
    """A folder that holds anything else is refused, and stays as it is, before plans are read."""
    check()
    before = page("index.html")
    folder = "site"
    if made == "stranger":
        Path("site/notes.txt").write_text("mine", encoding="utf-8")
    elif made == "inner folder":
        Path("site/more").mkdir()
    elif made == "plans":
        folder = "plans"
    elif made == "link":
        Path("linked").symlink_to("site")
        folder = "linked"
    elif made == "file":
        folder = PLAN
    elif made == "root":
        folder = "/"
    else:
        folder = "."
    capsys.readouterr()
    assert check(folder=folder) == 2
    said = capsys.readouterr().err
    assert "holds something else" in said or "is no folder" in said or "is the folder that" in said
    assert page("index.html") == before
    assert Path(PLAN).is_file()


def test_an_empty_folder_is_filled():
    """A folder that somebody has made for it is taken."""
    Path("site").mkdir()
    check()
    assert names() == {"349992.html"} | SHARED


@pytest.mark.parametrize("marked", ["", "other\nnotes.txt\n", "dxrules/site/1\nindex.html\n"])
def test_a_mark_makes_nothing_ones_own(marked):
    """Only what the mark names may be replaced, and only a mark of this form names anything."""
    Path("site").mkdir()
    Path("site", MARK).write_text(marked, encoding="utf-8")
    Path("site/notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        refuse_folder(Path("site"), "site")


def test_nothing_half_written(monkeypatch):
    """Where a page cannot be written the earlier output stays, and nothing is left beside it."""
    check()
    before = {name: Path("site", name).read_bytes() for name in names()}

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(write_folder.os, "fsync", full)
        assert check() == 2
    assert {name: Path("site", name).read_bytes() for name in names()} == before
    assert not [each for each in Path().iterdir() if each.name.startswith(".dxrules")]


def test_the_earlier_folder_comes_back(monkeypatch):
    """Where the new folder cannot take its place, the old one is put back."""
    with written_folder(Path("site"), "site") as put:
        put("index.html", b"old")
    replace = Path.replace

    def refuse(self, target):
        if (self / "new.html").exists():
            raise PermissionError(13, "no")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(UsageError, match="no permission"):  # noqa: SIM117
            with written_folder(Path("site"), "site") as put:
                put("new.html", b"new")
    assert Path("site/index.html").read_bytes() == b"old"
    assert not [each for each in Path().iterdir() if each.name.startswith(".dxrules")]


def test_no_folder_above(capsys):
    """A folder in one that is not there is refused with a way out."""
    assert check(folder="no/such/site") == 2
    assert "its folder does not exist; make it first" in capsys.readouterr().err


def test_hostile_names(tmp_path):
    """Whatever a plan and its file are called, pages have plain names and hold no markup of it."""
    plan = write_hostile_plan(tmp_path)
    call = ("check", str(plan), *FIXED, "--fail-on", "never", "--output-dir", "site")
    assert main(call) == 0
    assert all(re.fullmatch(r"\.?[a-z0-9-]+(\.(html|css|js))?", name) for name in names())
    for name in ("index.html", "349992.html"):
        assert "<img" not in page(name)
