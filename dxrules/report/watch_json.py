"""What revisions of laws would touch, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.json_values import dump, place_json, taken
from dxrules.report.sources import check_json

if TYPE_CHECKING:
    from dxrules.keeper.amendment import Amendment
    from dxrules.keeper.watch import LawWatch, Reach, Watched
    from dxrules.report.json_values import Json
    from dxrules.report.writers import How


def write_json(reported: tuple[LawWatch, Amendment], how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return what was found, and the draft with its patch."""
    found, drafted = reported
    return dump(
        {
            "format": "dxrules/rules-watch/1",
            "as_of": found.day,
            "revisions": found.revisions,
            "read_already": found.old,
            "of_other_laws": found.unknown,
            "towns": found.towns,
            "changes": [_change(each, found.towns) for each in found.changes],
            "untouched": [_revision(each) for each in found.untouched],
            "edits": [taken(edit, "file", "line", "what", "drafted") for edit in drafted.edits],
            "not_drafted": [
                {**_revision(change), "because": why} for change, why in drafted.undone
            ],
            "problems": drafted.problems,
            "patch": drafted.patch(),
        }
    ).encode()


def _revision(change: Watched) -> Json:
    revision = change.revision
    return {
        "law_id": revision.law_id,
        "revision": revision.name or None,
        "effective": change.day,
        "promulgated": revision.promulgated,
        "title": revision.title or None,
        "place": place_json(revision.place),
        "ruleset": change.state.ruleset,
        "source": change.state.key,
        "text_read": change.read,
    }


def _change(change: Watched, towns: int | None) -> Json:
    return {
        **_revision(change),
        "places": [check_json(each) for each in change.checks],
        "parameters": change.parameters,
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "towns": None if towns is None else _reach(change.reach[rule.id]),
            }
            for rule in change.rules
        ],
        "towns": None if towns is None else _reach(change.whole),
    }


def _reach(reach: Reach) -> Json:
    return {
        "touched": {"at_least": reach.touched, "at_most": reach.touched_at_most},
        "fail_as_it_stands": {"at_least": reach.fails, "at_most": reach.fails_at_most},
    }
