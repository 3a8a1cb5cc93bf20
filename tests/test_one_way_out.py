"""Whatever plans, rulesets and names of files hold, nothing that is written acts on its reader."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import unicodedata
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from dxrules.cli import main
from dxrules.report.csv_report import as_csv
from dxrules.report.github import command
from dxrules.report.json_values import in_utf8
from dxrules.report.markdown import as_markdown, code, escaped
from dxrules.report.terminal import Style, fold
from dxrules.source import from_text
from dxrules.texts import (
    LANGS,
    NOT_IN_LINES,
    Text,
    printable,
    same,
    shorten,
    visible,
    width,
    without_commands,
)
from tests.helpers.hostile import (
    LOUD,
    LOUD_FRAGMENT,
    LOUD_NAMES,
    NO_UTF8,
    loud_rulesets,
    plan_text,
)
from tests.helpers.small import DATA, DAY

ACTS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""The categories of characters that act, or that nobody sees."""

_SIGNS = (
    "ab町: \t\n\r#[]\x1b\x07\x85\x9b\u200b\u202e\u2066\u2028\ufeff\u00ad\ufe0f\udcff\ud800"
    "\U000e0041\U000e0100\u3000\u00a0=＝＋－＠-'\"`|<>&%;\\@./"
)
NASTY = st.lists(st.sampled_from([*_SIGNS, "::", "##[", "##vso[", "://", "www."]), max_size=30).map(
    "".join
)


def acting(text):
    """Return the characters of a text that act, apart from line feeds."""
    return {char for char in text if char != "\n" and unicodedata.category(char) in ACTS}


def obeyed(text):
    """Return the lines of a text that a CI service would take for a command."""
    ignored = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # by GitHub's runner, at least
    return [
        line
        for line in ignored.sub("", text).split("\n")
        if line.lstrip().startswith("::") or re.search(r"##(\[|vso\[|teamcity\[)", line)
    ]


# The functions


@given(NASTY)
def test_visible_texts_are_one_line(text):
    """A visible text is one line in which nothing acts, and stays as it is."""
    shown = visible(text)
    assert acting(shown) == set()
    assert "\n" not in shown
    assert visible(shown) == shown
    if not acting(text) and "\n" not in text:
        assert shown == text


def test_every_character_that_acts_is_seen():
    """No character that a file may not hold is printed as it is, in text or in JSON."""
    never = [char for char in map(chr, range(0x110000)) if NOT_IN_LINES.match(char)]
    assert {char for char in never if printable(char) == char or visible(char) == char} == set()
    every = "".join(map(chr, range(0x110000)))
    assert acting(printable(every)) == acting(visible(every)) == set()
    halves = {char for char in never if unicodedata.category(char) == "Cs"}
    written = in_utf8({"a": "".join(sorted(set(never) - halves))}).decode()
    assert acting(written) == set()
    assert not any(char in written for char in never)


@given(NASTY)
def test_printable_texts_are_no_commands(text):
    """In a printable text nothing acts, no line is a command, and lines stay; so does the text."""
    shown = printable(text)
    assert acting(shown) == set()
    assert obeyed(shown) == []
    assert shown.count("\n") == text.count("\n")
    assert printable(shown) == shown
    if not acting(text) and not obeyed(text):
        assert shown == text


@given(st.lists(st.sampled_from(["\x1b[1m", "\x1b[31;1m", "\x1b[0m", "\x1b[2J", "::", "町 "])))
def test_colours_are_kept(parts):
    """Of the codes for a terminal those of our colours alone stay, and only where wanted."""
    text = "".join(parts)
    assert "\x1b" not in printable(text)
    left = re.sub(r"\x1b\[(0|1|31;1)m", "", printable(text, coloured=True))
    assert acting(left) == set()
    assert obeyed(left) == []


