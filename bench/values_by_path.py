"""Values of a plan file that are measured, by path: what is true of a document, and of its draft.

Two values are the same if they mean the same, and an entry is one of the truth if its title stands
in the other's title or evidence.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from dxrules.dates import parse_date, parse_dates, parse_period
from dxrules.document.normal import squeezed
from dxrules.draft import Draft, load_reading
from dxrules.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


PERIODS = {"period"}
DATES = {"established", "since", "start", "due", "completed", "on", "date", "target", "year"}
SEVERAL = {"reviewed"}
ENDS = {"target", "due", "migrated_on"}
"""Days by which something is done: 令和9年度, its end and 令和9年度末まで are the same."""


MEASURED = {"title", "period", "established", "revised", "status", "edition", "author", "parents",
            "replaces", "cites", "serves_as"}  # fmt: skip
PARTS = {
    "provisions": ("status", "rank", "since", "cycle", "scope", "reviewed", "published"),
    "standardization": ("in_scope", "migrated", "migrated_on", "status", "target",
                        "government_cloud", "excluded"),
    "collection": ("status", "start"),
}  # fmt: skip

_IN_BRACKETS = re.compile(
    r"[(（〔【](?![^()（）]*期)[^()（）〔〕【】]{0,20}(?:案|[0-9]|版|月|日)[)）〕】]$"
)
"""What some take for a part of a title and others do not: a draft, an edition, a period, a day."""

SHORT_YEAR = re.compile("^R([0-9]{1,2})$")
"""A year as it stands above a column of a schedule, and means a fiscal year there."""
_OF_PREFECTURE = re.compile(
    "(?:.{1,4}[都道府県]|県).*(?:DX|デジタル|ICT|情報化|スマート|官民データ|Society)"
)
"""A plan of the prefecture, which some authors cite as another document."""
_PREFECTURE = re.compile("^(?:北海道|東京都|(?:京都|大阪)府|[^市町村区]{2,3}県)(?=.)")
"""Above or before the name of a municipality on a cover; some take it for a part of who made it."""

Flat = dict[str, object]


def town_of(truth: Mapping[str, Any]) -> str:
    """Return the name of the municipality that a truth names."""
    said = truth["municipality"]
    return str(said["name"]["ja"] if isinstance(said, dict) else said)


def canonical(key: str, value: object) -> object:
    """Return what two values of a key share if they mean the same."""
    text = SHORT_YEAR.sub(r"令和\1年度", str(value))
    with suppress(DateError):
        if key in PERIODS:
            period = parse_period(text)
            return (period.start or period.start_by, period.end or period.end_from)
        if key in ENDS:
            return tuple(each.range.hi for each in parse_dates(text))
        if key in DATES:
            return parse_date(text).range
        if key in SEVERAL:
            return tuple(each.range for each in parse_dates(text))
    with suppress(ValueError):
        return float(text)
    if key == "title":
        text = _IN_BRACKETS.sub("", text)
    if key == "author":
        text = _PREFECTURE.sub("", squeezed(text))
    return squeezed(text).casefold()


def flat(data: Mapping[str, Any]) -> Flat:
    """Return the values of a plan file that are measured, by path."""
    found: Flat = {}
    found["municipality"] = canonical("municipality", town_of(data))
    for key, value in data["plan"].items():
        if key in MEASURED:
            found |= dict(_of_plan(key, value))
    found |= dict(_sections(data))
    for indicator in data.get("indicators") or ():
        found |= dict(_indicator(indicator))
    for measure in data.get("measures") or ():
        found |= dict(_measure(measure))
    return found


def _of_plan(key: str, value: Any) -> Iterator[tuple[str, object]]:
    if key == "parents":
        for each in value:
            yield f"parents:{_with_stage(each)}", True
            yield from _period(key, each, f":{_with_stage(each)}")
    elif key == "replaces":
        yield "replaces", canonical("title", value["title"])
        yield from _period(key, value)
    elif key == "revised":
        for each in value:
            day = each["on"] if isinstance(each, dict) else each
            yield f"revised:{canonical('on', day)}", True
    elif key == "serves_as":
        for each in value:
            yield f"serves_as:{each}", True
    elif key == "cites":
        for each in value:
            yield from _citation(each)
    else:
        yield key, canonical(key, value)


def _period(key: str, said: Mapping[str, Any], named: str = "") -> Iterator[tuple[str, object]]:
    if "period" in said:
        yield f"{key}.period{named}", canonical("period", said["period"])


def _with_stage(each: Mapping[str, Any]) -> object:
    said = f"{each['title']}{each.get('stage', '')}"
    return canonical("title", said.replace("・", ""))


@cache
def _documents() -> tuple[tuple[str, re.Pattern[str]], ...]:
    things = load_reading().things.items()
    return tuple((id_, re.compile(p)) for id_, (kind, p) in things if kind == "document")


def document_of(each: Mapping[str, Any]) -> str:
    """Return the document that is cited; the authors know few by the id of the reference list."""
    name, title = str(each["document"]), squeezed(str(each.get("title", "")))
    known = (id_ for id_, pattern in _documents() if name == "other" and pattern.search(title))
    of_prefecture = name == "other" and _OF_PREFECTURE.match(title)
    return next(known, _PREFECTURE_PLAN if of_prefecture else name)


def _citation(each: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    name = document_of(each)
    if name == "other":
        return
    yield f"cites:{name}", True
    if "edition" in each:
        yield f"cites.edition:{name}:{squeezed(str(each['edition']))}", True
    if "date" in each:
        yield f"cites.date:{name}:{canonical('date', each['date'])}", True


def _sections(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, said in (data.get("provisions") or {}).items():
        for key in PARTS["provisions"]:
            yield from _value(f"provisions.{name}", key, said)
    system = _as_a_plan_has(data.get("standardization") or {})
    for key in PARTS["standardization"]:
        yield from _value("standardization", key, system)
    for task, said in (system.get("systems") or {}).items():
        path = f"standardization.systems.{task}"
        for key in ("status", "target", "exception"):
            yield from _value(path, key, _as_left(said))
        if day := with_its_day(said).get("migrated"):
            yield f"{path}.migrated", canonical("on", day)
    for name, said in charges_of(data).items():
        for key in PARTS["collection"]:
            yield from _value(f"collection.{name}", key, said)


def _as_a_plan_has(system: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of standardization as a plan file has it.

    Some authors call a cloud that is not used not-used, and count all tasks where all were moved.
    """
    said = dict(system)
    if "in_scope" in said and str(said.get("migrated")) == str(said["in_scope"]):
        said["migrated"] = "all"
    if said.get("government_cloud") == "not-used":
        said["government_cloud"] = "none"
    return said


