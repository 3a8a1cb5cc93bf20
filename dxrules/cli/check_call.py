"""A call of `check`: by what plans are judged, by whom, and where reports go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from dxrules.assessment.selection import Selection
from dxrules.cli.bilingual import option, taken_as
from dxrules.cli.earlier_state import EarlierState
from dxrules.cli.named_plans import Plans
from dxrules.cli.plans_to_judge import JudgedBy
from dxrules.cli.report_output import Delivery
from dxrules.cli.store_output import Stores
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.report.how_to_write import How
from dxrules.report.next_call import Call
from dxrules.rules import Law
from dxrules.texts import Text

_MOST_JOBS = 1_000


@frozen
class JudgingOptions:
    """Who judges: how many processes, or a cluster; and where to keep what is judged."""

    jobs: int | None = None
    resume: Path | None = None
    scheduler: str | None = None


judging_options = taken_as(
    "judging",
    JudgingOptions,
    option(
        "--jobs",
        ja="判定するプロセスの数(既定: 使えるコアの数、計画が60件未満なら1。30件以下なら常に1)",
        en="how many processes judge (as many as there are cores, or one below 60 plans; "
        "of 30 plans or fewer always one)",
        called=Text("数", "NUMBER"),
        type=click.IntRange(1, _MOST_JOBS),
    ),
    option(
        "--resume",
        ja="判定した結果をこのフォルダに残し、次回は変わった計画だけを判定する",
        en="keep what was judged in this folder, and next time judge only what has changed",
        called=Text("フォルダ", "FOLDER"),
        type=click.Path(path_type=Path),
    ),
    option(
        "--scheduler",
        ja="このDaskのクラスターで判定する(dxrules[dask] が必要)",
        en="judge on this Dask cluster (needs dxrules[dask])",
        metavar="tcp://…",
    ),
)
"""The options that say who judges; a command takes them as `judging`."""


@frozen
class Outputs:
    """Where reports go: standard output and files, a folder of pages, a packet, databases."""

    delivery: Delivery
    folder: Path | None
    packet: Path | None
    evidence: bool
    stores: Stores


@frozen
class CheckCall:
    """By what plans are judged and what they are compared with, and how reports are written.

    `call` tells how the call was made.
    """

    reading: Plans
    law: Law
    by: JudgedBy
    selection: Selection
    before: EarlierState
    how: How
    expected: int | None
    call: Callable[[], Call]


@frozen
class Few:
    """The plans that are left where few of many can be read, or are selected; `number` were read.

    Of few plans reports tell more of each, so all of them are held.
    """

    files: list[PlanFile]
    number: int
