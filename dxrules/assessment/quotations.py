"""Whether the words that a plan file quotes stand in the document, and where it says they do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, cast

from pydantic import BaseModel

from dxrules.document import Original
from dxrules.document.search import Index, Near, Spot
from dxrules.document.section_names import Sections, label_of
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.plan.sections.document import Passage
from dxrules.plan.sections.evident import Evidence, Evident
from dxrules.source import Path

_SURE: Final = 2
QuotationState = Literal["found", "elsewhere", "missing", "no-words", "others"]
"""What came of looking for a quotation.

`elsewhere`: it stands in the document, but not on the page or in the section that is named.
`no-words`: it names a place alone. `others`: it stands elsewhere than in the plan's document.
"""


@frozen
class Quotation:
    """What a plan file quotes for an entry, and where that stands in the document.

    `page` and `section` are those to write where the file names others; None where it is right,
    or where the document does not tell. `unsure` is whether the section that the file names is
    not to be found in the document, so that nothing tells whether it is right.
    """

    path: Path
    place: Place
    said: Evidence | Passage
    state: QuotationState
    spots: tuple[Spot, ...] = ()
    near: Near | None = None
    page: int | None = None
    section: str | None = None
    unsure: bool = False

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return self.state in {"missing", "elsewhere"}

    @property
    def said_page(self) -> int | None:
        """The page that the file names."""
        return getattr(self.said, "page", None)


@frozen
class Lacking:
    """An entry of the plan file of which some keys have no evidence."""

    path: Path
    place: Place
    keys: tuple[str, ...]


@frozen
class Quotations:
    """All that a plan file quotes, held against a document on a day."""

    file: PlanFile
    original: Original
    day: date
    quotations: tuple[Quotation, ...]
    lacking: tuple[Lacking, ...]

    @property
    def wrong(self) -> tuple[Quotation, ...]:
        """What somebody has to look at."""
        return tuple(each for each in self.quotations if each.wrong)

    def corrections(self) -> dict[Path, str | int]:
        """Return the values to write, by their paths in the plan file, where it names others."""
        values: dict[Path, str | int] = {}
        for each in self.quotations:
            if each.section is not None and each.said.section is not None:
                values[(*each.path, "section")] = each.section
            if each.page is not None and each.said_page is not None:
                values[(*each.path, "page")] = each.page
        return values

    def count(self, *states: QuotationState) -> int:
        """Return how many quotations are in some states."""
        return sum(each.state in states for each in self.quotations)


def quotations_in(file: PlanFile, original: Original, day: date) -> Quotations:
    """Look for everything that a plan file quotes in the document that it was made of.

    `day` is the one on which somebody looks; nothing depends on it.
    """
    looking = _Looking(file, original)
    quotations: list[Quotation] = []
    lacking: list[Lacking] = []
    for path, model in _models(file.plan, ()):
        if isinstance(model, Passage):
            quotations.append(looking.for_words(path, model))
        elif isinstance(model, Evident):
            quotations += [
                looking.for_words((*path, "evidence", number), said)
                for number, said in enumerate(model.evidence)
            ]
            if keys := _lacking(model):
                lacking.append(Lacking(path, file.place(path), keys))
    return Quotations(file, original, day, tuple(quotations), tuple(lacking))


class _Looking:
    """Looks for words in one document."""

    def __init__(self, file: PlanFile, original: Original) -> None:
        self._file = file
        self._original = original
        self._index = Index(original)
        self._sections = Sections(original)
        self._numbered = any(page.printed for page in original.pages)

    def for_words(self, path: Path, said: Evidence | Passage) -> Quotation:
        """Return what comes of looking for one quotation."""
        place = self._file.place(path)
        if said.origin != "plan":
            return Quotation(path, place, said, "others")
        if not said.text:
            return Quotation(path, place, said, "no-words")
        spots = self._index.find(said.text)
        if not spots:
            near = self._index.nearest(said.text)
            return Quotation(path, place, said, "missing", near=near)
        return self._placed(path, said, spots)

    def _placed(self, path: Path, said: Evidence | Passage, spots: tuple[Spot, ...]) -> Quotation:
        """Return whether words that were found stand where the file says."""
        named = getattr(said, "page", None)
        ranked = [(self._in_section(said.section, s), self._on_page(named, s), s) for s in spots]
        # The place that fits best; of those that fit alike, the first that is no line of contents.
        in_section, on_page, best = max(
            ranked, key=lambda each: (min(each[0], 1) + each[1], each[0], self._is_body(each[2]))
        )
        place = self._file.place(path)
        first = (best, *(spot for spot in spots if spot != best))
        if in_section and on_page:
            unsure = in_section < _SURE
            return Quotation(path, place, said, "found", first, unsure=unsure)
        block = self._original.blocks[best.block]
        section = None if in_section else label_of(block.section, block.kind) or "表紙"
        page = None if on_page else self._number(best)
        return Quotation(path, place, said, "elsewhere", first, page=page, section=section)

    def _is_body(self, spot: Spot) -> bool:
        return self._original.blocks[spot.block].kind not in {"contents", "furniture"}

    def _in_section(self, name: str | None, spot: Spot) -> int:
        """Tell how sure it is that words stand in the section that is named: not at all is no."""
        blocks = {self._original.blocks[number] for number in (spot.block, spot.last)}
        if name is None:
            return _SURE
        answers = {self._sections.agrees(name, each) for each in blocks}
        return max(map(("no", "unknown", "yes").index, answers))

    def _on_page(self, named: int | None, spot: Spot) -> bool:
        """Tell whether nothing speaks against the page that is named.

        People name the number that is printed on a page. Of one without, its place in the file
        is as good; so it is where no page has a number.
        """
        last = self._original.blocks[spot.last].page
        pages = {page for page in (spot.page, last) if page is not None}
        return named is None or not pages or any(self._is_page(named, page) for page in pages)

    def _is_page(self, named: int, page: int) -> bool:
        printed = self._original.printed(page)
        return printed == str(named)

    def _number(self, spot: Spot) -> int | None:
        printed = self._original.printed(spot.page)
        return int(printed) if printed.isdecimal() else None


def _lacking(model: Evident) -> tuple[str, ...]:
    """Return the keys that something is said of, and nothing of the document is named for."""
    said = [each for each in model.evidence if each.section or each.page or each.text]
    if any(not each.of for each in said):
        return ()
    shown = {key for each in said for key in each.of}
    return tuple(
        key
        for key, info in type(model).model_fields.items()
        if key in model.model_fields_set
        and key not in {"evidence", "id", *shown}
        and not _holds_entries(getattr(model, key))
        and (info.alias or key) not in shown
    )


def _holds_entries(value: object) -> bool:
    """Tell whether a value is of entries that have evidence of their own."""
    held = list(value.values()) if isinstance(value, dict) else [value]
    return any(isinstance(each, Evident) for each in held)


def _models(value: object, path: Path) -> Iterator[tuple[Path, BaseModel]]:
    """Yield every model of a plan with its path, from the outside in."""
    if isinstance(value, BaseModel):
        yield path, value
        for key, info in type(value).model_fields.items():
            if key != "evidence":
                yield from _models(getattr(value, key), (*path, info.alias or key))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _models(each, (*path, cast("str", key)))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _models(each, (*path, number))
