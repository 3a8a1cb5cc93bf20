"""Report of `ask`: the questions to ask a municipality, and what hangs on each."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.inquiry.fewest_questions import Inquiries, Inquiry
from dxrules.report.citations import basis, strength_of
from dxrules.report.how_to_write import How
from dxrules.report.inquiry_words import TO_ANSWER, asked, counted
from dxrules.report.piecewise import names_of
from dxrules.report.tabular import Table, cells_of, column
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import strength
from dxrules.texts import Text, same

TITLE = Text("照会", "Inquiry")
_HEAD = Text(
    "要確認のうち団体に関するものは{open}件(点検項目では{rules})。"
    "{asked}問の答えで、最大{settled}件が決まる",
    "{open} undetermined about the municipality, by {rules} rules; the answers to {asked} "
    "questions settle up to {settled}",
)
_NOTHING = Text(
    "尋ねて決まるものはない(要確認のうち団体に関するものは{open}件)",
    "nothing is left that an answer settles ({open} undetermined about the municipality)",
)
_SETTLES = Text("決まるもの: ", "settles: ")
_WITH_DAY = Text("、{day}", ", {day}")
_MORE = Text("ほかに{number}問(すべては --most {all})", "{number} more (all with --most {all})")
_LEFT = Text("どの答えでも決まらないもの: ", "What no answer settles: ")
_TOLD = Text(
    "回答はあるが、まだ決まらないもの(検討中、予定など。回答から90日は、同じことを尋ねない): ",
    "Answered, and still open (considered, planned and the like; the same is not asked again "
    "within 90 days): ",
)
_OPENED = Text(
    "答えによっては新たに要確認になり、続けて確かめるもの: ",
    "What some answers make undetermined, to be looked into next: ",
)
_OF_PLAN = Text(
    "計画書の記載についての要確認{number}件は、団体に尋ねず、計画書で確かめる: ",
    "{number} undetermined about what the plan contains: read the plan again, and ask nobody: ",
)
_TITLED = 8
"""Of so many rules about the plan itself the titles are told as well, of more the ids."""
_TOWN = column("団体", "municipality", 14)
_COLUMNS = (
    column("番号", "no.", 6, "numbered"),
    column("強さ", "strength", 14, lambda each: strength_of(each.first.rule)),
    column("質問", "question", 46, "text"),
    column("答えること", "to answer", 36, "to_answer"),
    column("日付", "date", 18, "day"),
    column("決まるもの", "settles", 20, "hangs"),
    column("決まらない理由", "what is open", 36, "why"),
    column("典拠", "source", 36, lambda each: basis(each.first.rule)),
)


def text(reported: Inquiries, how: How) -> list[str]:
    """Return the questions, line by line."""
    named = zip(reported.each, _names(reported), strict=True)
    return [line for each, town in named for line in _lines(each, town, how.style)]


def rows(reported: Inquiries) -> Table:
    """Return a row per question."""
    every = (
        (town, *cells_of(each, _COLUMNS))
        for inquiry, town in zip(reported.each, _names(reported), strict=True)
        for each in asked(inquiry)
    )
    return Table(TITLE, reported.day, (_TOWN, *_COLUMNS), tuple(every))


def _names(reported: Inquiries) -> tuple[Text, ...]:
    return names_of([inquiry.plan for inquiry in reported.each])


def write_html(reported: Inquiries, how: How) -> bytes:
    """Return the questions as a page to print, with room for the answers."""
    from dxrules.report.html.environment import rendered_page

    told = {"asked": asked, "basis": basis, "summary": summary, "remarks": remarks}
    return rendered_page("inquiry.html", how, reported=reported, names=_names(reported), **told)


def heading(inquiry: Inquiry, town: Text) -> Text:
    """Say of a municipality how many questions there are, and how much their answers settle."""
    return town + same(": ") + summary(inquiry)


def summary(inquiry: Inquiry) -> Text:
    """Say how many questions there are, and how much their answers settle."""
    head = _HEAD if inquiry.questions else _NOTHING
    return head.format(
        open=str(len(inquiry.of_town)),
        rules=str(len({finding.rule.id for finding in inquiry.of_town})),
        asked=str(len(inquiry.questions)),
        settled=str(inquiry.settled),
    )


def remarks(inquiry: Inquiry) -> Iterator[Text]:
    """Yield what is not asked: what an answer opens, what none settles, what the plan says."""
    if inquiry.opened:
        yield _OPENED + counted(inquiry.opened, titles=True)
    if inquiry.told:
        yield _TOLD + counted(inquiry.told, titles=True)
    if inquiry.left:
        yield _LEFT + counted(inquiry.left, titles=True)
    if inquiry.of_plan:
        number = str(len(inquiry.of_plan))
        few = len({finding.rule.id for finding in inquiry.of_plan}) <= _TITLED
        yield _OF_PLAN.format(number=number) + counted(inquiry.of_plan, titles=few)


def _lines(inquiry: Inquiry, town: Text, style: Style) -> Iterator[str]:
    yield from style.block(style.bold(heading(inquiry, town)), 0)
    for each in asked(inquiry):
        mark = style.say(strength(each.first))
        yield from style.block(f"{each.numbered}. {mark} {style.say(each.text)}", 2, 3)
        day = same("") if each.day is None else _WITH_DAY.format(day=each.day)
        answer = each.choices + day + each.alike
        yield from style.block(f"{style.say(TO_ANSWER)}: {style.say(answer)}", 5, 2)
        yield from style.block(_SETTLES + each.named, 5, 2)
    if inquiry.more:
        every = str(inquiry.more + len(inquiry.questions))
        said = _MORE.format(number=str(inquiry.more), all=every)
        yield from style.block(said, 2, 2)
    for remark in remarks(inquiry):
        yield from style.block(remark, 2, 2)
    yield ""
