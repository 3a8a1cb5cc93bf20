"""Options of a call on many plans: processes or a cluster, and where results are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import click

from dxrules.cli.bilingual import option, taken_as
from dxrules.cli.common import Plans
from dxrules.cli.earlier_state import EarlierState
from dxrules.cli.plans_to_judge import CheckCall, Few, Outputs
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.nation import FEW
from dxrules.paths import is_url
from dxrules.report.exit_reason import Call
from dxrules.texts import Text

_MOST_JOBS = 1_000
_NOT_APART = Text(
    "--resume と --scheduler は使わず、まとめて判定します(計画が30件以下か、標準入力があるか、"
    "形式が全件をまとめて必要とするため)。",
    "All plans are held and judged here, without --resume and --scheduler: there are no more than "
    "30, or standard input is among them, or a format takes all at once.",
)


_URL_HELD = Text(
    "URLの計画は1件ずつ判定します。全件をまとめて必要とする形式、--changed-since、"
    "--format none だけの呼び出し、標準入力とは一緒に使えません。",
    "Plans at a URL are judged one by one. They go together neither with a format that takes all "
    "at once nor with --changed-since, standard input or --format none alone.",
)


def are_many(reading: Plans, plans: Sequence[str]) -> bool:
    """Tell whether so many plans are named that no more than one of them is to be held."""
    if "-" in plans:
        return False
    return any(map(is_url, plans)) or len([*islice(reading.named(plans), FEW + 1)]) > FEW


@frozen
class JudgingOptions:
    """Who judges: how many processes, or a cluster; and where to keep what is judged.

    `before` is what plans are compared with.
    """

    jobs: int | None = None
    resume: Path | None = None
    scheduler: str | None = None
    before: EarlierState | None = None


judging_options = taken_as(
    "judging",
    JudgingOptions,
    option(
        "--jobs",
        ja="判定するプロセスの数(既定: 使えるコアの数。計画が少なければ1)",
        en="how many processes judge (as many as there are cores; one for few plans)",
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


def judged_apart(
    asked: CheckCall,
    outputs: Outputs,
    judging: JudgingOptions,
    plans: Sequence[str],
    call: Callable[[], Call],
) -> int | Few | None:
    """Judge many plans apart from each other, if that can be, and write all reports.

    Returns the exit code; or the plans that are left, if they are few; or None.
    """
    done = None
    since = judging.before is not None and judging.before.since is not None
    if not (since and any(map(is_url, plans))) and are_many(asked.reading, plans):
        from dxrules.cli.many_plans import check_many

        done = check_many(asked, outputs, judging, plans, call)
    if done is None and any(map(is_url, plans)):
        raise UsageError(_URL_HELD)
    if done is None and (judging.resume is not None or judging.scheduler is not None):
        complain(_NOT_APART)
    return done
