"""The remarks on a folder of rulesets at their lines: SARIF, and GitHub workflow commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from dxrules import __version__
from dxrules.keeper.lint import Check
from dxrules.report.github import command
from dxrules.report.json_values import Json, dump
from dxrules.report.sarif import SCHEMA
from dxrules.texts import same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dxrules.keeper.lint import Remark
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How
    from dxrules.texts import Text

_CHECKS: tuple[Check, ...] = get_args(Check)


def write_github(remarks: Sequence[Remark], how: How) -> bytes:
    """Return a workflow command per remark."""
    lines = [_command(remark, how.style) for remark in remarks]
    return "".join(f"{line}\n" for line in lines).encode()


def write_sarif(remarks: Sequence[Remark], how: How) -> bytes:
    """Return the remarks as SARIF 2.1.0, a result each."""
    driver = {
        "name": "dxrules rules lint",
        "version": __version__,
        "language": how.style.lang,
        "rules": [{"id": check} for check in _CHECKS],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(remark, how.style) for remark in remarks],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}).encode()


def _said(remark: Remark) -> Text:
    return remark.message if remark.hint is None else remark.message + same(" ") + remark.hint


def _command(remark: Remark, style: Style) -> str:
    place = remark.place
    properties = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "title": remark.check,
    }
    return command(remark.severity, properties, _said(remark), style)


def _result(remark: Remark, style: Style) -> Json:
    place = remark.place
    return {
        "ruleId": remark.check,
        "ruleIndex": _CHECKS.index(remark.check),
        "level": remark.severity,
        "message": {"text": style.say(_said(remark))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": place.file},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }
