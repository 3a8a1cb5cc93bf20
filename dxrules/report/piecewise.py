"""Reports on many plans, written in pieces: a piece of each plan, then all pieces put together.

A piece is made where its plan is judged, maybe in another process or on another machine, and is
bytes alone, so that it can be kept on a disk. Nothing else of the plan is kept. When all plans
are judged the pieces are put together in the order of towns; they can be gone through as often as
a format needs. A format of another package takes part by a function `piecewise` beside its
writer, which returns a `Piecewise`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property
from types import SimpleNamespace as Namespace
from typing import TYPE_CHECKING, Any, Protocol, cast

from dxrules.assessment import Finding
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.finding import Assessment, Counts, PlanAssessment
from dxrules.assessment.since import Since
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.report.how_to_write import How
from dxrules.report.town_names import NamedTown, told_apart
from dxrules.rules import SEVERITIES, Law, Outcome, Rule
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from dxrules.assessment.baseline import BaselineEntries


@frozen
class PlanHeading:
    """What is kept of each plan, whatever is written: whose it is, how it came out, by which law.

    `counted` are the rules that count for the exit code, in the order of their findings, `rules`
    all that have a finding. `begins` and `ends` are those of its period.
    """

    code: str
    town: Text
    prefecture: str
    title: str
    file: str
    begins: date | None
    ends: date | None
    sha256: str
    lawbook: str
    rulesets: tuple[str, ...]
    known_until: date
    counts: Counts
    trusted: bool
    counted: tuple[str, ...]
    rules: tuple[str, ...]
    selected: Text | None = None
    since: Since = Since()

    @classmethod
    def of(cls, plan: PlanAssessment, how: How) -> PlanHeading:
        """Return the heading of a plan that was judged."""
        from hashlib import sha256

        said, lawbook = plan.file.plan, plan.lawbook
        period = said.plan.period
        counted = (finding.rule.id for finding in plan.applied if how.counts(finding))
        return cls(
            code=said.municipality.code,
            town=said.municipality.name.text,
            prefecture=said.municipality.prefecture,
            title=said.plan.title,
            file=plan.file.name,
            begins=None if period is None else period.start,
            ends=None if period is None else period.end,
            sha256=sha256(plan.file.document.content).hexdigest(),
            lawbook=lawbook.digest,
            rulesets=lawbook.rulesets,
            known_until=lawbook.known_until,
            counts=plan.counts,
            trusted=not plan.of(Outcome.ERROR),
            counted=tuple(dict.fromkeys(counted)),
            rules=tuple(
                dict.fromkeys([*(finding.rule.id for finding in plan.applied), *plan.spared])
            ),
            selected=plan.selected,
            since=Since.of(plan),
        )

    @property
    def order(self) -> tuple[str, str]:
        """By what plans are put in order."""
        return self.code, self.file

    def packed(self) -> bytes:
        """Return it as bytes; `unpacked` reads them."""
        return _packer().dump_json(self)

    @classmethod
    def unpacked(cls, raw: bytes) -> PlanHeading:
        """Return the heading that `packed` wrote; raise ValueError if these bytes are none."""
        found = _packer().validate_json(raw, strict=True)
        counts = found.counts
        if not counts.outcomes.keys() == counts.subjects.keys() == {*Outcome}:
            raise ValueError("no counts of all outcomes")
        if counts.severities.keys() != {*SEVERITIES}:
            raise ValueError("no counts of all severities")
        return found


@cache
def _packer() -> TypeAdapter[PlanHeading]:
    from pydantic import TypeAdapter

    made = TypeAdapter(PlanHeading)
    made.rebuild(
        _types_namespace={"BaselineEntries": type(None)}
    )  # a plan by itself makes none stale
    return made


def together(*parts: bytes) -> bytes:
    """Return parts as one piece, which `apart` takes apart."""
    return b"".join(len(part).to_bytes(8) + part for part in parts)


def apart(piece: bytes, number: int | None = None) -> list[bytes]:
    """Return the parts of a piece; raise UsageError if there are not so many."""
    parts, start = [], 0
    while start < len(piece):
        end = start + 8 + int.from_bytes(piece[start : start + 8])
        parts.append(piece[start + 8 : end])
        start = end
    if start != len(piece) or len(parts) != (len(parts) if number is None else number):
        raise UsageError(DAMAGED)
    return parts


def dumped(said: Any) -> bytes:
    """Return plain data as a piece, which `loaded` reads."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def loaded(piece: bytes) -> Any:
    """Return what a piece says that is JSON; raise UsageError if it is damaged."""
    try:
        return json.loads(piece)
    except ValueError as error:
        raise UsageError(DAMAGED) from error


