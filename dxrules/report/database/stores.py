"""Adds a run to what stands at a path, whole or not at all: a database, or a folder of Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.errors import UsageError
from dxrules.paths import is_folder, is_regular, is_there, shown
from dxrules.report.database.database import added, beside, copied
from dxrules.report.database.parquet import MARK, written
from dxrules.report.database.query import ask
from dxrules.source.write import write_whole
from dxrules.source.write_folder import refuse_folder, written_folder
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from dxrules.assessment.dossier import Dossier
    from dxrules.report.database.database import Stored

    Store = Callable[[Path, Iterable[Dossier], Callable[[], Dossier]], Stored]

_NO_FILE = Text(
    "{file}: ファイルではありません。別の名前を指定してください。",
    "{file}: is no file. Name another one.",
)


def store_file(path: Path, dossiers: Iterable[Dossier], rest: Callable[[], Dossier]) -> Stored:
    """Add a run to a database; one that is there already leaves the file as it is.

    `rest` is asked at the end for what was not read. Raises UsageError where the file is another,
    or cannot be written.
    """
    name = shown(path)
    if is_there(path) and not is_regular(path):
        raise UsageError(_NO_FILE.format(file=name))
    old = path if is_regular(path) and path.stat().st_size else None
    if old is not None:
        _refuse_other(old, name)
    with beside(path) as work:
        stored = added(old, work / "new.duckdb", name, dossiers, rest)
        if not stored.again:
            write_whole({path: copied(work / "new.duckdb")})
    return stored


def store_folder(path: Path, dossiers: Iterable[Dossier], rest: Callable[[], Dossier]) -> Stored:
    """Add a run to a folder of Parquet, in the same way."""
    name = shown(path)
    refuse_folder(path, name, MARK)
    old = path if is_folder(path) and any(path.iterdir()) else None
    if old is not None:
        _refuse_other(old, name)
    with beside(path) as work:
        made = work / "made"
        made.mkdir()
        stored, files = written(old, made, name, dossiers, rest)
        if files:
            with written_folder(path, name, MARK) as put:
                for file in files:
                    put(file.as_posix(), (made / file).read_bytes())
    return stored


def _refuse_other(path: Path, name: str) -> None:
    """Raise UsageError for what is none of these, found out where it can do no harm."""
    ask(path, name, "SELECT 1", {})
