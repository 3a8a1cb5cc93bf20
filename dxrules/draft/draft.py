"""A plan file drafted from a published document, with its doubts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from dxrules import __version__
from dxrules.dates import parse_date
from dxrules.document.original import WHAT_IS_LOST
from dxrules.draft.charges import charges
from dxrules.draft.cited import take_citations
from dxrules.draft.cover import days_beside_periods, without_lesser
from dxrules.draft.fitting import fitting
from dxrules.draft.health_insurance import levied, without_premium
from dxrules.draft.in_time import in_time
from dxrules.draft.indicators import indicators
from dxrules.draft.measures import measures
from dxrules.draft.mentioned import BESIDE
from dxrules.draft.model_candidates import ModelFound, further_measures, put_in_doubt
from dxrules.draft.outline import sentences
from dxrules.draft.plan_periods import ended_before, period_of, without_periods_of_measures
from dxrules.draft.provision_prose import services_of_measures
from dxrules.draft.rows import with_rows
from dxrules.draft.sameness import same
from dxrules.draft.settle import Settled, evidence, settled
from dxrules.draft.systems import systems
from dxrules.draft.systems_told import complete
from dxrules.draft.told import told
from dxrules.draft.towns_named import is_of_other, municipality_of
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.plan.open_doubts import doubts_in
from dxrules.texts import Text, join, shorten, visible
from dxrules.texts import same as both

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from dxrules.document.original import Original
    from dxrules.draft.candidates import Candidate, Quote
    from dxrules.draft.draft_context import DraftContext
    from dxrules.draft.lexicon import Lexicon
    from dxrules.draft.outline import Sentence
    from dxrules.draft.systems_told import Systems
    from dxrules.reference.gazetteer import Gazetteer, Government
    from dxrules.texts import Lang

    Model = Callable[[Sequence[Sentence]], ModelFound]

FORMAT: Final = "dxrules/plan/1"
_NO_TOWN = Text(
    "{file}: どの団体の計画か分かりません。"
    "団体コード6桁か団体名を、--municipality に指定してください(点検画面では「団体」の欄)。",
    "{file}: whose plan this is cannot be told. Give its six-digit code or its name "
    "with --municipality (at the desk: Municipality).",
)
_TOWNS = Text(
    "{file}: {found} のどの団体の計画か決められません。"
    "団体コードを、--municipality に指定してください(点検画面では「団体」の欄)。",
    "{file}: this may be the plan of {found}. Give the code of the right one with --municipality "
    "(at the desk: Municipality).",
)
_NOTHING = Text(
    "{file}: 文字が読み取れません。文字のある文書を指定してください。",
    "{file}: no text could be read. Name a document that has text.",
)


@frozen
class Draft:
    """The data of a plan file, and for a side file where each value came from."""

    data: dict[str, Any]
    places: tuple[dict[str, Any], ...]
    town: Government
    doubts: int = 0
    values: int = 0


def draft(
    original: Original,
    source: DraftContext,
    today: date,
    town: Government | None = None,
    digest: str = "",
    model: Model | None = None,
) -> Draft:
    """Return a plan file drafted from a document.

    `town` is whose plan it is, if that is told; `digest` that of its file. A `model` adds what it
    finds in the sentences, all of it in doubt. Raises UsageError if whose plan it is is not told,
    and the document does not tell either, or has no text.
    """
    town = town or _town(original, source.gazetteer)
    said = _voiced(sentences(original, source.reading), town.name.ja, source.gazetteer)
    rows = tuple(with_rows(said, source.reading))
    of_tasks = systems(said, source.reading, source.reference, town.name.ja)
    found = told(rows, town.name.ja, source.reading, of_tasks)
    found = without_lesser([*found, *days_beside_periods(rows)])
    found = without_periods_of_measures(found, said)
    of_charges = [*charges(said, source.reading, rows, town.name.ja), *levied(said)]
    found = [*_beside_others(found, of_charges), *of_charges]
    by_model = model(said) if model is not None else ModelFound()
    made = settled(_without_lists([*found, *by_model.candidates]))
    _held_by_others(made, source.reading)
    without_premium(made)
    put_in_doubt(made, by_model.candidates)
    about = made.setdefault("plan", Settled())
    own = source.reading.any_of("own")
    is_of_plan = "title" in about.values or any(own.search(each.said) for each in said)
    if "title" not in about.values:
        about.values["title"] = shorten(PurePath(original.file).stem)
        about.evidence["title"] = []
        about.doubts["title"] = (), Text("表紙に名称が見当たらない", "no title on the cover")
    about.one_of("period", "no_period_because")
    _entries(about, found, rows)
    if is_of_plan and any(each.voice == "town" for each in said):
        take_citations(about, said, source)
    lists = {
        "measures": tuple(measures(said, source.reading, _sure_period(about))),
        "indicators": tuple(indicators(said, source.reading, _sure_period(about), _made_on(about))),
    }
    lists["measures"] = tuple((in_time(e, today), q) for e, q in lists["measures"])
    for path, one in settled(services_of_measures(lists["measures"], source.reading)).items():
        if "status" not in made.setdefault(path, one).values:
            made[path].include(one)
    lists["measures"] += tuple(further_measures(lists["measures"], by_model.measures))
    found_in = {
        "tool": "dxrules",
        "version": __version__,
        "file": shorten(PurePath(original.file).name),
        "digest": digest or "-",
    }
    said_of = {"read": "part", "drafted": found_in, **_lost(original)}
    return _assembled(made, lists, of_tasks, said_of, town, source, today)


def _sure_period(about: Settled) -> str:
    return "" if "period" in about.doubts else str(about.values.get("period", ""))


def _made_on(about: Settled) -> str:
    return str(about.values.get("established", ""))


def _town(original: Original, gazetteer: Gazetteer) -> Government:
    name = visible(original.file)
    if not any(block.text.strip() for block in original.blocks):
        raise UsageError(_NOTHING.format(file=name))
    whose = municipality_of(original, gazetteer)
    if whose is None:
        raise UsageError(_NO_TOWN.format(file=name))
    if whose.rivals:
        found = (whose.found, *whose.rivals[:4])
        shown = join([Text(f"{g.name.ja}({g.code})", f"{g.name.en} ({g.code})") for g in found])
        raise UsageError(_TOWNS.format(file=name, found=shown))
    return whose.found


def _voiced(said: Sequence[Sentence], name: str, gazetteer: Gazetteer) -> tuple[Sentence, ...]:
    """Return the sentences; what is about another municipality is quoted."""
    return tuple(
        replace(each, voice="quoted")
        if each.is_of_town
        and (is_of_other(each.said, name, gazetteer) or (_WARD.search(name) and _CITY(each.said)))
        else each
        for each in said
    )


_WARD: Final = re.compile("市[^市]{1,8}区$")
_CITY: Final = re.compile("(?:市の(?!計画)|市は|市では|市が)").match
"""The city of which a ward is a part, and which is another than the one whose plan it is."""


def _held_by_others(made: Mapping[str, Settled], reading: Lexicon) -> None:
    """Take the rank of a post that another one holds too, 「CISOはCIOが兼ねます」, from that."""
    for one in made.values():
        other = made.get(f"provisions.{one.values.get('rank')}")
        if one.values.get("rank") not in reading.codes.get("post", {}).values():
            continue
        if other is not None and "rank" in other.values and "rank" not in other.doubts:
            one.values["rank"] = other.values["rank"]
            one.evidence["rank"] = [*one.evidence["rank"], *other.evidence["rank"]]
        else:
            for kept in (one.values, one.evidence, one.doubts, one.rules):
                kept.pop("rank", None)


def _beside_others(found: Sequence[Candidate], told: Sequence[Candidate]) -> list[Candidate]:
    """Return what phrases find, less what is told one by one of the same in the same place."""
    known = {(each.of, each.quote.place) for each in told if each.rule != BESIDE}
    return [each for each in found if (each.of, each.quote.place) not in known]


def _without_lists(found: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in found if not each.of.startswith("plan.")]


def _entries(about: Settled, found: Sequence[Candidate], said: Sequence[Sentence]) -> None:
    """Take the lists of the plan whose entries are mappings: plans above, revisions."""
    for key, named in (("parents", "title"), ("revised", "on"), ("replaces", "title")):
        own = [
            replace(each, value=_UNTIL.sub("", each.value))
            for each in found
            if each.of == f"plan.{key}" and each.key == named
        ]
        if key == "revised":
            own = [each if "月" in each.value else replace(each, grade="doubtful") for each in own]
        sure = [each for each in own if each.grade == "sure"]
        if key == "replaces" and not sure:
            sure = ended_before(own, said, _sure_period(about))
        by_value: dict[object, Candidate] = {}
        for each in sure or own:
            by_value.setdefault(same(named, each.value), each)
        kept = [
            each
            for value, each in by_value.items()
            if not any(value != o and str(value) in str(o) for o in by_value)
        ]
        if not kept:
            continue
        if key == "revised":
            kept.sort(key=lambda each: parse_date(each.value).range.lo or 0)
        is_one = key == "replaces"
        kept, others = (kept[:1], kept[1:]) if is_one else (kept, [])
        entries = [_entry(key, named, each.value) for each in kept]
        about.evidence[key] = [each.quote for each in kept]
        for entry in entries if key != "revised" else ():
            if period := period_of(entry, said, _sure_period(about) if is_one else ""):
                entry["period"] = period[0]
                about.evidence[key].append(period[1])
        about.values[key] = entries[0] if is_one else entries
        about.rules[key] = kept[0].rule
        if not sure or others:
            because = Text("言い回しだけでは決められない", "the wording alone does not settle it")
            about.doubts[key] = tuple(each.value for each in (*kept, *others)), because


_STAGE: Final = re.compile(r"(?<=[画想])[\s・]*((?:前期|中期|後期)(?:基本計画|実施計画))$")


def _entry(key: str, named: str, value: str) -> dict[str, str]:
    """Return an entry of a list; of a plan above, its stage stands apart from its title."""
    stage = _STAGE.search(value) if key == "parents" else None
    if stage is None:
        return {named: value}
    return {named: value[: stage.start()], "stage": stage[1]}


_UNTIL: Final = re.compile(r"[(（][^()（）]*(?:[~～〜]|から)[^()（）]*[)）]$")
"""The period of a plan in brackets, which is no part of its name."""


def _lost(original: Original) -> dict[str, Any]:
    """Return what could not be read, as the plan file has it: any section may stand in it.

    What is struck through was taken out of the plan, and stands in none.
    """
    lost = []
    for each in original.lost:
        if each.kind == "struck":
            continue
        page = original.printed(each.page)
        where = {"section": f"p.{page}"} if page else {}
        words = WHAT_IS_LOST[each.kind] + both(f"({each.count})")
        lost.append({"part": "other", **where, "what": words})
    return {"lost": lost} if lost else {}


def _assembled(
    made: dict[str, Settled],
    lists: Mapping[str, Sequence[tuple[dict[str, Any], tuple[Quote, ...]]]],
    of_tasks: Systems,
    said_of: dict[str, Any],
    town: Government,
    source: DraftContext,
    today: date,
) -> Draft:
    about = made["plan"]
    data: dict[str, Any] = {
        "format": FORMAT,
        "municipality": {"code": town.code, "name": {"ja": town.name.ja, "en": town.name.en}},
        "recorded": _recorded(about, today),
        "plan": about.mapping(),
    }
    for path in sorted(made):
        _put(data, path, made[path], source)
    if of_tasks:
        of_tasks.into(data.setdefault("standardization", {}))
    complete(data.get("standardization"))
    for name, entries in lists.items():
        if entries:
            data[name] = [
                each | {"evidence": [evidence(quote) for quote in dict.fromkeys(quotes)]}
                for each, quotes in entries
            ]
    data["document"] = said_of
    data = fitting(_told(data, source.lang), source.reference)
    places = tuple(
        {
            "of": f"{path}.{key}",
            "rule": one.rules.get(key, ""),
            "grade": "doubtful" if key in one.doubts else "sure",
            "block": quote.place,
            "page": quote.page,
            "text": quote.text,
        }
        for path, one in made.items()
        for key, quotes in one.evidence.items()
        for quote in quotes
    )
    return Draft(
        data,
        places,
        town,
        sum(1 for _ in doubts_in(data)),
        sum(_said(each) for key, each in data.items() if key not in _OF_THE_FILE),
    )


def _told(data: Any, lang: Lang) -> Any:
    """Return data in which every text is in one language."""
    if isinstance(data, Text):
        return data.in_(lang)
    if isinstance(data, dict):
        return {key: _told(value, lang) for key, value in data.items()}
    return [_told(each, lang) for each in data] if isinstance(data, list) else data


_OF_THE_FILE: Final = frozenset({"format", "recorded", "document"})
"""Keys at the top that tell of the plan file, and not what the plan says."""
_ASIDE: Final = frozenset({"id", "doubts", "evidence"})
"""Keys of an entry that stand beside what the plan says."""


def _said(data: Any) -> int:
    """Return how many values an entry holds; a list of plain values is one."""
    if isinstance(data, dict):
        return sum(_said(value) for key, value in data.items() if key not in _ASIDE)
    if isinstance(data, list) and any(isinstance(each, dict) for each in data):
        return sum(map(_said, data))
    return 1


def _recorded(about: Settled, today: date) -> str:
    """Return the day that the facts speak for: that of the cover if it is sure, else by today."""
    for key in ("revised", "established"):
        if key in about.values and key not in about.doubts:
            said = about.values[key]
            return str(said[-1]["on"] if isinstance(said, list) else said)
    return f"{today.isoformat()}以前"


def _put(data: dict[str, Any], path: str, one: Settled, source: DraftContext) -> None:
    """Put a mapping at its place in the data; what the reference lists do not know is left out."""
    section, *rest = path.split(".")
    if section == "plan":
        return
    if section == "provisions" and rest[0] not in source.reference.provisions:
        return
    if section == "collection" and rest and rest[1] not in source.reference.charges:
        return
    here = data
    for name in (section, *rest):
        here = here.setdefault(name, {})
    here |= one.mapping()
