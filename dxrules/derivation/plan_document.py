"""What a plan says of itself: its period, its standing, and the editions that it rests on."""

from __future__ import annotations

from dxrules.dates import Range
from dxrules.derivation.aggregates import names, some
from dxrules.derivation.citation import as_cited, datings, follows_misdated
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import (
    DAYS,
    KNOWN_UNTIL,
    a_code,
    a_count,
    a_date,
    a_number,
    a_text,
    a_truth,
    between,
    decide,
    falls_due,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.editions import (
    NONE_YET,
    editions_on,
    editions_when_made,
    followed,
    lists_behind,
)
from dxrules.derivation.period import (
    PERIOD_END,
    PERIOD_START,
    PERIOD_STATE,
    PERIOD_UNSAID,
    no_period,
    one_of,
    state_of,
)
from dxrules.derivation.plan_days import last_revision, when_made
from dxrules.derivation.subject import OfOneEntry
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, Value, unknown
from dxrules.plan.code_labels import PLAN_STATUS
from dxrules.plan.sections.about import About
from dxrules.texts import join, same

_MISDATED = unknown(
    "引用した版と日付が食い違っている", "the edition cited and its date contradict each other"
)
_PERHAPS_REVISED = unknown(
    "策定の日は書かれておらず、予定された改定が行われたかどうかも書かれていない",
    "the day of establishment is not stated, nor whether the revision planned took place",
)


class PlanDocument(OfOneEntry):
    """The plan as a document: the first of what is derived of it."""

    def __init__(self, context: Context) -> None:
        self.said: About = context.plan.plan
        super().__init__(context, self.kind, same(self.said.title), ("plan",))

    @property
    def _silence(self) -> Absent:  # of what the plan says of itself
        return self.context.missing("plan")

    @a_date("計画期間の初日", "first day of the period")
    @reads("period")
    @PERIOD_START
    def period_start(self) -> Value:
        """The first day of the period; of several documents one of theirs."""
        return one_of(self.context, [period.starts for period in self.said.periods])

    @a_date("計画期間の末日", "last day of the period")
    @reads("period")
    @falls_due("計画期間の末日", "last day of the plan")
    @PERIOD_END
    def period_end(self) -> Value:
        """The last day of the period; of several documents one of theirs."""
        return one_of(self.context, [period.ends for period in self.said.periods])

    @a_text("期間を置かない理由", "reason for having no period")
    @reads("no_period_because")
    @state(
        "計画期間を置かない理由があれば、それを書く",
        "if there is a reason for having no period, state it",
    )
    def no_period_reason(self) -> Value:
        """Why there is no period."""
        reason = self.said.no_period_because
        if reason:
            return same(reason)
        return SILENT if self.context.period else no_period(self.context)

    @a_code("判定日と期間", "the day judged and the period", PERIOD_STATE)
    @reads("period")
    @PERIOD_UNSAID
    def period_state(self) -> Value:
        """Where the day judged lies."""
        return state_of(self.context)

    @a_number("期間の残り", "days left of the period", unit=DAYS)
    @reads("period")
    @PERIOD_UNSAID
    def days_left(self) -> Value:
        """Days from the day judged to the end of the period; negative after it."""
        end = self.period_end()
        return end.minus(Range.point(self.context.today)) if isinstance(end, Range) else end

    @a_code("案か策定済みか", "draft or established", PLAN_STATUS)
    @reads("status")
    @state("策定済みであれば、そう書く", "if it has been established, say so", "established")
    @unsaid("案か策定済みかが書かれていない", "whether it is a draft is not stated")
    def status(self) -> Value:
        """Draft or established."""
        return Code(self.said.status) if self.said.status else self._silence

    @a_truth("まだ案である", "still a draft")
    @reads("status")
    @state("策定済みであれば、そう書く", "if it has been established, say so", "no")
    def unadopted(self) -> Value:
        """Whether it says that it is a draft; one that says nothing of it is none."""
        if self.context.is_draft is not False:
            return self.context.is_draft
        return some([], SILENT if self.said.status else self._silence)

    @a_date("策定または最終改定の日", "day of establishment or last revision")
    @reads("established", "revised")
    @state(
        "策定(又は最終改定)の日を書く", "state the day on which it was established or last revised"
    )
    @unsaid(
        "策定の日も改定の日も書かれていない",
        "neither the day of establishment nor that of a revision is stated",
    )
    def made_on(self) -> Value:
        """When it was last revised, else established; a revision that was to come tells no day."""
        made = when_made(self.context)
        layers = any(each.established for each in self.said.layers)
        dated = self.said.established or last_revision(self.context) or layers
        if made is not None and not dated:
            return _PERHAPS_REVISED
        return made.range if made else self._silence

    @a_text("策定した主体", "body that made it")
    @reads("author", "joint")
    @state("策定した主体を書く", "state the body that made it")
    def author(self) -> Value:
        """The body that made it; of a joint plan that names none, its union, or its members."""
        joint = self.said.joint
        if author := self.said.author or (joint and joint.by):
            return same(author)
        return names(joint.members) if joint and joint.members else self._silence

    @a_text("引用する国の計画の版", "edition of the national plan cited")
    @reads("cites")
    @rests_on("editions")
    @decide("踏まえる国の計画の版を書く", "state the edition of the national plan that it rests on")
    @unsaid(
        "踏まえた国の計画の版が書かれていない",
        "the edition of the national plan that it rests on is not stated",
    )
    def cited_edition(self) -> Value:
        """The edition of the national plan that it cites, or each of several."""
        cited = dict.fromkeys(edition.id for edition in followed(self.context))
        return names(cited) if cited else self._silence

    @a_text("策定時の国の計画の版", "edition in force when made")
    @reads("established", "revised")
    @rests_on("editions", KNOWN_UNTIL)
    def edition_when_made(self) -> Value:
        """The edition in force when it was made; silent before the first."""
        found = [edition for edition in editions_when_made(self.context) if edition]
        listed = {edition.id for edition in found if edition is not NONE_YET}
        return names(sorted(listed)) if listed or found else UNKNOWN

    @a_text("判定日現在の国の計画の版", "edition in force on the day judged")
    @rests_on("editions")
    def edition_now(self) -> Value:
        """The newest edition known on the day judged."""
        edition = self.context.reference.edition_on(self.context.day)
        return same(edition.id) if edition else SILENT

    @a_count(
        "引用した版の後、策定時までに一覧が改められた回数",
        "times that the list was changed from the edition cited to when it was made",
    )
    @reads("cites")
    @rests_on("editions", KNOWN_UNTIL)
    @decide(
        "次の改定で、その時の国の計画の重点取組事項に合わせる",
        "revise the plan by the national list of items of that time",
    )
    @between(
        "引用した版の後、策定時までに一覧が改められたかどうかがはっきりしない",
        "whether the list was changed between the edition cited and the making of the plan is not "
        "clear",
    )
    def lists_behind_when_made(self) -> Value:
        """How many changes of the list of items the edition cited had missed when it was made."""
        if self.context.once(follows_misdated):
            return _MISDATED
        return lists_behind(self.context, editions_when_made(self.context))

    @a_count(
        "引用した版の後、判定日までに一覧が改められた回数",
        "times that the list was changed from the edition cited to the day judged",
    )
    @reads("cites")
    @rests_on("editions", KNOWN_UNTIL)
    @decide(
        "国の計画の最新の重点取組事項と照らして、計画を改定する",
        "revise the plan by the newest national list of items",
    )
    @between(
        "引用した版の後に一覧が改められたかどうかが、判定日までは確かめられていない",
        "whether the list has been changed since the edition cited is not known up to the day "
        "judged",
    )
    def lists_behind(self) -> Value:
        """The same on the day judged; more may have followed after the data end."""
        if self.context.once(follows_misdated):
            return _MISDATED
        day = self.context.day
        newest = editions_on(self.context, day)
        known = day <= self.context.reference.known_until
        return lists_behind(self.context, newest if known else [*newest, None])

    @a_count("日付が合わない引用の数", "citations whose date cannot be right")
    @reads("cites")
    @rests_on("editions")
    @decide(
        "引用した文書の版と日付を確かめて直す",
        "check and correct edition and date of the documents cited",
    )
    @between(
        "版と日付が合うかどうかのはっきりしない引用がある",
        "whether edition and date of some citations agree is not clear",
    )
    def misdated_citations(self) -> Value:
        """How many citations give a date that their document cannot have."""
        answers = [answer for _, answer in datings(self.context)]
        if not answers:
            return self._silence
        return Range(answers.count(True), len(answers) - answers.count(False))

    @a_text("日付が合わない引用", "those citations")
    @reads("cites")
    @rests_on("editions", "documents")
    def misdated_names(self) -> Value:
        """Those documents, each with edition and date as cited."""
        found = datings(self.context)
        sure = [as_cited(self.context, each) for each, answer in found if answer]
        return join(sure) if sure else SILENT

    @a_text("次期計画の記載", "what is said of a successor")
    @reads("successor")
    @decide(
        "次期計画をいつ、どのように策定するかを決めて書く",
        "decide when and how its successor is made and state it",
    )
    def successor(self) -> Value:
        """What is said of the plan that follows."""
        return same(self.said.successor) if self.said.successor else self._silence
