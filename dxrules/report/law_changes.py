"""Changes of the law in words: what `rules diff` and `rules impact` share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dxrules.dates import PartialDate
from dxrules.derivation import VOCABULARY, Attribute, Value, describe
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import Diff, LawChange
from dxrules.keeper.parameter_diff import ParameterChange, ValueChange
from dxrules.keeper.reference_diff import KnowledgeChange, ReferenceChange
from dxrules.keeper.rule_diff import ChangeWitness, ConditionChange, RuleChange
from dxrules.reference import Article, Reference, Source, article_text
from dxrules.report.condition_text import codes_of, constant_text
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS, Rule
from dxrules.rules.checks import named
from dxrules.rules.rule import InForce, RuleAbout
from dxrules.texts import Text, in_brackets, join, same

HEAD_WORDS: Mapping[str, Text] = {
    "removed": Text("なくなった点検項目", "removed"),
    "added": Text("加わった点検項目", "added"),
    "in-force": Text("適用が始まった", "came into force"),
    "lapsed": Text("適用が終わった", "lapsed"),
    "to-come": Text("公表された(適用はこれから)", "announced, not yet in force"),
    "unannounced": Text("まだ公表されていない", "not yet announced"),
    "bound": Text("適用される団体が変わった", "binds other municipalities"),
    "renamed": Text("idが変わった", "renamed"),
    "tightened": Text("厳しくなった", "tightened"),
    "loosened": Text("緩くなった", "loosened"),
    "both": Text("厳しくなった所も、緩くなった所もある", "tightened here, loosened there"),
    "undecided": Text("厳しさの変化は判断できない", "whether stricter cannot be decided"),
    "neutral": Text(
        "「適合」と「対象外」の間でだけ変わった", "changed between pass and not applicable only"
    ),
    "same": Text(
        "条件や値が変わった(どの記載の判定も同じ)",
        "conditions or values changed, and every fact comes out as before",
    ),
    "changed": Text("そのほかの変更", "otherwise changed"),
    "reworded": Text("文言が変わった", "reworded"),
}

LISTS: Mapping[str, Text] = {
    "areas": Text("分野", "area"),
    "charges": Text("公金の種別", "charge"),
    "documents": Text("引用される文書", "document"),
    "editions": Text("国の計画の版", "edition of the national plan"),
    "guideline": Text("ガイドラインの改定", "revision of the guideline"),
    "history": Text("国の文書の経緯", "history of a document"),
    "prefectures": Text("都道府県", "prefecture"),
    "prerequisites": Text("分野の前提関係", "prerequisite"),
    "problems": Text("文書の問題", "problem of the text"),
    "provisions": Text("団体が整えるもの", "provision"),
    "tasks": Text("標準化対象業務", "target task"),
}

FIELDS: Mapping[str, Text] = {
    "about": Text("種別", "about"),
    "articles": Text("条・項・号", "article"),
    "clause": Text("条項", "clause"),
    "draft": Text("草案", "draft"),
    "due": Text("期限", "due"),
    "formerly": Text("旧id", "formerly"),
    "in_force": Text("適用期間", "in force"),
    "message": Text("不適合の文", "message"),
    "question": Text("確かめること", "question"),
    "refines": Text("上乗せ元", "refines"),
    "remedy": Text("直し方", "remedy"),
    "ruleset": Text("点検項目のファイル", "ruleset"),
    "severity": Text("重大度", "severity"),
    "source": Text("典拠", "source"),
    "strength": Text("強さ", "strength"),
    "title": Text("表題", "title"),
    "unless_failed": Text("同じ原因の点検項目", "same cause as"),
}

KNOWN_UNTIL = Text("いつまでの情報か", "Known until")

_BINDS = Text("適用される団体: ", "municipalities bound: ")
_NATION = Text("全国", "the whole nation")
_NONE = Text("なし", "none")
_ARROW = same(" → ")
_STATED = Text("記載あり", "stated")
_ALL = Text("(すべて)", "(all)")


def source_text(source: Source) -> Text:
    """Return a source, and how it was verified, if not in the primary one."""
    if source.verified == "primary":
        return source.title
    how = VERIFICATION[source.verified]
    return source.title + in_brackets(how)


_ABOUT: Mapping[RuleAbout, Text] = {
    "plan": Text("計画に書くべきこと", "what the plan must hold"),
    "town": Text("団体が行うべきこと", "what the municipality must do"),
}
_AFTERWORDS = {
    "about": Text(
        "(これだけでは判定は変わらない。記載がないときの判定は条件で決まる)",
        " (by itself this turns no verdict: what silence comes to is told by the conditions)",
    )
}
"""By field, what has to be known to understand that it changed."""


def _held(force: InForce) -> Text:
    """Return from when until when a rule holds, and when its lapse was announced, if written."""
    span = same(f"{force.since}～{force.until or ''}")
    told, source = force.until_announced, force.until_source
    if told is None:
        return span
    by = Text(f"、{source_text(source).ja}", f", {source_text(source).en}") if source else same("")
    said = Text("適用終了の公表 ", "lapse announced ") + same(str(told)) + by
    return span + in_brackets(said)


def _article(article: Article) -> Text:
    """Return a place in a law, and the days of its number where it has changed."""
    span = f"{article.since or ''}～{article.until or ''}"
    return article_text(article.path) + same(f"({span})" if span != "～" else "")


_SHOWN: Mapping[str, Callable[[Any], Text]] = {
    "about": lambda value: _ABOUT[value],
    "severity": lambda value: SEVERITY_WORDS[value],
    "strength": lambda value: STRENGTH_LABELS[value],
    "source": source_text,
    "in_force": _held,
    "articles": lambda value: join(_article(each) for each in value) if value else _NONE,
    "due": lambda value: same(value if isinstance(value, str) else f"${value.name}"),
}


def value_text(value: Any) -> Text:
    """Return what a field of an entry or of a rule holds."""
    match value:
        case None | ():
            return _NONE
        case Text():
            return value
        case bool():
            return Text("はい", "yes") if value else Text("いいえ", "no")
        case tuple():
            return join(value_text(each) for each in value)
        case PartialDate():
            return value.describe()
        case _:
            return same(str(value))


def field_change(rule_field: str, old: Rule, new: Rule) -> Text:
    """Return how a field of a rule changed."""
    shown = [
        _SHOWN.get(rule_field, value_text)(value) if value is not None else _NONE
        for value in (getattr(old, rule_field), getattr(new, rule_field))
    ]
    if rule_field == "in_force" and shown[0] == shown[1]:  # announced on another day, no more
        days = [same(str(rule.in_force.announced)) for rule in (old, new)]
        return Text("公表: ", "announced: ") + days[0] + _ARROW + days[1]
    said = FIELDS[rule_field] + same(": ") + shown[0] + _ARROW + shown[1]
    return said + _AFTERWORDS.get(rule_field, same(""))


def binds_change(change: RuleChange, diff: Diff) -> Iterator[Text]:
    """Yield whose plans came under a rule, and whose do; nothing where they are the same."""
    yield from (_BINDS + said for said in _bound(change, diff))


def _bound(change: RuleChange, diff: Diff) -> Iterator[Text]:
    if change.binds is not None:
        names = {**diff.old.law.reference.prefectures, **diff.new.law.reference.prefectures}
        was, now = (
            _NATION if code is None else names[code].name if code in names else same(code)
            for code in change.binds
        )
        yield was + _ARROW + now


def entry_text(change: ReferenceChange) -> Text:
    """Return the name of an entry, with the list that it stands in."""
    label, entry = list_text(change.list), change.entry
    said = getattr(entry, "name", None) or getattr(entry, "what", None)
    named = same(f" {change.id}") + (Text(f"「{said.ja}」", f" “{said.en}”") if said else same(""))
    return label + named


def reference_lines(change: ReferenceChange, reference: Reference) -> list[Text]:
    """Return what became of an entry: what it adds, or which of its fields differ."""
    lines = []
    for label, areas in (
        (Text("加わった重点取組: ", "priority items added: "), change.gained),
        (Text("外れた重点取組: ", "priority items dropped: "), change.lost),
    ):
        if areas:
            known = reference.areas
            names = [known[area].name if area in known else same(area) for area in areas]
            lines.append(label + join(names))
    if change.old is not None and change.new is not None:
        for field in change.fields:
            if field != "source":
                pair = [value_text(getattr(each, field)) for each in (change.old, change.new)]
                lines.append(same(f"{field}: ") + pair[0] + _ARROW + pair[1])
    return lines


def values_of(
    value: ValueChange, change: ParameterChange, codes: Mapping[str, Text]
) -> tuple[Text, Text]:
    """Return what a value was and what it is."""
    old, new = (
        _NONE if entry is None else constant_text(entry.value, change.type, codes)
        for entry in (value.old, value.new)
    )
    return old, new


def code_labels(name: str, diff: Diff) -> Mapping[str, Text]:
    """Return what the codes of a parameter are called, by a rule that compares it with some."""
    for side in (diff.new, diff.old):
        for rule in side.law.rules:
            if labels := codes_of(rule).get(name):
                return labels
    return {}


def asked_lines(rule: Rule, asked: ConditionChange, diff: Diff) -> list[Text]:
    """Return why a rule asks for more or less, each direction with a fact that shows it."""
    lines = []
    for change in diff.parameters:
        if change.name in asked.parameters:
            labels = code_labels(change.name, diff)
            for value in change.values:
                old, new = values_of(value, change, labels)
                lines.append(same(f"${change.name}: ") + old + _ARROW + new)
    for label, keys in (
        (Text("新たな対象: ", "comes to concern: "), asked.keys[0]),
        (Text("対象でなくなるもの: ", "no longer concerns: "), asked.keys[1]),
    ):
        if keys:
            lines.append(label + join(_ALL if key == "*" else same(key) for key in keys))
    lines += [
        witness_text(rule, witness)
        for witness in (asked.tightened, asked.loosened, asked.neutral)
        if witness
    ]
    return lines


def witness_text(rule: Rule, witness: ChangeWitness) -> Text:
    """Return a fact that shows a change, and how it came out and comes out now."""
    attributes = VOCABULARY[rule.kind].attributes
    said = join(
        attributes[name].label + same(": ") + _value_of_fact(attributes[name], value)
        for name, value in witness.values.items()
    )
    outcomes = OUTCOMES[witness.before] + _ARROW + OUTCOMES[witness.after]
    shown = Text("例えば、", "such as ") + said + Text(" のとき、", ": ") + outcomes
    return shown + _by_values(rule, witness)


def _value_of_fact(attribute: Attribute, value: Value) -> Text:
    """Return a value of a fact that shows a change; of a text, that there is one."""
    return _STATED if isinstance(value, Text) else describe(attribute, value)


def _by_values(rule: Rule, witness: ChangeWitness) -> Text:
    """Say by the values of which day both sides judge, where a rule names any."""
    first, last = witness.days
    if first != last or not named(rule):
        return same("")
    return Text(f"({first} の値で)", f" (by the values of {first})")


def in_short(changes: Sequence[LawChange], diff: Diff) -> list[Text]:
    """Return changes of the law as the reasons of a verdict: a line each, a line per list."""
    asked = [change.asked for change in changes if isinstance(change, RuleChange)]
    told = {name for each in asked if each for name in each.parameters}  # with their rule
    lists: dict[str, list[Text]] = {}
    lines = []
    for change in changes:
        match change:
            case ReferenceChange():
                lists.setdefault(change.list, []).append(_entry_in_short(change, diff))
            case KnowledgeChange():
                lines.append(KNOWN_UNTIL + same(" ") + knowledge_text(change))
            case RuleChange():
                lines.append(same(f"{change.rule.id} ") + _rule_in_short(change, diff))
            case ParameterChange() if change.name not in told:
                old, new = values_of(change.values[-1], change, code_labels(change.name, diff))
                lines.append(same(f"${change.name}: ") + old + _ARROW + new)
    entries = [list_text(name) + same(": ") + join(found) for name, found in lists.items()]
    return [*entries, *lines]


def _entry_in_short(change: ReferenceChange, diff: Diff) -> Text:
    more = reference_lines(change, diff.new.law.reference)
    tail = Text(f"({join(more).ja})", f" ({join(more).en})") if more else same("")
    return same(change.id) + _came_or_went(change) + tail


def list_text(name: str) -> Text:
    """Return what an entry of a list is called; the name of a list that is new here."""
    return LISTS.get(name, same(name))


def _rule_in_short(change: RuleChange, diff: Diff) -> Text:
    head, force = change.heads[0], change.rule.in_force
    said, more = HEAD_WORDS[head], list[Text]()
    if change.binds is not None and head == "bound":
        more = [*_bound(change, diff)]
    elif change.asked:
        more = asked_lines(change.rule, change.asked, diff)[:1]
    elif change.old is not None and change.new is not None:
        more = [field_change(field, change.old, change.new) for field in change.fields]
    if more:
        return said + same(": ") + join(more)
    if head in ("in-force", "added"):
        return said + Text(f"({force.since} から)", f" (from {force.since})")
    if head == "lapsed":
        return said + Text(f"({force.until} まで)", f" (until {force.until})")
    return said


def _came_or_went(change: ReferenceChange) -> Text:
    if change.old is None:
        return Text(" が加わった", " was added")
    if change.new is None:
        return Text(" がなくなった", " is gone")
    return Text(" が変わった", " changed")


def knowledge_text(change: KnowledgeChange) -> Text:
    """Return the day up to which something is known, as it was and as it is."""
    of = Text("参照データ", "reference data") if change.of == "known_until" else same(change.of)
    old, new = (_NONE if day is None else same(str(day)) for day in (change.old, change.new))
    return of + same(": ") + old + _ARROW + new


def side_text(side: Side) -> Text:
    """Return what a side is called, with the commit that a revision stood for."""
    commit = f" ({side.revision.commit[:10]})" if side.revision else ""
    return same(f"{side.name}{commit}")