DAMAGED = Text(
    "途中の結果が壊れています。--resume のフォルダを削除してから、もう一度実行してください。",
    "What was kept of an earlier run is damaged. Remove the folder of --resume, and call again.",
)


class Pieces(Protocol):
    """The pieces of one format in the order of towns; they can be gone through again."""

    def __iter__(self) -> Iterator[bytes]: ...

    def __len__(self) -> int: ...


class PlanHeadings(Protocol):
    """The headings of all plans in the order of towns; they can be gone through again."""

    def __iter__(self) -> Iterator[PlanHeading]: ...

    def __len__(self) -> int: ...


@frozen
class Whole:
    """What is known when all plans are judged; `selected` is how a selection of it is called.

    `stale` are the entries of a baseline that are mended; None where there was none. `held` are
    the plans themselves, where there is room for all of them.
    """

    day: date
    engines: tuple[str, ...]
    law: Law
    headings: PlanHeadings
    unreadable: tuple[Unreadable, ...] = ()
    selected: Text | None = None
    stale: BaselineEntries | None = None
    held: Dossier | None = None

    @classmethod
    def of(cls, dossier: Dossier, how: How) -> Whole:
        """Return what is known of plans that are all held."""
        judged = dossier.assessment
        headings = [PlanHeading.of(plan, how) for plan in judged.plans]
        about = judged.day, judged.engines, dossier.law, headings
        return cls(*about, dossier.unreadable, judged.selected, dossier.stale, dossier)

    @property
    def since(self) -> Since:
        """How all plans compare with what was before."""
        return Since.together((heading.since for heading in self.headings), self.stale)

    @property
    def dossier(self) -> Dossier:
        """What reports say before all plans is in it; it has no plan where they are not held."""
        nothing = Assessment(self.day, self.engines, ())
        if self.held is not None:
            return self.held
        return Dossier(
            nothing, self.law, self.stale, unreadable=self.unreadable, compared=self.since
        )

    @property
    def counts(self) -> Counts:
        """The counts of all plans together."""
        total = Counts(*(Counter[Any]() for _ in fields(Counts)))
        for heading in self.headings:
            for field in fields(Counts):
                getattr(total, field.name).update(getattr(heading.counts, field.name))
        return total

    def rules(self) -> Mapping[str, Rule]:
        """Return the rules that any plan has a finding of, by their ids, which are in order."""
        from dxrules.assessment.built_in_rules import BUILT_IN

        if self.held is not None:
            plans = self.held.assessment.plans
            found = {each.rule.id: each.rule for plan in plans for each in plan.findings}
            return dict(sorted(found.items()))
        used: set[str] = set()
        homes: dict[str, None] = {}
        for heading in self.headings:
            used.update(heading.rules)
            homes[heading.prefecture] = None
        known = {rule.id: rule for ruleset in BUILT_IN for rule in ruleset.rules}
        for prefecture in homes:
            known |= {rule.id: rule for rule in self.law.lawbook(self.day, prefecture).rules}
        return {rule: known[rule] for rule in sorted(used)}


