"""`dxrules rules watch`: what a revision of a law would touch, and the draft of the change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.common import as_day, called, load, options, today_in_japan
from dxrules.cli.law_text_options import NO_TEXTS
from dxrules.cli.named_plans import Plans
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.streams import complain
from dxrules.errors import FINDINGS, OK, UsageError
from dxrules.paths import is_folder, is_there, shown
from dxrules.report.writers import WATCH
from dxrules.texts import Text

_HELP = Text(
    """法令の改正がどの点検項目・値と何団体に関わるかを施行前に示し、点検項目の改正の下書きを作ります。

    SOURCE は、e-Gov の条文のフォルダ(<法令ID>_<施行日>_….xml など)か、改正の一覧(e-Gov の CSV・
    JSON、又は law_id、revision、effective の列がある CSV)です。何も取得しません。

    下書きは、今の点検項目の適用を施行日の前日までとし、その複製を新しい id の下書きとして続けます。
    何も削除しません。--output NAME.patch とすると、git apply で適用できる差分を書き出します。
    条文を読み、人が仕上げてください。

    \b
    終了コード: 0 関わる改正なし、1 関わる改正がある、2 入力の誤り
    """,
    """Show which rules, parameters and municipalities a revision of a law would touch before it
    takes effect, and draft the change of the rules.

    SOURCE is a folder of texts from e-Gov (such as <law id>_<day>_….xml), or a list of revisions
    (CSV or JSON of e-Gov, or CSV with the columns law_id, revision and effective). Nothing is
    fetched.

    The draft lets today's rules lapse on the day before, and copies follow them as drafts with ids
    of their own. Nothing is deleted. --output NAME.patch writes what git apply takes; a person
    reads the law and completes it.

    \b
    Exit code: 0 no revision touches a rule, 1 one does, 2 wrong input
    """,
)
_EXAMPLES = (
    "dxrules rules watch law-texts --plans facts",
    "dxrules rules watch revisions.csv --output amendment.patch",
)
_NOT_THERE = Text(
    "{file}: 条文のフォルダも、改正の一覧もありません。名前を確かめてください。",
    "{file}: there is neither a folder of texts nor a list of revisions. Check the name.",
)


@command_named("watch", _HELP, _EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@option(
    "--plans",
    ja="計画のファイルかフォルダ(何団体に関わるかを数える。何度でも)",
    en="plan file or folder, to count the municipalities that it touches; can be given again",
    multiple=True,
    called=Text("パス", "PATH"),
)
@option(
    "--effective",
    ja="施行日の分からない条文・改正の施行日",
    en="day from which texts and revisions hold that tell none",
    called=Text("日", "DAY"),
    callback=as_day,
)
@options("as_of", "rulesets")
@output_options(WATCH)
def command(
    *,
    source: Path,
    plans: tuple[str, ...],
    effective: date | None,
    day: date | None,
    rulesets: Path | None,
    delivery: Delivery,
) -> int:
    """Show what revisions of laws would touch, and draft the change."""
    from dxrules.keeper.amendment import draft_amendment
    from dxrules.keeper.law_revisions import read_revisions
    from dxrules.keeper.law_texts import not_read
    from dxrules.keeper.watch import watch as look
    from dxrules.keeper.watch import with_towns
    from dxrules.reference import data_root

    delivery.keep_apart(plans, rulesets, *_files(source))
    if not is_there(source):
        raise UsageError(_NOT_THERE.format(file=shown(source)))
    revisions = read_revisions(source, shown(source))
    if not revisions:
        raise UsageError(NO_TEXTS.format(file=shown(source)))
    for passed in not_read(source, shown(source)) if is_folder(source) else ():
        complain(passed)
    law = load(rulesets)
    dated = [each.holding_from(effective) for each in revisions]
    found = look(dated, law, day or today_in_japan())
    read = Plans()
    if plans:
        found = with_towns(found, law, read.each(plans, law.reference))
    root = rulesets or data_root() / "rulesets"
    delivery.send((found, draft_amendment(found, law, root, called(rulesets))))
    return max(read.code, FINDINGS if found.changes else OK)


def _files(source: Path) -> list[Path]:
    """Return the files that are read of a source."""
    return sorted(source.iterdir()) if is_folder(source) else [source]
