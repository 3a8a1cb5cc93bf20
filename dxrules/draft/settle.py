"""From candidates to the values of a plan file, each with its evidence, and to its doubts.

Of a key, the sure candidates count if there are any; two that differ make it doubtful. What is
sure without a rival is a value; all else is a value with a doubt, or a doubt alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dxrules.draft.candidates import UNTOLD, Candidate, Quote
from dxrules.draft.sameness import same
from dxrules.texts import Text

SETS: Final = frozenset({"serves_as", "claims", "cycle"})
"""Keys whose value is a list of codes: candidates add up."""
LISTS: Final = {"plan.parents": "title", "plan.revised": "on"}
"""Lists of entries, and the key by which two entries are the same."""
MOST: Final = 6
"""Candidates that are told of a doubt."""

RIVALS: Final = Text(
    "文書の箇所によって異なる", "the document says it differently in different places"
)
UNSURE: Final = Text("言い回しだけでは決められない", "the wording alone does not settle it")


class Settled:
    """A mapping of the plan file in the making: its values, its evidence and its doubts."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, list[Quote]] = {}
        self.doubts: dict[str, tuple[tuple[str, ...], Text]] = {}
        self.rules: dict[str, str] = {}

    def take(self, key: str, found: Sequence[Candidate]) -> None:
        """Settle a key."""
        sure = [each for each in found if each.grade == "sure"]
        chosen = sure or list(found)
        known = [each for each in chosen if each.value != UNTOLD]
        self.rules[key] = chosen[0].rule
        if key in SETS:
            self._take_set(key, known, is_sure=bool(sure))
            return
        by_value: dict[object, list[Candidate]] = {}
        for each in known:
            by_value.setdefault(same(key, each.value), []).append(each)
        ranked = sorted(by_value.values(), key=len, reverse=True)
        self.evidence[key] = [each.quote for each in (known or chosen)]
        if ranked:
            self.values[key] = ranked[0][0].value
            self.evidence[key] = [each.quote for each in ranked[0]]
            self.rules[key] = ranked[0][0].rule
        if not sure or len(ranked) > 1:
            candidates = tuple(same_value[0].value for same_value in ranked[:MOST])
            self.doubts[key] = candidates, RIVALS if len(ranked) > 1 else UNSURE

    def _take_set(self, key: str, known: Sequence[Candidate], *, is_sure: bool) -> None:
        codes = list(dict.fromkeys(each.value for each in known))
        self.values[key] = codes
        self.evidence[key] = [each.quote for each in known]
        if not is_sure:
            self.doubts[key] = tuple(codes), UNSURE

    def doubt(self, key: str, because: Text) -> None:
        """Make a key doubtful, whatever the candidates say."""
        if key in self.values and key not in self.doubts:
            self.doubts[key] = (_shown(self.values[key]),), because

    def one_of(self, key: str, other: str) -> None:
        """Keep one of two keys that exclude each other, in doubt: the document says both."""
        if {key, other} <= self.values.keys():
            for kept in (self.values, self.evidence, self.doubts, self.rules):
                kept.pop(other, None)
            self.doubt(key, RIVALS)

    def include(self, other: Settled) -> None:
        """Take what another one tells of the same, in place of what is told here."""
        self.values |= other.values
        self.evidence |= other.evidence
        self.doubts |= other.doubts
        self.rules |= other.rules

    def mapping(self) -> dict[str, Any]:
        """Return it as the plan file has it."""
        data = dict(self.values)
        evidence = [*_evidence(self.evidence)]
        if evidence:
            data["evidence"] = evidence
        doubts = [*_grouped(self.doubts)]
        if doubts:
            data["doubts"] = doubts
        return data


def _grouped(doubts: dict[str, tuple[tuple[str, ...], Text]]) -> Iterable[dict[str, Any]]:
    """Return doubts as the plan file has them: keys that share a reason stand together.

    Candidates are told where there are several; a single one is the value itself.
    """
    alone: dict[Text, list[str]] = {}
    for key, (candidates, because) in doubts.items():
        if len(candidates) > 1:
            yield {"of": [key], "candidates": list(candidates), "because": because}
        else:
            alone.setdefault(because, []).append(key)
    for reason, keys in alone.items():
        yield {"of": keys, "because": reason}


def _shown(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)


def _evidence(found: dict[str, list[Quote]]) -> Iterable[dict[str, Any]]:
    """Return the evidence of a mapping; what one quotation shows of several keys stands once."""
    keys: dict[Quote, list[str]] = {}
    for key, quotes in found.items():
        told = list(dict.fromkeys(quotes)) if key in _SEVERAL else _apart(quotes)
        for quote in told[:2]:
            keys.setdefault(quote, []).append(key)
    for quote, of in keys.items():
        yield {"of": of} | evidence(quote)


_SEVERAL: Final = frozenset({*SETS, "parents", "revised", "cites", "excluded"})
"""Keys of which one place may tell several values."""


def _apart(quotes: Sequence[Quote]) -> list[Quote]:
    """Return one quotation of each place; several rules may find a value in one sentence."""
    by_place: dict[int, Quote] = {}
    for quote in quotes:
        by_place.setdefault(quote.place, quote)
    return list(by_place.values())


def evidence(quote: Quote) -> dict[str, Any]:
    """Return a quotation as the plan file has it."""
    entry = {"section": quote.section} if quote.section else {}
    entry |= {"page": str(quote.page)} if quote.page is not None else {}
    return entry | {"text": quote.text}


def settled(found: Iterable[Candidate]) -> dict[str, Settled]:
    """Return a mapping for each path of the plan file that candidates are about."""
    keys: dict[str, dict[str, list[Candidate]]] = {}
    for each in found:
        of = keys.setdefault(each.of, {})
        of.setdefault(each.key, []).append(each)
    made: dict[str, Settled] = {}
    for path, own in keys.items():
        made[path] = Settled()
        for key, candidates in own.items():
            made[path].take(key, candidates)
        if "since" in own and "status" in own:
            made[path].take("since", _of_state(own, made[path].values.get("status")))
            if "since" not in made[path].values:
                made[path].doubts.pop("since", None)
        _without_none(made[path])
    return made


def _without_none(one: Settled) -> None:
    """Let what is said of a thing not contradict that there may be none: it is either.

    Of a thing that is said not to be there, no plan file tells since when, or who holds it.
    """
    if one.values.get("status") != _NONE or one.values.keys() <= {"status", "title"}:
        return
    others = [each for each in one.doubts.get("status", ((), ""))[0] if each != _NONE]
    if others:
        one.values["status"] = others[0]
        return
    for key in one.values.keys() - {"status", "title"}:
        for kept in (one.values, one.evidence, one.doubts, one.rules):
            kept.pop(key, None)


_NONE: Final = "none"


def _of_state(own: Mapping[str, Sequence[Candidate]], status: Any) -> Sequence[Candidate]:
    """Return the days since when a state is; one told with another state is a question.

    外部監査は令和8年度に実施する tells nothing of since when audits are held each year.
    """
    told = {(each.rule, each.entry): each.value for each in own["status"]}
    days = own["since"]
    kept = [each for each in days if told.get((each.rule, each.entry), status) == status]
    return kept or [replace(each, grade="doubtful") for each in days]
