"""The index of many towns and their pages as their reader uses them: in a browser."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import pytest

pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")

SHOWN = ".heat tbody tr:visible"
COUNT = "all => all.filter(each => each.checkVisibility()).length"


def seen(page):
    """Return how many towns and rules the page says that it shows."""
    said = page.locator("form.choose output").inner_text()
    towns, rules = map(int, re.findall(r"\d+", said))
    return towns, rules


def drawn(page):
    """Return how many towns and rules there are to be seen in the map."""
    rules = page.locator(SHOWN).count()
    towns = page.locator(".heat thead th[data-town]").evaluate_all(COUNT)
    return towns, rules


def test_filter_by_prefecture(opened):
    """Towns of one prefecture are shown, and totals are those of them."""
    page = opened("site")
    assert seen(page) == drawn(page) == (15, 11)
    total = page.locator("#table-rules tr[data-rule=TST-02] .share")
    assert total.inner_text() == "8/15"
    page.locator("[name=prefecture]").select_option("34")
    assert seen(page) == drawn(page)
    assert seen(page)[0] == 5
    assert total.inner_text() == "3/5"
    assert page.locator(".heat tr[data-rule=TST-02] .share").inner_text() == "3/5"
    assert page.locator("#table-towns tbody tr:visible").count() == 5
    page.get_by_role("button", name="すべて示す").click()
    # A form is emptied after its page was told of it, and towns are shown after that.
    total.filter(has_text="8/15").wait_for()
    assert seen(page) == drawn(page) == (15, 11)


def test_filter_by_strength_rule_and_day(opened):
    """Rules are chosen by strength, by a word and by the day by which they are due."""
    page = opened("site")
    for value in page.locator("[name=strength] option").evaluate_all(
        "all => all.map(o => o.value)"
    ):
        page.locator("[name=strength]").select_option(value)
        assert seen(page) == drawn(page)
        strengths = page.locator("#table-rules tbody tr:visible").evaluate_all(
            "rows => rows.map(row => row.dataset.strength)"
        )
        assert not value or set(strengths) == {value}
    page.locator("[name=strength]").select_option("")
    page.locator("[name=rule]").fill("ＴＳＴ-02")
    assert seen(page) == drawn(page) == (15, 1)
    page.locator("[name=rule]").fill("")
    page.locator("[name=due]").fill("2026-12-31")
    due = page.locator("#table-rules tbody tr:visible time").all_inner_texts()
    assert due
    assert max(due) <= "2026-12-31"
    assert len(due) == seen(page)[1] == drawn(page)[1]


def test_filter_by_outcome(opened):
    """Towns and rules of an outcome are shown; within the chosen rule only towns that have it."""
    page = opened("site")
    page.locator("[name=rule]").fill("TST-02")
    page.locator("[name=outcome]").select_option("fail-")
    assert seen(page) == drawn(page) == (8, 1)
    page.locator("[name=outcome]").select_option("waived")
    assert seen(page) == (0, 0)
    page.locator("[name=town]").fill("町03")
    page.locator("[name=outcome]").select_option("")
    assert seen(page) == drawn(page) == (1, 1)


def test_a_cell_leads_to_its_finding(opened):
    """A click on a cell opens the page of its town at its rule, whatever the filter there hides."""
    page = opened("site")
    for outcome in ("fail-error", "not_applicable"):
        cell = page.locator(f".heat td.{outcome}").nth(3)
        rule = cell.evaluate("cell => cell.parentElement.dataset.rule")
        town = cell.evaluate("""cell => cell.closest("table").tHead.rows[0]
          .cells[cell.cellIndex].textContent""")
        cell.click()
        page.wait_for_url("**#f1-*")
        assert town in page.locator("h1").inner_text()
        row = page.locator(f"[id='f1-{rule}-1']")
        row.wait_for(state="visible")
        assert page.evaluate("document.activeElement.id") == f"f1-{rule}-1"
        assert row.get_attribute("data-outcome") == outcome.partition("-")[0]
        page.get_by_role("link", name="団体の一覧へ").first.click()
        page.wait_for_url("**/index.html")


def test_a_cell_of_a_comparison_leads_to_its_rule(opened):
    """Where towns have no page, it leads to the rule."""
    page = opened("many")
    page.locator(".heat td.unknown").first.click()
    assert page.locator(".rules > div:target").count() == 1


def test_without_script(opened):
    """All of the map is there, no control is dead, and names of towns lead to their pages."""
    page = opened("site", script=False)
    assert drawn(page) == (15, 11)
    assert not page.locator("form.choose:visible").count()
    page.locator(".heat thead a").nth(3).click()
    assert re.search(r"/\d{6}\.html$", page.url)


@pytest.mark.parametrize("name", ["one", "site/013021"])
def test_tiles(opened, name):
    """A tile leads to the findings that it counts, and shows these alone."""
    page = opened(name)
    for outcome in ("pass", "fail", "unknown"):
        page.locator(f".tile.{outcome}").click()
        assert page.url.endswith("#all-1")
        rows = page.locator("table.all tbody tr:visible")
        assert set(rows.evaluate_all("all => all.map(each => each.dataset.outcome)")) == {outcome}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_drawings_fold_on_a_telephone(opened, lang):
    """Below 700 pixels the tables of a drawing stand in its place."""
    page = opened("one", lang, width=390)
    assert not page.locator(".drawing:visible").count()
    assert page.locator(".drawing + details table").first.is_visible()
    page = opened("one", lang, width=720)
    assert page.locator(".drawing").first.is_visible()
    assert not page.locator(".drawing + details table").first.is_visible()


def text_of(page):
    """Return the text of a printed page without its spaces; a font may have radicals for signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", page.extract_text()))


def printed(page):
    """Return the pages of a printed page."""
    return pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_print_of_drawings(opened, lang):
    """The timeline is printed across the page, which its heading begins."""
    pages = printed(opened("one", lang))
    across = [each for each in pages if each.mediabox.width > each.mediabox.height]
    assert across
    head = {"ja": "時期と前提関係", "en": "Timeline and dependencies"}[lang]
    assert head.replace(" ", "") in text_of(across[0])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_print_of_what_is_folded(opened, lang):
    """What is undetermined in an area is printed; on the screen it stays folded."""
    page = opened("one", lang)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    folded = page.locator(".area details")
    assert folded.count()
    assert page.locator(".area details ul:visible").count() == folded.count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".area details[open]").count() == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_days_are_not_broken(opened, lang):
    """Each day stands on one line, on paper and on a telephone."""
    script = (
        "all => all.filter(each => each.getClientRects().length > 1).map(each => each.outerHTML)"
    )
    for width in (390, 1280):
        page = opened("one", lang, width=width)
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        page.locator("input[type=checkbox]:not(:checked)").evaluate_all(
            "all => all.forEach(each => each.click())"
        )
        assert page.locator(".day").count() > 20
        assert page.locator(".day").evaluate_all(script) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    assert page.locator(".day").evaluate_all(script) == []


def test_print_of_the_index(opened):
    """The index is printed across the page, from its title on, with the map on the first."""
    pages = printed(opened("site"))
    assert all(each.mediabox.width > each.mediabox.height for each in pages)
    first = text_of(pages[0])
    assert "15団体の計画" in first
    assert "TST-02" in first
