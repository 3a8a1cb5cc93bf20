"""The remarks on a folder of rulesets at their lines: SARIF, and GitHub workflow commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from dxrules import __version__
from dxrules.keeper.lint import Check
from dxrules.report.github import command
from dxrules.report.json_values import Json, dump
from dxrules.report.sarif import HOME, SCHEMA, artifact_location, base_ids
from dxrules.rules import SEVERITIES
from dxrules.texts import printable, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dxrules.keeper.lint import Remark
    from dxrules.report.writers import How
    from dxrules.texts import Text

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
    return remark.message if remark.hint is None else remark.message + same(" ") + remark.hint


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
