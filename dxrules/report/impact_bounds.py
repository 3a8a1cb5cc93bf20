"""The bounds of what a change does to many plans: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dxrules.keeper.impact_bounds import Bounds, CorpusBounds, GroupBounds, RuleBounds, ToAsk
from dxrules.report.citations import with_title
from dxrules.report.terminal import Style
from dxrules.rules import Rule
from dxrules.texts import Text, more, same, some_of

BOUNDS_TITLE = Text("不適合になる団体の数(下限～上限)", "How many newly fail, at least to at most")
BOUNDS_WHAT = Text(
    "※ 要確認の団体は不適合かもしれないので、上限に含め、下限には含めない",
    "! What is undetermined may be a failure: it is in the upper bound, and not in the lower",
)
BY_PREFECTURE = Text("都道府県別", "By prefecture")
BY_KIND = Text("団体の区分別", "By kind of municipality")
EVIDENCE = Text("上限と下限の差を最も縮める質問", "What to ask to narrow the bounds most")
TO_ASK = Text("先に尋ねる団体", "Whom to ask first")
RULE = Text("点検項目", "rule")
PLANS = Text("計画数", "plans")
BEFORE = Text("前の不適合", "failed before")
AFTER = Text("後の不適合", "fail after")
NEWLY = Text("新たに不適合", "newly fail")
QUESTION = Text("質問", "question")
TOWN = Text("団体", "municipality")
DUTIES = Text("うち義務", "duties")
_ANY = Text("いずれかの点検項目", "any rule")
SHOWN = 10


def in_words(bounds: Bounds) -> Text:
    """Return two bounds; one figure where they meet.

    >>> in_words(Bounds(3, 3)).ja, in_words(Bounds(412, 1903)).en
    ('3', '412 to 1,903')
    """
    if bounds.least == bounds.most:
        return same(f"{bounds.least:,}")
    return Text(f"{bounds.least:,}～{bounds.most:,}", f"{bounds.least:,} to {bounds.most:,}")


def headline(found: CorpusBounds) -> Text:
    """Say in one sentence what the change does to all plans."""
    newly, plans = in_words(found.all.newly), f"{found.all.plans:,}"
    return Text(
        f"{plans}計画のうち {newly.ja} が、新たに不適合になる",
        f"{newly.en} of {plans} plans newly fail",
    )


def worth_telling(rules: Iterable[RuleBounds]) -> list[RuleBounds]:
    """Return the rules of which something may fail that did not, or the other way round."""
    return [each for each in rules if each.newly.most or each.before != each.after]


def rules_asked(rules: Sequence[Rule]) -> Text:
    """Return ids of rules, the first ones of many."""
    return some_of([same(rule.id) for rule in rules], SHOWN)


def file_of(asked: ToAsk) -> str:
    """Return the plan file of whom to ask."""
    return asked.town.file.name


def bounds_lines(found: CorpusBounds, style: Style) -> Iterator[str]:
    """Yield what a change does to all plans, and what to ask."""
    yield from style.block(style.bold(headline(found)), 0, 2)
    yield from style.block(BOUNDS_WHAT, 0, 2)
    rules = worth_telling(found.all.rules)
    heads = [RULE, PLANS, BEFORE, AFTER, NEWLY]
    if rules:
        rows = [
            [
                with_title(each.rule),
                f"{each.plans:,}",
                *map(in_words, (each.before, each.after, each.newly)),
            ]
            for each in rules
        ]
        yield from ["", *style.table(rows, heads, [0]).split("\n")]
    for title, groups in ((BY_PREFECTURE, found.prefectures), (BY_KIND, found.kinds)):
        if len(groups) > 1:
            yield from ["", *_groups(title, groups, style)]
    if found.questions:
        yield from ["", style.say(EVIDENCE)]
        for each in found.questions[:SHOWN]:
            ids = rules_asked(each.rules)
            plans = "plan" if each.plans == 1 else "plans"
            said = Text(
                f"{each.plans:,}計画: {each.question.ja}({ids.ja})",
                f"{each.plans:,} {plans}: {each.question.en} ({ids.en})",
            )
            yield from style.block(f"- {style.say(said)}", 2, 2)
    if found.to_ask:
        yield from ["", style.say(TO_ASK)]
        for asked in found.to_ask[:SHOWN]:
            name, ids = asked.town.file.plan.municipality.name.text, rules_asked(asked.rules)
            said = name + same(": ") + ids + same(f" (dxrules ask {file_of(asked)})")
            yield from style.block(f"- {style.say(said)}", 2, 2)
        rest = more(len(found.to_ask) - SHOWN)
        if rest.ja:
            yield f"  {style.say(rest).lstrip('、 ')}"


def _groups(title: Text, groups: Sequence[GroupBounds], style: Style) -> list[str]:
    heads = [title, PLANS, Text(f"{NEWLY.ja}({_ANY.ja})", f"{NEWLY.en} ({_ANY.en})")]
    rows = [[each.name, f"{each.plans:,}", in_words(each.newly)] for each in groups]
    return style.table(rows, heads).split("\n")
