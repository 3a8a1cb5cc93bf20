"""What the words of a measure say: whether it is one, its areas, its status, its days, its owner.

Nothing here knows where a measure stands; tables, lists and prose are read by the same words,
which are data under `rulesets/reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from dxrules.document.normal import squeeze
from dxrules.draft.candidates import Candidate, Quote, find
from dxrules.draft.column_heads import role_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_areas import areas_of
from dxrules.draft.measure_states import status_of
from dxrules.draft.measure_titles import OFFICES, without_bracket
from dxrules.draft.outline import Sentence, kinds_of
from dxrules.draft.phrases import compile_phrase
from dxrules.draft.sameness import same
from dxrules.draft.schedules import day_within, days_of
from dxrules.draft.settle import RIVALS
from dxrules.texts import Text

Made = tuple[dict[str, "Any"], tuple["Quote", ...]]
"""A measure as a plan file has it, but for its evidence, with where it stands."""
_PERIOD: Final = re.compile("(?:期間|時期|年度|スケジュール|予定)は")
_LABELS: Final = {
    "owner": re.compile("担当|所管|主管|受け?[も持]"),
    "start": _PERIOD,
    "due": _PERIOD,
}
"""Words that tell a key of the measure as a whole, wherever they stand."""
FROM_LIST: Final = Text(
    "一覧の項目で、団体の取組かどうか判断できない", "an item of a list, which may not be a measure"
)
GUESSED: Final = Text("語から推した分野", "areas guessed by words")
UNTOLD: Final = Text("文書の言葉だけでは分からない", "the words of the document do not tell")


def as_sentence(sentence: Sentence, text: str) -> Sentence:
    """Return a part of a table, such as a cell, as a sentence that stands where the table does."""
    made = squeeze(text)
    block = replace(sentence.block, kind="paragraph", cells=(), bars=())
    return replace(sentence, said=made.text, text=text, starts=made.starts, block=block)


def with_bracket(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """Return sentences; the second, if it is but a bracket as (令和7年2月), ends the first."""
    if sentences[1:] and _BRACKET.fullmatch(sentences[1].said):
        first = sentences[0].text.rstrip() + sentences[1].text.strip()
        return [as_sentence(sentences[0], first), *sentences[2:]]
    return sentences


_BRACKET: Final = re.compile(r"\([^()]*\)")


def headings_above(sentence: Sentence, reading: Lexicon) -> list[str]:
    """Return the headings that a measure is gathered under, nearest first.

    They end with the one that tells what its list is, as 取組: what stands above it gathers other
    things. The measure's own heading is none of them.
    """
    above: list[str] = []
    for title in reversed(sentence.titles[:-1] if sentence.is_heading else sentence.titles):
        above.append(title)
        if kinds_of(title, reading):
            break
    return above


class Said:
    """What is told of a measure, key by key, with what is doubtful of it."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.told_of_part: frozenset[str] = frozenset()
        """Keys of which prose tells no more than that something of the measure was so."""
        self.is_scheduled = False
        """Whether a schedule tells until when it is done, beside the day on which it was."""
        self.is_endless = False
        """Whether a cell says, instead of until when, that it has no end, or none is known."""
        self.when = ""
        """A day beside its name, on which it may begin or be done."""
        self._is_by_verb = False
        """Whether its status is but that of 交付しています, which gives way to what is sure."""
        self._days: dict[str, None] = {}
        """The days that its sentences tell, whatever they tell of them."""
        self._doubts: dict[str, tuple[list[str], Text]] = {}

    def put(self, key: str, value: Any) -> None:
        """Take a value that is sure, unless the key is known; then it stays as it is.

        What has no end is not due when the last column of its schedule ends.
        """
        if key != "due" or not self.is_endless:
            self.values.setdefault(key, value)

    def doubt(self, key: str, candidates: Sequence[str], because: Text) -> None:
        """Take a key as doubtful."""
        self._doubts.setdefault(key, ([*candidates], because))

    def areas(self, title: str, above: Sequence[str], others: str, reading: Lexicon) -> None:
        """Take the areas of a measure; what its words do not settle is a guess."""
        told = areas_of(title, above, others, reading)
        if told is not None:
            self.put("areas", list(told.areas))
            if not told.is_sure:
                self.doubt("areas", told.candidates, GUESSED)

    def note(self, sentence: Sentence, reading: Lexicon) -> None:
        """Take what a remark says that is told by nothing else: how often, or when it was done."""
        if recurrence := reading.code_of("recurrence", sentence.said.rstrip("。")):
            self.put("recurrence", recurrence)
            return
        for each in find([sentence], reading, reading.measure_rules):
            is_told = each.grade == "sure" and each.key in {"completed", "recurrence"}
            if each.key == "recurrence" and len(_OFTEN.findall(sentence.said)) > 1:
                continue  # 研修は年1回、訓練は年2回
            if is_told and (each.key != "completed" or self.values.get("status") == "done"):
                self.put(each.key, each.value)

    def take(self, sentences: Sequence[Sentence], reading: Lexicon) -> None:
        """Take what the reading rules find in sentences that tell of a measure together.

        What only some of several sentences say may be of a part of it, and is asked.
        """
        by_key: dict[str, list[Candidate]] = {}
        sure_in: dict[str, set[int]] = {}
        parts = 0
        for number, sentence in enumerate(sentences):
            beside = bracketed(sentence.said, reading)
            for key, value in beside.items():
                self.put(key, value)
            if "owner" in beside:  # what ends a sentence ends it before (担当:総務課)
                plain = without_bracket(sentence.said)
                sentence = as_sentence(sentence, plain)  # noqa: PLW2901
            self._days |= {each["date"].text: None for each in _DATED.matches(sentence.said)}
            told_here = [*find([sentence], reading, reading.measure_rules)]
            parts += {each.key for each in told_here} != {"owner"}
            for each in told_here:
                by_key.setdefault(each.key, []).append(each)
                if each.grade == "sure":
                    sure_in.setdefault(each.key, set()).add(number)
        for key, found in by_key.items():
            days = {each.value for each in found if each.grade == "sure"}
            if key == "start" and (day := day_within(self.values.get(key, ""), days)):
                self.doubt(key, [day, self.values[key]], RIVALS)
                self.values[key] = day
            if key not in self.values or self._gives_way(key, found):
                self._settle(key, found, is_whole=len(sure_in.get(key, ())) >= parts)

    def _gives_way(self, key: str, found: Sequence[Candidate]) -> bool:
        """Tell whether a status by its verb alone stands before what is sure; forget it then."""
        is_by_verb = key == "status" and self._is_by_verb
        if not is_by_verb or not any(each.grade == "sure" for each in found):
            return False
        self._doubts.pop(key, None)
        return True

    def _settle(self, key: str, found: Sequence[Candidate], *, is_whole: bool) -> None:
        if key == "status":
            self._is_by_verb = {each.rule for each in found} == {_STATE_OF_VERB}
        if key == "owner":
            found = [replace(each, value=_CLAUSE_BEFORE.sub("", each.value)) for each in found]
        sure = [each for each in found if each.grade == "sure"]
        values = {same(key, each.value): each.value for each in sure or found}
        first, *others = values.values()
        label = _LABELS.get(key)
        told_by_label = label is not None and bool(label.search(found[0].quote.text))
        self.values[key] = first
        if others or not sure or not (is_whole or told_by_label) or key in self.told_of_part:
            self.doubt(key, list(values.values()), RIVALS if sure else UNTOLD)

    def mapping(self, title: str) -> dict[str, Any]:
        """Return a measure of this; its status, if nothing tells it, is asked.

        An area is not: what no word tells of is mostly in none of them.
        """
        if self.values.get("status", "done") != "done" and "status" not in self._doubts:
            self.values.pop("completed", None)  # a part of it was: 18 of 20 systems
            self._doubts.pop("completed", None)
        if "completed" in self.values:
            if not self.is_scheduled:
                self.values.pop("due", None)
                self._doubts.pop("due", None)
            if "status" in self._doubts:
                self.doubt("completed", (), UNTOLD)
        if "status" not in self.values:
            self.doubt("status", (), UNTOLD)
        told = {*self.values, *self._doubts}
        days = [self.when] if self.when else [*self._days][:_MOST_DAYS]
        if days and not {"start", "due", "completed"} & told:
            for key in ("start", "due"):
                self.doubt(key, days, UNTOLD)
        made = {"title": title} | self.values
        doubts = [*_grouped(self._doubts)]
        return made | ({"doubts": doubts} if doubts else {})


