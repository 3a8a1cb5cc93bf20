"""Places of laws that rules cite: those that a text at hand lacks, or numbers in other words.

An article whose number has changed is cited by each number on its days; none is left between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dxrules.keeper.lint.remark import Remark, RulesetFolder
from dxrules.keeper.rule_sources import MOST_PLACES, NEEDS_WORK, PlaceCheck, source_states
from dxrules.reference import Article, article_text
from dxrules.rules import Rule
from dxrules.texts import Text, join, more

if TYPE_CHECKING:
    from dxrules.keeper.law_texts import LawText

_SAID: Mapping[str, Text] = {
    "missing": Text("がありません", "is not there"),
    "changed": Text("の文言は、読んだものと違います", "has other words than those that were read"),
    "moved": Text("は {found} に移っています", "has moved to {found}"),
}


def not_in_texts(
    folder: RulesetFolder, texts: Mapping[str, LawText], day: date
) -> Iterator[Remark]:
    """Yield a remark for each cited place that a text lacks, or has in other words or elsewhere."""
    documents = {ruleset.id: document for ruleset, document in folder.rulesets}
    for state in source_states(folder.law, day, texts):
        for check in state.checks:
            if check.state in NEEDS_WORK and check.rules:
                yield Remark(
                    documents[state.ruleset].place(("sources", state.key), key=True),
                    "not-in-text",
                    _message(check),
                    Text(
                        "条文を読み、番号・文言・典拠の版を確かめてください。"
                        "まだ施行されていない条文なら、施行後の条文を使ってください。",
                        "Read the law, and check the number, the words and the revision cited; of "
                        "what is not in force yet, take the text in force later.",
                    ),
                )


def _message(check: PlaceCheck) -> Text:
    """Say of a cited place how the text has it, and which rules rest on it."""
    found = [article_text(path) for path in check.found[:MOST_PLACES]]
    there = join(found, "、", "; ") + more(len(check.found) - MOST_PLACES)
    what = _SAID[check.state].format(found=there)
    rules = ", ".join(check.rules)
    where = article_text(check.path)
    return Text(
        f"{check.file} には、{rules} が引く{where.ja}{what.ja}。"
        if check.state == "missing"
        else f"{check.file} では、{rules} が引く{where.ja}{what.ja}。",
        f"In {check.file}, {where.en}, which {rules} cites, {what.en}.",
    )


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
