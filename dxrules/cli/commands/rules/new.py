"""`dxrules rules new`: a rule to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dxrules.cli.common import DayType, load, options, today_in_japan, write_new
from dxrules.cli.streams import say_file
from dxrules.errors import UsageError
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from datetime import date

_HELP = Text(
    """点検項目1件の書き出しを作ります。例が付き、そのまま読み込めます。

    ID の点検項目集(接頭辞で選ぶか --ruleset)に追記する形で標準出力に書きます。
    --output か --prefecture を付けると、点検項目集のファイル全体を作ります。

    \b
    例:
      dxrules rules new STD-10 --kind system
      dxrules rules new P01-01 --prefecture 01 -o rulesets/prefecture/01-hokkaido.yaml
    """,
    """Write a rule to start from, with examples: it can be read as it is.

    It goes to standard output, to be appended to the ruleset of its prefix, or --ruleset.
    With --output or --prefecture it is a whole ruleset file.

    \b
    Examples:
      dxrules rules new STD-10 --kind system
      dxrules rules new P01-01 --prefecture 01 -o rulesets/prefecture/01-hokkaido.yaml
    """,
)


def command(lang: Lang) -> click.Command:
    """Return the command in one language."""

    def text(ja: str, en: str) -> str:
        return Text(ja, en).in_(lang)

    @click.command("new", help=_HELP.in_(lang))
    @click.argument("rule_id", metavar="ID")
    @click.option(
        "--kind", default="provision", show_default=True, help=text("対象の種類", "kind of subject")
    )
    @click.option(
        "--key",
        "keys",
        multiple=True,
        help=text("対象のキー(複数可)", "key of the subject (repeatable)"),
    )
    @click.option("--attribute", help=text("問う属性", "attribute that it asks about"))
    @click.option(
        "--about",
        type=click.Choice(["town", "plan"]),
        default="town",
        show_default=True,
        help=text(
            "町が行うべきことか、計画に書くべきことか",
            "what the municipality must do, or the plan hold",
        ),
    )
    @click.option(
        "--strength", default="recommended", show_default=True, help=text("強さ", "strength")
    )
    @click.option("--source", help=text("典拠のキー", "key of the source"))
    @click.option(
        "--from",
        "since",
        type=DayType(),
        help=text("適用の最初の日(既定: 今日)", "first day in force (today)"),
    )
    @click.option(
        "--ruleset", help=text("追記する点検項目集のid", "id of the ruleset to append to")
    )
    @click.option(
        "--prefecture",
        help=text("都道府県(2桁)の点検項目集を新しく作る", "a new ruleset of this prefecture"),
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help=text("点検項目集のファイルを新しく作る", "write a new ruleset file"),
    )
    @options(lang, "rulesets")
    def new(
        rule_id: str,
        since: date | None,
        ruleset: str | None,
        prefecture: str | None,
        output: Path | None,
        rulesets: Path | None,
        **wished: Any,
    ) -> None:
        from dxrules.keeper.new_rule_options import NewRuleOptions
        from dxrules.keeper.scaffold import new_rule, new_ruleset

        wish = NewRuleOptions(rule_id, since or today_in_japan(), **wished)
        if output is None and prefecture is None:
            say_file(new_rule(load(rulesets), wish, lang, ruleset))
            return
        if ruleset is not None:
            raise UsageError(
                Text(
                    "--ruleset は既にある点検項目集への追記に使います。"
                    "--output、--prefecture とは一緒に使えません。",
                    "--ruleset appends to a ruleset that is there; it goes with neither --output "
                    "nor --prefecture.",
                )
            )
        name = "" if output is None else output.stem
        whole = new_ruleset(load(rulesets), wish, lang, name, prefecture)
        if output is None:
            say_file(whole)
        else:
            write_new(output, whole)

    return new
