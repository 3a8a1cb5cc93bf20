"""`dxrules explain`: a rule, and why a plan meets it or not."""

from __future__ import annotations

import click

from dxrules.cli.bilingual import command_named, flag
from dxrules.cli.common import load
from dxrules.cli.plans_to_judge import JudgedBy, judged_by
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.streams import say_file, spoken
from dxrules.errors import OK, UNTRUSTED, UsageError
from dxrules.report.writers import EXPLAIN
from dxrules.texts import Text

_HELP = Text(
    """点検項目の内容・典拠・適用日を示します。

    計画ファイル(PLAN)を付けると、判定の理由を条件ごとに示し、不適合には直し方も示します。
    """,
    """Show what a rule asks, who says so, and since when; with PLAN, why it came out as it did,
    and what would make a failure pass.
    """,
)
_EXAMPLES = (
    "dxrules explain STD-02",
    "dxrules explain STD-02 facts/34545-jinsekikogen.yaml",
    "dxrules explain STD-02 --history",
    "dxrules explain STD-02 facts/34545-jinsekikogen.yaml --as-waiver",
)
_AS_CASE = Text(
    "この判定を、点検項目のテストの事例(rules test のファイル)として出す。計画は要る部分だけ",
    "write what was judged as a case for `rules test`, with no more of the plan than it takes",
)
_AS_WAIVER = Text(
    "この判定の例外を、計画ファイルに貼れる形で出す",
    "write a waiver of what was judged, to paste into the plan file",
)
_ALONE = Text(
    "--as-case と --as-waiver は、計画ファイルを付けて、どちらか1つを指定し、標準出力に出します"
    "(--output、--history とは併用できません)。",
    "--as-case and --as-waiver take a plan and go to standard output, one at a time "
    "(without --output and --history).",
)
_HISTORY = Text(
    "点検項目、値、典拠の文書の経緯を、判定日までに公表されたものだけ示す",
    "Also show the history of the rule, its values and the documents behind it, as announced by "
    "the day judged",
)


@command_named("explain", _HELP, _EXAMPLES)
@click.argument("rule", metavar="RULE")
@click.argument("plan", required=False, metavar="[PLAN]")
@judged_by
@flag("--history", "with_history", ja=_HISTORY.ja, en=_HISTORY.en)
@flag("--as-case", ja=_AS_CASE.ja, en=_AS_CASE.en)
@flag("--as-waiver", ja=_AS_WAIVER.ja, en=_AS_WAIVER.en)
@output_options(EXPLAIN)
def command(
    *,
    rule: str,
    plan: str | None,
    by: JudgedBy,
    with_history: bool,
    as_case: bool,
    as_waiver: bool,
    delivery: Delivery,
) -> int:
    """Explain a rule, and why a plan meets it or not."""
    from dxrules.assessment.explain import explain as explained
    from dxrules.assessment.history import history
    from dxrules.report.rules import Explained

    if as_case or as_waiver:
        if plan is None or delivery.files or with_history or as_case is as_waiver:
            raise UsageError(_ALONE)
        text = _to_paste(rule, plan, by, case=as_case)
        say_file(text)
        return OK
    delivery.keep_apart([] if plan is None else [plan], by.rulesets)
    law = load(by.rulesets)
    judged = None if plan is None else by.judge_one(plan, law)
    told = history(law, rule, by.day, judged) if with_history else None
    explanation = told.explanation if told else explained(law, rule, judged)
    whole = Explained(explanation, None if judged is None else judged.plans[0], told)
    delivery.send(whole, None if judged is None else by.how(judged.engines))
    return UNTRUSTED if judged is not None and not judged.trusted else OK


def _to_paste(rule: str, plan: str, by: JudgedBy, *, case: bool) -> str:
    """Return a case of what was judged, or a waiver of it, for a file."""
    from dxrules.assessment.explain import explain as explained

    law = load(by.rulesets)
    rule_id = explained(law, rule).rule.id
    judged = by.judge_one(plan, law).plans[0]
    if case:
        from dxrules.keeper.case_from_plan import as_case

        return as_case(judged, rule_id, law, waivers=by.waivers)
    from dxrules.report.waiver_draft import waiver_draft

    return waiver_draft(judged, rule_id, spoken())
