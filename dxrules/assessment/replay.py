"""A packet judged again: whether the bytes agree, and if not, why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from dxrules import __version__
from dxrules.assessment.assess import EngineChoice, assess_each, engines_of
from dxrules.assessment.finding import Assessment
from dxrules.assessment.packet import PackedAssessment, Packet, law_of, plans_in
from dxrules.engine import available
from dxrules.errors import InputError, UsageError
from dxrules.frozen import frozen
from dxrules.rules import Outcome
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, shorten, visible

Outcomes = dict[tuple[str, str, str, str], Outcome]

_NO_ASSESSMENT = Text(
    "判定結果(dxrules/assessment/2)ではありません。",
    "This is no assessment (dxrules/assessment/2).",
)
_AT = Text("判定結果として読めません({where})。", "It cannot be read as an assessment ({where}).")
_WAY_OUT = Text(
    "パケットが作られた後に書き換えられています。dxrules check --packet で作り直してください。",
    "The packet was altered after it was written. Make it anew with dxrules check --packet.",
)


class _Said(BaseModel):
    """A mapping of an assessment; its other keys are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)


class _Tool(_Said):
    version: str


class _AboutPlan(_Said):
    code: str
    file: str
    sha256: str


class _Lawbook(_Said):
    id: str
    sha256: str
    known_until: str


class _Rule(_Said):
    id: str


class _Subject(_Said):
    kind: str
    key: str


class _Finding(_Said):
    rule: _Rule
    subject: _Subject
    outcome: Outcome


class _Plan(_Said):
    plan: _AboutPlan
    lawbook: _Lawbook
    findings: tuple[_Finding, ...]


class StoredAssessment(_Said):
    """What an assessment says of how it was made, and how each finding came out."""

    format: Literal["dxrules/assessment/1", "dxrules/assessment/2"]
    as_of: str
    tool: _Tool
    engines: tuple[str, ...]
    plans: tuple[_Plan, ...]

    @property
    def outcomes(self) -> Outcomes:
        """The outcome of each finding, by town, rule, kind and key."""
        return {
            (plan.plan.code, found.rule.id, found.subject.kind, found.subject.key): found.outcome
            for plan in self.plans
            for found in plan.findings
        }


def stored_in(raw: bytes, name: str) -> StoredAssessment:
    """Return what an assessment says; raise InputError if it is none, or is damaged."""
    try:
        return StoredAssessment.model_validate_json(raw)
    except ValidationError as error:
        raise _refusal(error, name) from error


def _refusal(error: ValidationError, name: str) -> InputError:
    path = error.errors(include_url=False, include_input=False)[0]["loc"]
    if not path or path[0] == "format":
        return InputError.of_file(name, _NO_ASSESSMENT, _WAY_OUT)
    return InputError.of_file(name, _AT.format(where=dotted(path)), _WAY_OUT)


