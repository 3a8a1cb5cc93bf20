"""`dxrules compare`: towns side by side."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from dxrules.assessment.comparison import SORTS, Sort, arranged, compare_plans
from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import plain
from dxrules.cli.named_plans import where_it_leads
from dxrules.cli.packet_arguments import opened, say_unsealed
from dxrules.cli.plans_to_judge import JudgedBy, ToJudge, judged_by
from dxrules.cli.report_output import Delivery, shape_and_outputs
from dxrules.cli.selection_options import Chosen, selection_options
from dxrules.cli.streams import complain
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.paths import is_regular, shown
from dxrules.report.how_to_write import How
from dxrules.report.writers import COMPARE, IMPACT
from dxrules.texts import Text, join, same

_PACKET, _TWO = ".zip", 2
_HELP = Text(
    """団体を並べ、点検項目ごとに判定を比べます。異なるものに印を付けます。

    パケット(dxrules check --packet)を2つ指定すると、同じ団体の2つの時点の判定を比べ、
    変わったのが点検項目か、計画か、時間が経っただけかを示します。
    """,
    """Put municipalities side by side, requirement by requirement, with the differences marked.

    Two packets (dxrules check --packet) are compared over time, one by one: what changed, and
    whether the rules did, the plan did, or time has passed.
    """,
)
_EXAMPLES = (
    "dxrules compare facts",
    "dxrules compare facts --sort town --output towns.xlsx",
    "dxrules compare last-year.zip this-year.zip",
)
_OF_THEIR_OWN = Text(
    "パケットの比較では {options} は使えません。判定日と点検項目は、それぞれのパケットのものです。",
    "{options} cannot be used to compare packets: each has its own day and rules.",
)
_ONE_TWICE = Text(
    "{packet}: 同じパケットが2回指定されています。古いものと新しいものを指定してください。",
    "{packet}: one packet is named twice. Name the older one and the newer one.",
)
_TWO_PACKETS = Text(
    "パケットは、古いものと新しいものの2つだけを比べます。",
    "Packets are compared two at a time, the older first.",
)
_NO_PACKET = Text(
    "{file}: パケット(.zip)ではありません。パケットはパケットと、計画は計画と比べます。",
    "{file}: is no packet (.zip). Packets are compared with packets, and plans with plans.",
)
_ALIKE = Text(
    "{old} と {new} は、同じ内容のパケットです。",
    "{old} and {new} are one packet: their bytes agree.",
)
_UNREAD = Text(
    "{packet}: 読めないため判定していない計画: {plan}",
    "{packet}: not judged, as it could not be read: {plan}",
)


@command_named("compare", _HELP, _EXAMPLES)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@judged_by
@selection_options
@shape_and_outputs(COMPARE)
@flag(
    "--all",
    "everything",
    ja="不適合がなくどの団体も同じ点検項目や、画面に収めるため省いたものも示す",
    en="show everything: rules on which all agree, and what a screen has no room for",
)
@option(
    "--sort",
    "sort",
    ja="並べ方: failures 不適合の多い順、rule 点検項目のid順、town 団体コード順",
    en="what comes first: failures, what fails most; rule, ids of rules in their order; "
    "town, codes of municipalities in theirs",
    type=click.Choice(SORTS),
    default=SORTS[0],
    show_default=True,
)
def command(
    *,
    plans: tuple[str, ...],
    by: JudgedBy,
    shape: str,
    outputs: tuple[str, ...],
    everything: bool,
    sort: Sort,
    chosen: Chosen,
) -> int:
    """Put municipalities side by side."""
    packets = [Path(plan) for plan in plans if plan.lower().endswith(_PACKET)]
    if packets:
        delivery = Delivery.of(IMPACT, shape, outputs)
        delivery.keep_apart([], by.rulesets, *packets)
        if unused := _unused(by, chosen, everything=everything):
            raise UsageError(_OF_THEIR_OWN.format(options=join(unused)))
        return _over_time(packets, plans, delivery, by)
    delivery = Delivery.of(COMPARE, shape, outputs)
    asked = ToJudge.of(delivery, plans, by, chosen)
    judged = asked.judged()
    names = {code: each.name for code, each in asked.law.reference.prefectures.items()}
    compared = arranged(compare_plans(judged, names), sort)
    delivery.send(compared, How(plain(), everything))
    return asked.code(trusted=judged.trusted)


def _unused(by: JudgedBy, chosen: Chosen, *, everything: bool) -> list[Text]:
    """Return the options of a call that the comparison of packets does not go by."""
    given = {
        "--as-of": by.given is not None,
        "--rulesets": by.rulesets is not None,
        "--all": everything,
        "--select/--ignore": bool(chosen),
    }
    return [same(name) for name, is_given in given.items() if is_given]


def _over_time(
    packets: Sequence[Path],
    named: Sequence[str],
    delivery: Delivery,
    by: JudgedBy,
) -> int:
    from dxrules.assessment.replay import tampered
    from dxrules.keeper.packet_comparison import over_time

    if len(named) != _TWO or len(packets) != _TWO:
        other = next((name for name in named if not name.lower().endswith(_PACKET)), None)
        raise UsageError(
            _TWO_PACKETS if other is None else _NO_PACKET.format(file=shown(Path(other)))
        )
    if where_it_leads(packets[0]) == where_it_leads(packets[1]):
        raise UsageError(_ONE_TWICE.format(packet=shown(packets[0])))
    if all(map(is_regular, packets)) and filecmp.cmp(packets[0], packets[1], shallow=False):
        complain(_ALIKE.format(old=shown(packets[0]), new=shown(packets[1])))
    with opened(packets[0]) as old, opened(packets[1]) as new:
        for read in (old, new):
            say_unsealed(read)
        doubts = [same(f"{read.name}: ") + cause for read in (old, new) for cause in tampered(read)]
        found = over_time(old, new, engine=by.engine, waivers=by.waivers)
    for doubt in doubts:
        complain(doubt)
    doubts += [_UNREAD.format(packet=name, plan=plan.message) for name, plan in found.unread]
    told = replace(found.impact, between_packets=True, doubts=tuple(doubts))
    delivery.send(told, by.how(found.impact.engines))
    code = FINDINGS if doubts or found.incomplete else OK
    return max(code, OK if found.impact.trusted else UNTRUSTED)
