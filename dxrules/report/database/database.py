"""Writes the results of a run into a database, beside those of the runs before it.

Plans are taken one by one and forgotten; rows go in by the thousand. A file that is there is
copied, added to, and replaced at the end, so that it is written whole or not at all.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pydantic_core import to_json

from dxrules import __version__
from dxrules.assessment.dossier import Dossier
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.paths import led_to
from dxrules.report.database import NEEDS_PACKAGE
from dxrules.report.database.database_rows import (
    FieldValues,
    municipality_rows,
    rule_row,
    source_row,
)
from dxrules.report.database.database_tables import BY_NAME, FORM, TABLES
from dxrules.report.database.database_views import VIEWS
from dxrules.report.database.plan_entries import PlanEntry
from dxrules.report.database.shapes import TableColumn, TableShape
from dxrules.rules import Rule
from dxrules.source.os_errors import reason, reason_in
from dxrules.source.unfinished import unfinished_folder
from dxrules.texts import LANGS, Text, visible

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIST = """unnest(from_json(?, '["{type}"]')) AS {name}"""
_ROWS_AT_ONCE = 2_000
"""Rows of a table that are kept before they are written."""
MEMORY = "96MB"
"""What the library may take, however many plans there are; beyond that it goes to the disk."""
_STORAGE = "v1.2.0"
"""The version of DuckDB from which on a file can be read, by other programs, too."""
_OTHER = Text(
    "{file}: dxrules のデータベース({form})ではないので、追加できません。"
    "別の名前を指定してください。",
    "{file}: is no database of dxrules ({form}), so nothing can be added. Name another file.",
)
_UNWRITABLE = Text("{file}: 書き込めません({reason})。", "{file}: cannot be written ({reason}).")


@frozen
class Stored:
    """Which run was written: its number in the file, its id, and whether it was there already."""

    number: int
    id: str
    plans: int
    again: bool


def duckdb() -> Any:
    """Return the library; raise UsageError, which names the extra, where it is missing."""
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise UsageError(NEEDS_PACKAGE) from error
    return duckdb


def _connected(file: Path) -> DuckDBPyConnection:
    """Open a database that neither reads nor writes any other file."""
    made: DuckDBPyConnection = duckdb().connect(
        str(file),
        config={
            "enable_external_access": "false",
            "autoload_known_extensions": "false",
            "autoinstall_known_extensions": "false",
            "memory_limit": MEMORY,
            "storage_compatibility_version": _STORAGE,
            "threads": "1",
        },
    )
    return made


def added(
    old: Path | None,
    new: Path,
    called: str,
    plans: Iterable[PlanEntry],
    rest: Callable[[], Dossier],
) -> Stored:
    """Write a run into a copy of a database, or into a new one; `called` is how messages do.

    `rest` is asked at the end for what was not read. Raises UsageError if the old file is no
    database of dxrules, or the new one cannot be written.
    """
    with told(called):
        if old is not None:
            shutil.copyfile(old, new)
        connection = _connected(new)
        try:
            if old is None:
                make_tables(connection)
            elif not is_ours(connection):
                raise UsageError(_OTHER.format(file=called, form=FORM))
            stored = write_run(connection, plans, rest)
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
    return stored


@contextmanager
def told(called: str) -> Iterator[None]:
    """Say of a fault of the library, or of the system, which file it was."""
    faults = duckdb().Error
    try:
        yield
    except (faults, OSError) as error:
        raise UsageError(_UNWRITABLE.format(file=called, reason=reason_in(error))) from error


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a folder beside a file for what is being made; it is removed afterwards."""
    with ExitStack() as cleaning:
        try:
            made = unfinished_folder(led_to(path).parent, cleaning)
        except OSError as error:
            called = visible(path.as_posix())
            raise UsageError(_UNWRITABLE.format(file=called, reason=reason(error))) from error
        yield made


def copied(file: Path) -> Callable[[IO[bytes]], None]:
    """Return a function that writes a file to a stream."""

    def write(stream: IO[bytes]) -> None:
        with file.open("rb") as source:
            shutil.copyfileobj(source, stream)

    return write


def make_tables(connection: DuckDBPyConnection) -> None:
    """Make all tables and views, with what they say as remarks, and the mark of the form."""
    for shape in TABLES:
        columns = ", ".join(f'"{each.name}" {each.type}' for each in shape.columns)
        connection.execute(f"CREATE TABLE {shape.name} ({columns})")
        _remark(connection, f"TABLE {shape.name}", shape.what)
        for each in shape.columns:
            _remark(connection, f'COLUMN {shape.name}."{each.name}"', each.what)
    connection.execute("CREATE TABLE form (form VARCHAR)")
    connection.execute("INSERT INTO form VALUES (?)", [FORM])
    make_views(connection)


def make_views(connection: DuckDBPyConnection) -> None:
    """Make the views, or make them anew."""
    for view in VIEWS:
        connection.execute(f"CREATE OR REPLACE VIEW {view.name} AS {view.sql}")
        _remark(connection, f"VIEW {view.name}", view.what)


def _remark(connection: DuckDBPyConnection, what: str, said: Text) -> None:
    remark = " / ".join(said.in_(lang) for lang in LANGS).replace("'", "''")
    connection.execute(f"COMMENT ON {what} IS '{remark}'")


_COLUMNS = """
SELECT table_name, column_name, data_type FROM duckdb_columns()
WHERE NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT internal)
AND column_default IS NULL ORDER BY table_name, column_index
"""


