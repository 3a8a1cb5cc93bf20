"""What the town told when it was asked, laid over what the plan says: the town as it is known.

A plan file says two things. What the plan says stands in its sections; what the town told since
stands under `answers`, entry by entry, each with its day. Here the second is laid over the first.
Where both speak of one entry the later holds, so an answer of a day before the facts were
recorded fills gaps alone. Whoever asks what the plan must contain looks at the plan alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from dxrules.dates import PartialDate
from dxrules.errors import Problem
from dxrules.frozen import frozen
from dxrules.plan.field_info import model_in, parsed_of, plain_type
from dxrules.plan.models import Answer, Plan
from dxrules.plan.sections.about import About
from dxrules.plan.sections.collection import Charge, Collection
from dxrules.plan.sections.measures import Measure
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization, System
from dxrules.plan.told_entries import deferred, followed, left_out
from dxrules.source import Document, Path, did_you_mean, validate
from dxrules.source.placed_data import dotted, value_at
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from pydantic import BaseModel

AREAS = "areas"
"""Under this an answer tells of a measure of the town in an area; no section has that name."""

_SHED: Mapping[tuple[type[BaseModel], str], tuple[str, ...]] = {
    (Provision, "status"): ("since",),
    (System, "status"): ("migrated",),
    (Charge, "status"): ("start",),
    (Standardization, "status"): ("migrated", "migrated_on"),
    (Standardization, "migrated"): ("status", "migrated_on"),
}
"""What the plan says with a key, and no longer holds where the town tells the key otherwise."""
_MOVED = frozenset({"migrated", "all"})
"""Answers after which nothing is aimed at any more."""

_LEFT_OUT = (Standardization, "excluded")
_FOLLOWED = (About, "cites")
_IN_ENTRIES = {_LEFT_OUT, _FOLLOWED, (Standardization, "deferred_functions")}
"""The entries that an answer of one text can tell."""

_SEPARATORS = str.maketrans(",，;\n", "、、、、")


@frozen
class AnswerTarget:
    """The key of an entry that an answer is about.

    `unit` is the part of the plan that is validated as a whole, `carrier` the mapping in it that
    holds the key and its evidence; both are paths of the plan file.
    """

    unit: Path
    carrier: Path
    key: str
    model: type[BaseModel]

    @property
    def path(self) -> Path:
        """Where the value stands in the plan file."""
        return (*self.carrier, self.key)

    @property
    def name(self) -> str:
        """How an answer names it."""
        shown = (AREAS, *self.carrier[1:]) if self.carrier[0] == AREAS else self.carrier
        return ".".join(map(str, (*shown, self.key)))


_UNITS: Mapping[str, type[BaseModel]] = {
    "plan": About,
    "standardization": Standardization,
    "collection": Collection,
}
_ENTRIES: Mapping[tuple[str, ...], tuple[str, type[BaseModel]]] = {
    ("provisions",): ("provisions", Provision),
    ("standardization", "systems"): ("tasks", System),
    ("collection", "charges"): ("charges", Charge),
    (AREAS,): ("areas", Measure),
}
"""The mappings by id that an answer can reach into: the list of their ids, and their model."""

ANSWERED = (*_UNITS.values(), *(model for _, model in _ENTRIES.values()))
"""The models of which an answer can tell a key."""


def target_of(
    about: str, known: Mapping[str, list[str]]
) -> AnswerTarget | tuple[Text, Text | None]:
    """Return what an answer is about; else what is wrong with it, and the way out."""
    *carrier, key = about.split(".")
    table, entry = tuple(carrier[:-1]), carrier[-1] if carrier else ""
    if table in _ENTRIES:
        reference, model = _ENTRIES[table]
        if entry not in known[reference]:
            return _no_entry(about, entry, known[reference])
        unit: Path = (table[0],) if table[0] in _UNITS else (*table, entry)
    elif len(carrier) == 1 and entry in _UNITS:
        model, unit = _UNITS[entry], (entry,)
    else:
        heads = [*_UNITS, *(".".join(each) for each in _ENTRIES)]
        return _no_entry(about, ".".join(carrier), heads)
    keys = _answerable(model)
    if table == (AREAS,):
        keys = ("status",)
    return (
        AnswerTarget(unit, tuple(carrier), key, model)
        if key in keys
        else _no_entry(about, key, keys)
    )


def key_of(about: str) -> tuple[type[BaseModel], str]:
    """Return the model and the key that an answer is about, which was found to be an entry."""
    *carrier, key = about.split(".")
    entries = _ENTRIES.get(tuple(carrier[:-1]))
    return (entries[1] if entries else _UNITS[carrier[0]]), key


@cache
def _answerable(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if is_answerable(model, name))


def is_answerable(model: type[BaseModel], name: str) -> bool:
    """Tell whether an answer of one text can be the value of a key."""
    if (model, name) in _IN_ENTRIES:
        return True
    return name not in ("evidence", "id") and model_in(model.model_fields[name].annotation) is None


def _no_entry(about: str, part: str, known: Sequence[str]) -> tuple[Text, Text | None]:
    message = Text(
        f"「{shorten(about)}」という項目には回答できません。",
        f'"{shorten(about)}" is no entry that an answer can be about.',
    )
    return message, did_you_mean(part, known)


def value_of(target: AnswerTarget, said: str, named: Mapping[str, Any]) -> Any:
    """Return the data that an answer stands for: a text, or a list where the key takes several.

    `named` holds, each by what they are called, the `tasks` of standardization and the `plans` of
    nation and prefectures.
    """
    if (target.model, target.key) in _IN_ENTRIES:
        if target.key == "excluded":
            return left_out(said, named["tasks"])
        return followed(said, named["plans"]) if target.key == "cites" else deferred(said)
    info = target.model.model_fields[target.key]
    several = getattr(plain_type(info.annotation), "__origin__", None) is tuple
    if not several or parsed_of(info.annotation, info) is not None:
        return said
    return listed(said)


def listed(said: str) -> list[str]:
    """Return the values of a text that holds several, with commas between them."""
    return [part.strip() for part in said.translate(_SEPARATORS).split("、") if part.strip()]


def as_told(
    plan: Plan, document: Document, answers: Sequence[Answer], context: Mapping[str, Any]
) -> tuple[Plan, Document, list[Problem]]:
    """Return a plan with answers laid over it, its document, and what is wrong with the answers.

    Values that were told stand in the document where their answer stands.
    """
    laid = AnsweredPlan(plan, document, context)
    problems: list[Problem] = []
    order = sorted(enumerate(answers), key=lambda each: each[1].told.latest or date.min)
    for position, answer in order:
        problems += laid.add(position, answer, answers)
    problems.sort(key=lambda problem: document.order(problem.place))
    return laid.plan, laid.document, problems


class AnsweredPlan:
    """A plan on which answers are laid one by one."""

    def __init__(self, plan: Plan, document: Document, context: Mapping[str, Any]) -> None:
        self.plan, self.context = plan, context
        self.read, self.values = document, dict(document.values)
        self.units: dict[Path, dict[str, Any]] = {}
        self.shed: set[Path] = set()

    def copy(self) -> AnsweredPlan:
        """Return another that goes on from here."""
        other = AnsweredPlan(self.plan, self.read, self.context)
        other.values, other.units, other.shed = dict(self.values), dict(self.units), set(self.shed)
        return other

    @property
    def document(self) -> Document:
        """The document, in which what was told stands as well."""
        return replace(self.read, values=self.values)

    def add(self, position: int, answer: Answer, answers: Sequence[Answer]) -> list[Problem]:
        """Lay the answer at a position over the plan; return what is wrong with it."""
        at: Path = ("answers", position)
        target = target_of(answer.about, self.context["known"])
        if not isinstance(target, AnswerTarget):
            place = self.read.place((*at, "about"))
            return [Problem(place, dotted((*at, "about")), *target)]
        mark = self.values.get((*at, "answer")) or self.values.get(at)
        wrong = self.put([(target, answer)], answers, mark)
        return [replace(each, key=dotted((*at, "answer"))) for each in wrong]

    def put(
        self,
        told: Sequence[tuple[AnswerTarget, Answer]],
        answers: Sequence[Answer],
        mark: Any = None,
    ) -> list[Problem]:
        """Lay answers on entries over the plan, which stand at a mark, or none of them."""
        units: dict[Path, dict[str, Any]] = {}
        marked = []
        for target, answer in told:
            if speaks(self.read, target) and is_before(answer.told, self.plan.recorded):
                continue
            if target.unit not in units:
                units[target.unit] = self._unit(target)
            carrier = _within(units[target.unit], target)
            self._shed(target, carrier, answers)
            value = value_of(target, answer.answer, self.context)
            if (target.model, target.key) == _FOLLOWED:  # beside those that the plan names
                value = [*carrier.get(target.key, ()), *value]
            carrier[target.key] = value
            if (target.model, target.key) == _LEFT_OUT:
                self._count(carrier)
            _proven(carrier, target.key, answer)
            marked.append((target, len(carrier["evidence"]) - 1))
        near = max((answer.told.latest or date.min for _, answer in told), default=None)
        for path, unit in units.items():
            model = Measure if path[0] == AREAS else _model_of(path)
            own = Document(self.read.file, unit, values={(): mark})
            made, wrong = validate(own, model, {**self.context, "near": near})
            if made is None:
                return wrong
            self.units[path] = unit
            self.plan = _put(self.plan, path, made)
        if mark is not None:
            for target, evidence in marked:
                self._mark(target, evidence, mark)
        return []

    def _unit(self, target: AnswerTarget) -> dict[str, Any]:
        """Return the data of the part that is validated as a whole, to be changed."""
        if target.unit in self.units:
            copy: dict[str, Any] = _copied(self.units[target.unit])
            return copy
        if target.unit[0] == AREAS:
            area = str(target.unit[-1])
            return {"id": f"told-{area}", "title": area, "areas": [area]}
        found: Any = self.read.data
        for part in target.unit:
            found = found.get(part, {}) if isinstance(found, dict) else {}
        unit: dict[str, Any] = _copied(found)
        if target.unit == ("standardization",):
            unit.setdefault("scope", "unstated")
        return unit

    def _count(self, carrier: dict[str, Any]) -> None:
        """Count what is in scope anew where it was counted; else all that is not left out is."""
        if "in_scope" not in carrier:
            carrier["scope"] = "all"
            return
        tasks = {*self.context["tasks"].values()}
        carrier["in_scope"] = str(len(tasks - {each["task"] for each in carrier[_LEFT_OUT[1]]}))

    def _shed(
        self, target: AnswerTarget, carrier: dict[str, Any], answers: Sequence[Answer]
    ) -> None:
        """Drop once what the plan says with keys that the town tells to be otherwise."""
        if target.carrier in self.shed:
            return
        self.shed.add(target.carrier)
        for (model, key), with_it in _SHED.items():
            name = replace(target, key=key).name
            told = {each.answer for each in answers if each.about == name}
            if model is target.model and told and told != {carrier.get(key)}:
                for other in (*with_it, *(["target"] if told & _MOVED else [])):
                    carrier.pop(other, None)

    def _mark(self, target: AnswerTarget, evidence: int, mark: Any) -> None:
        carrier = target.carrier
        if target.unit[0] == AREAS:
            position = next(
                n for n, m in enumerate(self.plan.measures or ()) if m.id == _id_of(target)
            )
            carrier = ("measures", position)
        for end in range(1, len(carrier) + 1):
            self.values.setdefault(carrier[:end], mark)
        self.values[(*carrier, target.key)] = mark
        self.values[(*carrier, "evidence", evidence)] = mark


def is_before(told: PartialDate, recorded: PartialDate) -> bool:
    """Tell whether an answer was surely given before the facts of the plan were recorded."""
    first, last = recorded.earliest, told.latest
    return first is not None and last is not None and last < first


def speaks(document: Document, target: AnswerTarget) -> bool:
    """Tell whether the plan itself says something in the place that an answer is about."""
    return value_at(document.data, target.path) is not None


def _id_of(target: AnswerTarget) -> str:
    return f"told-{target.unit[-1]}"


def _model_of(unit: Path) -> type[BaseModel]:
    return Provision if unit[0] == "provisions" else _UNITS[str(unit[0])]


def _copied(data: Any) -> Any:
    """Return a copy of plain data that can be changed."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def _within(unit: dict[str, Any], target: AnswerTarget) -> dict[str, Any]:
    """Return the mapping that carries the key, within the data of its unit."""
    found: Any = unit
    for part in target.carrier[len(target.unit) :]:
        found = found.setdefault(str(part), {})
    carrier: dict[str, Any] = found
    return carrier


