"""Reports that dxrules writes, and a Chromium to open them in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dxrules.cli import main
from dxrules.report.html.environment import SCRIPT_FILE, STYLE_FILE
from tests.helpers.hostile import write_hostile_plan
from tests.helpers.small import DATA, DAY, PLAN, changed, code_of, of_town

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

FACTS = Path(__file__).parents[2] / "facts"
TOWN = FACTS / "34545-jinsekikogen.yaml"
WAIT = 60_000
"""After so many milliseconds, what a test waits for does not come: none asks how long it took."""
FEWER = {"exception: none": "exception: transition-support"}
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_report_header():
    """Say which browser it is."""
    return f"chromium: {chromium() or 'none, so that no test is run'}"


def chromium():
    """Return where a Chromium is, if anywhere."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    """Return Debian's Chromium, driven by Playwright."""
    path = chromium()
    if sync_playwright is None:
        pytest.skip("playwright is not installed (make test-browser installs it)")
    if path is None:
        pytest.skip("there is no Chromium (CHROMIUM names it, or the package chromium)")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path)
        yield started
        started.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Return a function that writes a report once, and gives its path."""
    folder = tmp_path_factory.mktemp("reports")
    fixed = ("--as-of", DAY)
    alone = ("--engine", "interpreter")
    small = ("--rulesets", str(DATA / "rulesets"))
    nothing = ("--format", "none", "--fail-on", "never")
    towns = some_towns(folder / "plans")
    calls = {
        "one": ("check", str(TOWN), *alone, *nothing),
        "five": ("check", str(FACTS), *alone, *nothing),
        "small": ("check", str(DATA / PLAN), *small, *alone, *nothing),
        "hostile": ("check", str(write_hostile_plan(folder)), *small, *alone, *nothing),
        "compare": ("compare", str(FACTS), *alone),
        "many": ("compare", str(towns), *small, *alone),
        "changes": ("compare", *two_packets(folder, small), *alone),
        "site": ("check", str(towns), *small, *alone, *nothing),
    }

    def write(name, lang="ja"):
        of_site = name.startswith("site")
        path = folder / (f"site-{lang}/index.html" if of_site else f"{name}.{lang}.html")
        if not path.exists():
            to = ("--output-dir", str(path.parent)) if of_site else ("--output", str(path))
            days = () if name == "changes" else fixed
            call = calls["site" if of_site else name]
            assert main([*call, *days, "--lang", lang, *to]) == 0
        return path if not of_site or name == "site" else path.parent / f"{name[5:]}.html"

    return write


def some_towns(folder):
    """Write plans of fifteen towns of two prefectures; every second one has a failure less."""
    folder.mkdir()
    for number in range(15):
        changes = of_town(number) | (FEWER if number % 2 else {})
        plan = folder / f"{code_of(number)}.yaml"
        plan.write_text(changed(changes), encoding="utf-8")
    return folder


def two_packets(folder, small):
    """Write packets of a plan of May and of November, between which it changed."""
    paths = []
    for day, changes in (("2026-05-01", {}), (DAY, FEWER)):
        plan, packet = folder / "town.yaml", folder / f"{day}.zip"
        plan.write_text(changed(changes), encoding="utf-8")
        call = ("check", str(plan), *small, "--engine", "interpreter", "--format", "none")
        main([*call, "--fail-on", "never", "--as-of", day, "--packet", str(packet)])
        paths.append(str(packet))
    return paths


@pytest.fixture
def opened(browser, written):
    """Return a function that opens a report; nothing may go wrong in it, and no request leave."""
    contexts, wrong = [], []

    def note(page):
        page.on("console", lambda message: wrong.append(("console", message.text)))
        page.on("pageerror", lambda error: wrong.append(("error", str(error))))
        page.on(
            "dialog", lambda dialog: (wrong.append(("dialog", dialog.message)), dialog.dismiss())
        )
        page.on("request", lambda request: _leaving(request, wrong))

    def start(name, lang="ja", anchor="", width=1280, *, script=True, watched=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        if watched:
            note(page)
        page.goto(written(name, lang).as_uri() + anchor)
        return page

    yield start
    for context in contexts:
        context.close()
    assert wrong == []


BESIDE = (STYLE_FILE, SCRIPT_FILE)


def _leaving(request, wrong):
    own = request.is_navigation_request() or request.url.endswith(BESIDE)
    if not own or not request.url.startswith("file:"):
        wrong.append(("request", request.url))