@given(NASTY, st.integers(2, 40))
def test_quotations_are_one_line(text, longest):
    """A quotation is one line, not too long, in which nothing acts."""
    shown = shorten(text, longest)
    assert acting(shown) == set()
    assert "\n" not in shown
    assert len(shown) <= longest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a::b", "a::b"),
        ("\u3000::error::a", "\u3000<U+003A>:error::a"),
        (":::a", "<U+003A>::a"),
        (":\ufe0f:a", "<U+003A>\ufe0f:a"),
        ("a ##[error]b", "a <U+0023>#[error]b"),
        ("###VSO[a]", "#<U+0023>#VSO[a]"),
        ("## [a]", "## [a]"),
    ],
)
def test_what_begins_a_command(text, expected):
    """The sign that begins a command is shown as its code; what is none stays."""
    assert without_commands(text) == expected


@given(NASTY)
def test_csv_cells(text):
    """A cell is one line, and nothing that a spreadsheet would calculate; figures stay figures."""
    raw = as_csv([[text, -5, "a"]]).decode("utf-8-sig")
    ((cell, number, last),) = csv.reader(StringIO(raw, newline=""))
    assert (number, last) == ("-5", "a")
    assert acting(cell) == set()
    assert obeyed(raw.replace("\r\n", "\n")) == []
    first = unicodedata.normalize("NFKC", cell).lstrip(" \"'")[:1] if cell[:1] != "'" else ""
    assert first not in set("=+-@")


@pytest.mark.parametrize(
    "text", ["=1", "＝1+1", "＋1", "－1", "＠a", "−1", " =1", '"=1', "\u3000＝1"]
)
def test_formulas(text):
    """A text that would be a formula, full-width ones too, begins with an apostrophe."""
    assert as_csv([[text]]).decode("utf-8-sig").strip().strip('"').startswith("'")


@given(NASTY)
def test_markdown_names(text):
    """A name as code ends neither its code nor its cell."""
    shown = code(text or "a")
    fence = re.match("`+", shown)[0]
    inside = shown[len(fence) : -len(fence)]
    assert shown.endswith(fence)
    assert fence not in re.findall("`+", inside)
    assert not re.search(r"(?<!\\)\|", inside)
    assert acting(shown) == set()


