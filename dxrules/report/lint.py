"""The remarks on a folder of rulesets: for people, as JSON, and at their lines for CI services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from dxrules import __version__
from dxrules.keeper.lint import Check, Remark, RemarkSeverity
from dxrules.report.github import command
from dxrules.report.how_to_write import How
from dxrules.report.json_values import Json, dump
from dxrules.report.sarif import HOME, SCHEMA, artifact_location, base_ids
from dxrules.report.shared_labels import SEVERITY_WORDS
from dxrules.report.terminal import Style
from dxrules.rules import SEVERITIES
from dxrules.texts import Text, join, printable

_WEIGHTS: tuple[RemarkSeverity, ...] = ("error", "warning")
_FINE = Text("点検項目に誤りはありません。", "The rulesets are fine.")


def text(remarks: Sequence[Remark], how: How) -> list[str]:
    """Return the lines of remarks with their places and the ways out, and how many there are."""
    style = how.style
    if not remarks:
        return [style.say(_FINE)]
    lines = [line for remark in remarks for line in _lines(remark, style)]
    counts = [
        Text(f"{SEVERITY_WORDS[weight].ja} {number}件", f"{weight}s: {number}")
        for weight, number in _counts(remarks).items()
        if number
    ]
    return [*lines, style.say(join(counts))]


def _lines(remark: Remark, style: Style) -> Iterator[str]:
    weight = style.paint(remark.severity, style.say(SEVERITY_WORDS[remark.severity]))
    yield f"{remark.place}: {weight} [{remark.check}]"
    yield from style.block(remark.message, 2)
    if remark.hint is not None:
        yield from style.block(f"→ {style.say(remark.hint)}", 2, 2)
    yield ""


def _counts(remarks: Sequence[Remark]) -> dict[RemarkSeverity, int]:
    return {each: sum(remark.severity == each for remark in remarks) for each in _WEIGHTS}


_CHECKS: tuple[Check, ...] = get_args(Check)


def write_github(remarks: Sequence[Remark], how: How) -> bytes:
    """Return a workflow command per remark, gravest first: GitHub shows few of them."""
    grave = sorted(remarks, key=lambda remark: SEVERITIES.index(remark.severity))
    lines = [_command(remark, how) for remark in grave]
    return "".join(f"{line}\n" for line in lines).encode()


def write_sarif(remarks: Sequence[Remark], how: How) -> bytes:
    """Return the remarks as SARIF 2.1.0, a result each."""
    driver = {
        "name": "dxrules rules lint",
        "version": __version__,
        "informationUri": HOME,
        "language": how.style.lang,
        "rules": [{"id": check} for check in _CHECKS],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": base_ids(how),
        "columnKind": "unicodeCodePoints",
        "results": [_result(remark, how) for remark in remarks],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}).encode()


def _said(remark: Remark) -> Text:
    return remark.message.then(remark.hint)


def _command(remark: Remark, how: How) -> str:
    place = remark.place
    properties = {
        "file": how.locate(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "title": remark.check,
    }
    return command(remark.severity, properties, _said(remark), how.style)


def _result(remark: Remark, how: How) -> Json:
    place = remark.place
    return {
        "ruleId": remark.check,
        "ruleIndex": _CHECKS.index(remark.check),
        "level": remark.severity,
        "message": {"text": printable(how.style.say(_said(remark)))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact_location(place.file, how),
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }
