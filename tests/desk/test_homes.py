"""Both homes of the desk judge, read and write as the command line does, and tell nobody."""

from __future__ import annotations

import base64
import io
import json
import zipfile

import pytest

from dxrules.cli import main
from dxrules.engine import available
from tests.helpers.axe import violations
from tests.helpers.frames import drawn
from tests.helpers.hostile import write_hostile_plan
from tests.helpers.made_documents import Pdf, saved, word

COUNTS = ("fail", "unknown", "pass")


def written(seat, what, form, *plans):
    """Return a file that the desk in the page writes."""
    answer = seat.call("write", what=what, form=form, plans=list(plans), lang="ja")
    assert "error" not in answer, answer
    return base64.b64decode(answer["result"]["content"])


def test_verdicts(seat):
    """Without a network, each town is judged alike, down to reasons, gaps and drawings."""
    for plan in seat.towns:
        seat.both("verdicts", plan=plan)
        rows = seat.both("findings", plan=plan, everything=True)["findings"]
        if seat.home == "file":  # what makes these is the same in both
            failing = [each["finding"] for each in rows if each["outcome"] == "fail"]
            seat.both("explain", plan=plan, finding=failing[0])
            for name in ("gaps", "drawing", "facts"):
                seat.both(name, plan=plan)
    assert seat.call("hello")["result"]["engines"] == ["interpreter"]


def test_packets(seat, tmp_path, capsys):
    """A packet has the bytes that the command line packs, and both engines come to the same."""
    for plan in seat.towns:
        raw = written(seat, "packet", "zip", plan)
        beside = {"what": "packet", "form": "zip", "plans": [plan], "lang": "ja"}
        same = base64.b64decode(seat.beside.call("write", beside)["result"]["content"])
        assert contents(raw) == contents(same)
        packet = tmp_path / f"{plan}.zip"
        packet.write_bytes(raw)
        twice = ["--twice"] if available() else []
        assert main(["replay", str(packet), *twice]) == 0, capsys.readouterr()


