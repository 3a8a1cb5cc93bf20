"""Report of `answer`: the answers, what they settle, and what the plan says otherwise."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from dxrules.assessment import PlanAssessment
from dxrules.inquiry.answers_back import Taking
from dxrules.inquiry.trial import is_open
from dxrules.plan import PlanFile
from dxrules.plan.answers import key_of
from dxrules.plan.differing_answers import differing
from dxrules.plan.key_names import key_name, said_value, told_value
from dxrules.plan.models import Answer, Plan
from dxrules.report.citations import with_title
from dxrules.report.how_to_write import How, for_people
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import speaks_for_itself
from dxrules.source import description
from dxrules.texts import Text, join, same, shorten, visible

_HEAD = Text("{town}: 取り込む回答{number}件", "{town}: answers to take in: {number}")
_NOTHING = Text("{town}: 取り込む回答はない", "{town}: no answers to take in")
_ASIDE = Text(
    "(空欄の行 {open}、他団体の行 {others}、取り込み済み {held})",
    " ({open} rows left empty, {others} of other municipalities, {held} taken in already)",
)
_CHANGES = Text("判定が変わるもの", "What comes out otherwise")
_NO_CHANGE = Text("判定は変わらない", "Nothing comes out otherwise")
_STILL = Text("団体に関する要確認: {before}件 → {after}件", "undetermined: {before} → {after}")
_FRESH = Text(
    "(回答により、新たに{entries}を一つずつ点検することになり、{number}件が加わった。"
    "もう一度 dxrules ask を実行すれば、まとめて尋ねる)",
    " ({number} were added, as the answers have {entries} judged one by one: dxrules ask puts "
    "them together in its next inquiry)",
)
_NAMED = 3
_QUOTED = Text("「{label}」", "“{label}”")
_FEW_ENTRIES = Text("{named}", "{named}")
_ENTRIES = Text("{named}など{count}件", "{count} entries ({named} and others)")
_DIFFER = Text(
    "計画の記載と違う回答(どちらが正しいか確かめる)",
    "Answers that the plan contradicts (look up which is right)",
)
_FILE = Text("計画ファイルの変更", "Changes of the plan file")


def write(taking: Taking, how: How) -> bytes:
    """Return what answers change, as text for people."""
    return for_people("\n".join(_lines(taking, how.style)) + "\n", how)


def _lines(taking: Taking, style: Style) -> Iterator[str]:
    file, found = taking.after.file, taking.returned
    town = file.plan.municipality.name.text
    head = _HEAD.format(town=town, number=str(len(taking.new))) if taking.new else _NOTHING
    held = len(found.given) - len(taking.new)
    aside = _ASIDE.format(open=str(found.open), others=str(found.others), held=str(held))
    yield from style.block(style.bold(head.format(town=town) + aside), 0)
    for given in taking.new:
        yield from style.block(answer_line(given.answer, taking.after), 2, 2)
    if not taking.new:
        return
    yield ""
    changed = taking.changed
    yield style.bold(_CHANGES if changed else _NO_CHANGE)
    for finding, before in changed:
        words = OUTCOMES[before] + same(" → ") + OUTCOMES[finding.outcome]
        which = same("")
        if not speaks_for_itself(finding):
            which = same("[") + finding.label + same("]")
        line = with_title(finding.rule) + which + same(": ") + words
        yield from style.block(line, 2, 2)
    counts = [str(sum(map(is_open, each.findings))) for each in (taking.before, taking.after)]
    still = _STILL.format(before=counts[0], after=counts[1])
    if taking.fresh:
        labels = list(dict.fromkeys(finding.label for finding in taking.fresh))
        entries = _FEW_ENTRIES if len(labels) <= _NAMED else _ENTRIES
        named = join(_QUOTED.format(label=label) for label in labels[:_NAMED])
        called = entries.format(named=named, count=str(len(labels)))
        still += _FRESH.format(number=str(len(taking.fresh)), entries=called)
    yield from style.block(still, 2, 2)
    yield from contradictions(taking.after, style)
    yield from _diff(taking.before.file, file, style)


def contradictions(plan: PlanAssessment, style: Style) -> Iterator[str]:
    """Yield the lines that say where answers contradict the plan; none where they do not."""
    found = [*contradicted(plan)]
    if not found:
        return
    yield ""
    yield style.bold(_DIFFER)
    for text in found:
        yield from style.block(text, 2, 2)


def _diff(before: PlanFile, after: PlanFile, style: Style) -> Iterator[str]:
    """Yield the lines of the plan file that are new, with those around them."""
    if before.document.raw is not None:
        return
    name = visible(before.name)
    texts: list[Sequence[str]] = [each.document.text.splitlines() for each in (before, after)]
    yield ""
    yield style.bold(_FILE)
    yield from difflib.unified_diff(texts[0], texts[1], name, name, lineterm="", n=2)


_LINE = Text("{what}: {value}(回答 {day})", "{what}: {value} (told {day})")
_BOTH = Text(
    "{what}: 計画では「{said}」、回答では「{told}」", "{what}: {said} in the plan, {told} as told"
)
_WHAT = Text("{entry} {key}", "{entry}, {key}")


def answer_line(answer: Answer, plan: PlanAssessment) -> Text:
    """Return an answer with what it is about and its day."""
    return _LINE.format(
        what=_what(answer.about, plan),
        value=told_value(answer.about, answer.answer),
        day=answer.told.describe(),
    )


def contradicted(plan: PlanAssessment) -> Iterator[Text]:
    """Yield what plan and answer say of an entry, where they contradict each other."""
    for each in differing(plan.file):
        about = each.answer.about
        said, told = said_value(about, each.said), told_value(about, each.told)
        yield _BOTH.format(what=_what(about, plan), said=said, told=told)


def _what(about: str, plan: PlanAssessment) -> Text:
    """Return what an answer is about: the entry as findings or the plan file call it, the key."""
    entry = about.split(".")[-2]
    if entry in Plan.model_fields:
        called = description(Plan.model_fields[entry])
    else:
        called = next((f.label for f in plan.findings if f.key == entry), same(shorten(entry)))
    return _WHAT.format(entry=called, key=key_name(key_of(about)[1]))
