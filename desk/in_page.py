"""The desk as the page offers it: what the browser adds to dxrules in Python, and no more."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from dxrules import load_law
from dxrules.desk import Desk, Home
from dxrules.document.reading import read_in_place

if TYPE_CHECKING:
    from collections.abc import Callable


def start(day: str) -> Callable[[str, str], str]:
    """Return what answers calls: their names and arguments as JSON, and the answers as JSON.

    A page has no other processes: it reads documents here, where nothing but the page can break.
    """
    desk = Desk(load_law(), date.fromisoformat(day), Home(read=read_in_place))

    def call(name: str, arguments: str) -> str:
        return json.dumps(desk.call(name, json.loads(arguments)), ensure_ascii=False)

    return call
