"""Assessments of DX plans as the minutes of an assembly, in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules import Outcome, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules import Dossier, How

HEAD = Text(
    "{town}「{title}」について、{day} を判定日とする報告があった。",
    'It was reported how "{title}" of {town} stands as of {day}.',
)
COUNTS = Text(
    "不適合は {fail} 件、要確認は {unknown} 件である。",
    "{fail} findings fail, and {unknown} are undetermined.",
)
FIRST = Text("まず直すこととして、次の説明があった。", "These are to be mended first.")
GAP = Text("・{title}({by})", "- {title} ({by})")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the minutes as UTF-8, in the language of the report."""
    paragraphs = ["\n".join(map(how.style.say, lines)) for lines in _towns(dossier)]
    return ("\n\n".join(paragraphs) + "\n").encode()


def _towns(dossier: Dossier) -> Iterator[list[Text]]:
    """Yield the lines on each plan."""
    for plan in dossier.assessment.plans:
        said = plan.file.plan
        counts = plan.counts.outcomes
        yield [
            HEAD.format(
                town=said.municipality.name.text,
                title=said.plan.title,
                day=dossier.assessment.day.isoformat(),
            ),
            COUNTS.format(fail=counts[Outcome.FAIL], unknown=counts[Outcome.UNKNOWN]),
            FIRST,
            *(
                GAP.format(title=gap.finding.rule.title, by=gap.by)
                for gap in dossier.gaps(plan).first
            ),
        ]
