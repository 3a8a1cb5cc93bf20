"""Beginnings of a plan that has no file yet: a blank form, or a draft of a document."""

from __future__ import annotations

from datetime import date

from dxrules.desk.interface import OfBlank, OfDocument
from dxrules.document import Original
from dxrules.plan.convert import as_yaml
from dxrules.reference import Reference
from dxrules.reference.gazetteer import MOST_TOWNS, gazetteer, town_of
from dxrules.report.json_values import Json
from dxrules.texts import Text

_BLANK = Text(
    "# {name}のDX計画。計画書に書いてあることだけを、書いてあるとおりに記入する。\n",
    "# The DX plan of {name}: write what the plan says, as it says it, and nothing else.\n",
)


def blank(given: OfBlank, today: date) -> tuple[str, str]:
    """Return the text of a blank form, and how its file is called."""
    town = town_of(given.municipality)
    data = {
        "format": "dxrules/plan/1",
        "municipality": {"code": town.code, "name": {"ja": town.name.ja, "en": town.name.en}},
        "recorded": given.recorded or today.isoformat(),
        "plan": {"title": given.title or f"{town.name.ja}DX推進計画"},
        "document": {"read": "part"},
    }
    head = _BLANK.format(name=town.name)
    return f"{head.ja}{head.en}{as_yaml(data)}", f"{town.code}.yaml"


def drafted(
    given: OfDocument, original: Original, digest: str, reference: Reference, today: date
) -> str:
    """Return the text of a plan file drafted from a document."""
    from dxrules.draft import DraftContext, draft, load_reading, written

    town = town_of(given.municipality) if given.municipality else None
    source = DraftContext(load_reading(None, ""), reference, gazetteer(), given.lang)
    made = draft(original, source, today, town, digest)
    return written(made, original.file, given.lang)


def towns(words: str) -> Json:
    """Return the municipalities that somebody may mean who types a code or a name."""
    known = gazetteer()
    by_code = known.of(words)
    found = [by_code] if by_code else [*known.named(words), *known.like(words)]
    meant = [each for each in dict.fromkeys(found) if not each.is_prefecture]
    return {
        "towns": [{"code": each.code, "name": known.full_name(each)} for each in meant[:MOST_TOWNS]]
    }
