"""The clock, options that commands share, rulesets, new files, and styles of output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from dxrules.cli.bilingual import all_of, option, read_by
from dxrules.cli.ruleset_options import rulesets_option, tell_others
from dxrules.cli.streams import complain, spoken
from dxrules.dates import parse_judged_day
from dxrules.errors import DateError, UsageError
from dxrules.paths import is_folder, is_there, shown
from dxrules.texts import LANGS, Text, same

if TYPE_CHECKING:
    from click.decorators import FC

    from dxrules.report.terminal import Style
    from dxrules.rules import Law

_JAPAN = timezone(timedelta(hours=9))
_NARROWEST, _USUAL, _WIDEST = 40, 100, 110
_CLOCK = Text(
    "この端末の時計が正しくありません。日付を合わせてください。",
    "The clock of this machine is wrong. Set its date.",
)


def today_in_japan() -> date:
    """Return the day it is in Japan; the clock is read here and nowhere else.

    Raises UsageError where it shows a day that no call could name as the one to judge by.
    """
    try:
        return parse_judged_day(datetime.now(UTC).astimezone(_JAPAN).date().isoformat())
    except (DateError, OverflowError) as error:
        raise UsageError(_CLOCK) from error


def _day(said: str, option: str) -> date:
    """Return a full day; a month or a year is refused with both readings."""
    try:
        return parse_judged_day(said)
    except DateError as error:
        raise UsageError(same(f"{option}: ") + error.text) from error


as_day = read_by(_day)
"""Reads one full day in any form that plans use."""

lang_option = option(
    "--lang", ja="言語", en="language", type=click.Choice(LANGS), expose_value=False
)
"""The option that `language` has read before click; its default is what that found."""


def is_lang_given() -> bool:
    """Tell whether the call names its language, before the command or after it."""
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.get_parameter_source("lang") is ParameterSource.COMMANDLINE:
            return True
        context = context.parent
    return False


_SHARED: Mapping[str, Callable[[Any], Any]] = {
    "as_of": option(
        "--as-of",
        "day",
        ja="この日の点検項目で判定する(既定: 日本の今日)",
        en="judge by the law of this day (today)",
        called=Text("日", "DAY"),
        callback=as_day,
    ),
    "rulesets": rulesets_option(tell=True),
    "rulesets, all of them": rulesets_option(tell=False),
    "engine": option(
        "--engine",
        ja="durable_rulesと二重に確かめるか",
        en="check twice, with durable_rules, or once",
        type=click.Choice(["both", "interpreter"]),
        default="both",
        show_default=True,
    ),
    "waivers": option(
        "--no-waivers",
        "waivers",
        ja="承認済みの例外を使わない",
        en="show the plan without its waivers",
        flag_value=False,
        default=True,
    ),
    "lang": lang_option,
}


def options(*names: str) -> Callable[[FC], FC]:
    """Add the shared options that a command takes."""
    return all_of(*(_SHARED[name] for name in (*names, "lang")))


def load(folder: Path | None, *, examples: bool = True) -> Law:
    """Read the rulesets of a folder, by default those that travel along.

    With `examples=False` their examples need not come out as stated.
    """
    from dxrules.rules import load_law

    tell_others(folder)
    return load_law(folder, called(folder), examples=examples)


def called(folder: Path | None) -> str:
    """Return how messages call a folder of rulesets; raise UsageError if there is none."""
    name = "rulesets" if folder is None else shown(folder)
    if folder is not None and not is_folder(folder):
        raise UsageError.of(
            f"{name}: 点検項目のフォルダがありません。--rulesets を確かめてください。",
            f"{name}: there is no such folder of rulesets. Check --rulesets.",
        )
    return name


def write_new(file: Path, content: str | bytes) -> None:
    """Write a new file, whole or not at all; raise UsageError if it is already there."""
    from dxrules.source import write_whole

    refuse_there(file)
    write_whole({file: content.encode() if isinstance(content, str) else content}, {file: None})


def refuse_there(file: Path) -> None:
    """Raise UsageError if a file that is to be new is already there."""
    if is_there(file):
        raise UsageError.of(
            f"{shown(file)}: 既にあります。別の名前を指定してください。",
            f"{shown(file)}: is already there. Name another file.",
        )


def say_written(file: Path) -> None:
    """Say that a plan file was written."""
    complain(Text("{file} に書き込んだ", "Written to {file}").format(file=shown(file)))


def style() -> Style:
    """Return how to write to standard output: as wide as the terminal is, or as COLUMNS says.

    There is colour only on a terminal; NO_COLOR is honoured.
    """
    import shutil

    from dxrules.report.terminal import Style

    width = shutil.get_terminal_size((_USUAL, 24)).columns
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Style(spoken(), min(max(width, _NARROWEST), _WIDEST), colour=colour)


def plain() -> Style:
    """Return how to write to a file."""
    from dxrules.report.terminal import Style

    return Style(spoken())
