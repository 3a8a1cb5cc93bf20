"""A question of an inquiry in words: what is asked, what may be answered, what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dxrules.assessment import Finding, finding_question
from dxrules.frozen import frozen
from dxrules.inquiry.asks import Ask, offered_words, takes_number
from dxrules.inquiry.fewest_questions import AskedQuestion, Inquiry, QuestionField
from dxrules.plan.key_names import DAY, DAYS, key_name
from dxrules.plan.sections.about import About
from dxrules.plan.sections.collection import Charge, Collection
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization
from dxrules.report.undetermined_rules import due_in
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from pydantic import BaseModel

_WRITE = Text("記入", "in words")
_ONLY_FOR = Text("({answer}のとき)", " (for {answer})")
_ALIKE = Text("。すべて同じ答えのときだけ記入", "; if the answer is the same for all")
_APPLIES = Text("採用・利用しているか、又は該当するか", "whether it is adopted or used, or applies")
_MOST_APART = 50
"""So many entries that share a question have rows of their own, too: all tasks, all charges."""

_OF_KEY: Mapping[tuple[type[BaseModel], str], Text] = {
    (Collection, "health_insurance"): Text(
        "国民健康保険は、保険料と保険税のどちらで徴収していますか。"
        "国民健康保険の担当課で確かめてください",
        "Is the national health insurance levied as a premium or as a tax? Ask the section in "
        "charge of it",
    ),
    (Standardization, "excluded"): Text(
        "標準化の対象20業務のうち、{town}が対象外とする業務はどれですか。業務の名を並べ、理由を括弧に"
        "書いてください(例: 生活保護(県の事務)、後期高齢者医療(広域連合の事務))。なければ「なし」と"
        "書き、標準化の担当課で確かめてください",
        "Which of the twenty target tasks does the {town} leave out of standardization? Name them "
        "with the reason in brackets (national-pension (no such task), for instance), or write "
        "none. Ask the section in charge of standardization",
    ),
    (About, "cites"): Text(
        "この計画を定めるに当たって、都道府県官民データ活用推進計画を勘案し、国の官民データ活用推進"
        "基本計画(重点計画)に即しましたか。そうした計画の名を並べて書いてください。DXの担当課で確かめて"
        "ください",
        "Was the prefecture's plan for the use of data taken into account when this plan was made, "
        "and is it in line with the nation's basic plan (the priority plan)? Name those that were. "
        "Ask the section in charge of DX",
    ),
    (Standardization, "deferred_functions"): Text(
        "標準化基準への適合を後にする機能(経過措置)があれば、いつまでに適合しますか。なければ「なし」と"
        "書き、標準化の担当課で確かめてください",
        "If some functions conform to the standardization criteria later (as a transition), by "
        "when? Write none if there are none. Ask the section in charge of standardization",
    ),
    (Standardization, "status"): Text(
        "標準化の対象業務のうち、移行が済んでいないものは、移行中ですか、これからですか、未移行ですか"
        "(すべて済んでいれば「移行済み」)。移行の目標の日とあわせて、標準化の担当課で確かめてください",
        "Are the tasks in scope that are not migrated in progress, planned, or not begun "
        '("migrated" if all are)? Ask the section in charge of standardization, also for the day '
        "aimed at",
    ),
    (Standardization, "migrated"): Text(
        "標準化の対象業務のうち、標準準拠システムへの移行が済んだのはいくつですか。"
        "標準化の担当課で確かめてください",
        "How many of the tasks in scope are migrated to standard systems? Ask the section in "
        "charge of standardization",
    ),
    (Standardization, "rest_exception"): Text(
        "標準化の対象業務のうち、移行が済んでいないものは、すべて特定移行支援システムか移行困難システム"
        "に当たりますか。標準化の担当課で確かめてください",
        "Are all the tasks in scope that are not migrated designated transition-support systems, "
        "or systems hard to migrate? Ask the section in charge of standardization",
    ),
    (Charge, "announced"): Text(
        "地方税以外の公金をeL-QRで収納しているなら、対象とする歳入などを告示しましたか。"
        "会計の担当課で確かめてください",
        "If a public charge other than local tax is collected by eL-QR, was a public notice given "
        "of the revenue it covers? Ask the section in charge of accounts",
    ),
}
"""What is asked for the value of a key that the rules which rest on it do not ask for alone."""

_TOLD: Mapping[tuple[type[BaseModel], str], Text] = {
    (Provision, "applies"): _APPLIES,
    (Standardization, "rest_exception"): Text(
        "残る業務がすべて当たる例外", "the exception that all of the rest are"
    ),
}
"""What is told with an answer, where the plan file's name of the key would not tell it."""

TO_ANSWER = Text("答えること", "to answer")


