"""What is said to have held before its source was there, and an area listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.keeper.lint.remark import Remark
from dxrules.reference.models import Dated
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.errors import Place
    from dxrules.keeper.lint.remark import RulesetFolder
    from dxrules.reference import Source

_LISTS = ("items", "alongside", "optional")


def decided(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each day before its source was decided, and for each area too many."""
    for rule, document, position in folder.rules():
        force, path = rule.in_force, ("rules", position, "in_force")
        place = document.place((*path, "announced"), key=True)
        yield from _before(place, rule.id, force.announced, rule.source)
        if force.until_announced and force.until_source:
            place = document.place((*path, "until_source"), key=True)
            yield from _before(place, rule.id, force.until_announced, force.until_source)
    for ruleset, document in folder.rulesets:
        for name, sources in ruleset.cited.items():
            pairs = zip(ruleset.parameters[name].entries, sources, strict=True)
            for position, (entry, source) in enumerate(pairs):
                value = ("parameters", name, "values", position, "from")
                place = document.place(value, key=True)
                yield from _before(place, f"${name}", entry.since, source)
    reference = folder.law.reference
    for name, document in folder.lists.items():
        for position, entry in enumerate(getattr(reference, name).values()):
            if isinstance(entry, Dated):
                place = document.place(("entries", position, "on"), key=True)
                source = reference.sources[entry.source]
                yield from _before(place, entry.id, entry.holds_from, source)
    yield from _twice(folder)


def _before(place: Place, what: str, day: date, source: Source) -> Iterator[Remark]:
    """Yield a remark if a day surely lies before that of its source."""
    first = source.decided.earliest if source.decided else None
    if source.decided and first and day < first:
        when = source.decided.text
        yield Remark(
            place,
            "before-source",
            Text(
                f"{what} の {day} は、典拠「{source.title.ja}」の日({when})より前です。",
                f"The day {day} of {what} lies before that of its source, {source.title.en} "
                f"({when}).",
            ),
            Text(
                "典拠の日からとするか、その日に既にあった典拠を挙げてください。",
                "Let it begin with its source, or cite one that was there on that day.",
            ),
        )


def _twice(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each area that stands twice in a list of one edition."""
    document = folder.lists["editions"]
    for position, edition in enumerate(folder.law.reference.editions.values()):
        for name in _LISTS:
            areas = getattr(edition, name) or ()
            for index, area in enumerate(areas):
                if area in areas[:index]:
                    yield Remark(
                        document.place(("entries", position, name, index)),
                        "area-twice",
                        Text(
                            f"{edition.id} の {name} に {area} が2回あります。",
                            f"{area} stands twice in the {name} of {edition.id}.",
                        ),
                        Text("一方を消してください。", "Delete one."),
                    )
