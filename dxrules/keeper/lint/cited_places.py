"""Places of laws that rules cite and that a text at hand does not have, or has otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.keeper.lint.remark import Remark
from dxrules.keeper.rule_sources import NEEDS_WORK, source_states
from dxrules.reference import article_text
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dxrules.keeper.law_texts import LawText
    from dxrules.keeper.lint.remark import RulesetFolder
    from dxrules.keeper.rule_sources import PlaceCheck

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
    found = [article_text(path) for path in check.found]
    there = Text("、".join(t.ja for t in found), "; ".join(t.en for t in found))
    what = _SAID[check.state].format(found=there)
    rules = ", ".join(check.rules)
    where = article_text(check.path)
    return Text(
        f"{check.file} には、{rules} が引く{where.ja}{what.ja}。"
        if check.state == "missing"
        else f"{check.file} では、{rules} が引く{where.ja}{what.ja}。",
        f"In {check.file}, {where.en}, which {rules} cites, {what.en}.",
    )