def in_doubt(made: dict[str, Any], because: Text) -> dict[str, Any]:
    """Return what may be no measure; of its keys in doubt those with candidates are asked, too.

    Its areas are not: one that they could be is as good as another until it is known to be one.
    """
    asked = [e for e in made.get("doubts", ()) if "candidates" in e and e["of"] != ["areas"]]
    return made | {"doubts": [{"because": because}, *asked]}


_STATE_OF_VERB: Final = "measure-going-on-perhaps"
_DATED: Final = compile_phrase("{date}[に|から|より|まで|、|中|内]", {})
_MOST_DAYS: Final = 4
_CLAUSE_BEFORE: Final = re.compile("^.*(?:[をはがでへに]|から|まで|とし)(?=[A-ZＡ-Ｚァ-ヶ一-龥])")
"""What belongs to the words before an office: of 調査は令和9年度に財政課 all but the last."""
_LAST_BRACKET: Final = re.compile(
    r"[<(\[【〈《〔]([^<>()\[\]【】〈〉《》〔〕]{2,60})[>)\]】〉》〕]。?$"
)
_LABELLED_BRACKET: Final = re.compile(
    r"[(\[【〈〔]((?:主?担当|所管|主管)(?:課|部署)?:[^<>()\[\]【】〈〉〔〕]{2,30})[)\]】〉〕]"
)
"""A bracket behind a title that a sentence follows: 電子契約の導入(主管:総務課)順に広げる."""
_OWNED: Final = rf"(?:[^0-9、,/]{{0,20}}{OFFICES})(?:[・、,](?:[^0-9、,/]{{1,20}}{OFFICES}))*"