def is_ours(connection: DuckDBPyConnection) -> bool:
    """Tell whether a database has the tables that are written here, and none else."""
    found = connection.execute(_COLUMNS).fetchall()
    wanted = [(s.name, each.name, str(each.type)) for s in TABLES for each in s.columns]
    if sorted(map(tuple, found)) != sorted([*wanted, ("form", "form", "VARCHAR")]):
        return False
    return connection.execute("SELECT form FROM form").fetchall() == [(FORM,)]


def write_run(
    connection: DuckDBPyConnection, plans: Iterable[PlanEntry], rest: Callable[[], Dossier]
) -> Stored:
    """Write a run in one transaction; one that is there already, by its content, is left alone."""
    (last,) = connection.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone() or (0,)
    connection.execute("BEGIN")
    run = _Run(connection, int(last) + 1)
    for plan in plans:
        run.add(plan)
    identity = run.finish(rest())
    there = connection.execute("SELECT run FROM runs WHERE id = ?", [identity]).fetchone()
    if there is not None:
        connection.execute("ROLLBACK")
        return Stored(int(there[0]), identity, run.plans, again=True)
    run.close(identity)
    make_views(connection)
    connection.execute("COMMIT")
    return Stored(run.number, identity, run.plans, again=False)


class _Run:
    """A run that is being written."""

    def __init__(self, connection: DuckDBPyConnection, number: int) -> None:
        self.number = number
        self.plans = 0
        self._connection = connection
        self._waiting: dict[str, list[list[Any]]] = defaultdict(list)
        self._digests: list[bytes] = []
        self._rules: dict[str, Rule] = {}
        self._of_town: Counter[str] = Counter()
        self._lawbooks: dict[str, tuple[str, date]] = {}
        self._selected: Text | None = None
        self._rows = {shape.name: shape.row for shape in TABLES}
        self._inserts = {shape.name: _insert(shape) for shape in TABLES}

    def add(self, plan: PlanEntry) -> None:
        """Write a plan, which may be forgotten then."""
        self.plans += 1
        self._selected = self._selected or plan.selected
        self._lawbooks[plan.rulesets] = plan.lawbook, plan.known_until
        self._rules |= plan.rules
        self._of_town[plan.code] += 1
        digest = sha256()
        for table, row in plan.rows:
            row[1] = self._of_town[plan.code]
            self._take(table, row)
            if table != "reasons":  # they follow from the rest
                digest.update(repr(row).encode())
        self._digests.append(digest.digest())

    def finish(self, rest: Dossier) -> str:
        """Write what is of the run as a whole; return its id, which follows from its content."""
        for unread in rest.unreadable:
            self._put("unread_files", (unread.name, unread.message))
        sources = {}
        for rule_id in sorted(self._rules):
            rule = self._rules[rule_id]
            self._put("rules", rule_row(rule))
            row = source_row(rule)
            sources[row[0]] = row
        for key in sorted(sources):
            self._put("sources", sources[key])
        self._rest = rest
        content = sha256()
        how = rest.assessment.engines, self._selected, rest.unreadable
        for part in (__version__, repr(sorted(self._lawbooks.items())), repr(how)):
            content.update(part.encode("utf-8", "surrogateescape"))
        for each in sorted(self._digests):
            content.update(each)
        return f"{rest.assessment.day.isoformat()}-{content.hexdigest()[:12]}"

    def close(self, identity: str) -> None:
        """Write the entry of the run, and all that waits."""
        rest = self._rest
        digests = sorted((name, digest) for name, (digest, _) in self._lawbooks.items())
        names = sorted({name for each in self._lawbooks for name in each.split("+")})
        row = (
            identity,
            rest.assessment.day,
            __version__,
            ", ".join(names),
            sha256(repr(digests).encode()).hexdigest(),
            min((known for _, known in self._lawbooks.values()), default=None),
            ", ".join(rest.assessment.engines),
            self._selected,
            self.plans,
            len(rest.unreadable),
        )
        self._put("runs", row)
        self._connection.execute("DELETE FROM municipalities")
        for each in municipality_rows():
            self._put("municipalities", each)
        for table in list(self._waiting):
            self._write(table)

    def _put(self, table: str, row: FieldValues) -> None:
        self._take(table, self._rows[table](row))

    def _take(self, table: str, spread: list[Any]) -> None:
        """Take a row as the columns take it, to be written with others."""
        waiting = self._waiting[table]
        waiting.append(spread)
        if len(waiting) >= _ROWS_AT_ONCE:
            self._write(table)

    def _write(self, table: str) -> None:
        waiting = self._waiting.pop(table, [])
        if not waiting:
            return
        columns: list[Sequence[Any]] = [*zip(*waiting, strict=True)]
        if BY_NAME[table].of_run:
            columns.insert(0, [self.number] * len(waiting))
        given = [to_json(column).decode() for column in columns]
        self._connection.execute(self._inserts[table], given)


def _insert(shape: TableShape) -> str:
    """Return the statement that writes rows, given as the values of each column in JSON.

    The library takes these in half the time of lists of Python.
    """
    given = shape.given if not shape.of_run else (*shape.columns[:1], *shape.given)
    lists = ", ".join(_LIST.format(type=each.type, name=each.name) for each in given)
    chosen = ", ".join(map(_chosen, shape.columns))
    return f"INSERT INTO {shape.name} SELECT {chosen} FROM (SELECT {lists})"  # noqa: S608  (declared)


def _chosen(column: TableColumn) -> str:
    if column.words is None:
        return f'"{column.name}"'
    if not column.words:
        return f'"{column.code}"'
    quoted = ((code, said.replace("'", "''")) for code, said in column.words.items())
    cases = " ".join(f"WHEN '{code}' THEN '{said}'" for code, said in quoted)
    return f'CASE "{column.code}" {cases} END'
