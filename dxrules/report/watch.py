"""Report of `rules watch`: what revisions touch, and the draft; and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dxrules.keeper.amendment import Amendment
from dxrules.keeper.watch import LawWatch, Reach, Watched
from dxrules.report.how_to_write import How
from dxrules.report.impact_bounds import in_words
from dxrules.report.markdown import as_markdown, escaped
from dxrules.report.sources import check_text
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Table, column, table_lines
from dxrules.report.terminal import Style
from dxrules.texts import Text, join, same

WatchAndDraft = tuple[LawWatch, Amendment]

_HEAD = Text("法令の改正({day} 時点)", "Revisions of laws, as of {day}")
_READ = Text(
    "改正 {revisions}件: 点検項目に関わるもの {changes}件、"
    "根拠の条項に変更のないもの {untouched}件、確認済みのもの {old}件、"
    "典拠でない法令のもの {unknown}件",
    "revisions: {revisions}; of them touch rules: {changes}, leave what is cited as it was: "
    "{untouched}, were read already: {old}, are of laws that no rule rests on: {unknown}",
)
_NO_NEWS = Text(
    "点検項目に関わる新しい改正はない。", "There is no new revision that touches a rule."
)
_NO_DAY = Text("施行日不明", "day not known")
_NO_TEXT = Text(
    "条文がないので、この典拠によるものをすべて挙げる",
    "without its text, all that rests on the source is named",
)
_RULES = Text("点検項目", "rules")
_PARAMETERS = Text("値", "parameters")
_PLACES = Text("条項", "places")
_TOWNS = Text(
    "{towns}団体のうち、関わるもの {touched}、今の点検項目のままで不適合となるもの {fails}",
    "of {towns} municipalities it touches {touched}; by the rules as they stand {fails} would fail",
)
_COLUMNS = (
    column("点検項目", "rule", 9),
    column("表題", "title", 34),
    column("関わる団体", "touched", 14),
    column("今のままで不適合", "would fail as it stands", 14),
)
_BOUNDS = Text(
    "「a～b」の a は確かな数、b は分からないことがすべて不利に決まった場合の数である。改正後の"
    "点検項目が何を求めるかはまだ分からないので、関わる団体の数がそのまま上限になる。下書きを改めたら、"
    "dxrules rules impact で確かめる。",
    "a to b: a for sure, b where all that is not known goes against them. What the amended rule "
    "asks for is not known yet, so that the municipalities touched are the upper bound; once "
    "the draft is completed, dxrules rules impact tells more.",
)
_NOT_DRAFTED = Text("下書きのないもの", "Not drafted")
_EDITS = Text("改める箇所", "Places to edit")
_DRAFTED = Text("下書き済み", "drafted")
_BY_HAND = Text("手作業", "by hand")
_PATCH = Text(
    "--output NAME.patch で、下書きを git apply で適用できる差分として書き出せる。",
    "--output NAME.patch writes the draft as a patch that git apply takes.",
)
_BROKEN = Text(
    "下書きはこのままでは読み込めない(手作業で直す): ",
    "The draft cannot be loaded as it is (mend it by hand): ",
)


def text(reported: WatchAndDraft, how: How) -> Iterator[str]:
    """Yield what was found, line by line."""
    (found, drafted), style = reported, how.style
    yield style.bold(_HEAD.format(day=found.day.isoformat()))
    yield from style.block(_counts(found), 2)
    if not found.changes:
        yield style.say(_NO_NEWS)
    for change in found.changes:
        yield ""
        yield from _change(change, found.towns, style)
    if found.changes and found.towns is not None:
        yield ""
        yield from style.block(_BOUNDS, 0)
    if drafted.undone:
        yield ""
        yield style.bold(_NOT_DRAFTED)
        for change, why in drafted.undone:
            yield from style.block(_name(change) + same(": ") + why, 2, 2)
    yield from _edits(drafted, how)


def _edits(drafted: Amendment, how: How) -> Iterator[str]:
    style = how.style
    if drafted.edits:
        yield ""
        yield style.bold(f"{style.say(_EDITS)} ({len(drafted.edits)})")
    for edit in drafted.edits:
        yield f"  {edit.file}:{edit.line} [{style.say(_DRAFTED if edit.drafted else _BY_HAND)}]"
        yield from style.block(edit.what, 4)
    if drafted.files:
        yield from style.block(_PATCH, 0)
    for problem in drafted.problems:
        yield from style.block(_BROKEN + problem, 0, 2)


def _counts(found: LawWatch) -> Text:
    return _READ.format(
        revisions=found.revisions,
        changes=_distinct(found.changes),
        untouched=_distinct(found.untouched) - _distinct(found.changes, found.untouched),
        old=found.old,
        unknown=found.unknown,
    )


def _distinct(*lists: Sequence[Watched]) -> int:
    """Return how many revisions stand in all of some lists."""
    sets = [{id(each.revision) for each in changes} for changes in lists]
    return len(set.intersection(*sets))


def _name(change: Watched) -> Text:
    day = _NO_DAY if change.day is None else same(change.day.isoformat())
    law = change.state.source.title
    called = f" {change.revision.name}" if change.revision.name else ""
    return day + same(f" {change.revision.law_id}{called} ") + law


def _change(change: Watched, towns: int | None, style: Style) -> Iterator[str]:
    yield from style.block(style.bold(_name(change)), 0, 2)
    if change.revision.title:
        yield from style.block(change.revision.title, 2)
    yield f"  {change.revision.place}"
    yield f"  {change.state.ruleset} {change.state.key}"
    if not change.read:
        yield from style.block(_NO_TEXT, 2)
    for check in change.checks:
        yield from style.block(_PLACES + same(": ") + check_text(check), 2, 2)
    if change.parameters:
        names = same(", ".join(f"${name}" for name in change.parameters))
        yield from style.block(_PARAMETERS + same(": ") + names, 2)
    if towns is None:
        ids = same(", ".join(rule.id for rule in change.rules))
        yield from style.block(_RULES + same(": ") + ids, 2)
        return
    yield from style.block(_of_towns(change.whole, towns), 2)
    if change.rules:
        rows, heads = _rows(change, towns), [each.label for each in _COLUMNS]
        yield from (f"  {line}" for line in style.table(rows, heads, {1}).splitlines())


def _of_towns(reach: Reach, towns: int) -> Text:
    return _TOWNS.format(
        towns=towns,
        touched=in_words(reach.touched),
        fails=in_words(reach.fails),
    )


def _rows(change: Watched, towns: int | None) -> tuple[tuple[TableCell, ...], ...]:
    """Return a row per rule; with how many towns it reaches, where towns were counted."""
    named = [(rule.id, rule.title) for rule in change.rules]
    if towns is None:
        return tuple(named)
    reached = [change.reach[rule.id] for rule in change.rules]
    return tuple(
        (*rule, in_words(each.touched), in_words(each.fails))
        for rule, each in zip(named, reached, strict=True)
    )


def write_markdown(reported: WatchAndDraft, how: How) -> bytes:
    """Return what was found as a page that can be put into a pull request."""
    return as_markdown("\n".join(_page(*reported, how.style)) + "\n")


def _page(found: LawWatch, drafted: Amendment, style: Style) -> Iterator[str]:
    def say(text: Text) -> str:
        return escaped(style.say(text))

    yield f"# {say(_HEAD.format(day=found.day.isoformat()))}"
    yield ""
    yield say(_counts(found) if found.changes else _NO_NEWS)
    for change in found.changes:
        yield from ("", f"## {say(_name(change))}", "")
        yield from (f"- {say(fact)}" for fact in _facts(change, found.towns))
        yield ""
        columns = _COLUMNS[:2] if found.towns is None else _COLUMNS
        table = Table(_RULES, None, columns, _rows(change, found.towns))
        yield from table_lines(table, style)
    if found.towns is not None and found.changes:
        yield from ("", say(_BOUNDS))
    if drafted.undone:
        yield from ("", f"## {say(_NOT_DRAFTED)}", "")
        yield from (f"- {say(_name(change))}: {say(why)}" for change, why in drafted.undone)
    if drafted.edits:
        yield from ("", f"## {say(_EDITS)}", "")
    for edit in drafted.edits:
        mark = "x" if edit.drafted else " "
        yield f"- [{mark}] {escaped(f'{edit.file}:{edit.line}')} {say(edit.what)}"
    yield from (f"- {say(_BROKEN)}{say(problem)}" for problem in drafted.problems)


def _facts(change: Watched, towns: int | None) -> Iterator[Text]:
    """Yield what there is to say of a change beside its rules."""
    yield same(str(change.revision.place))
    yield same(f"{change.state.ruleset} {change.state.key}")
    if change.revision.title:
        yield same(change.revision.title)
    if not change.read:
        yield _NO_TEXT
    yield from map(check_text, change.checks)
    if change.parameters:
        named = join(same(f"${name}") for name in change.parameters)
        yield _PARAMETERS + same(": ") + named
    if towns is not None:
        yield _of_towns(change.whole, towns)


def write_patch(reported: WatchAndDraft, how: How) -> bytes:  # noqa: ARG001  (a patch is in no language)
    """Return the draft as `git apply` takes it; nothing where nothing is drafted."""
    return reported[1].patch().encode()
