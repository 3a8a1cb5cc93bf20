"""The HTML report as its reader uses it: in a browser."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import pytest

from tests.helpers.axe import violations

pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")

TABLE = "table.all tbody tr"
SHOWN = f"{TABLE}:visible"
CLICK = "all => all.forEach(each => each.click())"
OPEN_SOME = "all => all.slice(0, 40).forEach(each => each.open = true)"
OPEN = "all => all.forEach(each => each.open = true)"
REPORTS = ("one", "five", "compare", "many", "changes", "site", "site/013021")
EVERY = [(name, lang) for name in REPORTS for lang in ("ja", "en")]


def outcomes(page):
    """Return the outcomes of the rows that are shown."""
    return page.locator(SHOWN).evaluate_all("rows => rows.map(row => row.dataset.outcome)")


def focused(page):
    """Return the id of what has the focus."""
    return page.evaluate("document.activeElement.id")


def test_filter_by_outcome(opened):
    """At first only what asks for something is shown; a box adds the rest, and takes it away."""
    page = opened("small")
    assert set(outcomes(page)) == {"fail", "unknown", "waived"}
    page.get_by_label("適合", exact=False).and_(page.locator("[value=pass]")).check()
    assert "pass" in outcomes(page)
    for value in ("fail", "unknown", "waived"):
        page.locator(f"[value={value}]").uncheck()
    assert set(outcomes(page)) == {"pass"}
    shown, everything = re.findall(r"\d+", page.locator("form.filter output").inner_text())
    assert (int(shown), int(everything)) == (
        counted(page, f"{TABLE}[data-outcome=pass]"),
        counted(page, TABLE),
    )


def counted(page, rows):
    """Return how many findings some rows stand for."""
    return page.locator(rows).evaluate_all(
        "rows => rows.reduce((sum, row) => sum + Number(row.dataset.times ?? 1), 0)"
    )


def test_filter_by_text(opened):
    """Words are looked for in the whole row, however they are written; all have to be there."""
    page = opened("one")
    box = page.get_by_label("含む語")
    box.fill("ＥＱＲ-06 公金")
    assert page.locator(SHOWN).count() == 1
    box.fill("EQR-06 ない語")
    assert page.locator(SHOWN).count() == 0
    box.fill("")
    assert page.locator(SHOWN).count() > 1


def test_sort(opened):
    """A heading sorts up, then down, and says so; what has no day comes last, or first."""
    page = opened("one")
    head = page.locator("table.all thead th")
    for column, key in ((1, "th a"), (4, "time")):
        up = sorted_by(page, head.nth(column), key)
        down = sorted_by(page, head.nth(column), key)
        assert up == sorted(up)
        assert down == sorted(down, reverse=True)
    assert head.nth(4).get_attribute("aria-sort") == "descending"
    assert page.locator("[aria-sort]").count() == 1


def sorted_by(page, head, key):
    """Press a heading; return the keys in the order of their rows."""
    head.get_by_role("button").click()
    script = "all => all.map(each => each.dateTime || each.textContent)"
    return page.locator(f"{TABLE} {key}").evaluate_all(script)


def test_sort_by_outcome_is_the_order_of_the_report(opened):
    """The first column brings back the order that the report came in."""
    page = opened("one")
    ids = "rows => rows.map(row => row.id)"
    before = page.locator(TABLE).evaluate_all(ids)
    sorted_by(page, page.locator("table.all thead th").nth(2), "td")
    assert page.locator(TABLE).evaluate_all(ids) != before
    sorted_by(page, page.locator("table.all thead th").nth(0), "td")
    assert page.locator(TABLE).evaluate_all(ids) == before


def test_sort_the_towns(opened):
    """Towns are sorted by what was counted."""
    page = opened("compare")
    page.locator("#table-towns thead th").nth(3).get_by_role("button").click()
    script = "cells => cells.map(cell => Number(cell.textContent))"
    numbers = page.locator("#table-towns tbody td:nth-child(4)").evaluate_all(script)
    assert numbers == sorted(numbers)


def test_first_screen(opened):
    """Town, day, counts and the first thing to mend are seen without scrolling."""
    page = opened("one")
    for what in ("h1", ".days", ".tiles", ".strengths", ".gaps li >> nth=0"):
        box = page.locator(what).first.bounding_box()
        assert box["y"] + box["height"] < 900, what


def test_link_to_a_hidden_row(opened):
    """What to mend first leads to its row; one that the filter hid is shown again and focused."""
    page = opened("one")
    page.locator("[value=fail]").uncheck()
    link = page.locator(".gaps a").first
    row = link.get_attribute("href")
    assert not page.locator(row).is_visible()
    link.click()
    page.locator(row).wait_for(state="visible")
    assert focused(page) == row[1:]
    page.locator("[value=fail]").uncheck()
    link.click()  # the address is the same as before
    assert page.locator(row).is_visible()


def test_link_into_a_group(opened):
    """An address of one of several subjects opens their row, and the part that lists them."""
    page = opened("one")
    inner = page.locator(".subjects li[id]").first.get_attribute("id")
    page = opened("one", anchor=f"#{inner}")
    assert page.locator(f"#{inner}").is_visible()
    assert focused(page) == inner


def test_links_of_the_matrix(opened):
    """A cell leads to the finding in the chapter on its town, shown or not."""
    page = opened("five")
    cell = page.locator(".matrix td.pass a").first
    row = cell.get_attribute("href")
    cell.click()
    page.locator(row).wait_for(state="visible")
    assert focused(page) == row[1:]
    assert page.locator(row).get_attribute("data-outcome") == "pass"


def test_links_of_a_comparison(opened):
    """Where there are no chapters a cell leads to the requirement."""
    page = opened("compare")
    cell = page.locator(".matrix td a").first
    cell.click()
    target = page.locator(f"[id='{cell.get_attribute('href')[1:]}']")
    assert target.evaluate("node => node.matches(':target') && node.matches('.rules > div')")


def test_every_link_arrives(opened):
    """No link within a report leads nowhere, and no id is there twice."""
    for name in ("one", "five", "compare", "small", "many", "changes"):
        page = opened(name)
        hrefs = page.locator("a[href^='#']").evaluate_all("all => all.map(a => a.hash.slice(1))")
        ids = page.locator("[id]").evaluate_all("all => all.map(each => each.id)")
        assert set(hrefs) <= set(ids)
        assert len(ids) == len(set(ids))


def test_only_towns_that_differ(opened):
    """Requirements that came out alike everywhere can be left out."""
    page = opened("compare")
    page.locator("[value=same]").uncheck()
    rows = page.locator(".matrix tbody tr:visible")
    assert set(rows.evaluate_all("all => all.map(row => row.dataset.outcome)")) == {"differs"}


def test_an_opened_finding_shows_its_source(opened):
    """Opened, a failure shows the source that stands once in the page; its remedy is there."""
    page = opened("one")
    row = page.locator(SHOWN).first
    row.locator("summary").click()
    cited = row.locator(".cited")
    cited.wait_for()
    rule = row.locator("th a").inner_text()
    said = cited.locator("p").all_text_contents()
    source, remedy = page.locator(f"#{rule} dd p").all_text_contents()
    assert said == [source]
    shown = row.locator(".hint").inner_text()
    assert shown.removeprefix("→").strip() == remedy.partition(":")[2].strip()


def test_keyboard(opened):
    """By keyboard alone: past the heading, on to the filter, to a sorted table, into a row."""
    page = opened("one")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert focused(page) == "main"
    press_until(page, "document.activeElement.matches('.contents a[href^=\"#all-\"]')")
    page.keyboard.press("Enter")
    press_until(page, "document.activeElement.name === 'text'")
    page.keyboard.type("EQR-06")
    press_until(page, "document.activeElement.matches('th button')")
    page.keyboard.press("Enter")
    assert page.locator("table.all [aria-sort=ascending]").count() == 1
    press_until(page, "document.activeElement.matches('table.all summary')")
    page.keyboard.press("Enter")
    page.locator(f"{SHOWN} details[open] .cited").wait_for()


def press_until(page, condition):
    """Press Tab until a condition holds; what has the focus is always seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.checkVisibility()")
        if page.evaluate(condition):
            return
    pytest.fail(condition)


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_accessibility(opened, name, lang):
    """Nothing that axe looks for is amiss, with all outcomes shown and findings opened."""
    page = opened(name, lang)
    page.locator("input[type=checkbox]:not(:checked)").evaluate_all(CLICK)
    page.locator("details").evaluate_all(OPEN_SOME)
    assert violations(page) == []


