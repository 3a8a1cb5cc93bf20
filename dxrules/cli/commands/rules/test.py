"""`dxrules rules test`: examples and test files, what they reach, what they would not notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import command_named, flag, option, read_by
from dxrules.cli.common import load, options, plain
from dxrules.cli.report_output import Delivery, output_options
from dxrules.cli.ruleset_options import tell_unread_cases
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.paths import shown
from dxrules.report.how_to_write import How
from dxrules.report.writers import RULE_TESTS
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from dxrules.assessment import EngineChoice
    from dxrules.report.shared_labels import Alone

_ALL = 100

_HELP = Text(
    """点検項目に付いた例と、テストファイルの事例をすべて実行します。

    FILE はテストファイルか、そのフォルダ。省くと点検項目のフォルダの tests/ のものです。
    """,
    """Run the examples of all rules, and the cases of test files.

    FILE is a test file or a folder of them; by default tests/ of the folder of rulesets.
    """,
)
_EXAMPLES = (
    "dxrules rules test",
    "dxrules rules test my-tests.yaml",
    "dxrules rules test --coverage-min 100 --mutate",
)


def _percent(said: str, option: str) -> float:
    """Return a number from 0 to 100; anything else is refused."""
    try:
        number = float(said)
    except ValueError:
        number = -1
    if not 0 <= number <= _ALL:
        raise UsageError.of(
            f"{option}: 「{shorten(said)}」は0から100までの数ではありません。",
            f'{option}: "{shorten(said)}" is no number from 0 to 100.',
        )
    return number


@command_named("test", _HELP, _EXAMPLES)
@click.argument("files", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path))
@flag("--coverage", ja="何が試されていないかも示す", en="show what no test reaches, too")
@option(
    "--coverage-min",
    "least",
    ja="網羅率がこれに満たなければ終了コード1",
    en="exit 1 if less is covered",
    called=Text("率", "PERCENT"),
    callback=read_by(_percent),
)
@flag(
    "--mutate",
    ja="点検項目の小さな変更に例が気付くかも確かめる",
    en="see whether the examples notice small changes of the rules, too",
)
@option(
    "--engine",
    ja="事例をdurable_rulesでも確かめるか",
    en="judge the cases with durable_rules, too",
    type=click.Choice(["interpreter", "both"]),
    default="interpreter",
    show_default=True,
)
@output_options(RULE_TESTS)
@options("rulesets")
def command(
    *,
    files: tuple[Path, ...],
    coverage: bool,
    least: float | None,
    mutate: bool,
    engine: EngineChoice,
    delivery: Delivery,
    rulesets: Path | None,
) -> int:
    """Run examples and test files."""
    from dxrules.keeper.case_files import case_files, read_cases
    from dxrules.keeper.case_runner import run_cases, run_examples
    from dxrules.keeper.coverage import cover
    from dxrules.keeper.mutants import survivors
    from dxrules.report.rule_tests import TestReport

    delivery.keep_apart([], rulesets, *files)
    law = load(rulesets, examples=False)
    named = [(file, shown(file)) for file in files]
    tell_unread_cases(files)
    found = case_files(named, rulesets, "rulesets" if rulesets is None else shown(rulesets))
    trial = run_cases(read_cases(found, law), law, engine)
    examples = list(run_examples(law))
    reached = cover(law, examples, trial.results) if coverage or least is not None else None
    mutants = survivors(law) if mutate else None
    alone: Alone | None = None
    if engine == "both" and len(trial.engines) == 1:
        alone = "missing"
    report = TestReport(law, examples, trial, reached, mutants, everything=not files)
    delivery.send(report, How(plain(), alone=alone))
    if not trial.trusted:
        return UNTRUSTED
    passed = trial.passed and all(result.passed for result in examples)
    enough = reached is None or reached.whole.percent >= (least or 0)
    noticed = mutants is None or not mutants.alive
    return OK if passed and enough and noticed else FINDINGS
