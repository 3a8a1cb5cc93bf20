"""The one file in Firefox, which has another engine for WebAssembly, workers and policies."""

from __future__ import annotations

import base64
import json
from datetime import date
from unittest.mock import patch

import pytest

from dxrules.desk import Desk
from tests.desk.conftest import TOWNS
from tests.helpers import desks
from tests.helpers.firefox import driven, firefox

STARTED = """
for (;;) {
  const failed = document.querySelector("#desk-starting[role=alert]");
  if (failed || document.documentElement.dataset.desk === "ready") return failed?.textContent ?? "";
  await new Promise((resolve) => setTimeout(resolve, 100));
}"""
ASKED = "return window.dxrulesTransport.call(...args)"
OFFLINE = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.ssl": "127.0.0.1",
}


def test_firefox(built, tmp_path):
    """Each town is judged as on the command line; whatever would leave has nowhere to go."""
    if firefox() is None:
        pytest.skip("there is no Firefox (the package firefox-esr)")
    nowhere = OFFLINE | {"network.proxy.http_port": 9, "network.proxy.ssl_port": 9}
    with driven(tmp_path, **nowhere) as browser:
        browser.open(built[1].as_uri())
        assert browser.run(STARTED) == ""
        day = date.fromisoformat(browser.run(ASKED, "hello")["result"]["day"])
        beside = Desk(desks.law(), day)
        for path in TOWNS:
            content = base64.b64encode(path.read_bytes()).decode()
            given = {"name": path.name, "content": content}
            with patch("dxrules.desk.desk.available", lambda: False):
                same = beside.call("open", given)
                assert browser.run(ASKED, "open", given) == same
                about = {"plan": same["result"]["plan"]["plan"]}
                for name in ("verdicts", "findings", "gaps"):
                    expected = json.loads(json.dumps(beside.call(name, about)))
                    assert browser.run(ASKED, name, about) == expected
