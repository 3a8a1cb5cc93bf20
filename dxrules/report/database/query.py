"""Asks a database of results, a file or a folder, by SQL; in a process within bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.paths import (
    files_below,
    is_folder,
    is_link,
    is_regular,
    is_there,
    led_to,
    open_file,
    shown,
)
from dxrules.report.database import NEEDS_PACKAGE
from dxrules.report.database.database_tables import FORM, TABLES
from dxrules.report.database.database_views import VIEWS
from dxrules.source import did_you_mean
from dxrules.source.bounds import (
    DATABASE_BYTES,
    QUERY_ADDRESSES,
    QUERY_BYTES,
    QUERY_CARRIED,
    QUERY_COLUMNS,
    QUERY_MEMORY,
    QUERY_ROWS,
    QUERY_SECONDS,
)
from dxrules.source.other_process import answer_of, is_end_of_time
from dxrules.source.unfinished import put_back
from dxrules.texts import Text, shorten, visible

T = TypeVar("T")

QueryValue = str | int | float | bool | None

_GONE = Text(
    "{file}: ファイルもフォルダもありません。名前を確かめてください。",
    "{file}: there is no such file or folder. Check the name.",
)
_LARGE = Text(
    "{file}: 大きすぎて読めません({most}バイトまで)。",
    "{file}: is too large to be read (up to {most} bytes).",
)
_LONG = Text("SQLが長すぎます({most}バイトまで)。", "The query is too long (up to {most} bytes).")
_NO_TEXT = Text(
    "SQLにUTF-8として正しくない文字があります。UTF-8で書き直してください。",
    "The query is not valid UTF-8. Write it in UTF-8.",
)
_BESIDE = Text(
    "{file}: データベースに続けて読まれる名前ですが、通常のファイルではありません。"
    "別の所へ移してください。",
    "{file}: is read after the database by its name, and is no regular file. Move it elsewhere.",
)
_READ_AFTER = (".wal", ".wal.checkpoint", ".wal.recovery")
"""How files are called, after the database, that the library reads with it."""
_WIDE = Text(
    "答えの列が多すぎます({most}列まで)。要る列だけを選んでください。",
    "The answer has too many columns (up to {most}). Name those that are needed.",
)
_UNKNOWN = Text(
    "{option}: {value} は、このデータベースにありません。",
    "{option}: {value} is not in this database.",
)
_FAULTS: Mapping[str, Text] = {
    "extra": NEEDS_PACKAGE,
    "other": Text(
        "{file}: dxrules のデータベース({form})ではありません。"
        "dxrules check ... --output nation.duckdb で作ったものを指定してください。",
        "{file}: is no database of dxrules ({form}). "
        "Name one that was made by dxrules check ... --output nation.duckdb.",
    ),
    "broken": Text(
        "{file}: データベースとして読めません。dxrules check ... --output nation.duckdb で"
        "作り直してください。",
        "{file}: cannot be read as a database. "
        "Make it again by dxrules check ... --output nation.duckdb.",
    ),
    "newer": Text(
        "{file}: より新しい版のDuckDBで作られたので読めません。"
        "pip install --upgrade duckdb で更新してください。",
        "{file}: was made by a newer version of DuckDB. Renew yours: pip install --upgrade duckdb.",
    ),
    "in-use": Text(
        "{file}: 別のプログラムが開いています。そちらで閉じてから、もう一度実行してください。",
        "{file}: another program holds it open. Close it there, and call again.",
    ),
    "no-query": Text(
        "問い合わせに使えるのは、1つの SELECT 文だけです。",
        "Ask by one SELECT statement. Nothing is changed by it.",
    ),
    "value": Text(
        "値のない変数があります: {said}。--rule などのオプションで指定してください。",
        "The query names values that were not given: {said}. Give them by options such as --rule.",
    ),
    "unused": Text(
        "問い合わせで使われていない値があります: {said}。オプションを外すか、SQLで $ を付けて"
        "使ってください。",
        "The query does not use what was given: {said}. Drop the option, or name it in the query "
        "with a $.",
    ),
    "denied": Text(
        "問い合わせから、ほかのファイルや外部は参照できません。{file} の表だけを使ってください。",
        "A query reaches no other file and nothing outside. Use the tables of {file} alone.",
    ),
    "sql": Text("SQLを実行できません: {said}", "The query cannot be run: {said}"),
    "rows": Text(
        "結果が大きすぎます({rows}行まで)。WHERE や LIMIT で絞ってください。",
        "The answer is too large (up to {rows} rows). Narrow it by WHERE or LIMIT.",
    ),
    "memory": Text(
        "問い合わせにメモリが足りません。結合や集計の範囲を絞ってください。",
        "The query takes too much memory. Narrow what it joins or counts.",
    ),
    "room": Text(
        "問い合わせを始められません(メモリーの不足か上限)。空きメモリーと上限(ulimit)を"
        "確かめてください。",
        "The query cannot be begun, for lack of memory or by a limit. Check the memory and the "
        "limits (ulimit).",
    ),
    "slow": Text(
        "問い合わせが{seconds}秒で終わりませんでした。範囲を絞ってください。",
        "The query did not end within {seconds} seconds. Narrow it.",
    ),
}


@frozen
class QueryAnswer:
    """The columns of an answer with their types, its rows, and the day of the newest run."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[QueryValue, ...], ...]
    day: date | None


