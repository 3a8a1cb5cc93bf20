"""`dxrules query`: ask a database of results, by SQL or by the name of a question."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import all_of, command_named, flag, option
from dxrules.cli.common import lang_option
from dxrules.cli.report_output import Delivery, output_options
from dxrules.dates import parse_day
from dxrules.errors import OK, UsageError
from dxrules.paths import shown
from dxrules.reference.gazetteer import gazetteer
from dxrules.report.writers import QUERY
from dxrules.rules import STRENGTH_LABELS
from dxrules.source import did_you_mean
from dxrules.texts import Text, in_brackets, join, same, shorten

if TYPE_CHECKING:
    from dxrules.report.database.query_tables import TitledAnswer


VALUE_OPTIONS: Mapping[str, Text] = {
    "rule": Text("点検項目のid", "id of a rule"),
    "prefecture": Text("都道府県(名前か2桁の番号)", "prefecture, by its name or two digits"),
    "town": Text("団体(名前か6桁のコード)", "municipality, by its name or six digits"),
    "area": Text("分野のid", "id of a field of work"),
    "strength": Text("点検項目の強さ", "strength of rules"),
    "until": Text("この日までに期日の来るもの", "what is due by this day"),
    "run": Text(
        "回(番号、id、判定日のいずれか。省略時は最新の回)",
        "run, by number, id or day (default: the newest)",
    ),
    "before": Text(
        "比較する前の回(省略時は --run の一つ前)",
        "earlier run to compare with (default: the one before --run)",
    ),
}
"""Each by its name in queries, with what it is."""

_NO_PLACE = Text(
    "{option}: {value} という{what}はありません。", "{option}: there is no {what} {value}."
)
_SEVERAL = Text(
    "{option}: {value} という団体は{found}にあります。6桁の団体コードで指定してください。",
    "{option}: {value} is a municipality in {found}. Give its six digits.",
)
_PREFECTURE = Text("都道府県", "prefecture")
_TOWN = Text("団体", "municipality")


value_options = all_of(
    *(
        option(
            f"--{name}",
            name,
            ja=what.ja,
            en=what.en,
            type=click.Choice([*STRENGTH_LABELS]) if name == "strength" else None,
        )
        for name, what in VALUE_OPTIONS.items()
    )
)
"""An option for each value."""


def values_given(said: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values as queries take them; raise UsageError for a place or day that is none."""
    given = {name: said.get(name) for name in VALUE_OPTIONS}
    prefecture, town, until = given["prefecture"], given["town"], given["until"]
    if prefecture is not None:
        given["prefecture"] = _prefecture(prefecture)
    if town is not None:
        given["town"] = _town(town, given["prefecture"] or "")
    if until is not None:
        given["until"] = parse_day(until).isoformat()
    return given


def _prefecture(said: str) -> str:
    """Return the two digits of a prefecture: by them, or by its name without its last sign, too."""
    known = {each.prefecture: each.name for each in gazetteer().prefectures.values()}
    meant = said.strip().casefold()
    for digits, name in known.items():
        if meant in (digits, name.ja, name.ja[:-1], name.en.casefold()):
            return digits
    message = _NO_PLACE.format(option="--prefecture", value=shorten(said), what=_PREFECTURE)
    names = [each for name in known.values() for each in (name.ja, name.en)]
    hint = did_you_mean(said, names)
    raise UsageError(message.then(hint))


def _town(said: str, prefecture: str) -> str:
    """Return the six digits of a municipality, by them or by its name."""
    if said.isdecimal() and said.isascii():
        return said
    found = gazetteer().named(said, prefecture)
    if len(found) == 1:
        return found[0].code
    if not found:
        raise UsageError(_NO_PLACE.format(option="--town", value=shorten(said), what=_TOWN))
    around = [gazetteer().full_name(each) for each in found]
    places = join(around)
    raise UsageError(_SEVERAL.format(option="--town", value=shorten(said), found=places))


_HELP = Text(
    """判定結果のデータベースに問い合わせます。

    FILE は、dxrules check ... --output nation.duckdb(または nation.parquet)で作ったものです。
    何も書き換えず、ほかのファイルも読みません。SQLでは、--rule などで指定した値を $rule の
    ように使えます。
    """,
    """Ask a database of results.

    FILE was made by dxrules check ... --output nation.duckdb (or nation.parquet).
    Nothing is changed, and no other file is read. SQL can name a value that is given by
    --rule, and so on, as $rule.
    """,
)
_EXAMPLES = (
    "dxrules query --list",
    Text(
        "dxrules query nation.duckdb --question missing --rule EQR-01 --prefecture 栃木県",
        "dxrules query nation.duckdb --question missing --rule EQR-01 --prefecture Tochigi",
    ),
    'dxrules query nation.duckdb "SELECT * FROM coverage_by_rule" --output rules.xlsx',
)
_ONE = Text(
    "FILE と、SQL か --question のどちらか一方を指定してください。"
    "定型の問い合わせの一覧は dxrules query --list で表示します。",
    "Name a FILE, and either SQL or --question. dxrules query --list lists the named queries.",
)
_ALONE = Text(
    "--list と --tables は、それだけで指定してください。",
    "Give --list or --tables alone.",
)
_SQL = Text("SQLの結果", "Result of the query")