def charges_of(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the charges of a truth; some authors call what is not to be done not-planned."""
    charges = (data.get("collection") or {}).get("charges") or {}
    return {
        name: {**said, "status": "none"} if said.get("status") == "not-planned" else dict(said)
        for name, said in charges.items()
    }


def _as_left(system: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a system whose migration is planned as one not migrated: it is both."""
    system = with_its_day(system)
    return {**system, "status": "not-migrated"} if system.get("status") == "planned" else system


def with_its_day(system: Mapping[str, Any]) -> dict[str, Any]:
    """Return a system with the day of its migration as a plan file has it.

    Some authors call it as that of all systems together is called.
    """
    said = {key: value for key, value in system.items() if key != "migrated_on"}
    return said | ({"migrated": system["migrated_on"]} if "migrated_on" in system else {})


def _value(path: str, key: str, said: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    value = said.get(key)
    if value is None:
        return
    if isinstance(value, list):
        for each in value:
            code = each["task"] if isinstance(each, dict) else each
            yield f"{path}.{key}:{code}", True
    else:
        yield f"{path}.{key}", canonical(key, value)


def _indicator(each: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    name = f"indicators:{canonical('title', each['title'])}"
    if "goal" in each:
        return
    yield name, True
    if "unit" in each:
        yield f"{name}.unit", canonical("unit", each["unit"])
    if base := each.get("baseline"):
        yield f"{name}.baseline", canonical("value", base["value"])
        if "on" in base:
            yield f"{name}.baseline.on", last_day(base["on"])
    for target in each.get("targets") or ():
        year = last_day(target.get("year", ""))  # some are told of no year at all
        value = target.get("value", target.get("relative", target.get("phase")))
        yield f"{name}.target:{year}", canonical("value", value)


def last_day(year: str) -> object:
    """Return the last day of a year: R8 above a column is 令和8年度, and read as either year.

    A target of every year (毎年度) is for no day, and returned as it is written.
    """
    with suppress(DateError):
        return parse_date(str(year)).range.hi
    return squeezed(str(year))


def _measure(each: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    name = canonical("title", each["title"])
    yield f"measures:{name}", True
    if "areas" in each:
        yield f"measures.areas:{name}", tuple(sorted(each["areas"]))
    for key in ("status", "start", "due", "completed", "owner", "recurrence"):
        if key in each:
            yield f"measures.{key}:{name}", canonical(key, each[key])


def called_alike(data: dict[str, Any], truth: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft in which measures and indicators are called as in the truth.

    They are the same where the title of one stands in the title or the evidence of the other, or
    the words by which a person showed one are among those by which the draft shows it.
    """
    changed = dict(data)
    for section in ("measures", "indicators"):
        known = [(each["title"], _words(each)) for each in truth.get(section) or ()]
        taken: set[str] = set()
        called: dict[int, str] = {}
        entries = data.get(section) or []
        for at in sorted(range(len(entries)), key=lambda n: -len(entries[n]["title"])):
            each = entries[at]
            own = squeezed(each["title"])
            free = [(name, words) for name, words in known if name not in taken]
            alike = [name for name, words in free if _alike(own, words)]
            shown = _words(each)[1:]
            alike += [name for name, words in free if any(_alike(one, words[1:]) for one in shown)]
            exact = [name for name in alike if squeezed(name) == own]
            name = next(iter(exact or alike), each["title"])
            taken.add(name)
            called[at] = name
        if entries:
            changed[section] = [e | {"title": called[at]} for at, e in enumerate(entries)]
    return changed


def cited_alike(facts: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a truth in which what a draft cites as a plan of the prefecture is cited as one, too.

    Some authors call it another document, and its title need not name the prefecture.
    """
    cites = data["plan"].get("cites") or ()
    known = {squeezed(each["title"]) for each in cites if each["document"] == _PREFECTURE_PLAN}
    told = [
        {**each, "document": _PREFECTURE_PLAN}
        if each["document"] == "other" and squeezed(str(each.get("title", ""))) in known
        else each
        for each in facts["plan"].get("cites") or ()
    ]
    return {**facts, "plan": {**facts["plan"], "cites": told}} if told else facts


_PREFECTURE_PLAN = "prefecture-plan"


def _words(each: Mapping[str, Any]) -> list[str]:
    quoted = (evidence.get("text", "") for evidence in each.get("evidence", ()))
    return [squeezed(each["title"]), *map(squeezed, quoted)]


def _alike(own: str, words: list[str]) -> bool:
    for word in words:
        shorter, longer = sorted((own, word), key=len)
        if own == word or (len(shorter) >= LONG and shorter in longer):
            return True
    return False


LONG = 6
"""Signs of a title that is told from others."""


def split(made: Draft, truth: Mapping[str, Any]) -> tuple[Flat, Flat]:
    """Return the values that are sure and all that is said, candidates included, by path."""
    data = called_alike(made.data, truth)
    sure = flat(without_doubts(data))
    said: Flat = {path: {value} for path, value in flat(data).items()}
    for path, value in candidates(data):
        said.setdefault(path, set()).add(value)  # type: ignore[attr-defined]
    return sure, said


def without_doubts(data: Any) -> Any:
    """Return data without what is doubtful."""
    if isinstance(data, list):
        whole = [e for e in data if not (isinstance(e, dict) and _is_doubtful(e))]
        return [without_doubts(each) for each in whole]
    if not isinstance(data, dict):
        return data
    doubtful = {key for doubt in data.get("doubts", ()) for key in doubt.get("of", ())}
    return {
        key: without_doubts(value)
        for key, value in data.items()
        if key not in doubtful and key != "doubts"
    }


def _is_doubtful(entry: Mapping[str, Any]) -> bool:
    return any(not doubt.get("of") for doubt in entry.get("doubts", ()))


def candidates(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the candidates of all doubts, by the path of what they are about."""
    yield from _candidates_of_plan(data["plan"])
    yield from _candidates_of_lists(data)
    for name, said in (data.get("provisions") or {}).items():
        yield from _candidates(f"provisions.{name}", said)
    yield from _candidates("standardization", data.get("standardization") or {})
    for name, said in ((data.get("standardization") or {}).get("systems") or {}).items():
        path = f"standardization.systems.{name}"
        for key, value in _candidates(path, with_its_day(said)):
            yield key, "not-migrated" if value == "planned" else value
        for key, values in _doubts(said):
            for value in values if key == "migrated" else ():
                yield f"{path}.{key}", canonical("on", value)
    for name, said in ((data.get("collection") or {}).get("charges") or {}).items():
        yield from _candidates(f"collection.{name}", said)


def _candidates_of_plan(plan: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key, values in _doubts(plan):
        for value in values:
            if key == "parents":
                yield f"parents:{_with_stage({'title': value})}", True
            elif key == "revised":
                yield f"revised:{canonical('on', value)}", True
            elif key == "serves_as":
                yield f"serves_as:{value}", True
            else:
                yield key, canonical(key, value)


def _candidates_of_lists(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for section in ("measures", "indicators"):
        for each in data.get(section) or ():
            name = canonical("title", each["title"])
            for key, values in _doubts(each):
                path = f"{section}.{key}:{name}"
                yield path, frozenset(values) if values and key == "areas" else None
                yield path, None if values else ANY
                for value in values:
                    yield path, canonical(key, value)


def _candidates(path: str, said: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key, values in _doubts(said):
        yield f"{path}.{key}", ANY if not values else None
        for value in values:
            yield f"{path}.{key}", canonical(key, value)
            yield f"{path}.{key}:{value}", True


ANY = object()
"""A doubt without candidates: a question that a person answers."""


def _doubts(said: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for doubt in said.get("doubts", ()):
        for key in doubt.get("of", ()):
            yield key, doubt.get("candidates", [])
