"""Articles whose numbers have changed: between the days of one number and the next is none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dxrules.keeper.lint.remark import Remark
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.keeper.lint.remark import RulesetFolder
    from dxrules.reference import Article
    from dxrules.rules import Rule

_DAY = timedelta(days=1)


def article_days(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each number of an article that another neither precedes nor follows.

    A number can begin with its rule or later, and end with it or earlier; otherwise the number
    before ends on the day before, and the one after begins on the next day.
    """
    for rule, document, position in folder.rules():
        for article, day in _loose(rule):
            yield Remark(
                document.place(("rules", position, "source", "article"), key=True),
                "article-days",
                Text(
                    f"{rule.id} が引く {article.path} は {day} で途切れ、"
                    "前後の番号とつながりません。",
                    f"{article.path} of {rule.id} breaks off on {day}: no other number joins it.",
                ),
                Text(
                    "前の番号の until の翌日を、次の番号の from にしてください。",
                    "Let the next number begin on the day after the until of the former.",
                ),
            )


def _loose(rule: Rule) -> Iterator[tuple[Article, date]]:
    """Yield each number with the day of its end to which no other number is joined."""
    begins = {article.since for article in rule.articles}
    ends = {article.until for article in rule.articles}
    force = rule.in_force
    for article in rule.articles:
        since, until = article.since, article.until
        if since and since > force.since and since - _DAY not in ends:
            yield article, since
        if until and (force.until is None or until < force.until) and until + _DAY not in begins:
            yield article, until
