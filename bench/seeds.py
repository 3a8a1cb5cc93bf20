"""Faults as they are declared in `faults/`: what a plan says, and what a rule must make of it.

A seed is a change of the base plan with the verdict that the source of a rule asks for. The
verdicts are written by hand beside that source; nothing here asks dxrules for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "faults"
OUTCOMES = ("pass", "fail", "unknown", "not_applicable")
ALL = "all"
REMOVED = "~"
"""What takes a key out of the base plan."""

INSTEAD = "!"
"""Ends a key whose value takes the place of the former one, and is not merged into it."""

_BY_KEY = {"plan", "provisions", "measures", "indicators", "charges", "passages"}
"""Mappings whose entries are independent of each other."""

Patch = dict[str, Any]
Slot = tuple[str, ...]


@dataclass(frozen=True)
class Seed:
    """A change of the base plan, and the outcome of a rule on a subject by its source.

    It may change what the rules `also` say of the plan, or what all of them do. Only plans of some
    prefectures or kinds of municipality take it, where those are named.
    """

    rule: str
    key: str
    outcome: str
    patch: Patch
    source: str
    day: str
    also: frozenset[str]
    alone: bool
    prefectures: frozenset[str]
    other_prefectures: frozenset[str]
    kinds: frozenset[str]
    slots: frozenset[Slot]

    def fits(self, prefecture: str, kind: str) -> bool:
        """Tell whether a municipality can have it."""
        return (
            (not self.prefectures or prefecture in self.prefectures)
            and prefecture not in self.other_prefectures
            and (not self.kinds or kind in self.kinds)
        )

    def stands_beside(self, other: Seed) -> bool:
        """Tell whether neither changes what the other one is about."""
        return (
            not (self.alone or other.alone)
            and self.day == other.day
            and self.rule not in other.also
            and other.rule not in self.also
            and (self.rule, self.key) != (other.rule, other.key)
            and not any(_overlap(one, two) for one in self.slots for two in other.slots)
        )


@dataclass(frozen=True)
class Shape:
    """A whole plan unlike the known ones, and what some rules must, or must not, make of it."""

    name: str
    source: str
    patch: Patch
    whole: Patch | None
    kinds: frozenset[str]
    code: str
    called: str
    expected: dict[str, tuple[str, ...]]
    never_fails: bool


@dataclass(frozen=True)
class Declared:
    """All that is declared: the base plan with its day, and what is seeded into it."""

    base: Patch
    day: str
    days: dict[str, Patch]
    prefectures: dict[str, Patch]
    defaults: dict[str, Patch]
    seeds: tuple[Seed, ...]
    shapes: tuple[Shape, ...]
    never: dict[tuple[str, str], str]
    """Outcomes that a rule cannot have, with the reason, by rule and outcome."""


def _overlap(one: Slot, two: Slot) -> bool:
    return all(a == b for a, b in zip(one, two, strict=False))


def _read(file: Path) -> Patch:
    """Read YAML with every scalar as text, as a plan file has it."""
    with file.open(encoding="utf-8") as stream:
        return yaml.load(stream, yaml.BaseLoader)  # noqa: S506  (makes texts, lists and mappings)


@cache
def declared() -> Declared:
    """Read all declarations."""
    base = _read(FOLDER / "base.yaml")
    seeds: list[Seed] = []
    never: dict[tuple[str, str], str] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for entry in _read(file).get("rules", ()):
            own, cannot = _seeds(entry, base)
            seeds += own
            never |= {(entry["rule"], outcome): why for outcome, why in cannot.items()}
    return Declared(
        base=by_id(base["plan"]),
        day=base["day"],
        days=base["days"],
        prefectures=base["prefectures"],
        defaults=base["defaults"],
        seeds=tuple(seeds),
        shapes=tuple(map(_shape, _read(FOLDER / "shapes.yaml")["shapes"])),
        never=never,
    )


def by_id(plan: Patch) -> Patch:
    """Return a plan whose measures and indicators are mappings by their ids."""
    lists = {name: plan[name] for name in ("measures", "indicators") if name in plan}
    return plan | {
        name: {each["id"]: {k: v for k, v in each.items() if k != "id"} for each in entries}
        for name, entries in lists.items()
    }


def _seeds(entry: Patch, base: Patch) -> tuple[list[Seed], dict[str, str]]:
    """Return the seeds of an entry, one for each change that it gives under an outcome."""
    shared = base["kinds"][entry["like"]] if "like" in entry else {}
    made = [
        _seed(entry, outcome, each, base["day"])
        for outcome in OUTCOMES
        for each in (*shared.get(outcome, ()), *entry.get(outcome, ()))
    ]
    never = {**shared.get("never", {}), **entry.get("never", {})}
    given = {seed.outcome for seed in made}
    return made, {outcome: why for outcome, why in never.items() if outcome not in given}


def _seed(entry: Patch, outcome: str, said: Any, day: str) -> Seed:
    """Return a seed; how much was read of a document, and when, changes what all rules say."""
    whole = isinstance(said, dict) and isinstance(said.get("plan"), dict)
    own: Patch = said if whole else {}
    patch = own["plan"] if whole else _at(entry["set"].split("."), said)
    patch = _filled_in(patch, entry.get("with", {}))
    also = own.get("also", entry.get("also", ()))
    reading = patch.get("document", {}).keys() - {"passages"}
    everything = also == ALL or bool(reading) or "recorded" in patch
    slots = frozenset(_slots(patch)) | {(name,) for name in entry.get("reads", ())}
    return Seed(
        rule=entry["rule"],
        key=own.get("key", entry["key"]),
        outcome=outcome,
        patch=patch,
        source=entry["source"],
        day=entry.get("on", day),
        also=frozenset([ALL] if everything else also),
        alone=everything or "yes" in (own.get("alone"), entry.get("alone")),
        prefectures=frozenset(entry.get("in", ())),
        other_prefectures=frozenset(entry.get("except", ())),
        kinds=frozenset(entry.get("kinds", ())),
        slots=slots,
    )


def _at(path: list[str], value: Any) -> Patch:
    """Return the change that sets a value; a passage stands in the section of the document."""
    *above, last = ["document", *path] if path[0] == "passages" else path
    patch: Patch = {f"{last}{INSTEAD}": value}
    for name in reversed(above):
        patch = {name: patch}
    return patch


def _filled_in(said: Any, words: Patch) -> Any:
    if isinstance(said, dict):
        return {key: _filled_in(value, words) for key, value in said.items()}
    if isinstance(said, list):
        return [_filled_in(value, words) for value in said]
    return words.get(said.removeprefix("$"), said) if said.startswith("$") else said


def _slots(patch: Patch, above: Slot = ()) -> list[Slot]:
    """Return what a change touches: entries of sections that are made of entries, else sections."""
    found = []
    for key, value in patch.items():
        here = (*above, key.removesuffix(INSTEAD))
        deeper = isinstance(value, dict) and (key in _BY_KEY or key in ("collection", "document"))
        found += _slots(value, here) if deeper and value else [here]
    return found


def _shape(said: Patch) -> Shape:
    return Shape(
        name=said["name"],
        source=said["source"],
        patch=said["plan"],
        whole=said.get("only"),
        kinds=frozenset(said.get("kinds", ())),
        code=said.get("code", ""),
        called=said.get("called", ""),
        expected={rule: tuple(outcomes) for rule, outcomes in said["expect"].items()},
        never_fails=said.get("no_fail") == ALL,
    )
