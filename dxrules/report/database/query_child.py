"""Answers one query in a process of its own: `python -m dxrules.report.database.query_child`.

A database may come from anybody, and the library that reads it is large and not memory-safe. So
it is opened here: for reading alone, with no way to other files, to the network or to extensions,
and within bounds that the system keeps. The request comes in on standard input as JSON; the
answer, or the name of a fault, goes out on standard output as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from glob import escape
from pathlib import Path
from typing import Any, Final, NamedTuple

_SETTINGS: Final = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",
}
_SAID: Final = {
    "Out of Memory Error": "room",
    "version number": "newer",
    "Could not set lock": "in-use",
}
"""What the library says, by errors of several kinds, where a good file cannot be opened."""
_ROWS_AT_ONCE = 10_000
_LONGEST_SAID = 10_000
_MOST_KNOWN = 500
_SIGNS_OF_JSON = 6
"""How many bytes a character takes at most in the answer."""


class Fault(Exception):  # noqa: N818  (it is named by what it is called outside)
    """Why there is no answer: its name, and what the library said."""

    def __init__(self, name: str, said: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.said = said[:_LONGEST_SAID]


class QueryBounds(NamedTuple):
    """How much an answer may take: rows, bytes, seconds, memory, and addresses of the process.

    They come with the request: the table of them would load libraries that are not needed here.
    """

    rows: int
    carried: int
    seconds: int
    memory: int
    addresses: int


class Request(NamedTuple):
    """A query, the values that it may name, and what the database must have.

    `tables` are the columns of each table by name, with their types; `views` the queries of views;
    `known` are queries that tell, by the name of a value, what it can be.
    """

    path: str
    sql: str
    given: Mapping[str, Any]
    form: str
    tables: Mapping[str, Mapping[str, str]]
    views: Mapping[str, str]
    known: Mapping[str, str]
    bounds: QueryBounds

    @property
    def settings(self) -> dict[str, str]:
        """How the library is set before anything is opened."""
        return {**_SETTINGS, "memory_limit": f"{self.bounds.memory // 1_000_000}MB"}


def answer(asked: Request) -> dict[str, Any]:
    """Return the columns and rows of a query; raise Fault if there is no answer."""
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise Fault("extra") from error
    except ImportError as error:  # there is no room to load it
        raise Fault("room", str(error)) from error
    connection = _opened(duckdb, asked)
    try:
        return _rows(connection, _checked(connection, asked), asked.bounds)
    except Fault:
        raise
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise Fault("memory") from error
    except duckdb.PermissionException as error:
        raise Fault("denied", str(error)) from error
    except (duckdb.FatalException, duckdb.InternalException, duckdb.IOException) as error:
        raise Fault("broken", str(error)) from error
    except duckdb.Error as error:  # of a query it is always one of a kind; of damage it may be none
        raise Fault("broken" if type(error) is duckdb.Error else "sql", str(error)) from error


def _opened(duckdb: Any, asked: Request) -> Any:
    """Open a file or a folder for reading; raise Fault unless it has the tables of dxrules."""
    try:
        if Path(asked.path).is_dir():
            connection = _folder(duckdb, asked)
        else:
            settings = {"enable_external_access": "false", **asked.settings}
            connection = duckdb.connect(asked.path, read_only=True, config=settings)
        _refuse_others(connection, asked)
        for name, query in asked.views.items():  # those of the file may be anybody's
            connection.execute(f"CREATE TEMP VIEW {name} AS {query}")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        said = str(error)
        name = next((name for words, name in _SAID.items() if words in said), "broken")
        raise Fault(name, said) from error
    return connection


def _folder(duckdb: Any, asked: Request) -> Any:
    """Open a folder of tables: each is the files of its own folder, and nothing else is read."""
    connection = duckdb.connect(":memory:", config=asked.settings)
    folder = Path(asked.path).resolve()
    files = {name: sorted(map(str, _files(folder / name))) for name in asked.tables}
    if not all(files.values()):
        raise Fault("other")
    # The library takes a path for a pattern, and asks whether this may be read as well.
    patterns = {name: [escape(file) for file in own] for name, own in files.items()}
    allowed = {each for found in (files, patterns) for own in found.values() for each in own}
    connection.execute(f"SET allowed_paths = {_listed(sorted(allowed))}")
    connection.execute("SET enable_external_access = false")
    connection.execute("CREATE TABLE form (form VARCHAR)")
    connection.execute("INSERT INTO form VALUES (?)", [asked.form])
    for name, own in patterns.items():
        query = f"SELECT * FROM read_parquet({_listed(own)}, hive_partitioning = false)"  # noqa: S608
        connection.execute(f"CREATE VIEW {name} AS {query}")
    return connection


def _listed(paths: Iterable[str]) -> str:
    """Return paths as a list of SQL."""
    quoted = (each.replace("'", "''") for each in paths)
    return "[" + ", ".join(f"'{each}'" for each in quoted) + "]"


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a table: its own, or those in a folder for each prefecture."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for each in folder.iterdir():
        inner = each.iterdir() if each.is_dir() and not each.is_symlink() else (each,)
        for file in inner:
            if file.suffix == ".parquet" and file.is_file() and not file.is_symlink():
                yield file


def _refuse_others(connection: Any, asked: Request) -> None:
    """Raise Fault unless the tables are those of dxrules, each with its columns."""
    found = connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE NOT internal AND schema_name = 'main'"
    ).fetchall()
    wanted = {
        (table, name, kind)
        for table, columns in asked.tables.items()
        for name, kind in columns.items()
    }
    if not wanted <= {*found} or ("form", "form", "VARCHAR") not in found:
        raise Fault("other")
    if connection.execute("SELECT form FROM form LIMIT 2").fetchall() != [(asked.form,)]:
        raise Fault("other")


def _checked(connection: Any, asked: Request) -> Any:
    """Run a query and return its cursor; raise Fault if it is none, or lacks a value."""
    statements, given = connection.extract_statements(asked.sql), asked.given
    if len(statements) != 1 or statements[0].type.name != "SELECT":
        raise Fault("no-query")
    wanted = statements[0].named_parameters
    lacking = sorted(wanted - given.keys())
    if lacking:
        raise Fault("value", ", ".join(lacking))
    said = {name for name, value in given.items() if value is not None}
    unused = sorted(said - wanted)
    if unused:
        raise Fault("unused", ", ".join(unused))
    for name in sorted(said & asked.known.keys()):
        there = [str(value) for (value,) in connection.execute(asked.known[name]).fetchall()]
        if given[name] not in there:
            raise Fault("unknown", json.dumps([name, *there[:_MOST_KNOWN]]))
    return connection.execute(statements[0], {name: given[name] for name in wanted})


def _rows(connection: Any, cursor: Any, bounds: QueryBounds) -> dict[str, Any]:
    """Return an answer column by column: a column is of one type, so it is looked at as a whole."""
    columns = [[name, str(kind)] for name, kind, *_ in cursor.description]
    cells: list[list[Any]] = [[] for _ in columns]
    number = size = 0
    while part := cursor.fetchmany(_ROWS_AT_ONCE):
        for column, values in zip(cells, zip(*part, strict=True), strict=True):
            plain = values if _PLAIN.issuperset(map(type, values)) else [*map(_cell, values)]
            size += sum(len(each) if isinstance(each, str) else 8 for each in plain)
            column.extend(plain)
        number += len(part)
        if number > bounds.rows or size > bounds.carried // _SIGNS_OF_JSON:
            raise Fault("rows")
    found = connection.execute("SELECT max(day) FROM runs").fetchone()
    return {"columns": columns, "cells": cells, "day": _cell(found[0])}


_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""What JSON takes as it is."""


