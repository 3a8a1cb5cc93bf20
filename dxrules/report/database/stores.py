"""Adds a run to what stands at a path, whole or not at all: a database, or a folder of Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from dxrules.assessment.dossier import Dossier
from dxrules.errors import UsageError
from dxrules.paths import is_folder, is_regular, is_there, shown
from dxrules.report.database.database import Stored, added, beside, copied, duckdb
from dxrules.report.database.parquet import MARK, written
from dxrules.report.database.plan_entries import PlanEntry
from dxrules.report.database.query import ask
from dxrules.source.write import write_whole
from dxrules.source.write_folder import refuse_folder, written_folder
from dxrules.texts import Text

Store = Callable[[Path, Iterable[PlanEntry], Callable[[], Dossier]], Stored]

_NO_FILE = Text(
    "{file}: ファイルではありません。別の名前を指定してください。",
    "{file}: is no file. Name another one.",
)


def store_file(path: Path, plans: Iterable[PlanEntry], rest: Callable[[], Dossier]) -> Stored:
    """Add a run to a database; one that is there already leaves the file as it is.

    `rest` is asked at the end for what was not read. Raises UsageError where the file is another,
    or cannot be written.
    """
    name, old = shown(path), usable_file(path)
    with beside(path) as work:
        stored = added(old, work / "new.duckdb", name, plans, rest)
        if not stored.again:
            write_whole({path: copied(work / "new.duckdb")})
    return stored


def store_folder(path: Path, plans: Iterable[PlanEntry], rest: Callable[[], Dossier]) -> Stored:
    """Add a run to a folder of Parquet, in the same way."""
    name, old = shown(path), usable_folder(path)
    with beside(path) as work:
        made = work / "made"
        made.mkdir()
        stored, files = written(old, made, name, plans, rest)
        if files:
            with written_folder(path, name, MARK) as put:
                for file in files:
                    put(file.as_posix(), (made / file).read_bytes())
    return stored


def usable(path: Path, form: str) -> None:
    """Raise UsageError, before plans are judged, where a run cannot be added to a path."""
    if form == "parquet":
        usable_folder(path)
    else:
        usable_file(path)


def usable_file(path: Path) -> Path | None:
    """Return the database that is there already; raise UsageError for what is none."""
    duckdb()
    if is_there(path) and not is_regular(path):
        raise UsageError(_NO_FILE.format(file=shown(path)))
    if not (is_regular(path) and path.stat().st_size):
        return None
    _refuse_other(path, shown(path))
    return path


def usable_folder(path: Path) -> Path | None:
    """Return the folder of results that is there already; raise UsageError for what is none."""
    duckdb()
    refuse_folder(path, shown(path), MARK)
    if not (is_folder(path) and any(path.iterdir())):
        return None
    _refuse_other(path, shown(path))
    return path


def _refuse_other(path: Path, name: str) -> None:
    """Raise UsageError for what is none of these, found out where it can do no harm."""
    ask(path, name, "SELECT 1", {})