def _proven(carrier: dict[str, Any], key: str, answer: Answer) -> None:
    """Let the answer alone show the value that it gives."""
    kept = [_without(each, key) for each in carrier.get("evidence", ())]
    own: dict[str, Any] = {"of": [key], "from": "town", "told": answer.told.text}
    if answer.document is not None:
        own["section"] = answer.document
    if answer.page is not None:
        own["page"] = str(answer.page)
    carrier["evidence"] = [*(each for each in kept if each is not None), own]
    _confirm(carrier, key)


def _confirm(carrier: dict[str, Any], key: str) -> None:
    """Leave no doubt of a draft about the key that was told; what else is in doubt stays so."""
    others = [name for name in carrier if name not in (key, "evidence", "doubts")]
    doubts = [
        {**doubt, "of": [each for each in doubt.get("of") or others if each != key]}
        for doubt in carrier.pop("doubts", ())
    ]
    if left := [doubt for doubt in doubts if doubt["of"]]:
        carrier["doubts"] = left


def _without(evidence: dict[str, Any], key: str) -> dict[str, Any] | None:
    """Return evidence for the other keys of an entry; None where there is no other."""
    keys = evidence.get("of")
    if not keys or key not in keys:
        return evidence
    rest = [each for each in keys if each != key]
    return {**evidence, "of": rest} if rest else None


def _put(plan: Plan, unit: Path, made: BaseModel) -> Plan:
    """Return a plan in which one part is replaced."""
    if unit[0] == AREAS and isinstance(made, Measure):
        others = [each for each in plan.measures or () if each.id != made.id]
        return plan.model_copy(update={"measures": (*others, made)})
    if unit[0] == "provisions":
        provisions = {**(plan.provisions or {}), str(unit[1]): made}
        return plan.model_copy(update={"provisions": provisions})
    return plan.model_copy(update={str(unit[0]): made})
