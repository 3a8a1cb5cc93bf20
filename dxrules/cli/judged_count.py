"""Guards of a green result: rules were in force, and the expected number of plans was judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dxrules.cli.bilingual import option, read_by
from dxrules.cli.streams import complain
from dxrules.errors import OK, WRONG_INPUT, UsageError
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from dxrules.plan import PlanFile
    from dxrules.rules import Law

_NO_RULE = Text(
    "{day}: この日に適用される点検項目はないので、判定しません。{since}"
    "--as-of の日か、指定していなければこの端末の時計を確かめてください。",
    "{day}: no rule is in force on this day, so nothing is judged. {since}"
    "Check --as-of or, without it, the clock of this machine.",
)
_SINCE = Text("最初の点検項目は {first} からです。", "The first one is in force from {first}. ")
_OTHER_NUMBER = Text(
    "--expect: 判定した計画は{number}件で、{expected}件ではありません。",
    "--expect: the number of plans that were judged is {number}, not {expected}.",
)
_NO_NUMBER = Text(
    "--expect: 「{said}」は件数ではありません。", '--expect: "{said}" is no number of plans.'
)
_DIGITS = 6


def _number(said: str, _: str) -> int:
    """Return a number of plans; anything else is refused."""
    digits = said.strip()
    if not digits.isdecimal() or len(digits) > _DIGITS:
        raise UsageError(_NO_NUMBER.format(said=shorten(digits)))
    return int(digits)


expect_option = option(
    "--expect",
    "expected",
    ja="判定した計画がこの件数でなければ終了コード2とする",
    en="exit code 2 unless so many plans were judged",
    called=Text("件数", "NUMBER"),
    callback=read_by(_number),
)
"""The option that says how many plans are to be judged."""


def code_of_number(expected: int | None, number: int) -> int:
    """Return the exit code of how many plans were judged; another number than expected is said."""
    if expected is None or expected == number:
        return OK
    complain(_OTHER_NUMBER.format(expected=expected, number=number))
    return WRONG_INPUT


def refuse_without_rules(law: Law, day: date, files: Iterable[PlanFile]) -> None:
    """Raise UsageError if no rule is in force for a plan: it would pass whatever it says."""
    refuse_prefectures(law, day, {file.plan.municipality.prefecture for file in files})


def refuse_prefectures(law: Law, day: date, prefectures: Iterable[str]) -> None:
    """Raise UsageError if no rule is in force in one of the prefectures."""
    for prefecture in sorted(prefectures):
        lawbook = law.lawbook(day, prefecture)
        if lawbook.rules:
            continue
        starts = [rule.in_force.since for rule in law.rules if rule.ruleset in lawbook.rulesets]
        first = min((each for each in starts if each > day), default=None)
        since = Text("", "") if first is None else _SINCE.format(first=first.isoformat())
        raise UsageError(_NO_RULE.format(day=day.isoformat(), since=since))
