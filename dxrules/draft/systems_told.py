"""What a document was found to say of single tasks of standardization."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from dxrules.draft.candidates import Quote
from dxrules.draft.settle import UNSURE, evidence
from dxrules.texts import Text

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

        self.open: dict[str, tuple[list[str], list[str], Quote]] = {}
        """Of tasks of which nothing is told for sure: states and days that may be meant."""

    def wonder(self, task: str, states: Iterable[str], days: Iterable[str], quote: Quote) -> None:
        """Take states and days that may be those of a task."""
        told = self.open.setdefault(task, ([], [], quote))
        for known, new in zip(told[:2], (states, days), strict=True):
            known.extend(each for each in new if each not in known)

    def wonder_all(self, told: Iterable[tuple[str, Sequence[str], Sequence[str], Quote]]) -> None:
        """Take states and days of several tasks."""
        for task, states, days, quote in told:
            self.wonder(task, states, days, quote)

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
        for task, (states, days, quote) in self.open.items():
            if task not in self.excluded:
                is_listed = task in systems
                one = system.setdefault("systems", {}).setdefault(task, {"evidence": []})
                doubts = [*_asked(one, states, days)]
                if doubts:
                    one["doubts"] = doubts if is_listed else [{"because": UNSURE}, *doubts]
                    one["evidence"].append(evidence(quote))

    @property
    def some_moved(self) -> bool:
        """Whether some tasks are said to have been moved."""
        return any(said.get("status") == "migrated" for said in self.systems.values())

    def __bool__(self) -> bool:
        return bool(self.excluded or self.systems or self.open)


def _asked(
    one: dict[str, Any], states: Sequence[str], days: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield doubts about what is not told of a task: which state is meant, and which day of what.

    The one that stands for the state, until somebody says which it is, may have a target.
    """
    open_ = {"status": states, "target": days, "migrated": days}
    if one.get("status") == "migrated":
        open_ = {} if "migrated" in one else {"migrated": days}
    elif "status" in one:
        open_ = {} if "target" in one else {"target": days}
    for key, candidates in open_.items():
        if candidates and key not in one:
            if key != "migrated":
                one[key] = next((e for e in candidates if e != "migrated"), "planned")
            yield {"of": [key], "candidates": list(candidates), "because": UNSURE}


def complete(said: dict[str, Any] | None) -> None:
    """Add what the plan file requires of the section on standardization, and what all tasks share.

    A day by which all of them are to be moved is that of each that is listed without another.
    """
    if said is None:
        return
    said.setdefault("scope", "count" if "in_scope" in said else "unstated")
    in_scope, migrated = (str(said.get(key, "")) for key in ("in_scope", "migrated"))
    if in_scope.isdecimal() and migrated.isdecimal() and int(migrated) > int(in_scope):
        for key in ("in_scope", "migrated"):
            because = Text("移行済みの数が対象の数を超える", "more are migrated than in scope")
            said.setdefault("doubts", []).append(
                {"of": [key], "candidates": [said.pop(key)], "because": because}
            )
    _share(said, said.get("systems", {}).values())


def _share(said: dict[str, Any], systems: Iterable[dict[str, Any]]) -> None:
    """Give the state and the target of all tasks to each of those of which nothing is told."""
    is_of_all = said.get("status") == "planned" and "migrated" not in said
    is_of_all = is_of_all or (said.get("status"), said.get("migrated")) == ("migrated", "all")
    if not is_of_all or any("status" in each for each in systems):
        return
    shared = [key for key in ("status", "target") if key in said]
    doubts = [each for each in said.get("doubts", ()) if not {*each["of"]}.isdisjoint(shared)]
    shown = [
        {"of": of} | {key: value for key, value in each.items() if key != "of"}
        for each in said.get("evidence", ())
        if (of := [key for key in each.get("of", ()) if key in shared])
    ]
    for system in systems:
        system |= {key: said[key] for key in shared}
        system["evidence"] = [*system["evidence"], *shown]
        if doubts:
            system["doubts"] = [
                each | {"of": [key for key in each["of"] if key in shared]} for each in doubts
            ]
