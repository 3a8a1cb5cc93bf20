"""What a document was found to say of single tasks of standardization."""

from __future__ import annotations

from typing import Any, Final

from dxrules.draft.candidates import Quote
from dxrules.draft.settle import evidence

LEAST_LISTED: Final = 5
"""Tasks that a list of those in scope has at least."""

_TO_COME: Final = frozenset({"target", "exception"})
"""What is told of a task that is yet to be moved."""


class Systems:
    """What a document says of single tasks."""

    def __init__(self) -> None:
        self.excluded: dict[str, str] = {}
        self.systems: dict[str, dict[str, Any]] = {}
        self.shown: dict[str, list[Quote]] = {}
        self.untold: set[str] = set()
        """Tasks that a table names, of which it says something that was not understood."""

        self.of_later: list[tuple[str, Quote]] = []
        """The days by which all tasks of the exception are to be moved, by sentences on all."""

    def take_target_of_later(self) -> None:
        """Take the day of all tasks of the exception for those that have none of their own."""
        if len({day for day, _ in self.of_later}) != 1:
            return
        day, quote = self.of_later[0]
        for task, known in self.systems.items():
            if "exception" in known and "target" not in known:
                self.take(task, {"target": day}, quote)

    def leave_out(self, task: str, reason: str, quote: Quote) -> None:
        """Take a task as left out, for a reason if it is told."""
        self.excluded.setdefault(task, reason)
        self.shown.setdefault("excluded", []).append(quote)

    def take(self, task: str, said: dict[str, str], quote: Quote) -> None:
        """Take what is told of a task; what was told before stays."""
        known = self.systems.setdefault(task, {"evidence": []})
        for key, value in said.items():
            if (key in _TO_COME and known.get("status") == "migrated") or (
                key == "migrated" and known.get("status", "migrated") != "migrated"
            ):
                continue  # another sentence tells of another time, or of what was planned before
            known.setdefault(key, value)
        entry = evidence(quote)
        if entry not in known["evidence"]:
            known["evidence"].append(entry)

    def into(self, system: dict[str, Any]) -> None:
        """Put it into a mapping of the plan file; a task that is both is neither."""
        both = self.excluded.keys() & self.systems.keys()
        excluded = [
            {"task": task} | ({"reason": reason} if reason else {})
            for task, reason in self.excluded.items()
            if task not in both
        ]
        if excluded:
            system["excluded"] = excluded
            shown = [evidence(quote) for quote in dict.fromkeys(self.shown["excluded"])]
            system.setdefault("evidence", []).extend({"of": ["excluded"]} | each for each in shown)
        systems = {task: said for task, said in self.systems.items() if task not in both}
        if systems:
            system["systems"] = systems
            if len(systems) >= LEAST_LISTED and not self.untold - systems.keys() - both:
                system["scope"] = "list"

    @property
    def some_moved(self) -> bool:
        """Whether some tasks are said to have been moved."""
        return any(said.get("status") == "migrated" for said in self.systems.values())

    def __bool__(self) -> bool:
        return bool(self.excluded or self.systems)
