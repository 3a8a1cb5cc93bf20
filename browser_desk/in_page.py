"""The desk as the page offers it: what the browser adds to dxrules in Python, and no more."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date
from pathlib import Path

from dxrules.desk import Desk, Home
from dxrules.desk.leaves import Leaves
from dxrules.document.reading_process import read_in_place

_ANY = "131016"
"""A municipality that is there: of a blank form that nobody sees."""


class Page:
    """A desk that speaks JSON, and that goes on in another worker where this one is stopped.

    The law is as it was read when the page was built. A page has no other processes: it reads
    documents here, where nothing but the page can break.
    """

    def __init__(self, day: str, held: bytes | None = None) -> None:
        law = pickle.loads(Path(__file__).with_name("law.pickle").read_bytes())  # noqa: S301  (ours)
        self.desk = Desk(law, date.fromisoformat(day), Home(read=read_in_place))
        if held is not None:
            self.desk.plans, self.desk.opened = pickle.loads(held)  # noqa: S301  (from `hold`)

    def call(self, name: str, arguments: str) -> str:
        """Answer a call: its name, its arguments as JSON, and the answer as JSON."""
        return json.dumps(self.desk.call(name, json.loads(arguments)), ensure_ascii=False)

    def warm(self) -> None:
        """Load what the first verdicts need while nobody has asked for any: a blank form does."""
        aside = Desk(self.desk.law, self.desk.day, self.desk.home)
        form = aside.call("blank", {"municipality": _ANY})
        aside.call("verdicts", {"plan": form["result"]["plan"]["plan"]})

    def hold(self) -> bytes:
        """Return the plans that are open, each with its document and its steps, to go on with."""
        plans = {
            name: replace(
                plan,
                kept={},
                leaves=plan.leaves and Leaves(plan.leaves.original, plan.leaves.digest),
            )
            for name, plan in self.desk.plans.items()
        }
        return pickle.dumps((plans, self.desk.opened))