def _never(_: How) -> bool:
    """Say that a format tells why each rule came out as it did."""
    return False


@frozen
class Piecewise:
    """A format that is written in pieces: `piece` of a dossier with one plan, `joined` of all.

    `joined` yields the bytes of the report. Where it is `bare` it tells outcomes and days alone,
    so that no reason has to be found. `uncompared` is one of plans as they came out, whatever was
    known of them before.
    """

    piece: Callable[[Dossier, How], bytes]
    joined: Callable[[Whole, Pieces, How], Iterable[bytes]]
    bare: Callable[[How], bool] = _never
    uncompared: bool = False

    def pieces(self, dossier: Dossier, how: How) -> Pieces:
        """Return the pieces of plans that are all held, made when they are first asked for."""
        return _Held(self, dossier, how)

    def write(self, dossier: Dossier, how: How) -> bytes:
        """Return the report on plans that are all held: the same, from the same pieces."""
        return b"".join(self.joined(Whole.of(dossier, how), self.pieces(dossier, how), how))


@dataclass
class _Held:
    form: Piecewise
    dossier: Dossier
    how: How

    @cached_property
    def _made(self) -> list[bytes]:
        return [self.form.piece(each, self.how) for each in self.dossier.apart]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self.dossier.assessment.plans)


class WithFile(Protocol):
    """A plan that was judged, with all its findings or with its heading alone."""

    @property
    def file(self) -> PlanFile:
        """Its file."""
        ...


@frozen
class LeanJudged:
    """A plan that was judged, as far as its name is told."""

    file: PlanFile


def lean(heading: PlanHeading) -> PlanFile:
    """Return what stands for a plan file in reports that name its heading alone."""
    name = Namespace(text=heading.town)
    home = Namespace(code=heading.code, prefecture=heading.prefecture, name=name)
    plan = Namespace(municipality=home, plan=Namespace(title=heading.title))
    return cast("PlanFile", Namespace(plan=plan, name=heading.file))


@frozen
class LeanPlans:
    """What stands for plans where reports ask for their names; it can be gone through again."""

    headings: PlanHeadings

    def __iter__(self) -> Iterator[LeanJudged]:
        return (LeanJudged(lean(heading)) for heading in self.headings)


def towns_of(plans: Iterable[WithFile]) -> tuple[Text, ...]:
    """Return the name of each plan's town, told apart from others of that name."""
    called = told_apart(map(_town, plans))
    return tuple(called[_town(plan)] for plan in plans)


def names_of(plans: Iterable[WithFile]) -> tuple[Text, ...]:
    """Return what `towns_of` does; where a town stands twice the title of the plan with it.

    Plans of one title have their files with them, too. The plans are gone through four times.
    """
    towns = Counter(map(_town, plans))
    titles = Counter((_town(plan), plan.file.plan.plan.title) for plan in plans)
    return tuple(
        _name(
            town,
            plan.file,
            titled=towns[_town(plan)] > 1,
            filed=titles[_town(plan), plan.file.plan.plan.title] > 1,
        )
        for town, plan in zip(towns_of(plans), plans, strict=True)
    )


def asked_of(finding: Finding) -> Text:
    """Return what a rule asks, and of what; once where the subject is called like the rule."""
    title, label = finding.rule.title, finding.label
    return Text(
        title.ja if title.ja == label.ja else f"{title.ja}: {label.ja}",
        title.en if title.en == label.en else f"{title.en}: {label.en}",
    )


def _town(plan: WithFile) -> NamedTown:
    municipality = plan.file.plan.municipality
    return municipality.code, municipality.name.text


def _name(name: Text, file: PlanFile, *, titled: bool, filed: bool) -> Text:
    title = file.plan.plan.title
    if titled:
        name = Text(
            title if title.startswith(name.ja) else f"{name.ja} {title}", f"{name.en} {title}"
        )
    return name + same(f" ({file.name})" if filed else "")
