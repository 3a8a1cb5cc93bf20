"""Reading a plan file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dxrules.dates import parse_date
from dxrules.errors import DateError, InputError, Place, PlanError, Problem
from dxrules.frozen import frozen
from dxrules.plan.contradictions import contradictions
from dxrules.plan.cross_checks import between_entries
from dxrules.plan.doubts import as_drafted, doubts_of, without_doubts
from dxrules.plan.far_dates import far_dates
from dxrules.plan.models import SECTIONS, Plan
from dxrules.plan.municipality_names import remark_on
from dxrules.reference import Reference
from dxrules.source import Document, Path, description, validate
from dxrules.source.bounds import PLAN_BYTES
from dxrules.source.bounds import WORKBOOK as WORKBOOK_BOUNDS
from dxrules.source.file_kind import kind_of
from dxrules.source.read import from_bytes, read_bytes
from dxrules.texts import Text, same, visible

if TYPE_CHECKING:
    import pathlib

WORKBOOK = ".xlsx"


@frozen
class PlanFile:
    """A plan and where in its file everything stands.

    `as_told` is the same with what the town told since, where the file holds answers of it; that
    one keeps the plan as it was read under `as_read`.
    """

    plan: Plan
    document: Document
    as_told: PlanFile | None = None
    as_read: Plan | None = None

    @property
    def said(self) -> Plan:
        """What the plan itself says, whatever was told since."""
        return self.as_read or self.plan

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What is odd about whose plan it is, and no fault."""
        town = self.plan.municipality
        said = remark_on(town.code, town.name.ja, is_union=town.is_union)
        place = self.place(("municipality", "code"))
        return () if said is None else (same(f"{place}: ") + said,)

    @property
    def name(self) -> str:
        """How messages call the file."""
        return self.document.file

    @property
    def unread(self) -> tuple[str, ...]:
        """The sections that are not in the file."""
        return tuple(name for name in SECTIONS if getattr(self.plan, name) is None)

    @property
    def unread_called(self) -> tuple[Text, ...]:
        """How the file calls those sections: by label and key, or by the titles of sheets."""
        if self.document.raw is None:
            called = Text("{label}({name})", "{label} ({name})")
            fields = Plan.model_fields
            return tuple(
                called.format(label=description(fields[name]), name=name) for name in self.unread
            )
        from dxrules.plan.workbook.fault_labels import section_called

        return tuple(section_called(self.document, name) for name in self.unread)

    def place(self, path: Path) -> Place:
        """Return where a path stands in the file, or what is around it."""
        return self.document.place(path)

    def place_of_nothing(self, path: Path) -> Place:
        """Return where something would stand that is not in the file: in a workbook, its sheet."""
        place = self.document.place_of_nothing(path)
        if self.document.raw is None or not path:
            return place
        from dxrules.plan.workbook.fault_labels import section_called

        title = section_called(self.document, str(path[0])).ja
        known = title in self.document.sheets and title != place.sheet
        return Place(place.file, 1, 1, title, nothing=True) if known else place


def read_plan(file: pathlib.Path, reference: Reference, name: str | None = None) -> PlanFile:
    """Read a plan file; raise PlanError with every problem of the file.

    `name` is how messages and findings call the file.
    """
    return plan_of(read_document(file, name), reference)


def read_document(file: pathlib.Path, name: str | None = None) -> Document:
    """Read a plan file, YAML or a workbook by its ending; its faults are in `problems`."""
    shown = name or visible(file.as_posix())
    try:
        raw = read_bytes(file, shown, most_bytes(file.name))
    except InputError as error:
        return Document(shown, problems=tuple(error.problems))
    return document_from(raw, shown)


def most_bytes(name: str) -> int:
    """Return how many bytes a plan file may have, by its name."""
    return WORKBOOK_BOUNDS.packed if _is_workbook(name) else PLAN_BYTES


def document_from(raw: bytes, name: str) -> Document:
    """Read the bytes of a plan file that is called `name`."""
    if not _is_workbook(name):
        return _from_text(raw, name)
    from dxrules.plan.workbook.reader import document_of

    return document_of(raw, name)


def _from_text(raw: bytes, name: str) -> Document:
    """Read what should be text; of what is no text at all say what it is."""
    document = from_bytes(raw, name)
    if isinstance(document.data, dict | list):
        return document

    kind = kind_of(raw, name)
    if kind is None:
        return document
    return Document(name, problems=(Problem(Place(name, 1, 1), "", kind.no_plan),))


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(WORKBOOK)


def _day_of(document: Document) -> date | None:
    """Return a day for which a file speaks, where that can be read already."""
    said = document.data.get("recorded") if isinstance(document.data, dict) else None
    with suppress(DateError):
        found = parse_date(said) if isinstance(said, str) else None
        return None if found is None else found.latest or found.earliest
    return None


def plan_of(document: Document, reference: Reference) -> PlanFile:
    """Return the plan in a document; raise PlanError with every problem of it."""
    told: list[PlanFile] = []

    def compare(plan: Plan, document: Document) -> list[Problem]:
        return [
            *far_dates(plan, document, reference.known_until),
            *contradictions(plan, document),
            *_of_answers(plan, document, known, told),
        ]

    known = {**reference.told_as(), "near": _day_of(document)}
    plan, problems = validate(document, Plan, known, between_entries, compare)
    if plan is None and document.raw is not None:
        from dxrules.plan.workbook.fault_labels import in_words_of_sheets

        problems = in_words_of_sheets(document, problems)
    if plan is None:
        raise PlanError(problems)
    if not doubts_of(document):
        return PlanFile(plan, document, next(iter(told), None))
    sure = without_doubts(plan)
    as_told = [replace(each, plan=without_doubts(each.plan), as_read=sure) for each in told]
    return PlanFile(sure, document, next(iter(as_told), None))


def as_if_confirmed(file: PlanFile, reference: Reference) -> PlanFile:
    """Return a plan file with all that it says, in doubt or not; places and paths are the same.

    It is for looking at what a draft quotes. No verdict may rest on it.
    """
    whole = plan_of(as_drafted(file.document), reference)
    return replace(whole, document=file.document)


def _of_answers(
    plan: Plan, document: Document, known: Mapping[str, Any], told: list[PlanFile]
) -> list[Problem]:
    """Lay the answers of the town over a plan; return what is wrong with them."""
    if not plan.answers:
        return []
    from dxrules.plan.answers import as_told  # few plan files hold answers

    view, over, problems = as_told(plan, document, plan.answers, known)
    told.append(PlanFile(view, over, as_read=plan))
    return problems
