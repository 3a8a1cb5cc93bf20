"""The review desk as its users work at it: in a browser, by keyboard, with hostile texts."""

from __future__ import annotations

import json
from threading import Thread

import pytest

from dxrules.cli import main
from dxrules.desk.kept_file import KeptFiles
from dxrules.desk.local_server import LocalServer
from dxrules.plan import read_plan
from tests.browser.conftest import WAIT
from tests.helpers import desks
from tests.helpers.axe import violations
from tests.helpers.frames import drawn
from tests.helpers.hostile import write_hostile_plan

OPEN_SOME = "all => all.slice(0, 12).forEach(each => each.open = true)"
DRAFTED = ".tag:is(.doubt, .alike)"


@pytest.fixture
def seat(browser):
    """Return a function that serves a desk and opens it in the browser; nothing may go wrong."""
    ended, wrong = [], []

    def start(desk, width=1280, size=900):
        server = LocalServer(desk, idle_seconds=600)
        thread = Thread(target=server.run)
        thread.start()
        context = browser.new_context(
            viewport={"width": width, "height": size}, bypass_csp=False, accept_downloads=True
        )
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("console", lambda message: wrong.append(("console", message.text)))
        page.on("pageerror", lambda error: wrong.append(("error", str(error))))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((server.origin, "blob:"))
                or wrong.append(("request", request.url))
            ),
        )
        ended.append((context, server, thread))
        page.goto(server.address)
        page.locator("[role=tab]").first.wait_for()
        return page

    yield start
    for context, server, thread in ended:
        context.close()
        server.shutdown()
        thread.join(10)
    assert wrong == []


def shipped():
    """Return a desk with the law that is shipped, and where it saves."""
    kept = KeptFiles("ja", desks.law().reference)
    return desks.desk(desks.law(), save=kept.save), kept


def count(page, outcome):
    """Return how many verdicts of an outcome the head shows."""
    return int(page.locator(f"#counts .{outcome} dd").inner_text())


def press(page, *keys):
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def until(page, selector, limit=40):
    """Move on with the Tab key until an element has the focus."""
    for _ in range(limit):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard")


def test_by_keyboard_from_a_draft_to_the_saved_plan(seat, tmp_path, capsys):
    """A draft is confirmed without a mouse; the file that is saved is judged alike by `check`."""
    desk, kept = shipped()
    given = {"name": "plan.md", "content": desks.packed(desks.DOCUMENT)}
    plan = desk.result("draft", given)["plan"]["plan"]
    target = tmp_path / "koge.yaml"
    kept.keep(plan, target, None)
    page = seat(desk)
    assert page.locator("#document").is_visible()
    unknown = count(page, "unknown")
    press(page, "Alt+1")
    for _ in range(12):
        doubt = page.locator(f".card.open:has({DRAFTED})")
        if not page.locator(f".card {DRAFTED}").count():
            break
        if not doubt.count():
            until(page, f".card-head:has({DRAFTED})", 80)
            press(page, "Enter")
            doubt.wait_for()
        page.locator("#document mark").first.wait_for()
        left = page.locator(f".card {DRAFTED}").count()
        rows = page.locator(".card.open .rows input")
        assert not rows.and_(page.locator(":checked")).count()
        for _ in range(rows.count()):
            until(page, ".rows input:not(:checked)", 80)
            press(page, "Space")
        until(page, ".card-body button.main", 80)
        press(page, "Enter")
        page.wait_for_function(
            f"n => document.querySelectorAll('.card {DRAFTED}').length < n", arg=left
        )
        assert page.evaluate("document.activeElement.className") == "card-head"
    assert "doubts:" not in desk.plans[plan].text
    assert count(page, "unknown") < unknown
    counts = {name: count(page, name) for name in ("pass", "fail", "unknown")}
    press(page, "Control+z")
    page.locator("#redo:enabled").wait_for()
    press(page, "Control+y")
    page.locator("#redo:disabled").wait_for()
    press(page, "Control+s")
    page.locator("#status", has_text="koge.yaml").wait_for()
    assert target.read_text("utf-8") == desk.plans[plan].text
    assert not page.locator(".unsaved").count()
    call = ["check", str(target), "--as-of", desks.DAY, "--engine", "interpreter"]
    assert main([*call, "--format", "json", "--fail-on", "never"]) == 0
    judged = json.loads(capsys.readouterr().out)["plans"][0]["counts"]["outcomes"]
    assert counts == {name: judged[name] for name in counts}


