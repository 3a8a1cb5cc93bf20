"""The sources of rules: for people, as JSON, and in the formats of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxrules.keeper.rule_sources import (
    MOST_PLACES,
    NEEDS_WORK,
    CitedState,
    PlaceCheck,
    SourceState,
)
from dxrules.reference import article_text
from dxrules.report.how_to_write import How
from dxrules.report.shared_labels import SOURCE_KINDS, VERIFICATION
from dxrules.report.tabular import Table, column
from dxrules.report.terminal import Style
from dxrules.texts import Text, join, same, some_of

_STATES: Mapping[CitedState, Text] = {
    "same": Text("変わらない", "same"),
    "moved": Text("{place} に移った", "moved to {place}"),
    "changed": Text("文言が変わった", "its words have changed"),
    "missing": Text(
        "この条文にない(まだ施行されていないか、なくなった)。文言は照合していない",
        "not in this text (not in force there yet, or gone); its words were not compared with it",
    ),
    "no-digest": Text(
        "控えがない(今の条文の控え: {place})", "no digest is kept (that of the text: {place})"
    ),
    "no-text": Text("条文のファイルがない", "no file with its text"),
}


def text(states: Sequence[SourceState], how: How) -> list[str]:
    """Return the sources, line by line."""
    lines = [line for state in states for line in _lines(state, how.style)]
    work = [check for state in states for check in state.checks if check.state in NEEDS_WORK]
    if any(state.checks for state in states):
        lines.append(how.style.say(_summary(states, work)))
    return lines


_COLUMNS = (
    column("点検項目集", "ruleset", 24, lambda each: each[0].ruleset),
    column("典拠", "source", 16, lambda each: each[0].key),
    column("表題", "title", 46, lambda each: each[0].source.title),
    column("種類", "kind", 12, lambda each: SOURCE_KINDS[each[0].source.kind]),
    column("確認の方法", "verification", 18, lambda each: VERIFICATION[each[0].source.verified]),
    column("読んだ版", "revision read", 24, lambda each: each[0].source.revision),
    column("最終確認", "last read on", 11, lambda each: each[0].source.read_on),
    column("点検項目", "rules", 30, lambda each: ", ".join(each[0].rules)),
    column("発表済みの変更", "what is announced", 40, lambda each: _announced(each[0])),
    column("条文との照合", "compared with the text", 46, lambda each: _compared(*each)),
)
_TITLE = Text("点検項目の典拠", "Sources of the rules")


def rows(states: Sequence[SourceState]) -> Table:
    """Return a row per source, or one for each of its places that were compared."""
    found = ((state, check) for state in states for check in state.checks or (None,))
    return Table.of(_TITLE, None, _COLUMNS, found)


def _compared(_: SourceState, check: PlaceCheck | None) -> Text | None:
    return None if check is None else check_text(check)


def _announced(state: SourceState) -> Text | None:
    changes = [same(f"{change.on}  ") + change.what for change in state.changes]
    return join(changes) if changes else None


def _summary(states: Sequence[SourceState], work: Sequence[PlaceCheck]) -> Text:
    rules = same(", ".join(sorted({rule for check in work for rule in check.rules})))
    number = sum(len(state.checks) for state in states)
    absent = sum(check.state == "missing" for check in work)
    moved = len(work) - absent
    if not work:
        return Text(
            f"照合した {number} か所に、移動も変更もない。",
            f"Of {number} places compared, none has moved or changed.",
        )
    not_compared = Text(
        f"{absent} か所は条文になく、照合していない。",
        f"{absent} not in the texts, and not compared. ",
    )
    return (
        Text(
            f"{number} か所のうち {moved} か所が移動又は変更されている。",
            f"Of {number} places {moved} have moved or changed. ",
        )
        + (not_compared if absent else same(""))
        + Text("見直す点検項目: ", "Rules to look at: ")
        + (rules if rules.en else Text("なし", "none"))
    )


def _lines(state: SourceState, style: Style) -> Iterator[str]:
    source = state.source
    yield style.bold(f"{state.ruleset} {state.key}")
    yield from style.block(source.title, 2)
    facts = [SOURCE_KINDS[source.kind], VERIFICATION[source.verified]]
    if source.revision:
        facts.append(Text(f"読んだ版 {source.revision}", f"revision read: {source.revision}"))
    facts.append(
        Text("読んだ日の記録なし", "day of reading not recorded")
        if source.read_on is None
        else Text(f"最終確認 {source.read_on}", f"last read on {source.read_on}")
    )
    yield from style.block(join(facts), 2)
    if source.url:
        yield f"  {source.url}"
    if state.rules:
        yield from style.block(style.say(Text("点検項目: ", "rules: ")) + ", ".join(state.rules), 2)
    for change in state.changes:
        yield from style.block(f"{change.on}  {style.say(change.what)}", 2)
    for check in state.checks:
        yield from style.block(check_text(check), 2)
    yield ""


def check_text(check: PlaceCheck) -> Text:
    """Return how a cited place compares with the text, and the rules that rest on it."""
    places = [article_text(p) if check.state == "moved" else same(p) for p in check.found]
    place = some_of(places, MOST_PLACES) if places else Text("なし", "none")
    rules = same(f" [{', '.join(check.rules)}]" if check.rules else "")
    state = _STATES[check.state].format(place=place)
    return article_text(check.path) + same(": ") + state + rules