def contents(archive):
    """Return the files of an archive by their names, in their order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return [(name, opened.read(name)) for name in opened.namelist()]


@pytest.mark.parametrize(
    ("what", "form"),
    [("report", "html"), ("report", "json"), ("report", "csv"), ("compare", "html")],
)
def test_reports(disk, what, form):
    """Reports of all towns are those of the command line, byte by byte."""
    beside = {"what": what, "form": form, "plans": disk.towns, "lang": "ja"}
    same = base64.b64decode(disk.beside.call("write", beside)["result"]["content"])
    assert written(disk, what, form, *disk.towns) == same


def test_workbooks_and_calendars(disk):
    """What is packed has the same parts; a calendar needs modules that come later."""
    for what in ("report", "inquiry", "gaps"):
        beside = {"what": what, "form": "xlsx", "plans": disk.towns[:1], "lang": "ja"}
        same = base64.b64decode(disk.beside.call("write", beside)["result"]["content"])
        assert contents(written(disk, what, "xlsx", disk.towns[0])) == contents(same)
    assert written(disk, "forecast", "ics", disk.towns[0]).startswith(b"BEGIN:VCALENDAR")


DOCUMENTS = {
    "a.txt": "見本町DX推進計画\n\n計画期間は令和8年度から令和11年度までとする。\n".encode(),
    "a.html": "<h1>見本町DX推進計画</h1><p>計画期間は令和8年度から令和11年度までとする。".encode(),
}


def documents():
    """Return a document of each format."""
    pdf = Pdf()
    pdf.text(60, 80, "見本町DX推進計画", 14)
    pdf.text(60, 110, "計画期間は令和8年度から令和11年度までとする。")
    return DOCUMENTS | {
        "a.pdf": pdf.saved(),
        "a.docx": saved(word("見本町DX推進計画", "計画期間は令和8年度から令和11年度までとする。")),
    }


def test_documents(disk):
    """Documents of every format are read into the drafts that the command line makes."""
    for name, raw in documents().items():
        content = base64.b64encode(raw).decode()
        plan = disk.both("draft", name=name, content=content, municipality="345458")["plan"]
        disk.both("original", plan=plan["plan"])
        disk.both("verdicts", plan=plan["plan"])
        disk.both("close", plan=plan["plan"])


def test_from_a_blank_form(disk, tmp_path):
    """A plan is begun, answered and saved as a workbook; the command line judges that alike."""
    made = disk.both("blank", municipality="406465", title="上毛町DX推進計画")["plan"]["plan"]
    entry = {"status": "in-place", "evidence": [{"page": 3, "text": "副町長をCIOとする。"}]}
    edits = [
        {"path": ["provisions", "cio"], "value": entry},
        {"path": ["plan", "period"], "value": "令和8年度～令和12年度"},
    ]
    disk.both("edit", plan=made, edits=edits)
    told = {"about": ["provision:ciso"], "answer": "yes", "day": "2026-10-01", "by": "総務課"}
    answered = disk.call("answer", plan=made, **told)
    assert answered == disk.beside.call("answer", {"plan": made, **told})
    counts = disk.both("verdicts", plan=made)["counts"]
    workbook = tmp_path / "town.xlsx"
    workbook.write_bytes(written(disk, "plan", "xlsx", made))
    report = tmp_path / "report.json"
    call = ["check", str(workbook), "--as-of", disk.day, "--fail-on", "never"]
    assert main([*call, "--format", "json", "--output", str(report)]) == 0
    (judged,) = json.loads(report.read_text("utf-8"))["plans"]
    assert {each: judged["counts"]["outcomes"][each] for each in COUNTS} == {
        each: counts[each]["count"] for each in COUNTS
    }
    disk.both("close", plan=made)


def test_hostile_plan(disk, tmp_path):
    """Texts of a plan are texts: nothing that they hold becomes part of the page, or runs."""
    (about,) = disk.open(write_hostile_plan(tmp_path))
    tabs = disk.page.locator("[role=tab]")
    for place in range(tabs.count()):
        tabs.nth(place).click()
        drawn(disk.page)
        assert disk.page.locator("xss, img[src=x], #main script").count() == 0
    disk.both("close", plan=about["plan"])


def test_accessibility(seat):
    """With plans open and all about the page unfolded, axe finds nothing."""
    assert seat.towns
    page = seat.page
    page.locator("#desk-about > details > summary").click()
    assert violations(page) == []
    page.locator("#desk-about > details > summary").click()


@pytest.mark.parametrize("width", [320, 640])
def test_reflow(disk, width):
    """At 320 pixels, and at 1,280 enlarged twice, nothing has to be scrolled aside to be read."""
    assert disk.towns
    page = disk.page
    page.set_viewport_size({"width": width, "height": 450})
    for _ in ("ja", "en"):
        tabs = page.locator("[role=tab]")
        for place in range(tabs.count()):
            tabs.nth(place).click()
            drawn(page)
            assert page.evaluate("document.documentElement.scrollWidth") == width
        page.locator("#lang").click()
        drawn(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_accessibility_of_the_page_about_it(browser, built):
    """Nor in the page for the information section, which fits a telephone."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((built[0] / "about.html").as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_nothing_leaves(seat):
    """After all that, only the desk's own files were asked for, nothing is kept, nothing failed."""
    own = seat.page.url.rpartition("/")[0]
    allowed = ("blob:", "data:", own if seat.home == "folder" else seat.page.url)
    assert [each for each in seat.requests if not each.startswith(allowed)] == []
    kept = """async () => [
        document.cookie, localStorage.length, sessionStorage.length,
        (await indexedDB.databases()).length,
    ]"""
    assert seat.page.evaluate(kept) == ["", 0, 0, 0]
    assert seat.wrong == []


def test_policy(seat):
    """The policy of the page lets no request pass, to whatever place."""
    tried = """async () => {
        const refused = [];
        const note = (event) => refused.push(event.effectiveDirective);
        document.addEventListener("securitypolicyviolation", note);
        await fetch("https://example.org/").catch(() => {});
        navigator.sendBeacon("https://example.org/", "plan");
        new Image().src = "https://example.org/plan.png";
        await new Promise((resolve) => setTimeout(resolve, 200));
        return refused;
    }"""
    assert set(seat.page.evaluate(tried)) == {"connect-src", "img-src"}
    seat.wrong.clear()


def test_reading_that_is_stopped(disk):
    """Whoever stops the reading of a document goes on with what was open, steps and all."""
    edits = [{"path": ["plan", "title"], "value": "見本町DX推進計画"}]
    plan = disk.towns[0]
    disk.both("edit", plan=plan, edits=edits)
    text = "".join(
        f"## {n} 取組\n\n取組{n}を令和8年度から実施する。担当は総務課。\n\n" for n in range(4_000)
    )
    content = base64.b64encode(text.encode()).decode()
    disk.page.evaluate(
        "(args) => { window.stopped = window.dxrulesTransport.call('draft', args); }",
        {"name": "long.md", "content": content, "municipality": "406465"},
    )
    button = disk.page.locator("#desk-stop")
    assert button.inner_text() == "読み取りを中止"
    button.click()
    answer = disk.page.evaluate("() => window.stopped")
    assert answer["error"]["kind"] == "stopped"
    disk.both("verdicts", plan=plan)
    assert disk.both("undo", plan=plan)["what"]["ja"].startswith("plan.title")
    assert disk.page.locator("#desk-starting").count() == 0
