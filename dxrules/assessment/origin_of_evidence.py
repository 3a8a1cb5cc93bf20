"""The evidence of an outcome, whether it comes from the plan itself, and entries without any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from dxrules.assessment.finding import Finding, PlanAssessment
from dxrules.dates import PartialDate
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Fact, Proof, Value
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.rules import Outcome, Verdict, verdict
from dxrules.rules.condition import Leaf
from dxrules.texts import Text

_ON_ITS_COVER = frozenset(
    {"period", "no_period_because", "established", "revised", "author", "joint", "status"}
)
"""What whoever has seen a document can tell of it: that says no less than the bare entry."""

_NOT_SHOWN = Text(
    "根拠がなく、計画書を読んで写したとも書かれていない(読み取りの範囲: 全部・一部)",
    "It has no evidence, and that it was copied from the plan is not said either "
    "(document: read: complete or part)",
)
_BY_OTHERS = Text(
    "根拠は団体の他の資料か第三者だけで、計画書自体に書かれているかは示されていない",
    "It rests on other papers of the municipality or on others; that the plan says so is not shown",
)


def proofs_of(fact: Fact, why: Verdict) -> tuple[Proof, ...]:
    """Return what shows the values that an outcome rests on, each once."""
    drawn = [fact.proofs.get(name, ()) for name in _rests_on(why)]
    return drawn[0] if len(drawn) == 1 else tuple(dict.fromkeys(chain.from_iterable(drawn)))


def _rests_on(why: Verdict) -> Iterable[str]:
    """Return the attributes that an outcome rests on, each once."""
    trees = [why.require] if why.applies is None else [why.require, why.applies]
    if why.applies is not None and why.applies.truth is False:
        trees = [why.applies]
    conditions = [leaf.condition for tree in trees for leaf in tree.deciding()]
    return dict.fromkeys(leaf.attribute for leaf in conditions if isinstance(leaf, Leaf))


def known_to(finding: Finding, fact: Fact | None, recorded: PartialDate) -> PartialDate:
    """Return up to which day all is known that a failure rests on: what was told, else recorded.

    What is not stated at all is no reason for a failure of the town.
    """
    days = [
        max((proof.told or recorded for proof in proofs), key=_last)
        for proofs in _shown(finding, fact)
    ]
    return min(days, key=_last, default=recorded)


def is_told(finding: Finding, fact: Fact | None) -> bool:
    """Tell whether the town told all that a failure rests on, as far as it is stated."""
    shown = _shown(finding, fact)
    return bool(shown) and all(any(proof.told for proof in proofs) for proofs in shown)


def _shown(finding: Finding, fact: Fact | None) -> list[tuple[Proof, ...]]:
    """Return the proofs of each attribute that an outcome rests on, as far as it has any."""
    if fact is None:
        return []
    names = _rests_on(verdict(finding.rule, fact.values))
    return [proofs for name in names if (proofs := fact.proofs.get(name, ()))]


def _last(day: PartialDate) -> date:
    return day.latest or date.max


def hears_others(file: PlanFile) -> bool:
    """Tell whether anything in a plan file rests on what others than the plan say."""
    return any(part.rests_on_others for part in file.plan.evident())


def is_copied(file: PlanFile) -> bool:
    """Tell whether the file says that the document was read, so that its entries are from there."""
    return file.plan.document is not None and file.plan.document.read != "unstated"


def is_silent(file: PlanFile, section: str) -> bool:
    """Tell whether a section that says nothing means that the document says nothing there."""
    reading = file.plan.document
    if file.plan.plan.status == "outline":
        return False
    if reading is None:
        return True
    return (reading.read == "complete" or section in reading.closed) and not reading.lost


def without_others(finding: Finding, fact: Fact, file: PlanFile) -> Finding:
    """Let no plan pass or fail by what others than the plan say of what it must contain.

    What would fail as well had nobody said anything stays as it is, where all was read, and so
    does what rests on the cover of the document, which others have seen as well. Where nobody says
    that entries were copied from the document, one without evidence passes no more than what
    others say; what it fails, whoever wrote it says of their own plan.
    """
    rule, copied = finding.rule, is_copied(file)
    if finding.outcome not in (Outcome.PASS, Outcome.FAIL) or rule.about != "plan":
        return finding
    trusted = copied or finding.outcome is Outcome.FAIL
    if trusted and not fact.hears_others:
        return finding
    read = rule.asked
    heard = [name for name in read if _is_heard(fact, name, copied=trusted)]
    if not heard:
        return finding
    without: list[Mapping[str, Value]] = [dict.fromkeys(heard, UNKNOWN)]
    stated = VOCABULARY[fact.kind].only_stated or not is_silent(file, str(fact.path[0]))
    if finding.outcome is Outcome.FAIL and not stated:
        without.append({name: _silence(fact.values[name]) for name in heard})
    values = {name: fact.values[name] for name in read}
    if any(verdict(rule, {**values, **each}).outcome is finding.outcome for each in without):
        return finding
    bare = any(proof.is_bare for name in heard for proof in fact.proofs.get(name, ()))
    return finding.adjusted("others", Outcome.UNKNOWN, _NOT_SHOWN if bare else _BY_OTHERS)


def _silence(value: Value) -> Value:
    """Return what would stand for a value had nobody said anything: no, or nothing at all."""
    return False if isinstance(value, bool) else SILENT


def _is_heard(fact: Fact, name: str, *, copied: bool) -> bool:
    """Tell whether all that shows an attribute stands elsewhere than in the plan, if anything."""
    reads = VOCABULARY[fact.kind].attributes[name].reads
    if not reads or (fact.kind == "plan" and _ON_ITS_COVER.issuperset(reads)):
        return False
    proofs = fact.proofs.get(name, ())
    heard = (proof.origin != "plan" or (proof.is_bare and not copied) for proof in proofs)
    return bool(proofs) and all(heard)


_DECIDED = frozenset({Outcome.PASS, Outcome.FAIL, Outcome.WAIVED})


@frozen
class Unproven:
    """An entry of the plan file without evidence, and the findings that rest on it."""

    place: Place
    findings: tuple[Finding, ...]


def unproven(plan: PlanAssessment) -> tuple[Unproven, ...]:
    """Return what is stated without a section, a page or words, in the order of the file.

    Only what decides a verdict counts, be it a pass or a failure. That something is nowhere in
    the file rests on no entry of it.
    """
    found: dict[Place, list[Finding]] = {}
    for finding in plan.applied:
        if finding.outcome in _DECIDED:
            for place in dict.fromkeys(p.place for p in finding.proofs if is_bare(p)):
                found.setdefault(place, []).append(finding)
    order = plan.file.document.order
    return tuple(Unproven(place, tuple(found[place])) for place in sorted(found, key=order))


def is_bare(proof: Proof) -> bool:
    """Tell whether nothing says where in a document a value stands."""
    return not (proof.text or proof.section or proof.page)
