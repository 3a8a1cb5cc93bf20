"""The documents and the pages on rules: whole in both languages, and linked."""

from __future__ import annotations

import posixpath
import re
import runpy
import sys
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from dxrules.assessment.areas import areas_of_rule, fixed_areas
from dxrules.assessment.built_in_rules import BUILT_IN
from rule_pages import pages
from tests.helpers.lawbooks import GOOD, ROOT, broken, law, load

DOCS = ROOT / "docs"
PAGE = """\
# TST-02 循環 / Cycles

<!-- `make docs` で作成 / `make docs` writes this page. -->

[点検項目集別 / by ruleset](README.md) · [分野別 / by area](by-area.md) · \
[典拠別 / by source](by-source.md) · [日本語](#日本語) · [English](#english)

## 日本語

### 要件

循環

- 種別: 計画に書くべきこと(記載なしは不適合になりうる)
- 強さ: 計画内の整合
- 不適合の重大度: 注意
- 分野: [計画全体](by-area.md#plan)
- 点検項目集: [試験](README.md#national-test)

### 典拠

[手引](by-source.md#national-test-guide)

- 種類: ガイドライン・手引
- 確認の方法: 一次資料で確認

### 対象

[計画](../facts.md#plan)(計画ごとに1件)

### 適用条件

対象のすべてに適用する。

同じ対象で [TST-03](TST-03.md) が不適合なら、原因が同じなので適用しない。

### 求めること

- 循環する前提の組の数は3以下 (`$limit`)

### 不適合のとき

- 指摘: 循環が〔循環する前提の組の数〕組ある
- 直し方: 直す

### 例

| 分かっていること | 結果 |
| --- | --- |
| 循環する前提の組の数: 0～3 | 適合 |
| 循環する前提の組の数: 4 | 不適合 |

挙げていない事実は、要確認として扱う。

### 経緯

- 公表: 2020-04-01
- 適用: 2020-04-01～2027-03-31

`$limit`

| 期間 | 値 | 典拠 | 確認の方法 |
| --- | --- | --- | --- |
| 2020-04-01～ | 3 | 法律 | 一次資料で確認 |

## English

### Requirement

Cycles

- about: what the plan must hold; silence can fail
- strength: consistency of the plan
- severity of a failure: note
- area: [The plan as a whole](by-area.md#plan)
- ruleset: [Test](README.md#national-test)

### Source

[Guide](by-source.md#national-test-guide)

- kind: guideline
- verification: verified in the primary source

### Subject

[plan](../facts.md#plan) (one per plan)

### When it applies

It applies to every subject.

Where [TST-03](TST-03.md) fails for the same subject, the cause is the same, and this rule does \
not apply.

### What it asks

- groups of measures that wait for each other is at most 3 (`$limit`)

### When it fails

- message: ‹groups of measures that wait for each other› cycles
- remedy: Mend it

### Examples

| what is known | outcome |
| --- | --- |
| groups of measures that wait for each other: 0 to 3 | pass |
| groups of measures that wait for each other: 4 | fail |

A fact that is not named is taken as unknown.

### History

- announced: 2020-04-01
- in force: 2020-04-01～2027-03-31

`$limit`

| days | value | source | verification |
| --- | --- | --- | --- |
| 2020-04-01～ | 3 | Act | verified in the primary source |
"""
"""The page of a rule of the small ruleset, whole."""


@cache
def shipped():
    """Return the pages on the rules of this checkout."""
    return pages(law())


def documents():
    """Return every document of the checkout that stands on the site, by its path."""
    return {path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *DOCS.glob("*.md"))}


def on_site(path):
    """Tell whether `make docs` lays a file or folder of the checkout into the site."""
    copied = re.search(r"cp -R (.+) build/docs", (ROOT / "Makefile").read_text("utf-8"))[1].split()
    first = Path(path).parts[0]
    return first in copied or (first == path and path.endswith(".md") and "*.md" in copied)


def content(path):
    """Return a page of the site by its path; nothing of another file, None where there is none."""
    if path.startswith("docs/rules/"):
        return shipped().get(path.removeprefix("docs/rules/"))
    if not (ROOT / path).exists() or not on_site(path):
        return None
    return (ROOT / path).read_text("utf-8") if path.endswith(".md") else ""


