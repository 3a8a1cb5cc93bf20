"""What CI services take: their limits, their paths, and what they hold for one and the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from gzip import compress
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import pytest
import yaml

from dxrules.cli import main
from dxrules.report import github, markdown, sarif, sarif_pieces, size_limits
from dxrules.report.size_limits import RankedEntry, RankedPart, shortened
from tests.helpers.lawbooks import ROOT
from tests.helpers.repositories import git
from tests.helpers.small import DATA, DAY, PLAN, changed

OTHER = {'code: "349992"': 'code: "019992"', "見本町": "他の町"}
STRANGE = "神石 高原#1%.yaml"
JUDGE = ("--engine", "interpreter", "--as-of", DAY)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with two towns in `facts`, the small rulesets and an empty folder."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "sub").mkdir()
    shutil.copytree(DATA / "rulesets", tmp_path / "rulesets")
    (tmp_path / "facts/a.yaml").write_text(changed({}), encoding="utf-8")
    (tmp_path / "facts" / STRANGE).write_text(changed(OTHER), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    return tmp_path


def report(capfdbinary, form, *options, plans="facts", rulesets="rulesets", lang="en"):
    """Judge in the current folder; return the report and what is said on standard error."""
    call = ("check", plans, "--rulesets", rulesets, *JUDGE, "--lang", lang, "--format", form)
    main([*call, *options])
    out, err = capfdbinary.readouterr()
    return out, err.decode()


def files(run):
    """Return the plan files of a SARIF run."""
    return sorted(artifact["location"]["uri"] for artifact in run["artifacts"])


def results(capfdbinary, *options, **where):
    """Return the one run of the SARIF report."""
    return json.loads(report(capfdbinary, "sarif", *options, **where)[0])["runs"][0]


# SARIF


@pytest.mark.parametrize(
    ("options", "outcomes"),
    [
        ((), {"fail"}),
        (("--fail-on-unknown",), {"fail", "unknown"}),
        (("--all",), {"fail", "unknown", "waived", "pass", "not_applicable"}),
    ],
)
@pytest.mark.usefixtures("repository")
def test_sarif_holds_what_counts(capfdbinary, options, outcomes):
    """SARIF has what failed and what else the call counts, gravest first; with --all the rest."""
    told = [result["properties"]["outcome"] for result in results(capfdbinary, *options)["results"]]
    assert set(told) == outcomes
    order = ["fail", "unknown", "waived", "pass", "not_applicable"]
    assert told == sorted(told, key=order.index)


@pytest.mark.parametrize("folder", [".", "sub", "facts"])
def test_places_from_the_root(repository, monkeypatch, capfdbinary, folder):
    """Wherever dxrules is called, SARIF, JUnit and GitHub name files from the repository's root."""
    monkeypatch.chdir(repository / folder)
    up = "." if folder == "." else ".."
    where = {"plans": f"{up}/facts", "rulesets": f"{up}/rulesets"}
    run = results(capfdbinary, "--all", **where)
    places = [
        location["physicalLocation"]["artifactLocation"]
        for result in run["results"]
        for location in (*result["locations"], *result["relatedLocations"])
    ]
    places += [artifact["location"] for artifact in run["artifacts"]]
    assert {place["uri"] for place in places} == {
        "facts/a.yaml",
        "facts/%E7%A5%9E%E7%9F%B3%20%E9%AB%98%E5%8E%9F%231%25.yaml",
    }
    assert {place["uriBaseId"] for place in places} == set(run["originalUriBaseIds"])
    names = {"facts/a.yaml", f"facts/{STRANGE}"}
    assert {unquote(place["uri"]) for place in places} == names
    lines = report(capfdbinary, "github", **where)[0].decode().splitlines()
    shown = {line.partition("file=")[2].partition(",")[0] for line in lines if "file=" in line}
    assert shown == {name.replace("%", "%25") for name in names}
    suites = fromstring(report(capfdbinary, "junit", **where)[0])  # noqa: S314  (our own bytes)
    assert {p.get("value") for p in suites.iterfind("*/properties/property[@name='plan']")} == names


