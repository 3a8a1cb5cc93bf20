"""Open points of a plan that a person can settle, by how many verdicts each decides.

Three things are asked about: a value that a draft is in doubt about, a section that nobody has
read to its end, and something that only the municipality can tell. What an answer about the first
two decides is tried as `draft --review` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from dxrules.assessment import PlanAssessment
from dxrules.desk.entries import candidate, label_of, state_of
from dxrules.desk.entry_keys import ASIDE, shown_value
from dxrules.desk.interface import OfAlikeDoubts
from dxrules.desk.open_plan import OpenPlan, plain_value
from dxrules.errors import UsageError
from dxrules.inquiry.asks import takes_number
from dxrules.inquiry.doubt_order import AnswerTrials, OpenPoint, PlanJudge
from dxrules.inquiry.fewest_questions import inquire, is_duty
from dxrules.plan.alike_doubts import (
    AS_IT_STANDS,
    NOT_SAID,
    AlikeDoubts,
    answered,
    put_together,
    set_to,
    stands,
)
from dxrules.plan.field_info import field_of
from dxrules.plan.key_names import key_label
from dxrules.plan.open_doubts import SECTION_NAMES, model_at, open_doubts
from dxrules.plan.schema import id_names
from dxrules.reference import Reference
from dxrules.report.entry_words import section_name
from dxrules.report.inquiry_words import QuestionInWords, asked
from dxrules.report.inquiry_words import key_label as asked_key
from dxrules.report.json_values import Json
from dxrules.rules import Outcome
from dxrules.source.placed_data import value_at
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from pydantic import BaseModel

_MOST_TRIED: Final = 300
"""So many of what a draft leaves open are tried; drafts of real documents have some forty."""
_SECTIONS_FROM: Final = 10_000
_TOWN_FROM: Final = 20_000
"""Of questions that settle as much, doubts come first, then sections, then what the town is asked.