def anchors(text):
    """Return every name at which a page can be entered: those set, and those of its headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {*re.findall(r'<a id="([^"]+)">', text), *map(slug, headings)}


def slug(heading):
    """Return the name that GitHub gives a heading."""
    kept = (char for char in heading.lower() if char in " -_" or is_word(char))
    return "".join(kept).replace(" ", "-")


def is_word(char):
    """Tell whether a character stays in the name of a heading: a letter, a mark or a figure."""
    return unicodedata.category(char)[0] in "LMN"


def halves(page):
    """Return the Japanese and the English half of a page."""
    _, ja, en = re.split(r"^## (?:日本語|English)$", page, flags=re.MULTILINE)
    return ja, en


def outline(half):
    """Return what must be alike in both languages: headings, lists, tables, links, names."""
    return {
        "headings": len(re.findall(r"^### ", half, re.MULTILINE)),
        "items": [len(gap) for gap in re.findall(r"^( *)- ", half, re.MULTILINE)],
        "rows": len(re.findall(r"^\|", half, re.MULTILINE)),
        "links": sorted(re.findall(r"\]\(([^)]+)\)", half)),
        "names": sorted(re.findall(r"`([^`]+)`", half)),
    }


# In step


def test_every_rule_has_a_page():
    """There is a page for each rule, those on the plan file among them, and three indexes."""
    ids = {rule.id for ruleset in (*law().rulesets, *BUILT_IN) for rule in ruleset.rules}
    indexes = {"README.md", "by-area.md", "by-source.md"}
    assert set(shipped()) == {f"{rule_id}.md" for rule_id in ids} | indexes


def test_module_writes_the_folder(tmp_path, monkeypatch):
    """`python -m rule_pages FOLDER` makes the folder, and writes it."""
    monkeypatch.setattr(sys, "argv", ["pages", str(tmp_path / "new" / "rules")])
    runpy.run_module("rule_pages", run_name="__main__")
    found = {path.name: path.read_text("utf-8") for path in (tmp_path / "new" / "rules").iterdir()}
    assert found == shipped()


# What stands on a page


def test_page_of_a_rule(tmp_path):
    """A page gives the whole of a rule, in Japanese and then in English."""
    assert pages(load(tmp_path, GOOD))["TST-02.md"] == PAGE


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("TST-01.md", ["- 指摘: 「〔対象〕」は〔期限〕までに移行していない"]),
        ("TST-01.md", ["- message: ‹subject› was not migrated by ‹due day›"]),
        ("TST-01.md", ["- 戸籍 (`family-register`)", "- 国民年金 (`national-pension`)"]),
        ("TST-01.md", ["### 適用条件", "", "- 状況は「対象外」でない"]),
        ("TST-01.md", ["### 期限", "", "2026-03-31 (`$deadline`)"]),
        ("TST-01.md", ["| 2020-04-01～ | 特定移行支援システム | 法律 | 一次資料で確認 |"]),
        ("TST-01.md", ["| 2020-04-01～2023-03-31 | 2025-03-31 | 法律 | 一次資料で確認 |"]),
        (
            "TST-01.md",
            ["- target task ([tasks.yaml](../../rulesets/national/reference/tasks.yaml))"],
        ),
        ("TST-01.md", ["| 何も分からない | 要確認 |  |"]),
        ("TST-01.md", ["| 状況: 移行済み、移行が済む日: 2025-03-31 | 適合 | 2021-04-01 |"]),
        ("TST-01.md", ["- 条項: 第1条", "- 種類: 法律"]),
        ("TST-03.md", ["### 期限", "", "計画期間の末日"]),
        ("TST-03.md", ["- 旧id: OLD-03"]),
        ("TST-03.md", ["- formerly: OLD-03"]),
        ("WVR-01.md", ["- 指摘: 〔点検項目〕 の例外は 〔終わり〕 で切れている"]),
    ],
)
def test_lines_of_a_page(tmp_path, page, lines):
    """Sections are there for what a rule has."""
    assert "\n".join(lines) + "\n" in pages(load(tmp_path, GOOD))[page]


def test_sections_of_what_is_not_there(tmp_path):
    """A rule without a due day has no such section; a rule on waivers has no condition either."""
    found = pages(load(tmp_path, GOOD))
    assert "### 期限" not in found["TST-02.md"]
    headings = re.findall(r"^### (.+)$", halves(found["WVR-01.md"])[1], re.MULTILINE)
    assert headings == ["Requirement", "Source", "Subject", "When it fails", "History"]


def test_history_of_documents_is_listed():
    """Where a rule rests on editions, each is listed with its day and how that was verified."""
    section = shipped()["DXP-10.md"].split("### History")[1]
    rows = re.findall(r"^\| .* \| edition ([0-9.]+): .* \|", section, re.MULTILINE)
    assert rows == list(law().reference.editions)
    assert re.search(r"^\| 2023-01-20 .* edition 2\.1: .* unverified \|$", section, re.MULTILINE)


def test_refining_rules_link_each_other(tmp_path):
    """A rule names the one that it says more closely, and that one names it."""
    text = broken("unless_failed: TST-03", "unless_failed: TST-03\n    refines: TST-03")
    found = pages(load(tmp_path, text))
    assert "- 具体化する点検項目: [TST-03](TST-03.md)\n" in found["TST-02.md"]
    assert "- refined by: [TST-02](TST-02.md)\n" in found["TST-03.md"]
    assert "- refined by" not in found["TST-01.md"]


def test_draft_is_marked(tmp_path):
    """A draft is one on its page, with the reason, and in every index."""
    text = broken(
        'source: {ref: act, clause: 第1条, article: "1"}',
        "source: {ref: act, article: 1-1}\n    draft: yes",
        GOOD,
    )
    found = pages(load(tmp_path, text))
    assert found["TST-01.md"].startswith("# TST-01 移行 / Migration (草案 / draft)\n")
    assert "- draft: yes: its source or its day is not confirmed" in found["TST-01.md"]
    for index in ("README.md", "by-area.md", "by-source.md"):
        assert "| [TST-01](TST-01.md) (草案 / draft) |" in found[index]
        assert "| [TST-02](TST-02.md) |" in found[index]


def test_area_without_a_rule_says_so(tmp_path):
    """An area that no rule is about alone is listed all the same, with its editions."""
    text = pages(load(tmp_path, GOOD))["by-area.md"]
    section = text[text.index("## テレワーク") : text.index('<a id="regional-dx">')]
    assert section.splitlines()[2:] == [
        "- `telework`",
        "- 国の計画の重点取組事項とする版 / editions that list it as a priority item: "
        + ", ".join(law().reference.editions),
        "",
        "この分野だけの点検項目はない。 / There is no rule on this area alone.",
        "",
    ]


def test_same_source_of_two_rulesets_stands_once():
    """Rulesets that cite one law are listed together; each name of it leads there."""
    text = shipped()["by-source.md"]
    titles = re.findall(r"^### (.+)$", text, re.MULTILINE)
    verified = [line for line in text.splitlines() if "decided" in line]
    assert len(titles) == len(set(titles))
    assert verified


@pytest.mark.parametrize(
    "name", sorted(set(shipped()) - {"README.md", "by-area.md", "by-source.md"})
)
def test_same_content_in_both_languages(name):
    """Both halves have the same sections, lists, tables and links."""
    ja, en = map(outline, halves(shipped()[name]))
    assert ja == en


# Links


@pytest.mark.parametrize("path", sorted(documents() | {f"docs/rules/{name}" for name in shipped()}))
def test_links_lead_somewhere(path):
    """Every link leads to a file of the checkout and of the site, and to a name in it."""
    text = re.sub(r"^```.*?^```$", "", content(path), flags=re.MULTILINE | re.DOTALL)
    wrong = []
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if link.startswith(("https://", "http://")):
            continue
        name, _, entry = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
        found = content(target)
        if found is None or (entry and entry not in anchors(found)):
            wrong.append(link)
    assert wrong == []


def test_no_document_links_a_page_that_is_not_kept():
    """What is read in the repository does not link the pages that only `make docs` writes."""
    assert [
        path for path in documents() if re.search(r"\]\([^)]*rules/[^)]*\.md", content(path))
    ] == []


def test_wrong_link_is_seen():
    """The guard knows the names of a page: of its headings as GitHub makes them, and those set."""
    text = '# SEC-01 方針 / Policy (draft)\n\n<a id="x-1"></a>\n\n## 日本語\n'
    assert anchors(text) == {"sec-01-方針--policy-draft", "x-1", "日本語"}


def test_every_page_is_linked():
    """Each index links every rule of the rulesets."""
    found = shipped()
    ids = {rule.id for rule in law().rules}
    for index in ("README.md", "by-area.md", "by-source.md"):
        linked = set(re.findall(r"\]\(([A-Z0-9-]+)\.md\)", found[index]))
        assert ids <= linked, index


# Areas


@pytest.mark.parametrize(
    ("rule", "areas"),
    [
        ("DXP-01", ()),
        ("DOC-01", ()),
        ("DXP-10", None),
        ("DAT-06", ("digital-divide",)),
        ("SEC-01", ("security",)),
        ("STD-02", ("standardization",)),
        ("STD-07", ("standardization",)),
        ("EQR-01", ("el-qr",)),
        ("EQR-02", ("el-qr",)),
        ("SCH-06", None),
        ("KPI-01", None),
        ("SCH-04", None),
    ],
)
def test_area_of_a_rule(rule, areas):
    """A rule belongs to the areas of its subjects, to any area, or to the plan as a whole."""
    (found,) = [r for ruleset in law().rulesets for r in ruleset.rules if r.id == rule]
    assert areas_of_rule(found, fixed_areas(law().reference)) == areas


# The folder


def test_index_of_the_docs():
    """The index of the docs links every page that no other index lists."""
    text = (DOCS / "README.md").read_text("utf-8")
    linked = set(re.findall(r"\]\(([^)]+)\)", text))
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} == linked


def test_navigation_of_the_site():
    """The site names every document and the indexes of the rules, and fetches no fonts."""
    site = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]
    named = [page for part in site["nav"] for pages in part.values() for page in pages]
    indexes = {f"docs/rules/{name}.md" for name in ("README", "by-area", "by-source")}
    assert {path for page in named for path in page.values()} == documents() | indexes
    assert site["theme"]["font"] is False