@pytest.mark.parametrize(("width", "size"), [(1280, 500), (390, 500)])
def test_what_is_marked_at_first_moves_the_document_alone(seat, width, size):
    """The page begins at its top, tabs and all; who asks for the words is led to them."""
    from playwright.sync_api import expect

    desk, _ = shipped()
    titles = ("オンライン申請の拡大", "テレワークの推進", "AIの活用", "オープンデータの公開")
    tasks = "\n".join(f"- {title}" for title in titles)
    filler = "本町の人口は減少しています。\n\n" * 40
    document = desks.DOCUMENT.replace("情報セキュリティポリシーを見直します。", "")
    content = f"{document}\n## 4 現状\n\n{filler}\n## 5 町の取組\n\n{tasks}\n"
    desk.result("draft", {"name": "plan.md", "content": desks.packed(content)})
    page = seat(desk, width, size)
    mark = page.locator("#document mark").first
    mark.wait_for()
    drawn(page)
    assert page.evaluate("window.scrollY") == 0
    page.locator(".card.open .quote button").first.click()
    expect(mark).to_be_in_viewport(timeout=WAIT)


@pytest.mark.parametrize(
    ("lang", "width", "tabs"),
    [("ja", 1280, ("questions", "facts", "gaps")), ("en", 390, ("verdicts", "drawing", "files"))],
)
def test_accessibility(seat, lang, width, tabs):
    """Nothing that axe looks for is amiss, and a telephone does not scroll sideways."""
    desk, _ = shipped()
    given = {"name": "plan.md", "content": desks.packed(desks.DOCUMENT)}
    desk.result("draft", given)
    page = seat(desk, width)
    if lang == "en":
        page.locator("#lang").click()
        page.locator("#tab-questions", has_text="Settle").wait_for()
    for tab in tabs:
        page.locator(f"#tab-{tab}").click()
        page.locator(f".pane.{tab} h2").first.wait_for()
        page.locator("#panel details").evaluate_all(
            "all => all.slice(0, 12).forEach(d => d.open = true)"
        )
        drawn(page)
        assert violations(page) == [], tab
        assert page.evaluate("document.documentElement.scrollWidth") == width, tab


def test_blank_form(seat, tmp_path):
    """A plan is made from a blank form: a value entered, a section closed, a workbook made."""
    page = seat(desks.desk(desks.law()))
    page.locator("#blank [name=municipality]").fill("上毛町")
    page.locator("#blank button").click()
    page.locator("#e-provisions").wait_for()
    assert count(page, "unknown") > 30
    page.locator("#e-provisions").click()
    page.locator("#add-provisions").click()
    form = page.locator("details.section:has(#e-provisions) .adder form")
    form.locator("select").first.select_option("cio")
    form.locator("select").nth(1).select_option("in-place")
    form.locator("button").click()
    page.locator("[id='e-provisions.cio']").wait_for()
    page.locator("#tab-files").click()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="計画ファイル Excel").click()
    file = tmp_path / "koge.xlsx"
    downloaded.value.save_as(file)
    made = read_plan(file, desks.law().reference).plan
    assert made.provisions["cio"].status == "in-place"
    assert made.municipality.name.ja == "上毛町"


def test_another_tab_begins_at_its_top(seat):
    """Who has read far down in one tab finds the tabs in sight in the next."""
    page = seat(desks.desk(desks.law()), 1280, 450)
    page.locator("#blank [name=municipality]").fill("上毛町")
    page.locator("#blank button").click()
    page.locator("#e-provisions").wait_for()
    drawn(page)
    head = page.locator("#head").bounding_box()
    assert page.locator("#tab-facts").bounding_box()["y"] > head["y"] + head["height"]


def test_a_folder_of_plans(seat, tmp_path):
    """A folder is opened at once; what is no plan is told, and the towns stand side by side."""
    text = desks.small_text()
    for number in range(3):
        plan = text.replace("見本町DX推進計画", f"計画{number}")
        (tmp_path / f"{number}.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("plan: [", encoding="utf-8")
    page = seat(desks.desk())
    page.locator("#open-folder").set_input_files(tmp_path)
    page.locator("#alert .refused").wait_for()
    assert page.locator(".pane.files tbody tr").count() == 3
    page.locator("#which-plan").select_option(label="見本町 (1.yaml)")
    page.locator("#head", has_text="計画1").wait_for()


def test_hostile_plan(seat, tmp_path):
    """No text of a plan, a document or a name of a file is markup, wherever it is shown."""
    path = write_hostile_plan(tmp_path)
    desk = desks.desk()
    given = {"name": path.name, "content": desks.packed(path.read_bytes())}
    plan = desk.result("open", given)["plan"]["plan"]
    document = '<script>alert(1)</script>\n\n<img src=x onerror="alert(2)"> javascript:alert(3)\n'
    name = "<xss onload=alert(4)>.txt"
    desk.result("attach", {"plan": plan, "name": name, "content": desks.packed(document)})
    page = seat(desk)
    for tab in ("questions", "facts", "verdicts", "gaps", "drawing", "files"):
        page.locator(f"#tab-{tab}").click()
        page.locator(f".pane.{tab} h2").first.wait_for()
        page.locator("#panel details").evaluate_all("all => all.forEach(d => d.open = true)")
        drawn(page)
        assert page.locator("xss, img, main script, [onload], [onerror]").count() == 0
