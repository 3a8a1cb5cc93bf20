"""When it was announced that a rule lapses: what is known of it before, and how it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dxrules.assessment.history import history
from dxrules.keeper.lint import lint
from dxrules.report.law_changes import field_change
from dxrules.report.rules import Explained
from dxrules.report.rules import text as of_rule
from dxrules.report.terminal import Style
from dxrules.rules.as_announced import known_on
from dxrules.rules.rule import InForce
from dxrules.texts import Text
from rule_pages.history_section import coming_about
from rule_pages.page_language import PageLanguage
from tests.helpers.lawbooks import FILE, broken, folder, law, load, refused
from tests.helpers.linted import LEAN
from tests.helpers.printed import printed

TOLD, LAST = date(2024, 10, 1), date(2025, 3, 31)
EVE = TOLD - timedelta(days=1)
BEGUN = InForce(date(2020, 4, 1), date(2020, 4, 1))
SOURCE = """\
  repeal: {title: {ja: 廃止通知, en: Repeal}, kind: notice, decided: 2024-10-01, \
verified: primary, url: https://example.jp/repeal}
"""
WHOLE = "until: 2025-03-31, until_announced: 2024-10-01, until_source: repeal"


def lapsing(days=WHOLE, text=LEAN):
    """Return a good ruleset with a source of a lapse, and of a last rule more days."""
    at = text.index("  - id: TST-03")
    last = broken("from: 2020-04-01}", f"from: 2020-04-01, {days}}}", text[at:])
    return broken("parameters:\n", f"{SOURCE}parameters:\n", text[:at]) + last


def force_on(own, day, rule="TST-03"):
    """Return when a rule holds, by the lawbook of a day and by the law as known on it."""
    (found,) = {known.lawbook(day).rule(rule).in_force for known in (own, known_on(own, day))}
    return found


def test_a_lapse_is_known_once_it_is_announced(tmp_path):
    """Up to the day before, the rule has no end; then it has the one that was announced."""
    own = load(tmp_path, lapsing())
    lapse = own.rulesets[0].rules[-1].in_force
    assert lapse == replace(
        BEGUN, until=LAST, until_announced=TOLD, until_source=lapse.until_source
    )
    assert (lapse.until_source.title.en, lapse.until_source.kind) == ("Repeal", "notice")
    assert force_on(own, EVE) == BEGUN
    assert force_on(own, TOLD) == lapse


def test_what_is_known_ends_before_a_lapse_is_announced(tmp_path):
    """A lapse that was left out was not known, as any other thing that was not announced."""
    own = load(tmp_path, lapsing())
    assert known_on(own, EVE).rulesets[0].known_until == EVE
    assert known_on(own, TOLD).rulesets[0].known_until == own.rulesets[0].known_until


def test_without_its_own_day():
    """Where no day is written, a lapse was told with what takes the place of the rule."""
    eve, told = date(2026, 6, 25), date(2026, 6, 26)
    assert force_on(law(), eve, "SEC-04").until is None
    assert force_on(law(), told, "SEC-04").until == date(2027, 6, 30)
    assert force_on(law(), eve, "DAT-05").until == date(2030, 3, 31)


def test_its_own_day_comes_first(tmp_path):
    """A day that is written counts, though another rule takes the place of this one."""
    first = "announced: 2020-04-01, from: 2020-06-01"
    text = broken(first, "announced: 2020-05-01, from: 2020-06-01", LEAN)
    days = "until: 2020-05-31, until_announced: 2020-04-02"
    for said, known in ((days, date(2020, 4, 2)), ("until: 2020-05-31", date(2020, 5, 1))):
        own = load(tmp_path, lapsing(said, text))
        eve = known - timedelta(days=1)
        untils = [force_on(own, day).until for day in (eve, known)]
        assert untils == [None, date(2020, 5, 31)]


WAY_OUT = Text(
    "until は最後の日、until_announced は適用終了の公表の日、until_source はその典拠です。",
    "until is the last day, until_announced the day on which that was announced, "
    "until_source its source.",
)
WRONG = {
    "without an end": (
        "until_announced: 2024-10-01",
        f"適用の終わりについて書くときは until も必要です。{WAY_OUT.ja}",
        f"What is written of its lapse needs until, too. {WAY_OUT.en}",
    ),
    "without its day": (
        "until: 2025-03-31, until_source: repeal",
        f"適用の終わりについて書くときは until_announced も必要です。{WAY_OUT.ja}",
        f"What is written of its lapse needs until_announced, too. {WAY_OUT.en}",
    ),
    "too early": (
        "until: 2024-09-29, until_announced: 2024-10-01",
        (
            "until(2024-09-29)が、適用終了の公表(until_announced: 2024-10-01)の前日より前です。"
            "公表までは適用されていたとみなし、until はその前日以後にしてください。"
        ),
        (
            "until (2024-09-29) lies before the eve of its announcement "
            "(until_announced: 2024-10-01). "
            "Up to then the rule was taken to hold: let it end on the eve, or later."
        ),
    ),
    "before the rule": (
        "until: 2025-03-31, until_announced: 2020-03-31",
        "until_announced(2020-03-31)が announced(2020-04-01)より前です。",
        "until_announced (2020-03-31) comes before announced (2020-04-01).",
    ),
    "no such source": (
        "until: 2025-03-31, until_announced: 2024-10-01, until_source: repeel",
        "「repeel」という典拠はありません。もしかして: repeal",
        'There is no source "repeel". Did you mean repeal?',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_refused(tmp_path, case):
    """A lapse that cannot be so is refused with the way out."""
    days, ja, en = WRONG[case]
    ((said_ja, said_en),) = refused(tmp_path, lapsing(days))
    assert said_ja.startswith(f"{FILE}:61:")
    assert (said_ja.split(": ", 2)[2], said_en.split(": ", 2)[2]) == (ja, en)


def test_an_end_on_the_eve(tmp_path):
    """A rule can end on the day before that is announced."""
    own = load(tmp_path, lapsing("until: 2024-09-30, until_announced: 2024-10-01"))
    assert [force_on(own, day).until for day in (EVE, TOLD)] == [None, EVE]


@pytest.mark.parametrize(("day", "shown"), [(EVE, False), (TOLD, True)], ids=str)
def test_history_and_page(tmp_path, day, shown):
    """From its announcement on a lapse is told with its source, in `explain` and on the page."""
    own = load(tmp_path, lapsing())
    found = history(own, "TST-03", day)
    text = printed(of_rule, Explained(found.explanation, history=found), Style("en"))
    page = "\n".join(coming_about(PageLanguage("en", found, own)))
    how = "verified in the primary source"
    for told, where in (
        (f"  2024-10-01  TST-03: its lapse is announced ― Repeal ({how})\n", text),
        ("  2025-03-31  TST-03: last day in force\n", text),
        (f"| 2024-10-01 | TST-03 | its lapse is announced | Repeal | {how} |", page),
    ):
        assert (told in where) is shown


def test_changes(tmp_path):
    """A lapse is told with its announcement; another day of announcement is told alone."""
    own = load(tmp_path, lapsing())
    (*_, rule) = own.rulesets[0].rules
    before = replace(rule, in_force=BEGUN)
    assert field_change("in_force", before, rule) == Text(
        "適用期間: 2020-04-01～ → 2020-04-01～2025-03-31(適用終了の公表 2024-10-01、廃止通知)",
        "in force: 2020-04-01～ → 2020-04-01～2025-03-31 (lapse announced 2024-10-01, Repeal)",
    )
    alone = replace(rule, in_force=replace(rule.in_force, until_source=None))
    assert field_change("in_force", rule, alone).en.endswith("(lapse announced 2024-10-01)")
    earlier = replace(before, in_force=replace(BEGUN, announced=date(2020, 3, 1)))
    assert field_change("in_force", before, earlier) == Text(
        "公表: 2020-04-01 → 2020-03-01", "announced: 2020-04-01 → 2020-03-01"
    )


BEYOND = "until: 2027-03-31, until_announced: 2026-12-01, until_source: repeal"
EARLY = "until: 2025-03-31, until_announced: 2024-09-30, until_source: repeal"


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (WHOLE, []),
        (BEYOND, [("beyond-known", "61:76")]),
        (EARLY, [("before-source", "61:105")]),
        ("until: 2025-03-31", [("unused-source", "9:3")]),
    ],
    ids=["fine", "beyond", "early", "unused"],
)
def test_lint(tmp_path, days, found):
    """The announcement of a lapse has its source, which was there, and lies in what is known."""
    remarks = lint(folder(tmp_path, {"national/test.yaml": lapsing(days)}), "r")
    assert [(r.check, str(r.place).partition("yaml:")[2]) for r in remarks] == found