No plan has so many of one kind that its numbers reach the next.
"""
_NO_DOUBT: Final = Text("その確認は、もう済んでいます。", "This is in doubt no more.")
TOWN: Final = "town"
"""Under this a plan keeps what it asks of the municipality."""
_CLOSE: Final = Text(
    "{section}: 読み終え、ほかに記入することはないか",
    "{section}: read to the end, with nothing to add?",
)
_CONFIRM: Final = Text("{entry}: 下書きの記載は正しいか", "{entry}: is the draft right?")
_CONFIRM_ALIKE: Final = Text(
    "{entries}: 下書きの記載{count}件は正しいか", "{entries}: are these {count} drafts right?"
)


class Settling:
    """The questions of one plan; what was tried stays known while the plan changes beneath it."""

    def __init__(self, reference: Reference, judge: PlanJudge) -> None:
        self.reference, self.judge = reference, judge
        self.worths: dict[str, tuple[float, float]] = {}
        self.town: list[Json] | None = None

    def questions(self, plan: OpenPlan, judged: PlanAssessment, trials: int) -> Json:
        """Return the questions in order; `pending` counts what is not tried on this very plan.

        Without trials the answer is quick: what was tried before a change stands for what is now.
        """
        tried: dict[str, tuple[float, float]] = plan.once("tried", dict)
        asked_of_draft = [*self._of_draft(plan)]
        untried = [each for each in asked_of_draft[:_MOST_TRIED] if each[1]["id"] not in tried]
        if untried[:trials]:
            answers = AnswerTrials(plan.file.document, self.judge, self.reference)
            tried |= {each["id"]: answers.worth(about) for about, each in untried[:trials]}
        self.worths |= tried
        items = [each for _, each in asked_of_draft]
        for each in items:
            each["settles"], each["duties"] = self.worths.get(each["id"], (0.0, 0.0))
            each["tried"] = each["id"] in tried
        items += self._asked_of_town(plan, judged, fresh=trials > 0 or self.town is None)
        items.sort(key=lambda each: (-each["settles"], -each["duties"], each["order"]))
        return {
            "questions": [{k: v for k, v in each.items() if k != "order"} for each in items],
            "pending": max(len(untried) - trials, 0) + (TOWN not in plan.kept),
            "unknown": len(judged.of(Outcome.UNKNOWN)),
        }

    def _asked_of_town(self, plan: OpenPlan, judged: PlanAssessment, *, fresh: bool) -> list[Json]:
        """Return what only the municipality can tell; if not afresh, what was asked before."""
        if fresh or TOWN in plan.kept:
            self.town = plan.once(TOWN, lambda: [*self._of_town(judged)])
        answered = {each.about for each in plan.file.plan.answers}
        return [each for each in self.town or () if answered.isdisjoint(each["about"])]

    def _of_draft(self, plan: OpenPlan) -> Iterator[tuple[OpenPoint, Json]]:
        """Yield what is in doubt, and the sections that are open, each with its question."""
        names = id_names(self.reference)
        for number, doubt in enumerate(put_together(open_doubts(plan.file.document))):
            if isinstance(doubt, AlikeDoubts):
                yield doubt, _alike(plan, doubt, names) | {"order": number}
                continue
            path, keys = doubt.carrier, doubt.keys
            model = model_at(path)
            info = field_of(model, keys[0]) if len(keys) == 1 else None
            entry = label_of(plan.data, path, names)
            yield (
                doubt,
                {
                    "id": "doubt:" + ".".join(map(str, (*path, *keys))),
                    "kind": "doubt",
                    "section": doubt.section,
                    "path": path,
                    "keys": keys,
                    "text": _CONFIRM.format(entry=_with_keys(entry, model, keys)),
                    "value": _said(value_at(plan.data, path), model, keys, names),
                    "because": doubt.because,
                    "candidates": [candidate(each, info, names) for each in doubt.candidates],
                    "order": number,
                },
            )
        for number, section in enumerate(SECTION_NAMES):
            if state_of(plan, section) not in ("open", "unread"):
                continue
            yield (
                section,
                {
                    "id": f"close:{section}",
                    "kind": "close",
                    "section": section,
                    "path": [section],
                    "text": _CLOSE.format(section=section_name(section)),
                    "order": _SECTIONS_FROM + number,
                },
            )

    def _of_town(self, judged: PlanAssessment) -> Iterator[Json]:
        """Yield what only the municipality can tell, as an inquiry asks it."""
        inquiry = inquire(judged, self.reference, ahead=False)
        for number, each in enumerate(asked(inquiry)):
            yield town_question(each, number)


def settled_together(plan: OpenPlan, given: OfAlikeDoubts) -> Json:
    """Return the data of a plan in which some doubts of one kind are answered alike.

    What has no value stays in doubt where others are confirmed as they stand. Raises UsageError
    where there is no such doubt.
    """
    paths, keys = [tuple(each) for each in given.paths], tuple(given.keys)
    doubts = [each for each in open_doubts(plan.file.document) if each.keys == keys]
    doubts = [each for each in doubts if each.carrier in paths]
    if not doubts or (given.value is not None and len(keys) != 1):
        raise UsageError(_NO_DOUBT)
    if given.absent:
        return answered(plan.data, doubts, NOT_SAID)
    if given.value is not None:
        value = plain_value(given.value, doubts[0].carrier)
        return answered(plan.data, doubts, set_to(value))
    standing = [each for each in doubts if stands(plan.data, each)]
    return answered(plan.data, standing, AS_IT_STANDS)


def _alike(plan: OpenPlan, doubts: AlikeDoubts, names: Mapping[str, Mapping[str, Text]]) -> Json:
    """Return the question about alike doubts, a row for each."""
    keys, first = doubts.keys, doubts.doubts[0]
    model = model_at(first.carrier)
    entries = _with_keys(label_of(plan.data, doubts.around, names), model, keys)
    info = field_of(model, keys[0]) if doubts.codes else None
    rows = [
        {
            "path": each.carrier,
            "label": label_of(plan.data, each.carrier, names),
            "value": _said(value_at(plan.data, each.carrier), model, keys, names),
            "because": each.because,
        }
        for each in doubts.doubts
    ]
    return {
        "id": "alike:" + ".".join(map(str, (*first.carrier, *keys))),
        "kind": "alike",
        "section": doubts.section,
        "path": doubts.around,
        "keys": keys,
        "text": _CONFIRM_ALIKE.format(entries=entries, count=len(rows)),
        "rows": rows,
        "choices": [candidate(each, info, names) for each in doubts.codes],
    }


def town_question(each: QuestionInWords, number: int) -> Json:
    """Return a question to the municipality, with what may be answered."""
    part, ask = each.part, each.part.ask
    counts = [len(settled) for settled in part.effects]
    duties = {f.subject for f in part.settles if is_duty(f)}
    return {
        "id": f"town:{ask.name}",
        "kind": "town",
        "section": str(ask.targets[0].carrier[0]),
        "path": [],
        "text": each.text,
        "key": asked_key(ask),
        "asked": each.asked,
        "about": [target.name for target in ask.targets],
        "choices": [
            {
                "value": word,
                "shown": label,
                "settles": len(part.settled_by(word)),
                "day": word in ask.days,
            }
            for word, label in ask.words.items()
        ],
        "number": bool(ask.words) and takes_number(ask.targets[0]),
        "day": each.day,
        "why": each.why,
        "hangs": each.hangs,
        "duties": fmean(len(settled & duties) for settled in part.effects),
        "settles": fmean(counts),
        "tried": True,
        "order": _TOWN_FROM + number,
    }


def _said(
    entry: Mapping[str, Any],
    model: type[BaseModel],
    keys: Sequence[str],
    names: Mapping[str, Mapping[str, Text]],
) -> Text:
    """Return what the draft says with keys that are in doubt."""
    shown = []
    for key in keys or [key for key in entry if key not in (*ASIDE, "id")]:
        info, value = field_of(model, key), entry.get(key)
        if isinstance(value, dict) or info is None or value is None:
            continue
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            firsts = [next(iter(each.values()), "") for each in value]
            said = join(same(str(each)) for each in firsts if isinstance(each, str))
        else:
            said = shown_value(value, info, names)
        shown.append(said if len(keys) == 1 else key_label(model, key) + same(": ") + said)
    return join(shown)


def _with_keys(entry: Text, model: type[BaseModel], keys: Sequence[str]) -> Text:
    if not keys:
        return entry
    labels = [key_label(model, key) for key in keys]
    return Text(
        f"{entry.ja} › {'・'.join(t.ja for t in labels)}",
        f"{entry.en} › {', '.join(t.en for t in labels)}",
    )