def _cell(value: Any) -> Any:
    """Return a value as JSON takes it: a text, a number, true, false or nothing."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if value == value and abs(value) != float("inf") else str(value)  # noqa: PLR0124
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return str(value)


def hold_to(bounds: QueryBounds) -> None:
    """Let the system end this process where it takes more than it may, or writes a file."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds; the time is kept by whoever waits
        return
    for kind, most in (
        (resource.RLIMIT_AS, bounds.addresses),
        (resource.RLIMIT_DATA, 2 * bounds.memory),  # what the library does not count itself
        (resource.RLIMIT_CPU, bounds.seconds * (os.cpu_count() or 1)),  # of all threads together
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # less is allowed already, or not known
            resource.setrlimit(kind, (most, most))


def main() -> int:
    """Take a request, and hand back its answer."""
    said = json.load(sys.stdin.buffer)
    asked = Request(**said | {"bounds": QueryBounds(**said["bounds"])})
    hold_to(asked.bounds)
    try:
        made = json.dumps(answer(asked), ensure_ascii=False).encode()
    except Fault as fault:
        made = json.dumps({"fault": fault.name, "said": fault.said}, ensure_ascii=False).encode()
    except MemoryError:
        made = b'{"fault": "memory"}'
    except Exception:  # noqa: BLE001  (nobody knows what a database makes a library do)
        made = b'{"fault": "broken"}'
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
