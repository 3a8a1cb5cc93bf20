"""Report of `draft --update`: each fact in a new edition, and the verdicts that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dxrules.assessment.new_edition import STATES, EditionFact, FactState, NewEdition
from dxrules.frozen import frozen
from dxrules.keeper.impact import Impact
from dxrules.reference import Reference
from dxrules.report.entry_words import entry_name, keys_name, value_words
from dxrules.report.how_to_write import How
from dxrules.report.impact import SHIFT_COLUMNS, outcome_of, town_lines
from dxrules.report.plan_header import title
from dxrules.report.quotations import FORMS, lost_text
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Table, column
from dxrules.report.terminal import Style
from dxrules.texts import Text, join, same, shorten, some_of

STATE_WORDS: Final[Mapping[FactState, Text]] = {
    "changed": Text("値が違う", "says another value"),
    "gone": Text("見つからない", "gone"),
    "new": Text("新しくある", "new"),
    "open": Text("確認待ちのまま", "in doubt before"),
    "moved": Text("箇所か言い回しが違う", "moved, or in other words"),
    "unquoted": Text("引用がなく照合できない", "nothing quoted to look for"),
    "others": Text("ほかの資料によるもの", "from elsewhere"),
    "found": Text("そのままある", "found again"),
}
_HEADS: Final[Mapping[FactState, Text]] = {
    "changed": Text(
        "値が違うもの {count}件(前の値を残し、両方を候補として確認待ちにする)",
        "{count} with another value (the former one is kept, in doubt with both as candidates)",
    ),
    "gone": Text(
        "見つからないもの {count}件(値を残し、確認待ちにする)",
        "{count} that are gone (kept, and put in doubt)",
    ),
    "new": Text(
        "新しくあるもの {count}件(確認待ちで加える)", "{count} that are new (added in doubt)"
    ),
    "moved": Text(
        "箇所か言い回しが違うもの {count}件(根拠を新しい版のものに直す)",
        "{count} that moved or are said in other words (their evidence is corrected)",
    ),
    "unquoted": Text(
        "引用がなく照合できないもの {count}件(値はそのまま)",
        "{count} with nothing quoted to look for (left as they are)",
    ),
}
"""The parts of the report; of the rest the counts tell enough."""
_ABOUT: Final = Text("新しい版 {file}({form})", "new edition {file} ({form})")
_VALUES: Final = Text("{said} → {now}", "{said} → {now}")
_BEFORE: Final = Text("前 ", "before ")
_AFTER: Final = Text("新 ", "now ")
_NEAR: Final = Text("最も近い記載 ", "nearest ")
_ALSO: Final = Text(
    "引用はそのままあるが、ほかの箇所は「{now}」と読み取れる: ",
    'quoted as before, but elsewhere it reads "{now}": ',
)
_RECORDED: Final = Text(
    "記載内容の時点: {before} → {after}(表紙による)",
    "The day that the facts speak for: {before} → {after} (by the cover)",
)
_SAME_TEXT: Final = Text(
    "前の版にない文言はないので、読み終えた節はそのまま。",
    "It says nothing that the former document does not say, so sections that were read stay so.",
)
_REOPENED: Final = Text(
    "読み終えたのは前の版なので、節はすべて読み終えていないことに戻る。",
    "It was the former document that was read through, so every section is open again.",
)
_LOST: Final = Text(
    "新しい版で読み取れなかったもの(この中の記載は照合できない): ",
    "What could not be read in the new edition (nothing in it was compared): ",
)
_LEFT: Final = Text(
    "計画ファイルに書き込むと矛盾するため、取り込めないもの {count}件: {names}",
    "{count} that cannot be taken in, as the plan file would contradict itself: {names}",
)
_IMPACT: Final = Text(
    "判定の違い(新しい版の確かな変更が、そのとおりと確認された場合)",
    "What comes out otherwise, once what is sure of the new edition is confirmed",
)
_NO_IMPACT: Final = Text(
    "変更をそのまま入れると計画ファイルが矛盾するため、判定の違いは示せない。",
    "How verdicts differ cannot be told: with all changes the plan file would contradict itself.",
)
_TITLE: Final = Text("計画ファイルと新しい版の照合", "A plan file compared with a new edition")
_VERDICTS: Final = Text("判定の違い", "Verdicts that differ")
_SHOWN: Final = 12
_WIDTH: Final = 60
_COLUMNS: Final = (
    column("結果", "result", 18),
    column("計画ファイルの箇所", "place in the plan file", 28),
    column("項目", "entry", 30),
    column("内容", "keys", 24),
    column("前の値", "former value", 28),
    column("新しい版の値", "value in the new edition", 28),
    column("前の引用", "former quotation", 40),
    column("新しい版の引用", "quotation of the new edition", 40),
)
_SHIFTS: Final = (
    *SHIFT_COLUMNS,
    column("前", "before", 14, lambda shift: outcome_of(shift.before)),
    column("後", "after", 14, lambda shift: outcome_of(shift.after)),
)


@frozen
class EditionReport:
    """A new edition held against a plan file: `left` is what the file could not take in.

    `impact` tells which verdicts differ once what is sure is confirmed; None where that would
    make a plan file that contradicts itself.
    """

    edition: NewEdition
    reference: Reference
    left: tuple[EditionFact, ...] = ()
    impact: Impact | None = None


def text(report: EditionReport, how: How) -> Iterator[str]:
    """Yield what became of the facts, line by line."""
    edition, style = report.edition, how.style
    yield title(edition.file, style)
    yield from style.block(_about(edition), 2, 2)
    yield from style.block(_counts(edition), 2, 2)
    for remark in remarks(report):
        yield from style.block("※ " + style.say(remark), 2, 2)
    for state, head in _HEADS.items():
        facts = [each for each in edition.facts if each.state == state]
        if facts:
            yield ""
            yield style.bold(head.format(count=edition.count(state)))
            yield from _facts(report, state, facts, style)
    yield ""
    if report.impact is None:
        yield from style.block(_NO_IMPACT, 0, 2)
        return
    yield from style.block(style.bold(_IMPACT), 0, 2)
    for town in report.impact.towns:
        yield from town_lines(town, report.impact, style)


def _facts(
    report: EditionReport, state: FactState, facts: list[EditionFact], style: Style
) -> Iterator[str]:
    """Yield what is told of some facts: of those that nobody has to look at the names alone."""
    if state in {"moved", "unquoted"}:
        said = some_of([_name(report, each) for each in facts], _SHOWN)
        yield from style.block(said, 2, 2)
        return
    for fact in facts:
        yield from style.block(_name(report, fact) + _change(report, fact), 2, 2)
        for text in _quotes(fact):
            yield from style.block(text, 6, 2)


def _about(edition: NewEdition) -> Text:
    return _ABOUT.format(file=edition.original.file, form=FORMS[edition.original.form])


def _counts(edition: NewEdition) -> Text:
    counted = [(STATE_WORDS[state], edition.count(state)) for state in reversed(STATES)]
    return join(word + same(f" {number}") for word, number in counted if number)


def remarks(report: EditionReport) -> Iterator[Text]:
    """Yield what has to be known of the whole."""
    edition = report.edition
    if edition.recorded is not None:
        before = edition.file.plan.recorded.text
        yield _RECORDED.format(before=shorten(before), after=shorten(edition.recorded))
    yield _SAME_TEXT if edition.same_text else _REOPENED
    if edition.original.lost:
        lost = [lost_text(edition.quotations, each) for each in edition.original.lost]
        yield _LOST + some_of(lost, _SHOWN)
    if report.left:
        names = join(_name(report, each) for each in report.left[:_SHOWN])
        yield _LEFT.format(count=len(report.left), names=names)
    for fact in edition.facts:
        if fact.state == "found" and fact.now is not None:
            now = _value(report, fact, fact.now)
            yield _ALSO.format(now=now) + _name(report, fact)


def _entry(report: EditionReport, fact: EditionFact) -> Text:
    edition = report.edition
    is_new = fact.state == "new" and not fact.keys
    data, path = (edition.draft, fact.fresh) if is_new else (edition.file.document.data, fact.path)
    return entry_name(data, path or fact.path, report.reference)


def _name(report: EditionReport, fact: EditionFact) -> Text:
    """Return what a fact is called: its entry, and the keys where not all of it is meant."""
    entry = _entry(report, fact)
    if not fact.keys or "title" in fact.keys[:1]:
        return entry
    return entry + same(" ― ") + keys_name(fact.path, fact.keys)


def _change(report: EditionReport, fact: EditionFact) -> Text:
    if fact.state != "changed":
        return same("")
    said, now = _value(report, fact, fact.said), _value(report, fact, fact.now)
    return same(": ") + _VALUES.format(said=said, now=now)


def _value(report: EditionReport, fact: EditionFact, value: Any) -> Text:
    """Return a value in words; nothing where there is none, or a whole entry."""
    if value is None or not fact.keys:
        return same("")
    return value_words(fact.path, fact.keys[0], value, report.reference)


def _quotes(fact: EditionFact) -> Iterator[Text]:
    """Yield what was quoted, and what the new edition says, with their places."""
    before = [each for each in fact.quoted if each.state == "missing"][:1]
    for each in before:
        page = getattr(each.said, "page", None)
        yield _BEFORE + _quoted(each.said.section, page, each.said.text or "")
    for said in fact.evidence[:1]:
        yield _AFTER + _quoted(said.get("section"), said.get("page"), str(said.get("text", "")))
    if not fact.evidence:
        for each in before:
            if each.near is not None:
                yield _NEAR + same(f"「{shorten(each.near.spot.text, _WIDTH)}」")


def _quoted(section: str | None, page: object, text: str) -> Text:
    place = " ".join(filter(None, (shorten(section or ""), f"p.{page}" if page else "")))
    return same(f"{place}「{shorten(text)}」")


def rows(report: EditionReport) -> Table:
    """Return a row for each fact, behind a table of the verdicts that differ."""
    found = tuple(_row(report, each) for each in report.edition.facts)
    towns, day = report.impact.towns if report.impact else (), report.edition.day
    first = Table.of(_VERDICTS, day, _SHIFTS, [s for town in towns for s in town.shifts])
    return Table(_TITLE, day, _COLUMNS, found, (first,) if first.rows else ())


def _row(report: EditionReport, fact: EditionFact) -> tuple[TableCell, ...]:
    said = next((each.said for each in fact.quoted if each.said.text), None)
    now = next((each.get("text") for each in fact.evidence), None)
    edition = report.edition
    return (
        STATE_WORDS[fact.state],
        None if fact.state == "new" else edition.file.place(fact.path).short,
        _entry(report, fact),
        keys_name(fact.path, fact.keys) if fact.keys else None,
        _value(report, fact, fact.said),
        _value(report, fact, fact.now),
        said.text if said else None,
        now,
    )


def write_html(report: EditionReport, how: How) -> bytes:
    """Return the page as UTF-8."""
    from dxrules.report.html.environment import rendered_page

    table = rows(report)
    return rendered_page(
        "new_edition.html",
        how,
        title=_TITLE,
        report=report,
        tables=(table, *table.first),
        about=_about(report.edition),
        counts=_counts(report.edition),
        remarks=[how.style.say(each) for each in _remarks_with_verdicts(report)],
    )


def _remarks_with_verdicts(report: EditionReport) -> Iterator[Text]:
    yield from remarks(report)
    yield _NO_IMPACT if report.impact is None else _IMPACT
