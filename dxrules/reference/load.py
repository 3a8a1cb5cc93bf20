"""Finding the data that travels with dxrules, and reading the reference lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dxrules.errors import Place, Problem, RulesetError
from dxrules.reference.reference_data import (
    Area,
    ChargeEntry,
    CitedDocument,
    Edition,
    Event,
    ListFile,
    Name,
    Prerequisite,
    ProvisionEntry,
    Reference,
    Revision,
    Source,
    Task,
)
from dxrules.source import Document, did_you_mean, duplicates, validate
from dxrules.source.folder import folder_of
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, shorten

_LISTS: dict[str, type[Any]] = {
    "areas": Area,
    "charges": ChargeEntry,
    "documents": CitedDocument,
    "editions": Edition,
    "guideline": Revision,
    "history": Event,
    "prefectures": Name,
    "prerequisites": Prerequisite,
    "problems": Name,
    "provisions": ProvisionEntry,
    "tasks": Task,
}
"""Each list, and what its entries are."""

_REFERS = {
    "documents": {"prefecture": "prefectures"},
    "history": {"document": "documents"},
    "editions": {"items": "areas", "alongside": "areas", "optional": "areas"},
    "areas": {"shown_by": "areas"},
    "provisions": {"area": "areas", "shown_by": "provisions"},
    "prerequisites": {"before": "areas", "after": "areas"},
}


def data_root() -> Path:
    """Return the folder that holds `rulesets/` and `facts/`: in the wheel, else the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def load_reference(
    folder: Path | Mapping[str, bytes] | None = None, name: str = "rulesets"
) -> Reference:
    """Read the reference lists of a folder of rulesets, by default the one that travels along.

    The folder is a path, or the content of its files by their path in it; `name` is how messages
    call it. Raises RulesetError with every fault.
    """
    root = folder_of(data_root() / "rulesets" if folder is None else folder)
    files: dict[str, tuple[Document, Any]] = {}
    problems: list[Problem] = []
    Source.model_rebuild()  # once for the many files that hold it
    for key, entry in _LISTS.items():
        path = f"national/reference/{key}.yaml"
        document = root.document(path, f"{name}/{path}")
        file, faults = validate(document, ListFile, {}, _twice, entries=entry)
        problems += faults
        if file is not None:
            files[key] = document, file
    for key in files:
        problems += [*_unknown_ids(key, files), *_unknown_documents(key, files)]
    if problems:
        raise RulesetError(sorted(problems, key=lambda problem: problem.place))
    return Reference(
        **{
            key: {entry.id: _with_source(entry, key) for entry in file.entries}
            for key, (_, file) in files.items()
        },
        sources={
            f"{key}/{ref}": source
            for key, (_, file) in files.items()
            for ref, source in file.sources.items()
        },
        known_until=min(file.known_until for _, file in files.values()),
    )


def _with_source(entry: Any, key: str) -> Any:
    """Make a list's own source key unique among all lists."""
    if hasattr(entry, "source"):
        return entry.model_copy(update={"source": f"{key}/{entry.source}"})
    return entry


def _twice(document: Document) -> list[Problem]:
    return duplicates(document, "entries")


def _unknown_ids(key: str, files: dict[str, tuple[Document, Any]]) -> Iterator[Problem]:
    """Yield a problem for each source and each id of another list that is not there.

    What refers to a list that could not be read is left alone.
    """
    document, file = files[key]
    known = {"source": ("sources", file.sources)} | {
        field: (f"{target}.yaml", {entry.id for entry in files[target][1].entries})
        for field, target in _REFERS.get(key, {}).items()
        if target in files
    }
    for position, entry in enumerate(file.entries):
        for field, (among, ids) in known.items():
            named = getattr(entry, field, None) or ()
            single = isinstance(named, str)
            for index, ref in enumerate((named,) if single else named):
                if ref not in ids:
                    path = ("entries", position, field) + (() if single else (index,))
                    yield _unknown(document.place(path), dotted(path), ref, among, ids)


def _unknown_documents(key: str, files: dict[str, tuple[Document, Any]]) -> Iterator[Problem]:
    """Yield a problem for each source of a document that is not in the list of documents."""
    document, file = files[key]
    if "documents" not in files:
        return
    known = {entry.id for entry in files["documents"][1].entries}
    for ref, source in file.sources.items():
        if source.document is not None and source.document not in known:
            path = ("sources", ref, "document")
            place = document.place(path)
            yield _unknown(place, dotted(path), source.document, "documents.yaml", known)


def _unknown(place: Place, key: str, ref: str, among: str, known: Iterable[str]) -> Problem:
    hint = did_you_mean(ref, known)
    add = Text(
        f"新しいものなら、先に {among} に加えてください。",
        f"If it is new, add it to {among} first.",
    )
    return Problem(
        place,
        key,
        Text(
            f"「{shorten(ref)}」は {among} にありません。", f'"{shorten(ref)}" is not in {among}.'
        ),
        hint or add,
    )
