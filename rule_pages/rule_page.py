"""The page of one rule: the whole of it in Japanese, then the same in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.assessment.areas import areas_of_rule, fixed_areas
from dxrules.assessment.history import lists_of
from dxrules.derivation import VOCABULARY
from dxrules.derivation.declaration import KNOWN_UNTIL
from dxrules.report.condition_text import compared
from dxrules.report.law_changes import LISTS
from dxrules.report.shared_labels import ABOUT, SEVERITY_WORDS, SOURCE_KINDS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import LANGS, Text, join, same
from rule_pages.condition_section import (
    due_day,
    examples,
    failure,
    what_it_asks,
    when_it_applies,
)
from rule_pages.history_section import coming_about
from rule_pages.indexes import ANY_AREA, INDEXES, OF_PLAN_FILE, WHOLE_PLAN
from rule_pages.markup import GENERATED, anchor, draft_mark, id_link, source_anchor, two
from rule_pages.page_language import PageLanguage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment.history import History
    from dxrules.rules import Law
    from dxrules.texts import Lang

_LANGUAGES: Mapping[Lang, str] = {"ja": "日本語", "en": "English"}
_NOT_SURE = Text(
    "はい。典拠か期日が未確認なので、不適合でも注意にとどめる",
    "yes: its source or its day is not confirmed, so that a failure is a note at most",
)


def rule_page(history: History, law: Law) -> str:
    """Return the page of a rule."""
    rule = history.explanation.rule
    ways = [f"[{two(text)}]({name})" for name, text in INDEXES]
    ways += [f"[{name}](#{name.lower()})" for name in _LANGUAGES.values()]
    head = [
        f"# {rule.id} {two(rule.title)}{draft_mark(rule)}\n",
        f"{GENERATED}\n",
        f"{' · '.join(ways)}\n",
    ]
    return "\n".join([*head, *(_in_language(PageLanguage(lang, history, law)) for lang in LANGS)])


def _in_language(page: PageLanguage) -> str:
    sections = (
        (Text("要件", "Requirement"), _requirement),
        (Text("典拠", "Source"), _source),
        (Text("対象", "Subject"), _subject),
        (Text("適用条件", "When it applies"), when_it_applies),
        (Text("求めること", "What it asks"), what_it_asks),
        (Text("期限", "Due day"), due_day),
        (Text("不適合のとき", "When it fails"), failure),
        (Text("例", "Examples"), examples),
        (Text("経緯", "History"), coming_about),
        (Text("参照データ", "Reference data"), _rests_on),
    )
    lines = [f"## {_LANGUAGES[page.lang]}\n"]
    for title, section in sections:
        body = "\n".join(section(page)).strip("\n")
        if body:
            lines += [f"### {page.say(title)}\n", f"{body}\n"]
    return "\n".join(lines)


def _requirement(page: PageLanguage) -> Iterator[str]:
    rule, ruleset = page.rule, page.explanation.ruleset
    yield f"{page.say(rule.title)}\n"
    if page.of_facts:
        yield page.item(Text("種別", "about"), ABOUT[rule.about])
    yield page.item(Text("強さ", "strength"), STRENGTH_LABELS[rule.strength])
    yield page.item(Text("不適合の重大度", "severity of a failure"), SEVERITY_WORDS[rule.severity])
    if rule.draft:
        yield page.item(Text("草案", "draft"), _NOT_SURE)
    yield page.item(Text("分野", "area"), _areas(page))
    yield from _related(page)
    where = f"[{page.say(ruleset.title)}](README.md#{anchor(ruleset.id)})"
    yield page.item(Text("点検項目集", "ruleset"), where)


def _related(page: PageLanguage) -> Iterator[str]:
    """Yield the rule that this one says more closely, and those that do so of this one."""
    rule = page.rule
    if rule.refines:
        yield page.item(Text("具体化する点検項目", "refines"), id_link(rule.refines))
    if page.explanation.refinement:
        how = compared(page.explanation.refinement)
        yield page.item(Text("その点検項目と比べて", "compared with it"), how)
    closer = [same(id_link(other.id)) for other in page.explanation.refined_by]
    if closer:
        yield page.item(Text("この点検項目を具体化する点検項目", "refined by"), join(closer))


def _areas(page: PageLanguage) -> str:
    areas = areas_of_rule(page.rule, fixed_areas(page.reference))
    if not areas:
        name, text = ("any-area", ANY_AREA) if areas is None else ("plan", WHOLE_PLAN)
        return f"[{page.say(text)}](by-area.md#{name})"
    names = {area: page.say(page.reference.areas[area].name) for area in areas}
    return page.say(join([same(f"[{name}](by-area.md#{area})") for area, name in names.items()]))


def _source(page: PageLanguage) -> Iterator[str]:
    rule, source = page.rule, page.rule.source
    title = page.say(source.title)
    listed = f"[{title}](by-source.md#{source_anchor(rule)})"
    yield f"{listed if page.of_facts else title}\n"
    if rule.clause:
        yield page.item(Text("条項", "clause"), rule.clause)
    yield page.item(Text("種類", "kind"), SOURCE_KINDS[source.kind])
    if source.decided:
        yield page.item(Text("決定・公布", "decided"), source.decided.describe())
    yield page.item(Text("確認の方法", "verification"), VERIFICATION[source.verified])
    if source.read_on:
        yield page.item(Text("最終確認", "last read on"), same(str(source.read_on)))
    if source.url:
        yield page.item(Text("所在", "address"), f"<{source.url}>")


def _subject(page: PageLanguage) -> Iterator[str]:
    if not page.of_facts:
        yield page.say(OF_PLAN_FILE[page.rule.ruleset])
        return
    kind = VOCABULARY[page.rule.kind]
    link = f"[{page.say(kind.label)}](../facts.md#{kind.name})"
    per = kind.one_per
    yield page.say(Text(f"{link}({per.ja}ごとに1件)", f"{link} (one per {per.en})"))
    if page.rule.keys:
        yield ""
    kind = VOCABULARY[page.rule.kind]
    for key in page.rule.keys:
        yield f"- {page.say(kind.subject_name(key, page.reference))} (`{key}`)"


def _rests_on(page: PageLanguage) -> Iterator[str]:
    """Yield the lists that the subject and the conditions of a rule rest on."""
    for name in lists_of(page.rule):
        if name != KNOWN_UNTIL:
            file = f"[{name}.yaml](../../rulesets/national/reference/{name}.yaml)"
            yield f"- {page.say(LISTS[name])} ({file})"
