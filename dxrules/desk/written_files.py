"""Files that are made of open plans: the plan itself, reports, an inquiry, a packet."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path, PurePath
from typing import Final

from dxrules import __version__
from dxrules.assessment.comparison import compare_plans
from dxrules.assessment.dossier import Dossier
from dxrules.desk.interface import OfWriting
from dxrules.desk.open_plan import OpenPlan
from dxrules.errors import UsageError
from dxrules.inquiry.fewest_questions import Inquiries, inquire
from dxrules.report.how_to_write import How
from dxrules.report.shared_labels import Alone
from dxrules.report.terminal import Style
from dxrules.report.writers import ASK, CHECK, COMPARE, FORECAST, GAPS, GRAPH, Formats
from dxrules.texts import Text, shorten

ENDINGS: Final = {
    "yaml": ".yaml",
    "json": ".json",
    "xlsx": ".xlsx",
    "html": ".html",
    "csv": ".csv",
    "markdown": ".md",
    "table": ".txt",
    "zip": ".zip",
    "ics": ".ics",
}
"""The ending of a file of each format that a desk offers."""
_ONE = Text("計画を1つ指定してください。", "Name one plan.")
_NO_FORM = Text("「{form}」という形式はありません。", 'There is no format "{form}".')


def content_of(
    given: OfWriting,
    plans: Sequence[OpenPlan],
    dossier: Dossier,
    alone: Alone | None,
    rulesets: Path | None,
) -> bytes:
    """Return the bytes of what is asked for; raise UsageError for what cannot be made."""
    what, form, how = given.what, given.form, How(Style(given.lang), alone=alone)
    if what == "plan":
        plan = _single(plans)
        if form not in ("yaml", "json", "xlsx"):
            raise _no_form(form)
        return plan.content_as(PurePath(f"plan.{form}"), given.lang, dossier.law.reference)
    if what == "packet" and form == "zip":
        return _packet_bytes(dossier, rulesets, how)
    if what == "inquiry":
        return _inquiry_bytes(dossier, form, how)
    if what == "compare":
        return _written(COMPARE, form, compare_plans(dossier.assessment), how)
    if what == "report":
        return _written(CHECK, form, dossier, how)
    _single(plans)
    return _of_one(what, dossier, form, how)


def _of_one(what: str, dossier: Dossier, form: str, how: How) -> bytes:
    """Return gaps, forecast or graph of one plan, in a format of that command."""
    judged = dossier.assessment.plans[0]
    if what == "gaps":
        return _written(GAPS, form, dossier.gaps(judged), how)
    if what == "forecast":
        return _written(FORECAST, form, dossier.forecast(judged), how)
    if what != "graph":
        raise _no_form(form)
    return _written(GRAPH, form, dossier.graph(judged), how)


def _inquiry_bytes(dossier: Dossier, form: str, how: How) -> bytes:
    """Return the inquiry to send to the municipalities of plans."""
    law, day = dossier.law, dossier.assessment.day
    found = tuple(inquire(plan, law.reference) for plan in dossier.assessment.plans)
    return _written(ASK, form, Inquiries(day, found), how)


def _packet_bytes(dossier: Dossier, rulesets: Path | None, how: How) -> bytes:
    """Return plans, rules and assessment in one ZIP, which `dxrules replay` judges again."""
    from dxrules.assessment.packet_writer import Held, Judgement, write_packet
    from dxrules.report.json_report import PACKET, packed
    from dxrules.report.piecewise import Whole
    from dxrules.rules.ruleset_files import contents_by_path

    stream, judged = BytesIO(), dossier.assessment
    plans = packed(Whole.of(dossier, how), PACKET.pieces(dossier, how))
    write_packet(
        stream,
        Judgement(__version__, judged.day.isoformat(), "interpreter", waivers=True),
        Held(len(judged.plans), plans, contents_by_path(rulesets), {}),
    )
    return stream.getvalue()


def file_name(plans: Sequence[OpenPlan], what: str, form: str) -> str:
    """Return a name for a file that is made of plans."""
    ending = ENDINGS.get(form, f".{form}")
    stem = PurePath(plans[0].file.name).stem if len(plans) == 1 else "plans"
    return shorten(f"{stem}{ending}" if what == "plan" else f"{stem}.{what}{ending}", 120)


def _single(plans: Sequence[OpenPlan]) -> OpenPlan:
    """Return the one plan of several; raise UsageError if there are more."""
    if len(plans) != 1:
        raise UsageError(_ONE)
    return plans[0]


def _written(formats: Formats, form: str, reported: object, how: How) -> bytes:
    if form not in formats.brought:
        raise _no_form(form)
    return formats.named(form)(reported, how)


def _no_form(form: str) -> UsageError:
    return UsageError(_NO_FORM.format(form=shorten(form)))
