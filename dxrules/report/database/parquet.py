"""Writes the results of runs as a folder of Parquet files.

It holds a folder for each table, and in it, of what is local, a folder for each prefecture.

It is made by way of a database beside it, which is asked for each part in its order, so that the
same runs give the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.assessment.dossier import Dossier
from dxrules.errors import UsageError
from dxrules.paths import files_below
from dxrules.report.database.database import Stored, duckdb, make_tables, told, write_run
from dxrules.report.database.database_tables import FORM, TABLES
from dxrules.report.database.plan_entries import PlanEntry
from dxrules.report.database.shapes import TableShape
from dxrules.texts import Text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = ".dxrules-parquet"
"""The file that tells that a folder is one of these, and which files are its own."""
_OTHER = Text(
    "{file}: dxrules の結果のフォルダ({form})ではないので、追加できません。"
    "別の名前を指定してください。",
    "{file}: is no folder of results of dxrules ({form}), so nothing can be added. "
    "Name another one.",
)
_SETTINGS = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "threads": "1",
    "memory_limit": "256MB",
}


def written(
    old: Path | None,
    made: Path,
    called: str,
    plans: Iterable[PlanEntry],
    rest: Callable[[], Dossier],
) -> tuple[Stored, tuple[Path, ...]]:
    """Write a run, after those of an old folder, into the folder `made`; tell its files, too.

    `called` is how messages call the folder. Raises UsageError if the old one is none of these,
    or the new one cannot be written.
    """
    with told(called):
        connection = _connected(made.parent / "work.duckdb", [made, *([old] if old else [])])
        try:
            make_tables(connection)
            if old is not None and not _taken_in(connection, old):
                raise UsageError(_OTHER.format(file=called, form=FORM))
            stored = write_run(connection, plans, rest)
            files = () if stored.again else tuple(_put_all(connection, made))
        finally:
            connection.close()
    return stored, files


def _connected(file: Path, folders: list[Path]) -> DuckDBPyConnection:
    """Open a new database that reaches the files of some folders, and no others."""
    connection: DuckDBPyConnection = duckdb().connect(str(file), config=_SETTINGS)
    allowed = ", ".join(f"'{_quoted(folder.resolve())}'" for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    return connection


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _taken_in(connection: DuckDBPyConnection, folder: Path) -> bool:
    """Read the runs of a folder; tell whether it has all tables with their columns."""
    library = duckdb()
    for shape in TABLES:
        files = [each for each in files_below(folder / shape.name) if each.suffix == ".parquet"]
        listed = ", ".join(f"'{_quoted(file.resolve())}'" for file in files)
        names = ", ".join(f'"{each.name}"' for each in shape.columns)
        if not files:
            return False
        query = (
            f"INSERT INTO {shape.name} SELECT {names} "  # noqa: S608  (declared)
            f"FROM read_parquet([{listed}], hive_partitioning = false)"
        )
        try:
            connection.execute(query)
        except (
            library.BinderException,
            library.ConversionException,
            library.InvalidInputException,
        ):
            return False
    strange = " UNION ALL ".join(
        f"SELECT 1 FROM {shape.name} "  # noqa: S608  (declared)
        "WHERE NOT coalesce(regexp_full_match(prefecture_code, '[0-9]{2}'), false)"
        for shape in TABLES
        if shape.local
    )
    return connection.execute(f"{strange} LIMIT 1").fetchone() is None


def _put_all(connection: DuckDBPyConnection, folder: Path) -> Iterator[Path]:
    """Write all tables; yield the file of each part."""
    for shape in TABLES:
        for part in _parts(connection, shape):
            place = Path(shape.name) if part is None else Path(shape.name) / f"prefecture={part}"
            file = place / f"{shape.name}.parquet"
            folder.joinpath(place).mkdir(parents=True, exist_ok=True)
            where = "" if part is None else f"WHERE prefecture_code = '{part}'"
            connection.execute(
                f"COPY (SELECT * FROM {shape.name} {where} ORDER BY rowid) "  # noqa: S608  (declared)
                f"TO '{_quoted(folder.resolve() / file)}' (FORMAT parquet, COMPRESSION zstd)"
            )
            _kept(folder / file)
            yield file


def _parts(connection: DuckDBPyConnection, shape: TableShape) -> list[str | None]:
    """Return the prefectures that a table is divided by; None is all of it.

    Where there is none, the table stands there without rows, so that whoever reads it finds it.
    """
    if not shape.local:
        return [None]
    query = f"SELECT DISTINCT prefecture_code FROM {shape.name} ORDER BY 1"  # noqa: S608  (declared)
    found: list[str | None] = [code for (code,) in connection.execute(query).fetchall()]
    return found or [None]


def _kept(file: Path) -> None:
    """See to it that a file is on the disk."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
    file.chmod(0o644)
