"""Adds a run to what stands at a path, whole or not at all: a database, or a folder of Parquet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.assessment.dossier import Dossier
from dxrules.errors import UsageError
from dxrules.paths import files_below, is_folder, is_link, is_regular, is_there, shown
from dxrules.report.database.database import (
    MEMORY,
    Stored,
    added,
    beside,
    copied,
    duckdb,
    make_tables,
    told,
    write_run,
)
from dxrules.report.database.database_tables import FORM, TABLES
from dxrules.report.database.plan_entries import PlanEntry
from dxrules.report.database.query import ask
from dxrules.report.database.shapes import TableShape
from dxrules.source.write import refuse_changed, stamp, write_whole
from dxrules.source.write_folder import refuse_folder, written_folder
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
    "memory_limit": MEMORY,
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
        connection = _connected(made.parent / "work.duckdb", made, old)
        try:
            make_tables(connection)
            if old is not None and not _taken_in(connection, old):
                raise UsageError(_OTHER.format(file=called, form=FORM))
            stored = write_run(connection, plans, rest)
            files = () if stored.again else tuple(_put_all(connection, made))
        finally:
            connection.close()
    return stored, files


def _connected(file: Path, made: Path, old: Path | None) -> DuckDBPyConnection:
    """Open a new database that reaches the folder that is made, and an old one's tables alone.

    The library takes a path for a pattern, and asks whether this may be read as well.
    """
    connection: DuckDBPyConnection = duckdb().connect(str(file), config=_SETTINGS)
    connection.execute(f"SET allowed_directories = {_listed([str(made.resolve())])}")
    tables = [] if old is None else [path for shape in TABLES for path in _files(old, shape)]
    allowed = [each for path in tables for each in (path, escape(path))]
    connection.execute(f"SET allowed_paths = {_listed(allowed)}")
    connection.execute("SET enable_external_access = false")
    return connection


def _files(folder: Path, shape: TableShape) -> list[str]:
    """Return the files of a table of a folder, none of which a link stands for."""
    found = (each for each in files_below(folder.resolve() / shape.name) if not is_link(each))
    return [str(each) for each in found if each.suffix == ".parquet"]


def _listed(paths: Iterable[str]) -> str:
    """Return paths as a list of SQL."""
    return "[" + ", ".join(f"'{_quoted(path)}'" for path in paths) + "]"


def _quoted(path: str) -> str:
    return path.replace("'", "''")


def _taken_in(connection: DuckDBPyConnection, folder: Path) -> bool:
    """Read the runs of a folder; tell whether it has all tables with their columns."""
    library = duckdb()
    for shape in TABLES:
        files = _files(folder, shape)
        names = ", ".join(f'"{each.name}"' for each in shape.columns)
        if not files:
            return False
        query = (
            f"INSERT INTO {shape.name} SELECT {names} "  # noqa: S608  (declared)
            f"FROM read_parquet({_listed(map(escape, files))}, hive_partitioning = false)"
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
            # In the order in which rows were written, which one thread keeps; to sort them would
            # take room for all of them.
            connection.execute(
                f"COPY (SELECT * FROM {shape.name} {where}) "  # noqa: S608  (declared)
                f"TO '{_quoted(str(folder.resolve() / file))}' (FORMAT parquet, COMPRESSION zstd)"
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


_UNFINISHED = Text(
    "{file}: 別のプログラムの書き込みが終わっていません({file}.wal があります)。"
    "DuckDBで一度開いて閉じてから、もう一度実行してください。",
    "{file}: another program has not finished writing it, as {file}.wal tells. Open it with DuckDB "
    "and close it, and call again.",
)

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
    name, seen = shown(path), stamp(path)
    old = usable_file(path)
    with beside(path) as work:
        stored = added(old, work / "new.duckdb", name, plans, rest)
        if not stored.again:
            write_whole({path: copied(work / "new.duckdb")}, {path: seen})
    return stored


def store_folder(path: Path, plans: Iterable[PlanEntry], rest: Callable[[], Dossier]) -> Stored:
    """Add a run to a folder of Parquet, in the same way."""
    name, seen = shown(path), stamp(path / MARK)
    old = usable_folder(path)
    with beside(path) as work:
        made = work / "made"
        made.mkdir()
        stored, files = written(old, made, name, plans, rest)
        if files:
            sure = partial(refuse_changed, path / MARK, seen)
            with written_folder(path, name, MARK, sure) as put:
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
    if is_there(path.with_name(f"{path.name}.wal")):
        raise UsageError(_UNFINISHED.format(file=shown(path)))
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