def bracketed(said: str, reading: Lexicon) -> dict[str, str]:
    """Return what a bracket at the end of a title says: who does it, and from when to when.

    (総務課、令和8年度~令和9年度) tells both; (所管課総務課) has the label before the office.
    """
    sign = _SIGN_LAST.search(said)
    if sign is not None and sign[1] not in reading.ends("state-kind"):
        return {k: v for k, v in status_of(sign[1], reading).items() if k == "status"}
    found = _LAST_BRACKET.search(said) or _LABELLED_BRACKET.search(said)
    if found is None:
        return {}
    told: dict[str, str] = {}
    for part in re.split("[、,/;|]|(?<=[課室局部係])・(?=令和|R|20)", found[1]):
        label, _, value = part.rpartition(":")
        owner = _without_label(value, reading)
        if reading.pattern(_OWNED).fullmatch(owner) and (
            not label or role_of(label, reading) == "owner"
        ):
            told["owner"] = f"{told['owner']}、{owner}" if "owner" in told else owner
        elif not label or role_of(label, reading) == "schedule":
            told |= {k: v for k, v in _when(value, reading).items() if k not in told}
        else:
            continue
    return told


_SIGN_LAST: Final = re.compile(r"[〔\[【(<]([一-龥])[〕\]】)>]$")
"""One sign of a state in a bracket after a name, as a key to signs explains it: 〔実〕."""


def _without_label(office: str, reading: Lexicon) -> str:
    """Return an office without a label that stands before it without a sign between."""
    labels = (each for each in reading.ends("column-owner") if office.startswith(each))
    rests = (office.removeprefix(each) for each in sorted(labels, key=len, reverse=True))
    return next(
        (rest for rest in rests if len(rest) > 1 and reading.pattern(_OWNED).fullmatch(rest)),
        office,
    )


def _when(text: str, reading: Lexicon) -> dict[str, str]:
    """Return the years from and to in a bracket; one alone is left to the rules of sentences."""
    days = days_of(text, reading)
    return days if {"start", "due"} <= days.keys() else {}


def _grouped(doubts: dict[str, tuple[list[str], Text]]) -> Iterable[dict[str, Any]]:
    """Return doubts as a plan file has them; keys that have no candidates stand together."""
    bare: dict[Text, list[str]] = {}
    for key, (candidates, because) in doubts.items():
        if candidates:
            yield {"of": [key], "candidates": candidates, "because": because}
        else:
            bare.setdefault(because, []).append(key)
    for because, keys in bare.items():
        yield {"of": keys, "because": because}


_OFTEN: Final = re.compile("[0-9一二三四]+[回度](?!目)|毎[年月週]|ごと|隔年")