@command_named("query", _HELP, _EXAMPLES)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.argument("sql", required=False, metavar="[SQL]")
@option(
    "--question", "name", ja="定型の問い合わせ", en="run a named query", called=Text("名前", "NAME")
)
@flag("--list", "listed", ja="定型の問い合わせの一覧を表示する", en="list the named queries")
@flag("--tables", ja="表と列の一覧を表示する", en="list the tables and their columns")
@value_options
@output_options(QUERY)
@lang_option
def command(
    *,
    file: Path | None,
    sql: str | None,
    name: str | None,
    listed: bool,
    tables: bool,
    delivery: Delivery,
    **values: str | None,
) -> int:
    """Ask a database of results."""
    if listed or tables:
        if file is not None or name is not None or (listed and tables):
            raise UsageError(_ALONE)
        asked = _listed() if listed else _tables()
    else:
        if file is None or (sql is None) == (name is None):
            raise UsageError(_ONE)
        delivery.guard(lambda: (file,) if file.is_file() else ())
        asked = _asked(file, sql, name, values)
    delivery.send(asked)
    return OK


def _asked(
    file: Path, sql: str | None, name: str | None, values: dict[str, str | None]
) -> TitledAnswer:
    from dxrules.report.database.database_views import KNOWN, NAMED
    from dxrules.report.database.query import ask
    from dxrules.report.database.query_tables import TitledAnswer

    given = values_given(values)
    if sql is not None:
        said = {value: what for value, what in given.items() if what is not None}
        return TitledAnswer(_SQL, ask(file, shown(file), sql, said, KNOWN), named=False)
    named = NAMED.get(name or "")
    if named is None:
        raise UsageError(_no_question(name or ""))
    title = named.title
    lacking = [value for value in named.needed if given.get(value) is None]
    if lacking:
        raise UsageError(_lacking(named.name, lacking))
    told = [
        _called(values[value] or "") for value in VALUE_OPTIONS if values.get(value) is not None
    ]
    if told:
        listed = join(told)
        title += in_brackets(listed)
    return TitledAnswer(title, ask(file, shown(file), named.sql, given, KNOWN), named=True)


def _called(said: str) -> Text:
    """Return a value as a title has it: a strength by its words."""
    return STRENGTH_LABELS.get(said) or same(shorten(said))


def _no_question(name: str) -> Text:
    from dxrules.report.database.database_views import NAMED

    said = shorten(name)
    message = Text(
        f"{said} という定型の問い合わせはありません。", f"There is no named query {said}."
    )
    hint = did_you_mean(name, [*NAMED]) or Text(
        "dxrules query --list で一覧を表示します。", "dxrules query --list lists them."
    )
    return message.then(hint)


def _lacking(name: str, values: list[str]) -> Text:
    options = " ".join(f"--{value}" for value in values)
    return Text(f"{name} には {options} が必要です。", f"{name} needs {options}.")


def _listed() -> TitledAnswer:
    from dxrules.report.database.database_views import NAMED
    from dxrules.report.database.query import QueryAnswer
    from dxrules.report.database.query_tables import TitledAnswer

    names = ("question", "title_ja", "title_en", "options")
    rows = tuple(
        (
            each.name,
            each.title.ja,
            each.title.en,
            " ".join(
                f"--{value}" if value in each.needed else f"[--{value}]" for value in each.values
            ),
        )
        for each in NAMED.values()
    )
    title = Text("定型の問い合わせ", "Named queries")
    return TitledAnswer(
        title, QueryAnswer(tuple((name, "VARCHAR") for name in names), rows, None), named=True
    )


def _tables() -> TitledAnswer:
    from dxrules.report.database.database_tables import TABLES
    from dxrules.report.database.query import QueryAnswer
    from dxrules.report.database.query_tables import TitledAnswer

    names = ("table", "column", "type", "meaning_ja", "meaning_en")
    rows = []
    for shape in TABLES:
        rows.append((shape.name, "", "", shape.what.ja, shape.what.en))
        rows += [
            (shape.name, each.name, each.type, each.what.ja, each.what.en) for each in shape.columns
        ]
    title = Text("表と列", "Tables and columns")
    columns = tuple((name, "VARCHAR") for name in names)
    return TitledAnswer(title, QueryAnswer(columns, tuple(rows), None), named=True)
