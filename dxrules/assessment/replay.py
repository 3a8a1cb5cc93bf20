"""A packet judged again: whether the bytes agree, and if not, why."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dxrules import __version__
from dxrules.assessment.assess import assess
from dxrules.assessment.packet import ASSESSMENT, law_of, plans_of
from dxrules.frozen import frozen
from dxrules.rules import Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dxrules.assessment.finding import Assessment
    from dxrules.assessment.packet import Packet

    Outcomes = dict[tuple[str, str, str, str], Outcome]

_STORED = Text(
    "計画・規則・版は同じなので、元の結果(assessment.json)が書き換えられたとみられる",
    "Plans, rules and version are the same: the stored assessment.json seems to be altered",
)


@frozen
class Moved:
    """A finding whose outcome is another: of which town, rule and subject; None where it is not."""

    code: str
    rule: str
    kind: str
    key: str
    before: Outcome | None
    after: Outcome | None


@frozen
class Replay:
    """What came of judging a packet again.

    `causes` say why the bytes differ, or what of the packet was altered; `moved` names each
    finding whose outcome is another.
    """

    agrees: bool
    causes: tuple[Text, ...]
    moved: tuple[Moved, ...]


def replay(packet: Packet, written: Callable[[Assessment], bytes]) -> Replay:
    """Judge a packet again by its own plans and rulesets, with this version of dxrules.

    `written` returns an assessment as a packet holds it. Raises InputError if the packet's plans
    or rulesets cannot be read any more.
    """
    manifest = packet.manifest
    law = law_of(packet)
    plans = plans_of(packet, law.reference)
    waivers = manifest.waivers == "yes"
    judged = assess(plans, law, manifest.as_of, engine=manifest.engine, waivers=waivers)
    before, after = packet.files[ASSESSMENT], written(judged)
    agrees = before == after
    causes = tampered(packet)
    if not agrees:
        causes += _tool(manifest.version, _json(before), json.loads(after))
        causes = causes or _other_law(_json(before), json.loads(after)) or [_STORED]
    moved = () if agrees else tuple(_moved(_outcomes(_json(before)), _outcomes(json.loads(after))))
    return Replay(agrees, tuple(causes), moved)


def tampered(packet: Packet) -> list[Text]:
    """Say what of a packet is not what was written: by the manifest, and by the assessment."""
    causes = [_altered(path) for path in packet.altered]
    causes += [Text(f"加えられたファイル: {p}", f"A file was added: {p}") for p in packet.added]
    judged = {
        name: digest
        for plan in _plans(_json(packet.files[ASSESSMENT]))
        if isinstance(about := plan.get("plan"), dict)
        and isinstance(name := about.get("file"), str)
        and isinstance(digest := about.get("sha256"), str)
    }
    for plan in packet.manifest.plans:
        digest = sha256(packet.files[plan.path]).hexdigest()
        if plan.path not in packet.altered and judged.get(plan.name, digest) != digest:
            causes.append(
                Text(
                    f"判定した計画ではない: {plan.path}",
                    f"The plan is not the one that was judged: {plan.path}",
                )
            )
    return causes


def _altered(path: str) -> Text:
    if path.startswith("plans/"):
        return Text(f"計画が変えられている: {path}", f"The plan was altered: {path}")
    if path.startswith("rulesets/"):
        return Text(f"規則が変えられている: {path}", f"The rules were altered: {path}")
    return Text(f"報告書が変えられている: {path}", f"A report was altered: {path}")


def _tool(version: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Text]:
    """Say how the tool differs."""
    causes = []
    if version != __version__:
        causes.append(
            Text(
                f"dxrules の版が違う(当時 {version}、今 {__version__})",
                f"Another version of dxrules ({version} then, {__version__} now)",
            )
        )
    if before.get("engines") != after.get("engines"):
        causes.append(
            Text(
                "エンジンが違う(durable_rules の有無)",
                "Other engines (durable_rules is installed on one side only)",
            )
        )
    return causes


def _other_law(before: Mapping[str, object], after: Mapping[str, object]) -> list[Text]:
    """Say that the rules are not those that were judged by, as the assessment records them."""
    then, now = ([plan.get("lawbook") for plan in _plans(report)] for report in (before, after))
    if not then or then == now:
        return []
    return [
        Text("判定に使った規則ではない: rulesets/", "The rules are not those judged by: rulesets/")
    ]


def _json(raw: bytes) -> dict[str, object]:
    """Return what a report says; nothing where it is no report any more."""
    try:
        said = json.loads(raw)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _plans(report: Mapping[str, object]) -> list[dict[str, Any]]:
    plans = report.get("plans")
    return [plan for plan in plans if isinstance(plan, dict)] if isinstance(plans, list) else []


def _outcomes(report: Mapping[str, object]) -> Outcomes:
    """Return the outcome of each finding; nothing where they are no findings any more."""
    found: Outcomes = {}
    try:
        for plan in _plans(report):
            for finding in plan["findings"]:
                subject = finding["subject"]
                key = plan["plan"]["code"], finding["rule"]["id"], subject["kind"], subject["key"]
                found[key] = Outcome(finding["outcome"])
    except (KeyError, TypeError, ValueError):
        return {}
    return found


def _moved(before: Outcomes, after: Outcomes) -> Iterator[Moved]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Moved(*key, old, new)
