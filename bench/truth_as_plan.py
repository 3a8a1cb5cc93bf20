"""What is true of a document as a plan file, and how its draft is judged beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from drafted_documents import TODAY, judged_as
from drafted_verdicts import compared, outcomes, with_ids
from values_by_path import SHORT_YEAR, called_alike, charges_of, document_of, with_its_day

from dxrules.draft import Draft, DraftContext
from dxrules.draft.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.rules import Law


def verdicts_of(
    made: Draft, facts: Mapping[str, Any], source: DraftContext, law: Law
) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Return which subjects have which outcome by the truth of a document, and by its draft."""
    data = plain(made.data)
    truth = as_plan(plain(facts), data, source)
    data["municipality"] = truth["municipality"]
    aligned = with_ids(data, called_alike(data, truth), truth)
    return compared(outcomes(truth, law, TODAY), outcomes(aligned, law, TODAY))


def as_plan(
    facts: dict[str, Any], drafted: Mapping[str, Any], source: DraftContext
) -> dict[str, Any]:
    """Return the truth of a document as a plan file that was read to the end.

    What a plan file requires besides is what the draft has; what it does not take, as a title of
    two words that stands for a sentence, goes.
    """
    town = judged_as(facts, source)
    numbered = {
        section: [
            {k: _in_full(v) for k, v in each.items() if k != "prose"} | {"id": f"{section}-{n}"}
            for n, each in enumerate(facts[section], 1)
        ]
        for section in ("measures", "indicators")
        if facts.get(section)
    }
    said = {key: value for key, value in facts.items() if key != "traps"} | numbered
    whole = said | {
        "format": "dxrules/plan/1",
        "municipality": {"code": town.code, "name": {"ja": town.name.ja, "en": town.name.en}},
        "recorded": _told_on(facts["plan"]) or drafted["recorded"],
        "document": {"read": "complete"},
    }
    if system := whole.get("standardization"):
        listed = len(system.get("systems") or ()) >= LISTED
        counted = "count" if "in_scope" in system else "unstated"
        system.setdefault("scope", "list" if listed else counted)
        system |= _in_entries(system, "excluded", "task")
        system |= _with_reasons(system, drafted.get("standardization") or {})
        system |= _with_evidence(system)
    if charges := charges_of(whole):  # those that the reference list does not know go one by one
        known = {id_: said for id_, said in charges.items() if id_ in source.reference.charges}
        whole["collection"] = whole["collection"] | {"charges": known}
    whole["plan"] |= _in_entries(whole["plan"], "revised", "on")
    if cited := whole["plan"].get("cites"):
        whole["plan"]["cites"] = [each | {"document": document_of(each)} for each in cited]
    return fitting(as_written(whole), source.reference)


def _told_on(plan: Mapping[str, Any]) -> str:
    """Return the day that a plan speaks for: when it was revised last, or else made."""
    revised = plan.get("revised") or ()
    last = revised[-1] if revised else plan.get("established", "")
    return str(last["on"] if isinstance(last, dict) else last)


LISTED: Final = 5
"""Tasks that a document lists one by one at least, for that to be a list of those in scope."""


def _with_reasons(system: Mapping[str, Any], drafted: Mapping[str, Any]) -> dict[str, Any]:
    """Return tasks left out, with the reasons of the draft where the authors gave none at all.

    Who listed tasks without a reason did not ask for it.
    """
    excluded = system.get("excluded") or ()
    if not excluded or any("reason" in each for each in excluded):
        return {}
    known = {each["task"]: each for each in drafted.get("excluded") or ()}
    return {"excluded": [known.get(each["task"], each) for each in excluded]}


def _with_evidence(system: Mapping[str, Any]) -> dict[str, Any]:
    """Return systems whose exceptions are shown: a truth was taken from the words of a document."""
    shown = {"evidence": [{"section": "-", "text": "-"}]}
    said = system.get("systems") or {}
    return {
        "systems": {
            task: with_its_day(each) | (shown if "exception" in each else {})
            for task, each in said.items()
        }
    }


def _in_entries(said: Mapping[str, Any], key: str, named: str) -> dict[str, Any]:
    """Return a list of words as the list of entries that a plan file has."""
    entries = said.get(key, ())
    return {key: [e if isinstance(e, dict) else {named: e} for e in entries]} if entries else {}


def _in_full(value: Any) -> Any:
    """Return a year that is told in short as the fiscal year that it means above a column."""
    return SHORT_YEAR.sub(r"令和\1年度", value) if isinstance(value, str) else value


def as_written(data: Any) -> Any:
    """Return data whose numbers are written as a plan file has them."""
    if isinstance(data, dict):
        return {key: as_written(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_written(each) for each in data]
    return str(data) if isinstance(data, float) else data


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data of a file as JSON has it."""
    said: dict[str, Any] = json.loads(json.dumps(data, default=str, ensure_ascii=False))
    return said
