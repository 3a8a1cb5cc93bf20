"""Gaps and overlaps of dated entries, and entries beyond the day up to which the law is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from dxrules.errors import Place
from dxrules.keeper.lint.remark import Remark, RulesetFolder
from dxrules.reference import Source
from dxrules.reference.reference_data import Dated
from dxrules.rules import Rule
from dxrules.source import Document, Path
from dxrules.texts import Text

_DAY = timedelta(days=1)


def days(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each gap, each overlap, and each entry beyond `known_until`."""
    yield from _gaps(folder)
    for ruleset, document in folder.rulesets:
        for position, rule in enumerate(ruleset.rules):
            path = ("rules", position, "in_force")
            yield from _rule(rule, ruleset.known_until, document, path)
    for name in ("editions", "guideline"):
        yield from _list(folder, name)


def _rule(rule: Rule, known_until: date, document: Document, path: Path) -> Iterator[Remark]:
    """Yield a remark for each announcement that is written of a rule, and not known yet."""
    force = rule.in_force
    for name, day in (("announced", force.announced), ("until_announced", force.until_announced)):
        if day and day > known_until and (*path, name) in document.keys:
            place = document.place((*path, name), key=True)
            yield _beyond(place, rule.id, day, known_until)


def _gaps(folder: RulesetFolder) -> Iterator[Remark]:
    for ruleset, document in folder.rulesets:
        for name, dated in ruleset.parameters.items():
            for position, (former, latter) in enumerate(pairwise(dated.entries), 1):
                if former.until is not None and former.until + _DAY < latter.since:
                    first, last = former.until + _DAY, latter.since - _DAY
                    yield Remark(
                        document.place(("parameters", name, "values", position, "from"), key=True),
                        "value-gap",
                        Text(
                            f"{name} は {first} から {last} まで値がありません。",
                            f"{name} has no value from {first} to {last}.",
                        ),
                        Text("その間の値を加えてください。", "Add the value of that time."),
                    )


def _list(folder: RulesetFolder, name: str) -> Iterator[Remark]:
    """Yield what is wrong with the days of a list: an entry holds until the next one does."""
    document = folder.lists[name]
    known_until = folder.known_until(name)
    first: dict[date, str] = {}
    for position, entry in enumerate(getattr(folder.law.reference, name).values()):
        place = document.place(("entries", position, "on"), key=True)
        day = entry.holds_from
        if day in first:
            yield Remark(
                place,
                "same-day",
                Text(
                    f"{entry.id} は {first[day]} と同じ {day} から始まり、"
                    "どちらが新しいか決まりません。",
                    f"{entry.id} begins on {day}, as {first[day]} does: neither is the newer one.",
                ),
                Text(
                    "日を確かめるか、一方を消してください。",
                    "Look up the days, or drop one of them.",
                ),
            )
        first.setdefault(day, entry.id)
        announced = _announced(entry, folder.law.reference.sources[entry.source])
        if announced > known_until:
            yield _beyond(place, entry.id, announced, known_until)


def _announced(entry: Dated, source: Source) -> date:
    """Return the day on which an entry was known to come: that of its source, if it is earlier."""
    decided = source.decided.latest if source.decided else None
    return min(entry.holds_from, decided or entry.holds_from)


def _beyond(place: Place, what: str, day: date, known_until: date) -> Remark:
    return Remark(
        place,
        "beyond-known",
        Text(
            f"{what} の {day} は、このファイルの known_until({known_until})より後です。",
            f"The day {day} of {what} lies beyond this file's known_until ({known_until}).",
        ),
        Text(
            "その日まで調べたなら known_until をその日にしてください。",
            "If everything up to that day was looked up, make it known_until.",
        ),
    )