def ask(
    path: Path,
    called: str,
    sql: str,
    given: Mapping[str, QueryValue],
    known: Mapping[str, str] | None = None,
) -> QueryAnswer:
    """Return the answer to a query; `given` are the values that it may name with a $.

    `known` are queries that tell what a value can be, and `called` is how messages call the
    database. Raises UsageError, which says what to do, if there is no answer.
    """
    _refuse(path, called, sql)
    request = {
        "path": str(path.absolute()),
        "sql": sql,
        "given": dict(given),
        "form": FORM,
        "tables": {
            shape.name: {each.name: each.type for each in shape.columns} for shape in TABLES
        },
        "views": {view.name: view.sql for view in VIEWS},
        "known": dict(known or {}),
        "bounds": {
            "rows": QUERY_ROWS,
            "carried": QUERY_CARRIED,
            "seconds": QUERY_SECONDS,
            "memory": QUERY_MEMORY,
            "addresses": QUERY_ADDRESSES,
        },
    }
    made = _in_a_child(json.dumps(request).encode())
    if isinstance(made, QueryAnswer):
        if len(made.columns) > QUERY_COLUMNS:
            raise UsageError(_WIDE.format(most=f"{QUERY_COLUMNS:,}"))
        return made
    name, said = made
    if name == "unknown":
        raise UsageError(_unknown(said, given))
    raise UsageError(
        _FAULTS[name if name in _FAULTS else "broken"].format(
            file=called,
            form=FORM,
            said=_in_short(said),
            rows=f"{QUERY_ROWS:,}",
            seconds=str(QUERY_SECONDS),
        )
    )


def _refuse(path: Path, called: str, sql: str) -> None:
    """Raise UsageError for what is not worth a process."""
    if not is_there(path):  # a run may have been killed between the old folder and the new one
        put_back(path)
    if not is_there(path):
        raise UsageError(_GONE.format(file=called))
    if not (is_folder(path) or is_regular(path)):
        raise UsageError(_FAULTS["other"].format(file=called, form=FORM))
    if is_regular(path) and path.stat().st_size > DATABASE_BYTES:
        raise UsageError(_LARGE.format(file=called, most=f"{DATABASE_BYTES:,}"))
    for file in files_below(path) if is_folder(path) else [path]:
        open_file(file).close()  # what the system refuses is said by its error
    if is_regular(path):
        _refuse_beside(path, called)
    try:
        size = len(sql.encode())
    except UnicodeEncodeError as error:
        raise UsageError(_NO_TEXT) from error
    if size > QUERY_BYTES:
        raise UsageError(_LONG.format(most=f"{QUERY_BYTES:,}"))


def _refuse_beside(path: Path, called: str) -> None:
    """Raise UsageError where a link or a pipe stands beside a database and would be read with it.

    The library follows the one to any file, and waits for the other.
    """
    for ending in _READ_AFTER:
        for database, name in ((path, called), (led_to(path), "")):
            file = database.with_name(f"{database.name}{ending}")
            if is_link(file) or (is_there(file) and not is_regular(file)):
                raise UsageError(_BESIDE.format(file=f"{name}{ending}" if name else shown(file)))


def _in_a_child(request: bytes) -> QueryAnswer | tuple[str, str]:
    """Return what another process answers; whatever it dies of is a fault of the database."""
    answer = answer_of(
        ["dxrules.report.database.query_child"], request, QUERY_SECONDS, QUERY_CARRIED
    )
    if answer.took_too_long:
        return "slow", ""
    if len(answer.content) > QUERY_CARRIED:
        return "rows", ""
    return (_of_death(answer.code), "") if answer.code else _unpacked(answer.content)


def _of_death(code: int) -> str:
    """Return the fault of which the process that answers died."""
    import signal

    if is_end_of_time(code):
        return "slow"
    if code > 0:  # it, or what it is loaded by, gave up by itself
        return "room"
    return "memory" if code == -signal.SIGABRT else "broken"


def _unpacked(content: bytes) -> QueryAnswer | tuple[str, str]:
    """Return what an answer holds, held to its shape: its writer is not trusted."""
    try:
        made = json.loads(content, parse_constant=_no_number)
        if "fault" in made:
            return _expected(made["fault"], str), _expected(made.get("said", ""), str)
        columns = tuple((_expected(n, str), _expected(k, str)) for n, k in made["columns"])
        cells = [_expected(column, list) for column in made["cells"]]
        if len(cells) != len(columns) or any(not _CELLS.issuperset(map(type, c)) for c in cells):
            return "broken", ""
        day = None if made["day"] is None else date.fromisoformat(made["day"])
        return QueryAnswer(columns, tuple(zip(*cells, strict=True)), day)
    except (ValueError, TypeError, KeyError, RecursionError):
        return "broken", ""


_CELLS = frozenset({str, int, float, bool, type(None)})


def _expected(value: Any, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value


def _no_number(said: str) -> NoReturn:
    """Refuse NaN and infinity, which are no JSON."""
    raise ValueError(said)


def _unknown(said: str, given: Mapping[str, QueryValue]) -> Text:
    """Say that a value is none that the database has, and which is near."""
    name, *there = json.loads(said)
    value = str(given[name])
    message = _UNKNOWN.format(option=f"--{name}", value=shorten(value))
    hint = did_you_mean(value, there)
    return message.then(hint)


def _in_short(said: str) -> str:
    """Return the first line of what the library said, and the place in the query."""
    return visible(said.strip().split("\n\n")[0].replace("\n", " "))
