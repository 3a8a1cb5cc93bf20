"""Finding the data that travels with dxrules, and reading the reference lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dxrules.errors import Place, Problem, RulesetError
from dxrules.reference.models import (
    Aliased,
    Area,
    Charge,
    Edition,
    ListFile,
    Name,
    Prerequisite,
    Provision,
    Reference,
    Revision,
)
from dxrules.source import did_you_mean, read, validate
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.source import Document

_LISTS: dict[str, type[Any]] = {
    "areas": ListFile[Area],
    "charges": ListFile[Charge],
    "documents": ListFile[Name],
    "editions": ListFile[Edition],
    "guideline": ListFile[Revision],
    "prefectures": ListFile[Name],
    "prerequisites": ListFile[Prerequisite],
    "problems": ListFile[Name],
    "provisions": ListFile[Provision],
    "tasks": ListFile[Aliased],
}

_REFERS = {
    "editions": {"items": "areas", "alongside": "areas", "optional": "areas"},
    "provisions": {"area": "areas"},
    "prerequisites": {"before": "areas", "after": "areas"},
}


def data_root() -> Path:
    """Return the folder that holds `rulesets/` and `facts/`: in the wheel, else the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def load_reference(folder: Path | None = None, name: str = "rulesets") -> Reference:
    """Read the reference lists of a folder of rulesets, by default the one that travels along.

    `name` is how messages call the folder. Raises RulesetError with every fault.
    """
    root = folder or data_root() / "rulesets"
    lists: dict[str, dict[str, Any]] = {}
    sources: dict[str, Any] = {}
    known_until = []
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for key, model in _LISTS.items():
        path = f"national/reference/{key}.yaml"
        document = documents[key] = read(root / path, f"{name}/{path}")
        file, faults = validate(document, model, {})
        problems += faults
        if file is None:
            lists[key] = {}
            continue
        problems += _duplicates(document, file)
        known_until.append(file.known_until)
        sources |= {f"{key}/{ref}": source for ref, source in file.sources.items()}
        lists[key] = {entry.id: _with_source(entry, key) for entry in file.entries}
        problems += _unknown_sources(document, file)
    for key, fields in _REFERS.items():
        for field, target in fields.items():
            problems += _unresolved(documents[key], lists[key], field, lists[target])
    if problems:
        raise RulesetError(sorted(problems, key=lambda problem: problem.place))
    return Reference(**lists, sources=sources, known_until=min(known_until))


def _with_source(entry: Any, key: str) -> Any:
    """Make a list's own source key unique among all lists."""
    if hasattr(entry, "source"):
        return entry.model_copy(update={"source": f"{key}/{entry.source}"})
    return entry


def _duplicates(document: Document, file: Any) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for position, entry in enumerate(file.entries):
        if entry.id in seen:
            problems.append(
                Problem(
                    document.place(("entries", position, "id")),
                    "id",
                    Text(f"「{entry.id}」は2回あります。", f'"{entry.id}" stands twice.'),
                )
            )
        seen.add(entry.id)
    return problems


def _unknown_sources(document: Document, file: Any) -> list[Problem]:
    return [
        _unknown(document.place(("entries", position, "source")), "source", ref, file.sources)
        for position, entry in enumerate(file.entries)
        if (ref := getattr(entry, "source", None)) is not None and ref not in file.sources
    ]


def _unresolved(
    document: Document, entries: dict[str, Any], field: str, known: dict[str, Any]
) -> list[Problem]:
    problems = []
    for position, entry in enumerate(entries.values()):
        named = getattr(entry, field) or ()
        for ref in (named,) if isinstance(named, str) else named:
            if ref not in known:
                place = document.place(("entries", position, field))
                problems.append(_unknown(place, field, ref, known))
    return problems


def _unknown(place: Place, field: str, ref: str, known: dict[str, Any]) -> Problem:
    return Problem(
        place,
        field,
        Text(f"「{ref}」は見つかりません。", f'"{ref}" is not known.'),
        did_you_mean(ref, known),
    )
