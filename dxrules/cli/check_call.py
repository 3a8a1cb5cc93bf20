"""Call of `check`: by what plans are judged, and where reports go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

    from dxrules.assessment.selection import Selection
    from dxrules.cli.common import Plans
    from dxrules.cli.plans_to_judge import JudgedBy
    from dxrules.cli.report_output import Delivery
    from dxrules.cli.store_output import Stores
    from dxrules.plan import PlanFile
    from dxrules.report.writers import How
    from dxrules.rules import Law


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
    """By what plans are judged, and how reports are written."""

    reading: Plans
    law: Law
    by: JudgedBy
    selection: Selection
    how: How
    expected: int | None


@frozen
class Few:
    """The plans that are left where few of many can be read, or are selected; `number` were read.

    Of few plans reports tell more of each, so all of them are held.
    """

    files: list[PlanFile]
    number: int