def test_places_of_absolute_names(repository, monkeypatch, capfdbinary):
    """A file that is named by its whole path is named from the root of its repository, too."""
    monkeypatch.chdir(repository / "sub")
    run = results(capfdbinary, plans=str(repository / "facts"), rulesets="../rulesets")
    assert files(run)[1] == "facts/a.yaml"


def test_places_outside_a_repository(tmp_path, monkeypatch, capfdbinary):
    """Outside a repository a file is named from the current folder, and elsewhere by its name."""
    (tmp_path / "here").mkdir()
    for name in ("here/a.yaml", "b.yaml"):
        (tmp_path / name).write_text(changed({}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    rulesets = str(DATA / "rulesets")
    run = results(capfdbinary, plans="here", rulesets=rulesets)
    assert files(run) == ["here/a.yaml"]
    monkeypatch.chdir(tmp_path / "here")
    run = results(capfdbinary, plans="../b.yaml", rulesets=rulesets)
    assert files(run) == ["b.yaml"]


@pytest.mark.usefixtures("repository")
def test_the_top_of_a_worktree(capfdbinary):
    """In a worktree and a submodule `.git` is a file, and the top all the same."""
    Path("sub/.git").write_text("gitdir: ../.git/worktrees/sub\n", encoding="utf-8")
    shutil.copytree("facts", "sub/facts")
    assert files(results(capfdbinary, plans="sub"))[1] == "facts/a.yaml"


@pytest.mark.usefixtures("repository")
def test_lint_places_from_the_root(monkeypatch, capfdbinary):
    """The remarks on rulesets are at paths from the repository's root, too."""
    path = Path("rulesets/national/a b.yaml")
    path.write_text("format: dxrules/ruleset/1\n", encoding="utf-8")
    monkeypatch.chdir("sub")
    call = ("rules", "lint", "--rulesets", "../rulesets", "--lang", "en", "--format")
    main([*call, "sarif"])
    run = json.loads(capfdbinary.readouterr().out)["runs"][0]
    places = {
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]
    }
    assert "rulesets/national/a%20b.yaml" in places
    assert not [place for place in places if ".." in place]
    main([*call, "github"])
    assert b"file=rulesets/national/a b.yaml,line=" in capfdbinary.readouterr().out


@pytest.mark.usefixtures("repository")
def test_sarif_tells_subjects_apart(capfdbinary):
    """Each result has its own fingerprint, even at one line, and keeps it when lines move."""

    def fingerprints():
        found = results(capfdbinary, "--all")["results"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in found]

    first = fingerprints()
    assert len(set(first)) == len(first)
    for path in Path("facts").iterdir():
        path.write_text("# a remark\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert fingerprints() == first


CUT = (
    "SARIF: {} results, the least grave, are left out, as GitHub takes no larger file "
    "(--output report.json holds all)"
)


@pytest.mark.usefixtures("repository")
def test_sarif_of_few_results(monkeypatch, capfdbinary):
    """What is more than GitHub takes is left out, least grave first; file and caller hear of it."""
    whole = results(capfdbinary, "--all")["results"]
    monkeypatch.setattr(sarif_pieces, "MOST_RESULTS", 5)
    out, err = report(capfdbinary, "sarif", "--all")
    run = json.loads(out)["runs"][0]
    assert run["results"] == whole[:5]
    said = CUT.format(len(whole) - 5)
    assert err == f"{said}\n"
    assert run["invocations"][0]["toolExecutionNotifications"][-1] == {
        "level": "warning",
        "message": {"text": said},
    }


@pytest.mark.usefixtures("repository")
def test_sarif_of_few_bytes(monkeypatch, capfdbinary):
    """GitHub's bound on the packed file holds, too."""
    before = report(capfdbinary, "sarif", "--all")[0]
    whole, largest = json.loads(before)["runs"][0]["results"], len(compress(before, 6)) * 2 // 3
    monkeypatch.setattr(sarif_pieces, "MOST_ZIPPED", largest)
    out, err = report(capfdbinary, "sarif", "--all")
    kept = json.loads(out)["runs"][0]["results"]
    assert len(compress(out, 6)) <= largest
    assert kept == whole[: len(kept)] != []
    assert err == f"{CUT.format(len(whole) - len(kept))}\n"


def test_sarif_names_cells(tmp_path, monkeypatch, capfdbinary):
    """Of a workbook SARIF and GitHub name the cell, as code scanning knows lines alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(changed({}), encoding="utf-8")
    main(["convert", "a.yaml", "a.xlsx"])
    rulesets = str(DATA / "rulesets")
    run = results(capfdbinary, plans="a.xlsx", rulesets=rulesets)
    for result in run["results"]:
        (location,) = result["locations"]
        _, cell = location["logicalLocations"]
        assert cell["fullyQualifiedName"] == f"a.xlsx:{cell['name']}"
        assert result["message"]["text"].endswith(f" ({cell['name']})")
    assert "sourceLanguage" not in run["artifacts"][0]
    told = report(capfdbinary, "concise", plans="a.xlsx", rulesets=rulesets)[0].decode()
    cells = {result["locations"][0]["logicalLocations"][1]["name"] for result in run["results"]}
    lines = told.splitlines()[:-1]
    assert {line.removeprefix("a.xlsx:").partition(": ")[0] for line in lines} == cells
    shown = report(capfdbinary, "github", plans="a.xlsx", rulesets=rulesets)[0].decode()
    assert {cell for cell in cells if f"({cell})" in shown} == cells


def test_one_home():
    """The address of the repository is one, in SARIF, pyproject.toml, the README and docs/ci."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["urls"] == {"Repository": sarif.HOME}
    for name in ("README.md", "README.ja.md", "docs/ci/gitlab-ci.yml"):
        assert sarif.HOME in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_remark_twice(monkeypatch, tmp_path, lang):
    """No report says twice how a source was verified, or names its article twice."""
    monkeypatch.chdir(tmp_path)
    written = [f"r{ending}" for ending in (".sarif", ".xml", ".oscal.json", ".md", ".csv", ".txt")]
    call = ["check", str(ROOT / "facts"), *JUDGE, "--lang", lang, "--all", "--format", "none"]
    main([*call, *(part for name in written for part in ("--output", name))])
    for name in written:
        text = Path(name).read_text(encoding="utf-8")
        for remark in ("二次資料による", "未確認", "secondary source", "unverified"):
            for between in (") (", ")("):
                assert f"{remark}{between}{remark})" not in text
        assert "Article 11 (by a copy of a guideline of the Cabinet Secretariat), Art" not in text
        assert "第11条(内閣官房ガイドラインの写しによる) 第11条" not in text


# JUnit and OSCAL


@pytest.mark.usefixtures("repository")
def test_junit_cases_are_apart(capfdbinary):
    """No two cases have one class and name, over all towns; lines that shift change neither."""

    def cases():
        suites = fromstring(report(capfdbinary, "junit")[0])  # noqa: S314  (our own bytes)
        return Counter((c.get("classname"), c.get("name")) for c in suites.iter("testcase"))

    first = cases()
    assert set(first.values()) == {1}
    towns = {classname.rpartition(".")[0] for classname, _ in first}
    assert towns == {"349992.facts/a.yaml", f"019992.facts/{STRANGE}"}
    for path in Path("facts").iterdir():
        path.write_text("# a remark\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert cases() == first


def walk(value, found):
    """Collect the identifiers of a document, and what it refers to."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "uuid":
                found["uuid"].append(each)
            elif key == "href" and each.startswith("#"):
                found["href"].append(each[1:])
            elif key.endswith("-uuid"):
                found["refers"].append(each)
            walk(each, found)
    elif isinstance(value, list):
        for each in value:
            walk(each, found)


@pytest.mark.usefixtures("repository")
def test_oscal_identifiers(capfdbinary):
    """No identifier stands twice, each reference leads somewhere, each source is linked.

    Even where two plans say the same but for their titles.
    """
    text = Path("facts/a.yaml").read_text("utf-8")
    Path("facts/b.yaml").write_text(text.replace("見本町DX推進計画", "次の計画"), "utf-8")
    document = json.loads(report(capfdbinary, "oscal")[0])["assessment-results"]
    found = {"uuid": [], "href": [], "refers": []}
    walk(document, found)
    assert len(document["results"]) == 3
    assert len(found["uuid"]) == len(set(found["uuid"]))
    assert set(found["refers"]) <= set(found["uuid"])
    resources = {resource["uuid"] for resource in document["back-matter"]["resources"]}
    assert set(found["href"]) == resources


# Markdown

CUT_MARKDOWN = (
    "> To stay within 1 MiB, {} findings, the least grave, are left out "
    "(--output report.html holds all)"
)
CONCISE = {
    "ja": {
        "first": "注意 TST-09 見本町DX推進計画: "
        "互いを前提とする取組がある(loop-a → loop-b → loop-a)",
        "last": "不適合 8(重大 2・警告 3・注意 3)  要確認 1(うち法的義務 1)  適合 0  対象外 1"
        "  承認済みの例外 1  ※ エンジンは1つだけ(--engine interpreter)",
    },
    "en": {
        "first": "note TST-09 見本町DX推進計画: "
        "Measures wait for each other (loop-a → loop-b → loop-a)",
        "last": "fail 8 (error 2, warning 3, note 3)  undetermined 1 (1 legal duty)  pass 0"
        "  not applicable 1  waived 1  ! One engine only (--engine interpreter)",
    },
}


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("largest", [7000, 5000, 3000, 1500])
def test_markdown_is_bounded(monkeypatch, capfdbinary, largest):
    """A report that would be too large leaves the least grave out, and says how much that is."""
    whole = report(capfdbinary, "markdown", "--all")[0].decode()
    monkeypatch.setattr(markdown, "LARGEST", largest)
    out, err = report(capfdbinary, "markdown", "--all")
    assert len(out) <= largest
    text = out.decode()
    assert text.startswith(whole.split("\n")[0])
    (cut,) = [line for line in text.splitlines() if line.startswith("> To stay")]
    assert err == f"Markdown: {cut[2:]}\n"
    left = int(cut.split()[6])
    assert cut == CUT_MARKDOWN.format(left)
    assert findings_in(text) + left == findings_in(whole)
    assert text.count("<details>") == text.count("</details>")
    severities = [line for line in text.splitlines() if line.startswith("| ")]
    assert "| error |" in text or "| warning |" not in text
    assert severities


def findings_in(text):
    """Count the findings that a report shows: in rows, which may hold several, and in lists."""
    rows = re.findall(r"^\| (?:error|warning|note) \|[^|]*?(?: ×(\d+))? \|", text, re.MULTILINE)
    listed = re.findall(r"^- (?:\\\[[^]]*\\\] )?\w+-\d+ .*\\\]: ", text, re.MULTILINE)
    return sum(int(number or 1) for number in rows) + len(listed)


def test_shortening():
    """The gravest entries are taken as long as there is room, and headings with them alone."""
    long = "x" * 100
    parts = [
        RankedPart("title\n"),
        RankedPart(
            "one\n",
            (RankedEntry(f"a{long}\n", (2,), 1), RankedEntry("b\n", (1,), 3)),
            "end\n",
            more,
        ),
        RankedPart("two\n"),
        RankedPart("", (RankedEntry("c\n", (3,), 5),), inside=2),
    ]
    whole = f"title\none\na{long}\nb\nend\ntwo\nc\n"
    assert shortened(parts, len(whole), more) == (whole, 0)
    assert shortened(parts, len(whole) - 1, more) == ("title\n+6\none\nb\n+1\nend\n", 6)
    assert shortened(parts, 10, more) == ("title\n+9\n", 9)


def test_no_more_is_held_than_there_is_room_for(monkeypatch):
    """What is let go of a long report changes nothing of what is taken, and is counted."""

    def parts():
        yield RankedPart("title\n")
        for number in range(1, 120, 2):
            yield RankedPart(f"town {number}\n", (RankedEntry("", (9,)),), more=lambda _: "")
            entries = [RankedEntry(f"{number} {n}\n", (number * n % 7, n), n) for n in range(6)]
            yield RankedPart("list\n", tuple(entries), "end\n", more, number)

    found = [shortened(parts(), room, more) for room in (100, 500, 2_000, 10**6)]
    assert [len(text.encode()) <= 2_000 for text, _ in found] == [True, True, True, False]
    monkeypatch.setattr(size_limits._Held, "drop", lambda held: held.entries.sort())
    assert found == [shortened(parts(), room, more) for room in (100, 500, 2_000, 10**6)]


def more(number):
    """Say how much is left out."""
    return f"+{number}\n"


# GitHub's commands


LAST = {
    "en": "dxrules: {error} errors, {warning} warnings, {notice} notices. "
    "GitHub shows the first 2 of each kind "
    "(all stand in this log, in the job summary and in reports by --output)",
    "ja": "dxrules: error {error}件、warning {warning}件、notice {notice}件。"
    "GitHubが画面に示すのは種類ごとに最初の2件まで"
    "(すべてこのログにあり、ジョブの概要や --output の報告書でも読める)",
}


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_github_is_in_order(monkeypatch, capfdbinary, lang):
    """Remarks come gravest first over all towns; the log ends with how many there are."""
    monkeypatch.setattr(github, "SHOWN", 2)
    lines = report(capfdbinary, "github", lang=lang)[0].decode().splitlines()
    kinds = [line.partition(" ")[0].removeprefix("::") for line in lines[:-1]]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert lines[-1] == LAST[lang].format_map(Counter(kinds))
    monkeypatch.setattr(github, "SHOWN", len(lines))
    assert report(capfdbinary, "github", lang=lang)[0].decode().splitlines() == lines[:-1]


# One line per failure


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_concise(monkeypatch, capfdbinary, lang):
    """One line per failure and nothing else, by file and line; then the counts."""
    monkeypatch.chdir(DATA)
    out, err = report(capfdbinary, "concise", lang=lang, plans=PLAN)
    assert err == ""
    *lines, last = out.decode().splitlines()
    places = [int(line.removeprefix(f"{PLAN}:").partition(":")[0]) for line in lines]
    assert places == sorted(places)
    assert lines[0] == f"{PLAN}:6: {CONCISE[lang]['first']}"
    assert last == CONCISE[lang]["last"]
    counted = report(capfdbinary, "concise", "--fail-on-unknown", plans=PLAN)[0].decode()
    assert len(counted.splitlines()) == len(lines) + 1 + counted.count(": undetermined ")


def test_concise_names_what_cannot_be_read(tmp_path, monkeypatch, capfdbinary):
    """A file that cannot be read has a line with its first fault, and is counted."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(changed({}), encoding="utf-8")
    Path("b.yaml").write_text("format: dxrules/plan/1\nplan: {}\n", encoding="utf-8")
    out, err = report(capfdbinary, "concise", plans=".", rulesets=str(DATA / "rulesets"))
    first, *_, last = out.decode().splitlines()
    fault, *others = err.splitlines()
    assert first == f"{fault} and {len(others)} more"
    assert first.startswith("b.yaml:")
    assert last.endswith("  1 cannot be read  ! One engine only (--engine interpreter)")


# The job for GitLab


def run_gitlab(folder):
    """Run the job's script as GitLab does, with a pip that installs nothing."""
    job = yaml.safe_load((ROOT / "docs/ci/gitlab-ci.yml").read_text(encoding="utf-8"))["dxrules"]
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    called = folder / "pip.txt"
    for name, text in (
        ("pip", f'echo "$@" >> "{called}"'),
        ("dxrules", f'exec "{sys.executable}" "{ROOT / "cli.py"}" "$@" --as-of {DAY} --lang en'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    env = job["variables"] | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    script = "\n".join(job["script"])
    done = subprocess.run(
        ("bash", "-eo", "pipefail", "-c", script),
        cwd=folder,
        env=env,
        check=False,
        capture_output=True,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode(), called.read_text()


@pytest.mark.slow
def test_gitlab_job(repository):
    """The job judges before there is a baseline, and then counts only what is not in it."""
    code, out, err, installed = run_gitlab(repository)
    told = "! The rulesets that dxrules brings are used"  # the repository has some of its own
    assert (code, err.count("\n"), err.startswith(told)) == (1, 1, True)
    assert out.startswith("There is no dxrules-baseline.json: whatever is found counts.\n")
    assert installed == f"install dxrules[engine] @ git+{sarif.HOME}@v0.1.0\n"
    assert {"dxrules.xml", "dxrules.html"} <= {path.name for path in repository.iterdir()}
    assert main(["baseline", "write", "dxrules-baseline.json", "facts", "--as-of", DAY]) == 0
    code, out, err, _ = run_gitlab(repository)
    assert (code, err.count("\n"), err.startswith(told)) == (0, 1, True)
    assert "152 known findings are not shown" in out