def test_accessibility_of_a_small_screen(opened):
    """Nor where rows are laid out as cards."""
    page = opened("small", width=390)
    assert violations(page) == []


@pytest.mark.parametrize(("name", "lang"), [*EVERY, ("hostile", "ja")])
def test_small_screen(opened, name, lang):
    """On a telephone the page does not scroll sideways; drawings and tables do in their frames."""
    page = opened(name, lang, width=390)
    page.locator("details").evaluate_all(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def text_of(page):
    """Return the text of a printed page without its spaces; a font may have radicals for signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", page.extract_text()))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_print(opened, lang):
    """On A4 the grounds of every failure are printed, the drawings, and the pages' numbers."""
    page = opened("one", lang)
    pages = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert 8 <= len(pages) <= 28
    # Drawings stand across the page.
    assert {tuple(sorted(round(float(x)) for x in each.mediabox[2:])) for each in pages} <= {
        (595, 842),
        (596, 842),
    }
    text = "".join(map(text_of, pages))
    failing = page.locator(f"{TABLE}[data-outcome=fail] th a").all_inner_texts()
    assert set(failing) <= set(re.findall(r"[A-Z0-9]+-\d\d", text))
    grounds = {
        "ja": ("点検項目の典拠と直し方", "計画期間"),
        "en": ("Rules:sources", "periodoftheplan"),
    }
    for said in (*grounds[lang], "2026-11-20", f"1/{len(pages)}"):
        assert said in text, said
    assert page.locator("details[open]").count() == 0


def test_print_of_a_table(opened):
    """Every page that the table of requirements goes on has its headings, all of them."""
    page = opened("one")
    pages = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [text_of(each) for each in pages]
    start = max(n for n, text in enumerate(texts) if "すべての点検項目" in text)
    inner = texts[start + 1 : start + 3]
    for word in ("判定", "点検項目", "対象", "理由と根拠", "期限"):
        assert all(word in text for text in inner), word


@pytest.mark.parametrize("name", ["one", "five", "compare"])
def test_without_script(opened, name):
    """Without script all rows are there, links lead to them, and no control is dead."""
    page = opened(name, script=False)
    assert not page.locator("form.filter:visible").count()
    assert not page.locator("th button").count()
    rows = page.locator("table tbody tr").all()
    assert rows
    assert (
        page.locator("table tbody tr:visible").count()
        == len(rows) - page.locator("details:not([open]) tbody tr").count()
    )
    link = page.locator("main a[href^='#']").first
    link.click()
    assert page.url.endswith(link.get_attribute("href"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_markup_of_a_plan_stays_text(opened, lang):
    """Markup in every text of a plan runs nothing, loads nothing, and is read as it stands."""
    page = opened("hostile", lang)
    page.locator("details").evaluate_all(OPEN)
    page.locator("[value=pass]").check()
    page.locator("table.all thead button").first.click()
    page.pdf()
    assert page.locator("img, xss, iframe, object").count() == 0
    assert page.locator("script").count() == 1
    assert "<img src=x onerror=alert(" in page.locator("h1").inner_text()


def test_policy(opened):
    """The page's policy lets no other script run, not even one that gets into it."""
    page = opened("small", watched=False)
    seen = page.evaluate("""async () => {
      const seen = new Promise((done) => addEventListener("securitypolicyviolation",
        (event) => done(event.effectiveDirective)));
      const other = document.createElement("script");
      other.textContent = "window.other = true";
      document.body.append(other);
      return [await seen, window.other];
    }""")
    assert seen == ["script-src-elem", None]
