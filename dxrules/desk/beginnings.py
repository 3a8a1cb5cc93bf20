"""Beginnings of a plan that has no file yet: a blank form, or a draft of a document."""

from __future__ import annotations

from datetime import date

from dxrules.desk.interface import OfBlank, OfDocument
from dxrules.document import Original
from dxrules.errors import UsageError
from dxrules.plan.convert import as_yaml
from dxrules.reference import Reference
from dxrules.reference.gazetteer import Government, gazetteer
from dxrules.report.json_values import Json
from dxrules.texts import Text, join, same, shorten

_MOST_TOWNS = 12

_NO_TOWN = Text(
    "「{name}」という団体はありません。団体コード6桁か団体名を書いてください。",
    'There is no municipality "{name}". Give its six-digit code or its name.',
)
_WHICH_TOWN = Text(
    "「{name}」に当たる団体が複数あります({found})。団体コードを書いてください。",
    '"{name}" may be {found}. Give the code.',
)
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
    from dxrules.draft import Source, draft, load_reading, written

    town = town_of(given.municipality) if given.municipality else None
    source = Source(load_reading(None, ""), reference, gazetteer(), given.lang)
    made = draft(original, source, today, town, digest)
    return written(made, original.file, given.lang)


def towns(words: str) -> Json:
    """Return the municipalities that somebody may mean who types a code or a name."""
    known = gazetteer()
    by_code = known.of(words)
    found = [by_code] if by_code else [*known.named(words), *known.like(words)]
    meant = [each for each in dict.fromkeys(found) if not each.is_prefecture]
    return {
        "towns": [
            {"code": each.code, "name": known.full_name(each)} for each in meant[:_MOST_TOWNS]
        ]
    }


def town_of(said: str) -> Government:
    """Return the municipality of a code or a name; raise UsageError if it is not just one."""
    found = gazetteer().meant(said)
    if isinstance(found, Government):
        return found
    near = [same(f"{each.code} ") + gazetteer().full_name(each) for each in found]
    if near:
        raise UsageError(_WHICH_TOWN.format(name=shorten(said), found=join(near[:_MOST_TOWNS])))
    raise UsageError(_NO_TOWN.format(name=shorten(said)))
