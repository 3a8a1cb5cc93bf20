"""The desk as `make desk` builds it, opened in Chromium: from a server, and from a disk."""

from __future__ import annotations

import base64
import json
from datetime import date
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import pytest

from dxrules.desk import Desk, Home
from dxrules.document.reading_process import read_in_place
from tests.browser.conftest import WAIT, chromium
from tests.helpers import desks
from tests.helpers.frames import drawn

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "dist" / "desk"
FILE = ROOT / "dist" / "dxrules-desk.html"
TOWNS = sorted((ROOT / "facts").glob("*.yaml"))
STARTED = "html[data-desk=ready], #desk-starting[role=alert]"
INTRANET = "intranet.example"  # without TLS and not this machine, as such servers are


def pytest_report_header():
    """Say which browser it is, and whether the desk was built."""
    built = "built" if FILE.is_file() else "not built (make desk)"
    return f"chromium: {chromium() or 'none'}; desk: {built}"


def pytest_collection_modifyitems(items):
    """Keep the tests of one home in one process: a desk takes longer to start than to test."""
    for item in items:
        if "seats" in getattr(item, "fixturenames", ()):
            home = item.callspec.params["seat"] if "seat" in item.fixturenames else "file"
            item.add_marker(pytest.mark.xdist_group(home))


@pytest.fixture(scope="session")
def browser():
    """Return Debian's Chromium, driven by Playwright."""
    path = chromium()
    if sync_playwright is None:
        pytest.skip("playwright is not installed (make test-desk installs it)")
    if path is None:
        pytest.skip("there is no Chromium (CHROMIUM names it, or the package chromium)")
    with sync_playwright() as driver:
        named = [f"--host-resolver-rules=MAP {INTRANET} 127.0.0.1"]
        started = driver.chromium.launch(executable_path=path, args=named)
        yield started
        started.close()


@pytest.fixture(scope="session")
def built():
    """Return the folder and the one file; without them no test is run."""
    if not FILE.is_file():
        pytest.skip("the desk is not built (make desk, which needs npm)")
    return FOLDER, FILE


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="session")
def addresses(built):
    """Return where each home of the desk is opened."""
    folder, file = built
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://{INTRANET}:{server.server_address[1]}/"
    yield {"folder": f"{origin}index.html", "file": file.as_uri()}
    server.shutdown()
    server.server_close()


class Seat:
    """A page at which the desk has started, and the same desk in this process beside it."""

    def __init__(self, home, page, requests, wrong):
        self.home, self.page, self.requests, self.wrong = home, page, requests, wrong
        self.day = self.call("hello")["result"]["day"]
        home = Home(read=read_in_place)
        self.beside = Desk(desks.law(), date.fromisoformat(self.day), home)

    @cached_property
    def towns(self):
        """The plans of the five towns, opened by the page's own button."""
        return [each["plan"] for each in self.open(*TOWNS)]

    def call(self, name, /, **arguments):
        """Ask the desk in the page."""
        asked = "([name, args]) => window.dxrulesTransport.call(name, args)"
        return self.page.evaluate(asked, [name, arguments])

    def both(self, name, /, **arguments):
        """Ask both desks, which must answer alike; return what they say."""
        here = self.call(name, **arguments)
        assert here == json.loads(json.dumps(self.beside.call(name, arguments)))
        assert "error" not in here
        return here["result"]

    def open(self, *paths):
        """Open plan files as a person does, and beside it; return what is open."""
        self.page.locator("[role=tab]").last.click()
        self.page.set_input_files("#open-plan", paths)
        before = len(self.beside.plans)
        for path in paths:
            content = base64.b64encode(Path(path).read_bytes()).decode()
            assert "error" not in self.beside.call("open", {"name": path.name, "content": content})
        open_now = []
        while len(open_now) < before + len(paths) and not self.wrong:
            drawn(self.page)
            open_now = self.call("plans")["result"]["plans"]
        assert open_now == self.beside.call("plans", {})["result"]["plans"]
        return open_now[before:]


@pytest.fixture(scope="session")
def seats(browser, addresses):
    """Return a function that starts the desk at a home, once; then the network is cut."""
    made = {}

    def at(home):
        if home not in made:
            made[home] = _started(browser, home, addresses[home])
        return made[home]

    with patch("dxrules.desk.desk.available", lambda: False):  # nor is there one in the page
        yield at
    for each in made.values():
        each.page.context.close()


@pytest.fixture(params=["folder", "file"])
def seat(request, seats):
    """Return a seat at each home."""
    return seats(request.param)


@pytest.fixture
def disk(seats):
    """Return a seat at the one file: what is beyond how the page starts is the same in both."""
    return seats("file")


def _started(browser, home, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    requests, wrong = [], []
    context.on("request", lambda each: requests.append(each.url))
    page.on("console", lambda each: wrong.append(("console", each.text)))
    page.on("pageerror", lambda error: wrong.append(("error", str(error))))
    page.on("dialog", lambda each: (wrong.append(("dialog", each.message)), each.dismiss()))
    context.set_offline(offline=home == "file")
    page.goto(address)
    page.locator(STARTED).first.wait_for(state="attached")
    context.set_offline(offline=True)
    return Seat(home, page, requests, wrong)
