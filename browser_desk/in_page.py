"""The desk as the page offers it: what the browser adds to dxrules in Python, and no more."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.desk import Desk, Home
from dxrules.document.reading import read_in_place

if TYPE_CHECKING:
    from collections.abc import Callable


def start(day: str) -> Callable[[str, str], str]:
    """Return what answers calls: their names and arguments as JSON, and the answers as JSON.

    The law is as it was read when the page was built. A page has no other processes: it reads
    documents here, where nothing but the page can break.
    """
    law = pickle.loads(Path(__file__).with_name("law.pickle").read_bytes())  # noqa: S301  (ours)
    desk = Desk(law, date.fromisoformat(day), Home(read=read_in_place))

    def call(name: str, arguments: str) -> str:
        return json.dumps(desk.call(name, json.loads(arguments)), ensure_ascii=False)

    return call