_EDITED = Text(
    "manifest.json が、作られた後に書き換えられている",
    "manifest.json was edited after it was written",
)
_ENGINES = Text(
    "エンジンが違う(durable_rules の有無)",
    "Other engines (durable_rules is installed on one side only)",
)
_ONE_ENGINE = Text(
    "durable_rules がないので、二つのエンジンでは判定し直せません。"
    "pip install 'dxrules[engine]' で入ります(Python 3.12まで)。",
    "There is no durable_rules, so that no two engines can judge. "
    "Install it: pip install 'dxrules[engine]' (up to Python 3.12).",
)
_NOTHING = (
    Text("判定した計画が1件もありません。", "It holds no plan that was judged."),
    Text(
        "計画を読めるように直し、dxrules check --packet で作り直してください。",
        "Mend the plans so that they can be read, and make it anew with dxrules check --packet.",
    ),
)
_OTHER_LAW = Text(
    "判定に使った点検項目ではない: rulesets/", "The rules are not those judged by: rulesets/"
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


def replay(
    packet: Packet, written: Callable[[Assessment], bytes], *, twice: bool = False
) -> Replay:
    """Judge a packet again by its own plans and rulesets, with this version of dxrules.

    `written` returns an assessment as a packet holds it. The packet is judged plan by plan, so
    that no more than one of them is in memory. With `twice` both engines judge what one did: an
    outcome on which they differ is an error, and shows as moved. Raises InputError if no plan was
    judged, or plans, rulesets or assessments of the packet cannot be read any more, and UsageError
    if both engines are wanted and there is one.
    """
    if twice and not available():
        raise UsageError(_ONE_ENGINE)
    if not packet.parts:
        raise InputError.of_file(packet.name, *_NOTHING)
    manifest, law = packet.manifest, law_of(packet)
    plans = plans_in(packet, law.reference)
    waivers = manifest.waivers == "yes"
    engine: EngineChoice = "both" if twice else manifest.engine
    each = assess_each(plans, law, manifest.as_of, engine=engine, waivers=waivers)
    causes, moved, agrees = [*_of_files(packet)], list[Moved](), True
    for part in packet.parts:
        judged = [found.plans[0] for found in islice(each, len(part.plans))]
        judged.sort(key=lambda plan: (plan.file.plan.municipality.code, plan.file.name))
        again = Assessment(manifest.as_of, engines_of(manifest.engine), tuple(judged))
        before, after = packet.content(part.assessment), written(again)
        del judged, again
        if before == after:
            continue
        agrees = False
        then = stored_in(before, f"{packet.name}:{part.assessment}")
        now = stored_in(after, part.assessment)
        told = [*_of_part(packet, part, then), *_tool(manifest.version, then, now)]
        if not told and not causes:
            told = [_OTHER_LAW] if _lawbooks(then) != _lawbooks(now) else [_altered_alone(part)]
        causes += told
        moved += _moved(then.outcomes, now.outcomes)
    if agrees and manifest.version != __version__:
        causes.append(_other_version(manifest.version, __version__))
    return Replay(agrees, tuple(dict.fromkeys(causes)), tuple(moved))


def tampered(packet: Packet) -> list[Text]:
    """Say what of a packet is not what was written: by its manifest, and by its assessments.

    Raises InputError if an assessment is none any more.
    """
    causes = [*_of_files(packet)]
    for part in packet.parts:
        path = part.assessment
        causes += _of_part(packet, part, stored_in(packet.content(path), f"{packet.name}:{path}"))
    return list(dict.fromkeys(causes))


def _of_files(packet: Packet) -> Iterator[Text]:
    """Say which files are not those that the manifest names, and whether it was edited itself."""
    if packet.edited:
        yield _EDITED
    yield from map(_altered, packet.altered)
    for path in packet.added:
        yield Text(f"加えられたファイル: {path}", f"A file was added: {path}")


def _of_part(packet: Packet, part: PackedAssessment, stored: StoredAssessment) -> Iterator[Text]:
    """Say where an assessment speaks of other plans, another day or version than the manifest."""
    manifest = packet.manifest
    if stored.as_of != manifest.as_of.isoformat():
        yield Text(
            f"manifest.json の判定日({manifest.as_of})が、判定結果のもの"
            f"({visible(shorten(stored.as_of))})ではない",
            f"manifest.json names another day judged ({manifest.as_of}) than the assessment "
            f"({visible(shorten(stored.as_of))})",
        )
    if stored.tool.version != manifest.version:
        yield _other_version(manifest.version, stored.tool.version)
    judged = {plan.plan.file: plan.plan.sha256 for plan in stored.plans}
    for path, name in part.plans:
        if path in packet.altered:
            continue
        if judged.get(name) != sha256(packet.content(path)).hexdigest():
            yield Text(
                f"判定した計画ではない: {path}",
                f"The plan is not the one that was judged: {path}",
            )


def _other_version(manifest: str, stored: str) -> Text:
    said, told = visible(shorten(manifest)), visible(shorten(stored))
    return Text(
        f"manifest.json の dxrules の版({said})が、判定結果のもの({told})ではない",
        f"manifest.json names another version of dxrules ({said}) than the assessment ({told})",
    )


def _altered(path: str) -> Text:
    if path.startswith("plans/"):
        return Text(f"計画が変えられている: {path}", f"The plan was altered: {path}")
    if path.startswith("rulesets/"):
        return Text(f"点検項目が変えられている: {path}", f"The rules were altered: {path}")
    if path.startswith("assessment"):
        return Text(f"判定結果が変えられている: {path}", f"The assessment was altered: {path}")
    return Text(f"報告書が変えられている: {path}", f"A report was altered: {path}")


def _altered_alone(part: PackedAssessment) -> Text:
    path = part.assessment
    return Text(
        f"計画・点検項目・版の番号は同じ。元の結果({path})が書き換えられたか、同じ番号の別の "
        "dxrules(開発中のものなど)で判定された。判定したときの dxrules で判定し直すと、"
        "どちらか分かる",
        f"Plans, rules and the number of the version are the same: the stored {path} was altered, "
        "or another dxrules of this number (one in development) judged. Judging again with the one "
        "that judged tells which",
    )


def _tool(version: str, then: StoredAssessment, now: StoredAssessment) -> Iterator[Text]:
    """Say how the tool differs."""
    if version != __version__:
        said = visible(shorten(version))
        yield Text(
            f"dxrules の版が違う(当時 {said}、今 {__version__})",
            f"Another version of dxrules ({said} then, {__version__} now)",
        )
    if then.engines != now.engines:
        yield _ENGINES


def _lawbooks(stored: StoredAssessment) -> list[object]:
    return [plan.lawbook for plan in stored.plans]


def _moved(before: Outcomes, after: Outcomes) -> Iterator[Moved]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            code, rule, kind, subject = map(visible, key)
            yield Moved(code, rule, kind, subject, old, new)
