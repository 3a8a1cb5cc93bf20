"""The project's own rules and facts: the five towns, judged by what is in force for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from judging import Rounds
from national import BOTH, DURABLE, INTERPRETER, Own
from tables import Section, Table

from dxrules.assessment.assess import attributes_read
from dxrules.cli.common import load
from dxrules.cli.named_plans import Plans
from dxrules.derivation import derive

if TYPE_CHECKING:
    from tables import Cell

    from dxrules.plan import PlanFile
    from dxrules.rules import Law

FACTS = Path(__file__).parent.parent / "facts"
DAY = date(2026, 11, 20)
DERIVING = "deriving"


def measure(rounds: int) -> Section:
    """Time the engines over the real plans."""
    law = load(None)
    files = Plans().read((str(FACTS),), law.reference)
    rows = [_row(file, law, rounds) for file in files]
    headings = (
        "town",
        "rules",
        "facts",
        "pairs",
        "fails",
        "concerns",
        "deriving the facts, ms",
        "interpreter, ms",
        "durable_rules ÷ interpreter",
        "both ÷ interpreter",
    )
    text = f"The plans in `facts/`, by the rules in force on {DAY}; all is loaded before."
    return Section("The five towns", text, [Table(headings, rows)])


def _row(file: PlanFile, law: Law, rounds: int) -> tuple[Cell, ...]:
    book = law.lawbook(DAY, file.plan.municipality.prefecture)
    wanted = attributes_read(book.rules)
    deriving, times = Rounds(), Rounds()
    facts = derive(file, law.reference, DAY, wanted)
    own = Own(book.rules)
    fails, concerns = own.network.ask(facts)
    for _ in range(rounds):
        deriving.run({DERIVING: lambda each: derive(each, law.reference, DAY, wanted)}, [file])
        times.run(own.works(), [facts] * 3)
    return (
        file.plan.municipality.name.en,
        len(book.rules),
        len(facts),
        len(own.interpreter.outcomes(facts)),
        len(fails),
        len(concerns),
        deriving.ms(DERIVING),
        times.ms(INTERPRETER),
        times.ratio([DURABLE], [INTERPRETER]),
        times.ratio([BOTH], [INTERPRETER]),
    )