@given(NASTY)
def test_markdown_texts(text):
    """A text of a plan holds no markup, no address and nobody's name."""
    shown = escaped(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>`|\[\]*_]", shown)
    assert "://" not in shown
    assert acting(shown) == set()
    assert obeyed(as_markdown(shown).decode()) == []


@given(NASTY, NASTY)
def test_github_commands(title, said):
    """A remark for GitHub is one line, and one command."""
    line = command("error", {"title": title}, same(said), Style("en"))
    assert acting(line) == set()
    assert "\n" not in line
    assert line.startswith("::error title=")
    assert ":" not in line.removeprefix("::error title=").partition("::")[0]


@given(st.text("ab町 ", max_size=30), st.integers(1, 12))
def test_folding_keeps_colours_whole(text, room):
    """No width breaks the code of a colour, and a colour takes no room."""
    painted = Style("en", colour=True).paint("error", f"[{text}]")
    lines = fold(painted, room)
    assert re.sub(r"\x1b\[(0|31;1)m", "", "".join(lines)).count("\x1b") == 0
    plain = [re.sub(r"\x1b\[(0|31;1)m", "", line) for line in lines]
    assert all(width(line) <= max(room, 2) for line in plain)


# What is read


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\\u202e", "The character U+202E is not allowed. Delete it."),
        ("\\u200b", "The character U+200B is not allowed. Delete it."),
        ("\\n", "A line break (U+000A) is not allowed here. Write it on one line."),
        ("\\r", "A line break (U+000D) is not allowed here. Write it on one line."),
        ("\\t", "A tab (U+0009) is not allowed here. Write a space."),
    ],
)
@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("rulesets/national/small.yaml", "Policy adopted", ("rules", "list")),
        ("rulesets/national/reference/areas.yaml", "Front-yard reform", ("rules", "list")),
        ("a.test.yaml", "A plan", ("rules", "test", "a.test.yaml")),
        ("b.json", "34999", ("check", "plans", "--baseline", "b.json")),
    ],
)
@pytest.mark.usefixtures("_copy")
def test_every_file_is_read_alike(run, file, text, words, sign, said):
    """Rulesets, reference lists, cases and baselines hold lines in which nothing acts."""
    path = Path(file)
    if not path.exists():
        path.write_text(_FILES[file], "utf-8")
    content = path.read_text("utf-8")
    assert text in content
    at = content.index(text)
    quoted = "" if content[at - 1] == '"' else '"'
    path.write_text(content.replace(text, f"{quoted}{text[0]}{sign}{text[1:]}{quoted}", 1), "utf-8")
    status, _, err = run(*words, *LAW, "--lang", "en")
    assert status == 2
    assert f": {said}" in err
    assert err.startswith(f"{file}:{content[:at].count(chr(10)) + 1}:")


_FILES = {
    "a.test.yaml": """\
format: dxrules/test/1
cases:
  - name: {ja: 計画, en: A plan}
    plan: plans/34999-mihon.yaml
    as_of: 2026-11-20
""",
    "b.json": """\
{"format": "dxrules/baseline/2", "entries": [
{"municipality": "349992", "plan": "34999", "rule": "TST-01", "kind": "provision", "key": "ciso"}
]}
""",
}


def test_names_keep_their_form():
    """The form of a sign is chosen by another that stays: names are written so."""
    name = "辻\U000e0100\ufe00"
    document = from_text(f"a: {name}\n", "a.yaml")
    assert (document.data, document.problems) == ({"a": name}, ())
    assert visible(name) == printable(name) == name


# Every command


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write plans with hostile texts under hostile names, and rulesets that are no better."""
    root = tmp_path_factory.mktemp("loud")
    shutil.copytree(DATA / "rulesets", root / "rulesets")
    shutil.copytree(DATA / "rulesets", root / "calm")
    loud_rulesets(root / "rulesets")
    text = plan_text(LOUD, LOUD_FRAGMENT)
    (root / "loud.yaml").write_text(text, "utf-8")
    wrong = text.replace("status: established", 'status: "::error::\\u202e\\n::x"', 1)
    for name, content in (("plans", text), ("wrong", wrong)):
        (root / name).mkdir()
        names = [*map(os.fsencode, LOUD_NAMES), NO_UTF8]
        for number, each in enumerate(names):  # under one title they would be one plan
            titled = content.replace("title: ", f"title: {number}", 1)
            Path(os.fsdecode(os.fsencode(root / name) + b"/" + each)).write_text(titled, "utf-8")
    return root


LAW = ("--rulesets", "rulesets")
ON = (*LAW, "--as-of", DAY, "--engine", "interpreter")
LINES = {
    "table": ("plans", *ON, "--all"),
    "json": ("plans", *ON),
    "markdown": ("plans", *ON, "--all"),
    "html": ("plans", *ON),
    "csv": ("plans", *ON),
    "sarif": ("plans", *ON),
    "junit": ("plans", *ON, "--fail-on", "note"),
    "github": ("plans", *ON),
    "oscal": ("plans", *ON),
}
CALLS = [
    *(("check", *words, "--format", form) for form, words in LINES.items()),
    *(("check", "wrong", "loud.yaml", *ON, "--format", form) for form in LINES),
    *(("compare", "plans", *ON, "--all", "--format", f) for f in list(LINES)[:5]),
    *(("gaps", "loud.yaml", *ON, "--format", form) for form in ("table", "json")),
    *(("explain", "TST-03", "loud.yaml", *ON, "--format", form) for form in ("table", "json")),
    *(
        ("graph", "loud.yaml", *LAW, "--as-of", DAY, "--format", form)
        for form in ("table", "mermaid", "dot", "json")
    ),
    *(("forecast", "loud.yaml", *ON, "--format", form) for form in ("table", "json", "ics")),
    *(("rules", "list", *LAW, "--format", form) for form in ("table", "json")),
    *(("rules", "lint", *LAW, "--format", f) for f in ("table", "json", "sarif", "github")),
    *(("rules", "test", *LAW, "--coverage", "--format", form) for form in ("table", "json")),
    *(
        ("rules", "diff", "--from", "calm", "--to", "rulesets", "--format", form)
        for form in ("table", "json")
    ),
    *(
        (
            "rules",
            "impact",
            "plans",
            "--from",
            "calm",
            "--to",
            "rulesets",
            *ON[2:],
            "--format",
            form,
        )
        for form in ("table", "json")
    ),
    ("rules", "show", "TST-03", *LAW),
    ("rules", "new", "TST-77", *LAW),
    ("new", "plan", *LAW),
    ("schema", "plan", *LAW),
    ("--help",),
]


def call(capfdbinary, *words):
    """Call the command line; return its code and the bytes that it wrote."""
    status = main(words)
    return status, *capfdbinary.readouterr()


def check_harmless(raw, form="table"):
    """Assert that nothing acts in what a format wrote; return it as text with line feeds."""
    text = raw.decode("utf-8-sig" if form == "csv" else "utf-8")
    if form in {"csv", "ics"}:
        text = text.replace("\r\n", "\n")
    assert acting(text) == set()
    if form == "github":
        *commands, last = text.splitlines()
        assert all(re.match("::(error|warning|notice) ", line) for line in commands)
        assert re.match("::(error|warning|notice) |dxrules: ", last)
    else:
        assert obeyed(text) == []
    return text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("words", CALLS, ids=lambda words: " ".join(words[:2] + words[-1:]))
def test_nothing_acts(folder, monkeypatch, capfdbinary, words, lang):
    """Every command, in every format, writes what is harmless; formats can be read again."""
    monkeypatch.chdir(folder)
    form = words[words.index("--format") + 1] if "--format" in words else "table"
    status, out, err = call(capfdbinary, *words, "--lang", lang)
    assert status == 2 if "wrong" in words else status in (0, 1), err
    check_harmless(err)
    text = check_harmless(out, form)
    if form in {"json", "sarif", "oscal"}:
        json.loads(text)
    elif form == "junit":
        fromstring(out)  # noqa: S314  (our own)
    elif form == "csv":
        rows = list(csv.reader(StringIO(text, newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
    assert out or "wrong" in words


@pytest.mark.parametrize("lang", LANGS)
def test_json_gives_the_text_itself(folder, monkeypatch, capfdbinary, lang):
    """What JSON escapes is the same text for whoever reads it."""
    monkeypatch.chdir(folder)
    _, out, _ = call(capfdbinary, "check", "loud.yaml", *ON, "--format", "json", "--lang", lang)
    assert LOUD.format(n=3) in set(texts(json.loads(out)))


def texts(data):
    """Yield every text of plain data."""
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from texts(each)
    else:
        yield data


def test_calendar_gives_the_text_itself(folder, monkeypatch, capfdbinary):
    """A calendar is folded where a command would begin, so its texts stay what they are."""
    monkeypatch.chdir(folder)
    _, out, _ = call(capfdbinary, "forecast", "loud.yaml", *ON, "--format", "ics", "--lang", "en")
    said = [
        str(event.get(name, ""))
        for event in Calendar.from_ical(out).walk("VEVENT")
        for name in ("summary", "description")
    ]
    assert any(LOUD.partition(" ##")[0].format(n=27)[:20] in each for each in said)
    assert any("##[error]" in each for each in said)
    assert not any("<U+" in each for each in said)


def test_mermaid_labels_are_text(folder, monkeypatch, capfdbinary):
    """A label is nothing but letters and codes of signs: no directive, entity, Markdown, quote."""
    monkeypatch.chdir(folder)
    _, out, _ = call(capfdbinary, "graph", "loud.yaml", *LAW, "--format", "mermaid")
    labels = re.findall(r'^  n\d+\["(.*?)"\]', out.decode(), re.MULTILINE)
    assert any("#37;#37;#123;init" in label for label in labels)
    for label in labels:
        assert not set('%`"{}|\\*_~') & set(label)
        assert re.sub(r"#\d+;", "", label.removesuffix("(not in the plan)")).count("#") == 0


def test_workbooks_hold_texts(folder, monkeypatch, tmp_path):
    """No cell of a workbook is a formula, and nothing in it acts."""
    monkeypatch.chdir(folder)
    target = tmp_path / "a.xlsx"
    assert main(["check", "plans", *ON, "--format", "none", "--output", str(target)]) == 1
    book = load_workbook(BytesIO(target.read_bytes()))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert set().union(*(acting(str(cell.value)) for cell in cells)) == set()


def test_packets_take_every_name(folder, monkeypatch, capfdbinary, tmp_path):
    """A packet of plans under hostile names is one that is read again."""
    monkeypatch.chdir(folder)
    packet = str(tmp_path / "a.zip")
    call(capfdbinary, "check", "plans", *ON, "--packet", packet, "--lang", "en")
    status, out, err = call(capfdbinary, "replay", packet, "--lang", "en")
    assert (status, err) == (0, b"")
    assert b"the bytes agree" in out


TYPED = ("::error::a", "a\n::error::b", "\x1b[31ma", "\udcff", "\u202ea", "##[error]a")


@pytest.mark.parametrize("typed", TYPED, ids=ascii)
@pytest.mark.parametrize(
    "words",
    [
        ("check", "{}"),
        ("check", "loud.yaml", "--format", "{}"),
        ("check", "loud.yaml", "--as-of", "{}"),
        ("check", "loud.yaml", "--output", "{}"),
        ("check", "loud.yaml", "--rulesets", "{}"),
        ("check", "loud.yaml", "--baseline", "{}"),
        ("check", "loud.yaml", "--engine", "{}"),
        ("check", "--{}"),
        ("{}",),
        ("explain", "{}", *LAW),
        ("explain", "TST-01", "loud.yaml", "extra", "{}"),
        ("gaps", "{}"),
        ("graph", "loud.yaml", *LAW, "--what-if", "{}"),
        ("graph", "loud.yaml", *LAW, "--what-if", "{}=2026-11-20"),
        ("compare", "{}", "{}"),
        ("replay", "{}"),
        ("baseline", "prune", "{}", "loud.yaml", *LAW),
        ("baseline", "{}", "a.json", "loud.yaml"),
        ("convert", "loud.yaml", "{}"),
        ("convert", "{}", "a.xlsx"),
        ("new", "plan", "{}"),
        ("rules", "diff", "--from", "{}"),
        ("rules", "diff", "--from", "git:{}"),
        ("rules", "diff", "--from", "calm@{}"),
        ("rules", "test", "{}"),
        ("rules", "test", "--coverage-min", "{}"),
        ("rules", "new", "{}"),
        ("rules", "new", "TST-77", *LAW, "--subject", "{}"),
        ("schema", "{}"),
    ],
    ids=" ".join,
)
def test_what_was_typed_does_not_act(folder, monkeypatch, capfdbinary, words, typed):
    """What is wrong with a call is said on lines of our own, whatever was typed."""
    monkeypatch.chdir(folder)
    status, _, err = call(capfdbinary, *(word.format(typed) for word in words), "--lang", "en")
    assert status == 2, err
    text = check_harmless(err)
    assert not any(line.startswith(("error::b", ":error::b")) for line in text.splitlines())


def test_texts_are_bilingual():
    """The way out knows nothing of languages: a text is made harmless in the one that is said."""
    text = Text("::error::あ", "::error::a")
    assert [printable(text.in_(lang)) for lang in LANGS] == [
        "<U+003A>:error::あ",
        "<U+003A>:error::a",
    ]
