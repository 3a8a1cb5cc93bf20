"""The indexes of the rules: by ruleset, by area, by source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.assessment.areas import areas_of_rule, fixed_areas
from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.derivation import VOCABULARY
from dxrules.report.shared_labels import SOURCE_KINDS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import Text, same
from rule_pages.markup import (
    GENERATED,
    address,
    heading,
    rule_link,
    source_anchor,
    span,
    table,
    two,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dxrules.reference import Reference, Source
    from dxrules.rules import Law, Rule, Ruleset

ANY_AREA = Text("すべての分野", "Any area")
WHOLE_PLAN = Text("計画全体", "The plan as a whole")
_RULE = Text("点検項目", "rule")
_JA, _EN = same("表題"), same("title")
_STRENGTH = Text("強さ", "strength")
INDEXES = (
    ("README.md", Text("点検項目集別", "by ruleset")),
    ("by-area.md", Text("分野別", "by area")),
    ("by-source.md", Text("典拠別", "by source")),
)
_PRIORITY = Text("国の計画の重点取組事項とする版", "editions that list it as a priority item")
_ALONGSIDE = Text("併せて取り組む事項とする版", "editions that list it alongside")
_NO_RULE = Text("この分野だけの点検項目はない。", "There is no rule on this area alone.")


def _page(title: Text, parts: Iterable[str]) -> str:
    ways = " · ".join(f"[{two(text)}]({name})" for name, text in INDEXES)
    return "\n".join([f"# {two(title)}\n", f"{GENERATED}\n", f"{ways}\n", *parts])


def ruleset_page(law: Law) -> str:
    """Return the list of all rules by ruleset."""
    return _page(Text("点検項目", "Rules"), _rulesets(law))


def _rulesets(law: Law) -> Iterator[str]:
    for ruleset in (*law.rulesets, *BUILT_IN):
        yield heading(ruleset.id, ruleset.title)
        yield _about(ruleset)
        rows = [
            (
                rule_link(rule),
                rule.title.ja,
                rule.title.en,
                two(STRENGTH_LABELS[rule.strength]),
                two(VOCABULARY[rule.kind].label) if rule.kind in VOCABULARY else "",
                span(rule.in_force.since, rule.in_force.until),
            )
            for rule in ruleset.rules
        ]
        heads = (_RULE, _JA, _EN, _STRENGTH, Text("対象", "subject"), Text("適用", "in force"))
        yield table(heads, rows)


def _about(ruleset: Ruleset) -> str:
    if ruleset in BUILT_IN:
        return f"{two(OF_PLAN_FILE[ruleset.id])}\n"
    known = Text(f"{ruleset.known_until} までの情報による", f"known until {ruleset.known_until}")
    files = dict.fromkeys(rule.place.file for rule in ruleset.rules)
    links = "".join(f" · [{file}](../../{file})" for file in files)
    return f"`{ruleset.id}` · {two(known)}{links}\n"


OF_PLAN_FILE = {
    "waivers": Text(
        "計画ファイルの例外(`waivers`)についての点検項目。点検項目のファイルには書かれていない",
        "Rules on the waivers of a plan file (`waivers`); they stand in no file of rules",
    ),
    "answers": Text(
        "計画ファイルにある団体の回答(`answers`)についての点検項目。"
        "点検項目のファイルには書かれていない",
        "The rule on the answers of the municipality in a plan file (`answers`); it stands in no "
        "file of rules",
    ),
}


def area_page(law: Law) -> str:
    """Return the list of all rules by the area that they are about."""
    return _page(Text("分野別の点検項目", "Rules by area"), _areas(law))


def _areas(law: Law) -> Iterator[str]:
    fixed = fixed_areas(law.reference)
    by_area: dict[str | None, list[Rule]] = {}
    for ruleset in law.rulesets:
        for rule in ruleset.rules:
            areas = areas_of_rule(rule, fixed)
            for key in ("*",) if areas is None else areas or (None,):
                by_area.setdefault(key, []).append(rule)
    yield heading("plan", WHOLE_PLAN)
    yield _rules(by_area.get(None, ()))
    yield heading("any-area", ANY_AREA)
    yield _rules(by_area.get("*", ()))
    for key, area in law.reference.areas.items():
        yield heading(key, area.name)
        yield _editions(law.reference, key)
        yield _rules(by_area.get(key, ()))


def _editions(reference: Reference, area: str) -> str:
    editions = reference.editions.values()
    lists = (
        (_PRIORITY, [each.id for each in editions if area in each.items]),
        (_ALONGSIDE, [each.id for each in editions if area in (each.alongside or ())]),
    )
    lines = [f"- `{area}`", *(f"- {two(what)}: {', '.join(ids)}" for what, ids in lists if ids)]
    return "\n".join(lines) + "\n"


def _rules(rules: Sequence[Rule]) -> str:
    if not rules:
        return f"{two(_NO_RULE)}\n"
    rows = [
        (rule_link(rule), rule.title.ja, rule.title.en, two(STRENGTH_LABELS[rule.strength]))
        for rule in rules
    ]
    return table((_RULE, _JA, _EN, _STRENGTH), rows)


def source_page(law: Law) -> str:
    """Return the list of all rules by the law or document that they rest on."""
    return _page(Text("典拠別の点検項目", "Rules by source"), _sources(law))


def _sources(law: Law) -> Iterator[str]:
    citing: dict[tuple[str, Text, str], list[Rule]] = {}
    for ruleset in law.rulesets:
        for rule in ruleset.rules:
            source = rule.source
            citing.setdefault((source.kind, source.title, source.verified), []).append(rule)
    for kind, label in SOURCE_KINDS.items():
        of_kind = [rules for (its, *_), rules in citing.items() if its == kind]
        if of_kind:
            yield heading(kind, label)
        for rules in of_kind:
            yield _source(rules)


def _source(rules: Sequence[Rule]) -> str:
    source = rules[0].source
    names = dict.fromkeys(source_anchor(rule) for rule in rules)
    rows = [
        (
            rule_link(rule),
            rule.title.ja,
            rule.title.en,
            rule.clause.ja if rule.clause else "",
            rule.clause.en if rule.clause else "",
        )
        for rule in rules
    ]
    return "\n".join(
        [
            "".join(f'<a id="{name}"></a>\n' for name in names),
            f"### {address(source, two(source.title))}\n",
            _known(source),
            table((_RULE, _JA, _EN, same("条項"), same("clause")), rows),
        ]
    )


def _known(source: Source) -> str:
    decided = source.decided.describe() if source.decided else None
    day = Text(f"{decided.ja} 決定、", f"decided {decided.en}, ") if decided else same("")
    return f"{two(day + VERIFICATION[source.verified])}\n"
