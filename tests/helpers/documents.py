"""Short documents of invented municipalities, and what is drafted from them."""

from __future__ import annotations

from datetime import date
from functools import cache

from dxrules.document.text import original_of
from dxrules.draft import DraftContext, draft, load_reading
from dxrules.plan.municipality_code import check_digit
from dxrules.reference.gazetteer import Gazetteer, gazetteer
from tests.helpers.plans import reference

TODAY = date(2026, 11, 20)
NAMES = ("見本町", "手本市", "雛形村", "架空区")


@cache
def invented():
    """Return a gazetteer of municipalities that there are not, and of the prefectures."""
    known = {
        each.code: (each.name.ja, each.reading, each.name.en)
        for each in gazetteer().prefectures.values()
    }
    for number, name in enumerate(NAMES, 801):
        code = f"34{number}{check_digit(f'34{number}')}"
        known[code] = (name, "", f"Mihon {number}")
    return Gazetteer(known, gazetteer().known_until)


@cache
def source():
    """Return what drafts are made with."""
    return DraftContext(load_reading(), reference(), invented())


def drafted(text, name="plan.md", town=None):
    """Return the data of a plan file drafted from a text, of a town that is told or found."""
    whose = invented().named(town)[0] if town else None
    return draft(original_of(text, name), source(), TODAY, whose).data


def plan_of_town(body, town="見本町"):
    """Return a document with a cover and a body."""
    return f"{town}DX推進計画\n\n{town}\n\n## 第1章 はじめに\n\n{body}\n"


def sure(data):
    """Return data without what is in doubt, and without evidence."""
    if isinstance(data, list):
        kept = [each for each in data if not _is_doubtful(each)]
        return [sure(each) for each in kept]
    if not isinstance(data, dict):
        return data
    left_out = {"doubts", "evidence"}
    left_out |= {key for doubt in data.get("doubts", ()) for key in doubt.get("of", ())}
    kept = {key: value for key, value in data.items() if not _is_doubtful(value)}
    return {key: sure(value) for key, value in kept.items() if key not in left_out}


def sure_of(body):
    """Return what a draft of a plan with a body is sure of."""
    return sure(drafted(plan_of_town(body)))


def sure_ones(body):
    """Return the measures of which a draft is sure, with what it is sure of them."""
    return {each["title"]: each for each in sure_of(body).get("measures", ())}


def titles(body, section="measures"):
    """Return the titles of the entries that are sure."""
    return [each["title"] for each in sure_of(body).get(section, ())]


def measures(body):
    """Return the measures of a plan with a body, by their titles."""
    return {each["title"]: each for each in drafted(plan_of_town(body)).get("measures", ())}


def _is_doubtful(entry):
    return isinstance(entry, dict) and any(not d.get("of") for d in entry.get("doubts", ()))


def doubtful(mapping):
    """Return the keys of a mapping that are in doubt, with their candidates."""
    return {
        key: doubt.get("candidates", [])
        for doubt in mapping.get("doubts", ())
        for key in doubt.get("of", ())
    }
