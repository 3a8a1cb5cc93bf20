"""Pages that there are in both languages: README and docs."""

from __future__ import annotations

import re

import pytest

from tests.helpers.lawbooks import ROOT
from tests.helpers.shown import blocks, commands, two_sentences, without_code

JAPANESE = [ROOT / "README.ja.md", *sorted((ROOT / "docs").glob("*.ja.md"))]
NAMES = [path.name.removesuffix(".ja.md") for path in JAPANESE]
ENGLISH = [path.with_name(f"{name}.md") for path, name in zip(JAPANESE, NAMES, strict=True)]
WORDS = {
    "栃木県": "Tochigi",
    "照会.xlsx": "inquiry.xlsx",
    "照会": "inquiries",
    "バケット": "bucket",
    "ホスト": "HOST",
}
"""What somebody types in Japanese, and what in English."""


def typed(command):
    """Return a command without its comment, and as it is typed in English."""
    text = re.sub(" --lang (ja|en)", "", command.partition(" #")[0].rstrip())
    for ja, en in WORDS.items():
        text = text.replace(ja, en)
    return text


def outline(path):
    """Return what must be alike in both languages."""
    prose = without_code(path.read_text("utf-8"))
    links = re.findall(r"\]\(([^)]+)\)", prose)
    code = [(kind, text) for kind, text in blocks(path) if kind not in {"console", "sh"}]
    return {
        "headings": re.findall(r"^#+ (?:\d+\.)?", prose, re.MULTILINE),
        "items": len(re.findall(r"^- ", prose, re.MULTILINE)),
        "rows": re.findall(r"^\|(?: `[^`]+`)?", prose, re.MULTILINE),
        "links": [link.replace(".ja.md", ".md") for link in links],
        "code": [(kind, re.sub('"(ja|en)"', '"LANG"', text)) for kind, text in code],
        "commands": [*map(typed, commands(path))],
    }


@pytest.mark.parametrize(("en", "ja"), [*zip(ENGLISH, JAPANESE, strict=True)], ids=NAMES)
def test_pages_say_the_same(en, ja):
    """Both pages have the same headings, lists, tables, links, code and commands."""
    assert outline(en) == outline(ja)


@pytest.mark.parametrize("path", [*ENGLISH, *JAPANESE], ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    """Every link leads to a file of the checkout."""
    links = re.findall(r"\]\(([^)#]+)", path.read_text("utf-8"))
    files = [link for link in links if not link.startswith("https://")]
    assert [link for link in files if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README", "revision", "tables", "writers"])
def test_one_sentence_a_line(name):
    """A line of prose holds one sentence."""
    at = NAMES.index(name)
    assert [*two_sentences(ENGLISH[at]), *two_sentences(JAPANESE[at])] == []