@frozen
class QuestionInWords:
    """A part of a question as people read it; `number` is the place of the question."""

    inquiry: Inquiry
    question: AskedQuestion
    number: int
    part: QuestionField

    @property
    def numbered(self) -> str:
        """The number of the question, and that of the part where there are several."""
        parts = self.question.parts
        at = next(n for n, part in enumerate(parts, 1) if part is self.part)
        return f"{self.number}-{at}" if len(parts) > 1 else str(self.number)

    @property
    def first(self) -> Finding:
        """The strongest finding that hangs on it."""
        return self.part.settles[0]

    @property
    def text(self) -> Text:
        """What is asked: the question of the rule, of all that it is asked about."""
        return self.condition + self._question

    @property
    def _question(self) -> Text:
        target = self.part.ask.targets[0]
        if own := _OF_KEY.get((target.model, target.key)):
            return own.format(town=self.first.town)
        own_rule = self._about.rule.id
        return finding_question.asked(
            [each for each in self.part.settles if each.rule.id == own_rule]
        )

    @property
    def condition(self) -> Text:
        """After which answers it is to be answered at all, if that can be told in a few words."""
        answers: dict[str, list[Text]] = {}
        for opener, kind in self.part.after:
            number = self._number_of(opener)
            if number is None or kind not in opener.words:
                return same("")
            answers.setdefault(number, []).append(opener.words[kind])
        if not answers:
            return same("")
        ja = "、又は".join(
            number + "の答えが" + "か".join(f"「{word.ja}」" for word in words)
            for number, words in answers.items()
        )
        en = " or ".join(
            f"{number} is " + " or ".join(f"“{word.en}”" for word in words)
            for number, words in answers.items()
        )
        return Text(f"({ja}のときだけ)", f"(Only if {en}) ")

    def _number_of(self, opener: Ask) -> str | None:
        """Return the number of the part that asks it; None if none does, or only after others."""
        names = {target.name for target in opener.targets}
        for each in asked(self.inquiry):
            part = each.part
            if not part.after and names & {target.name for target in part.ask.targets}:
                return each.numbered
        return None

    @property
    def _about(self) -> Finding:
        """The finding about the entry itself that least else has to be known for, the strongest.

        Another may hang on it as well, and one that asks for more would ask for it twice.
        """
        hangs = {finding.subject for finding in self.part.ask.hangs}
        own = [each for each in self.part.settles if each.subject in hangs]
        return min(own, key=lambda each: len(finding_question.known(each)), default=self.first)

    @property
    def asked(self) -> Text:
        """What is told of the entries, and whether one answer is for several."""
        return key_label(self.part.ask) + self.alike

    @property
    def to_answer(self) -> Text:
        """Which entries the answer is about, and what may be chosen."""
        return self.choices + self.alike

    @property
    def alike(self) -> Text:
        """When to answer for several entries at once; empty where there is but one."""
        return _ALIKE if len(self.part.ask.targets) > 1 else same("")

    @property
    def choices(self) -> Text:
        """What is told of an entry, and what may be chosen."""
        ask = self.part.ask
        offered = join(offered_words(ask.targets[0])) if ask.words else _WRITE
        said = key_label(ask)
        return Text(f"{said.ja}({offered.ja})", f"{said.en} ({offered.en})")

    @property
    def apart(self) -> tuple[tuple[Text, str], ...]:
        """Of a few entries that share a question, what each is called and how answers name it."""
        targets = self.part.ask.targets
        labels = {finding.key: finding.label for finding in self.part.settles}
        if not 1 < len(targets) <= _MOST_APART:
            return ()
        keys = [str(target.carrier[-1]) for target in targets]
        named = zip(keys, targets, strict=True)
        return tuple((labels[key], target.name) for key, target in named if key in labels)

    @property
    def day(self) -> Text | None:
        """Which day goes with the answer, if any does."""
        ask = self.part.ask
        keys = dict.fromkeys(ask.days.values())
        named = [DAYS.get(key, DAY) for key in keys]
        if not named:
            return None
        whole = takes_number(ask.targets[0])
        dated = join(ask.words[each] for each in ask.days)
        only = _ONLY_FOR.format(answer=dated) if whole else same("")
        return join(dict.fromkeys(named)) + only

    @property
    def hangs(self) -> Text:
        """The rules that hang on it, each with how many of its subjects do."""
        return counted(self.part.settles)

    @property
    def named(self) -> Text:
        """The same, with what each rule is called."""
        return counted(self.part.settles, titles=True)

    @property
    def why(self) -> Text:
        """Why it is open, and by when it is asked for."""
        return self.first.message + due_in(self.first)


def asked(inquiry: Inquiry) -> tuple[QuestionInWords, ...]:
    """Return the parts of the questions of an inquiry in their order."""
    return tuple(
        QuestionInWords(inquiry, question, number, part)
        for number, question in enumerate(inquiry.questions, 1)
        for part in question.parts
    )


def counted(findings: Iterable[Finding], *, titles: bool = False) -> Text:
    """Return the rules of findings, each with how many of them are its own."""
    found = tuple(findings)
    rules = {finding.rule.id: finding.rule for finding in found}
    counts = Counter(finding.rule.id for finding in found)
    return join(
        same(rule)
        + (same(" ") + rules[rule].title if titles else same(""))
        + same(f" ×{n}" if n > 1 else "")
        for rule, n in counts.items()
    )


def key_label(ask: Ask) -> Text:
    """Return what is told of an entry: its state, or what the plan file calls the key."""
    target = ask.targets[0]
    return _TOLD.get((target.model, target.key)) or key_name(target.key)
