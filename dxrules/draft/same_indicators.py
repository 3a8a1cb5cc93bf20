"""What names no indicator, and indicators that a document tells twice: in a card and in a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote
from dxrules.draft.figures_in_text import end_of, is_date, value_in
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.settle import RIVALS
from dxrules.draft.table_years import year_of

QuotedIndicator = tuple[dict[str, Any], tuple["Quote", ...]]
"""An indicator as a plan file has it, with where it stands."""

_UNITS_OF_TIME: Final = frozenset({"年", "月", "年度", "年月", "年月日", "月末", "年末", "年度末"})
"""Units of a figure that is a part of a date; how long something takes is told in days or hours."""
_PERIODS: Final = r"<end-of-time>(?:\(.*\))?$"
_COMMON: Final = frozenset({"0", "100"})
"""Figures that two indicators have in common by chance."""


def is_none(made: dict[str, Any], reading: Lexicon) -> bool:
    """Tell whether what has figures is no indicator: a date, a period, or but a figure."""
    title, unit = squeezed(made["title"]), squeezed(made.get("unit", ""))
    if unit in _UNITS_OF_TIME or is_date(title) or value_in(title, reading) is not None:
        return True
    if year_of(title) == title != "":
        return True
    if reading.any_of("lasting").search(title):
        return False  # a 期間 that is a length of time, by which something is measured
    is_of_time = unit in {"", "日"} and reading.pattern(_PERIODS).search(title) is not None
    return is_of_time or reading.pattern("<plan-doing>の?期間").search(title) is not None


def joined(found: Iterable[QuotedIndicator]) -> list[QuotedIndicator]:
    """Return indicators, each once: of two that agree in a figure one, with both quotations.

    Where the two differ in another figure, that is in doubt. Two of one name that agree in none
    are two: 参加者数 is of each course its own.
    """
    kept: list[QuotedIndicator] = []
    for made, quotes in found:
        twins = [n for n, (each, _) in enumerate(kept) if _is_named_so(each, made)]
        one = next((n for n in twins if _agree(kept[n][0], made)), None)
        if one is not None:
            kept[one] = _both(kept[one][0], made), (*kept[one][1], *quotes)
            continue
        kept.append((made, quotes))
    return kept


def tells_again(made: dict[str, Any], known: dict[str, Any]) -> bool:
    """Tell whether one is another by a shorter name: all figures are the same, and what is counted.

    村のカードの保有率 of a sentence is マイナンバーカードの保有率 of a table, with 81.2 and 90.
    """
    aims, base = _targets(made), made.get("baseline", {})
    values = {base.get("value"), *aims.values()}
    return (
        bool(aims and base)
        and not values <= _COMMON
        and made.get("unit") == known.get("unit")
        and aims == _targets(known)
        and base == known.get("baseline")
        and squeezed(made["title"])[-_END:] == squeezed(known["title"])[-_END:]
    )


_END: Final = 2
"""Signs at the end of a name that tell what is counted: 割合, 件数, 有率."""


def _is_named_so(one: dict[str, Any], other: dict[str, Any]) -> bool:
    units = {squeezed(each["unit"]) for each in (one, other) if "unit" in each}
    guessed = any("of" not in doubt for each in (one, other) for doubt in each.get("doubts", ()))
    return squeezed(one["title"]) == squeezed(other["title"]) and len(units) < 2 and not guessed  # noqa: PLR2004  (one unit)


def _targets(made: dict[str, Any]) -> dict[object, str]:
    aims = made.get("targets", ())
    return {_year(each["year"]): each.get("value") or each["relative"] for each in aims}


def _year(said: str) -> object:
    """Return the fiscal year in which a day ends: 令和7年3月末 is of 令和6年度."""
    end = end_of(squeezed(str(said)))
    if end is None:
        return squeezed(str(said))
    day = date.fromordinal(end)
    return day.year - (day.month < _APRIL)


_APRIL: Final = 4


def _agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two have a figure in common, or nothing in which they could differ."""
    first, second = _targets(one), _targets(other)
    bases = [each["baseline"]["value"] for each in (one, other) if "baseline" in each]
    common = first.keys() & second.keys()
    alike = [first[year] == second[year] for year in common]
    alike += [bases[0] == bases[1]] if len(bases) == 2 else []  # noqa: PLR2004  (both have one)
    told = {first[year] for year in common if first[year] == second[year]}
    told |= {bases[0]} if len(set(bases)) < len(bases) else set()
    return all(alike) or bool(told - _COMMON)


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return one of two that are the same; what the one is sure of comes before what is asked."""
    if _asked(one) and not _asked(other):
        one, other = other, one
    if _asked(other) and not _asked(one):
        return one
    made = {**other, **one}
    differ = []
    if "baseline" in one and "baseline" in other:
        values = {each["baseline"]["value"] for each in (one, other)}
        days = {_year(on) for each in (one, other) if (on := each["baseline"].get("on"))}
        differ += ["baseline"] if len(values) > 1 or len(days) > 1 else []
        made["baseline"] = {**other["baseline"], **one["baseline"]}
    first, second = _targets(one), _targets(other)
    differ += (
        ["targets"] if any(first[y] != second[y] for y in first.keys() & second.keys()) else []
    )
    known = [*one.get("targets", ())]
    known += [each for each in other.get("targets", ()) if _year(each["year"]) not in first]
    if known:
        made["targets"] = sorted(known, key=lambda each: end_of(each["year"]) or 0)
    made.pop("doubts", None)
    doubts = [*one.get("doubts", ())]
    for doubt in other.get("doubts", ()):
        of = [key for key in doubt.get("of", ()) if key not in one]
        doubts += [{**doubt, "of": of}] if of else []
    made |= {"doubts": doubts} if doubts else {}
    return _doubted(made, differ)


def _asked(made: dict[str, Any]) -> bool:
    of = {key for doubt in made.get("doubts", ()) for key in doubt.get("of", ())}
    return bool({"baseline", "targets"} & of)


def _doubted(made: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    asked = {key for doubt in made.get("doubts", ()) for key in doubt.get("of", ())}
    of = [key for key in keys if key in made and key not in asked]
    if not of:
        return made
    return made | {"doubts": [*made.get("doubts", ()), {"of": of, "because": RIVALS}]}
