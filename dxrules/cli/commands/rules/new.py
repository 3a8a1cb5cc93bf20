"""`dxrules rules new`: a rule to start from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.common import as_day, load, options, today_in_japan, write_new
from dxrules.cli.streams import say_file, spoken
from dxrules.errors import UsageError
from dxrules.texts import Text

_HELP = Text(
    """点検項目1件の書き出しを作ります。例が付き、そのまま読み込めます。

    ID の点検項目集(接頭辞で選ぶか --ruleset)に追記する形で標準出力に書きます。
    --output か --prefecture を付けると、点検項目集のファイル全体を作ります。
    """,
    """Write a rule to start from, with examples: it can be read as it is.

    It goes to standard output, to be appended to the ruleset of its prefix, or --ruleset.
    With --output or --prefecture it is a whole ruleset file.
    """,
)
_EXAMPLES = (
    "dxrules rules new STD-10 --kind system",
    "dxrules rules new P01-01 --prefecture 01 -o rulesets/prefecture/01-hokkaido.yaml",
)


@command_named("new", _HELP, _EXAMPLES)
@click.argument("rule_id", metavar="ID")
@option("--kind", ja="対象の種類", en="kind of subject", default="provision", show_default=True)
@option(
    "--key", "keys", ja="対象のキー(複数可)", en="key of the subject (repeatable)", multiple=True
)
@option("--attribute", ja="問う属性", en="attribute that it asks about")
@option(
    "--about",
    ja="町が行うべきことか、計画に書くべきことか",
    en="what the municipality must do, or the plan hold",
    type=click.Choice(["town", "plan"]),
    default="town",
    show_default=True,
)
@option("--strength", ja="強さ", en="strength", default="recommended", show_default=True)
@option("--source", ja="典拠のキー", en="key of the source")
@option(
    "--from",
    "since",
    ja="適用の最初の日(既定: 今日)",
    en="first day in force (today)",
    called=Text("日", "DAY"),
    callback=as_day,
)
@option("--ruleset", ja="追記する点検項目集のid", en="id of the ruleset to append to")
@option(
    "--prefecture",
    ja="都道府県(2桁)の点検項目集を新しく作る",
    en="a new ruleset of this prefecture",
)
@option(
    "--output",
    "-o",
    ja="点検項目集のファイルを新しく作る",
    en="write a new ruleset file",
    type=click.Path(path_type=Path),
)
@options("rulesets")
def command(
    rule_id: str,
    since: date | None,
    ruleset: str | None,
    prefecture: str | None,
    output: Path | None,
    rulesets: Path | None,
    **wished: Any,
) -> None:
    """Write a rule to start from."""
    from dxrules.keeper.new_rule_options import NewRuleOptions
    from dxrules.keeper.scaffold import new_rule, new_ruleset

    wish = NewRuleOptions(rule_id, since or today_in_japan(), **wished)
    if output is None and prefecture is None:
        say_file(new_rule(load(rulesets), wish, spoken(), ruleset))
        return
    if ruleset is not None:
        raise UsageError.of(
            "--ruleset は既にある点検項目集への追記に使います。"
            "--output、--prefecture とは一緒に使えません。",
            "--ruleset appends to a ruleset that is there; it goes with neither --output "
            "nor --prefecture.",
        )
    name = "" if output is None else output.stem
    whole = new_ruleset(load(rulesets), wish, spoken(), name, prefecture)
    if output is None:
        say_file(whole)
    else:
        write_new(output, whole)
