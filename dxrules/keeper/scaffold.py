"""A new rule to start from: it loads, and its examples come out as stated, before it is filled in.

It asks something simple of one attribute of its subject; what has to be replaced is marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dxrules.derivation import VOCABULARY, Attribute
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.keeper.new_rule_options import (
    NewRuleOptions,
    attribute_of,
    bears,
    check_id,
    check_prefecture,
    home_of,
    keys_of,
    known_word,
    source_of,
    strength_of,
)
from dxrules.reference import SourceKind
from dxrules.rules import Law, Strength
from dxrules.rules.rule import RuleAbout
from dxrules.texts import LANGS, Lang, Text

_SOURCES: Mapping[Strength, SourceKind] = {
    "statute": "law",
    "cabinet": "cabinet-decision",
    "effort": "law",
    "advice": "national-plan",
    "recommended": "guideline",
    "yardstick": "principle",
    "consistency": "principle",
}
"""The kind of source that a strength usually comes from."""

_HEAD = Text(
    "以下を書き換える。`dxrules rules test` と `dxrules rules lint` で確かめる。",
    "To be filled in; check it with `dxrules rules test` and `dxrules rules lint`.",
)
_ABOUT: Mapping[RuleAbout, Text] = {
    "plan": Text(
        "計画に書くべきこと(記載なしは不適合になりうる)。町が行うべきことなら town",
        "what the plan must hold (silence can fail); town: what the town must do",
    ),
    "town": Text(
        "町が行うべきこと(記載なしは要確認)。計画に書くべきことなら plan",
        "what the town must do (silence is unknown); plan: what the plan must hold",
    ),
}
_DRAFT = Text(
    "不適合でも注意にとどまる。典拠を確かめたら消す",
    "a note at most; delete it once the source is verified",
)
_CLAUSE = Text(
    "条項が分かれば clause: {ja: 第1条, en: Article 1}",
    "with the clause, if known: clause: {ja: 第1条, en: Article 1}",
)
_ARTICLE = Text(
    "条を正しいものに書き換える(例: 15-2)。条項は clause: {ja: 第15条第2項, en: ...}",
    "put the right article, as in 15-2, with clause: {ja: 第15条第2項, en: ...}",
)
_IN_FORCE = Text(
    "公表された日と、適用の最初の日。終わるときは until: 最後の日",
    "day of the announcement and first day; a rule that ends has until: its last day",
)
_SUBJECT = Text("対象のキー(複数可)", "the keys that it is about")
_REQUIRE = Text(
    "変わりうる日や数は parameters に置き、$名前 で引く",
    "put days and numbers that may change into parameters, and name them: $name",
)
_ASKED = Text(
    "「{label}」はどうなっていますか。計画書か、その担当課で確かめてください",
    "What is the state of “{label}”? Check the plan, or ask the section in charge",
)
_QUESTION = Text(
    "要確認のとき、何をどこで確かめるか。{label}、{due}、{town} が使える",
    "what to look up where it is undetermined, and where; takes {label}, {due}, {town}",
)
_KNOWN_UNTIL = Text("この日までの改正を調べた", "changes were looked for up to this day")
_VERIFIED = Text(
    "確かめたら primary か secondary にし、decided と url を添える",
    "once verified primary or secondary; add decided and url",
)


def new_rule(law: Law, wish: NewRuleOptions, lang: Lang, ruleset: str | None = None) -> str:
    """Return a rule to be appended to a ruleset, by default to that whose ids start alike.

    Raises UsageError if the wish cannot be met, with a way out.
    """
    check_id(law, wish.rule_id)
    key, of_law = source_of(home_of(law, wish, ruleset), wish)
    source = f'{{ref: {_word(key)}, article: "1"}}' if of_law else f"{{ref: {_word(key)}}}"
    note = _ARTICLE if of_law else _CLAUSE
    lines = _rule(law, wish, f"{source}  # {note.in_(lang)}", lang)
    return "".join(f"{line}\n" for line in lines)


def new_ruleset(
    law: Law, wish: NewRuleOptions, lang: Lang, name: str, prefecture: str | None = None
) -> str:
    """Return a whole ruleset file with one rule: of the nation, or of a prefecture by its code.

    `name` is what a ruleset of the nation is called. Raises UsageError as `new_rule` does.
    """
    check_id(law, wish.rule_id)
    strength = strength_of(wish)
    level, title = "national", Text("点検項目集の表題", "title of the ruleset")
    jurisdiction = "{level: national}"
    kind = _SOURCES[strength]
    if prefecture is not None:
        check_prefecture(law, prefecture)
        title = law.reference.prefectures[prefecture].name
        level, name = "prefecture", f"{prefecture}-{title.en.lower()}"
        jurisdiction = f'{{level: prefecture, code: "{prefecture}"}}'
        document: SourceKind = "prefecture-document"
        kind = document if bears(document, strength) else kind
    identity = f"{level}/{name}"
    for there in law.rulesets:
        if there.id == identity or (prefecture is not None and there.prefecture == prefecture):
            raise UsageError.of(
                f"{there.id} という点検項目集が既にあります。"
                f"--ruleset {there.id} で、追記する点検項目を作れます。",
                f"There is a ruleset {there.id}. With --ruleset {there.id} a rule is written "
                "that can be appended to it.",
            )
    key = wish.source or "source"
    lines = [
        "format: dxrules/ruleset/1",
        f"id: {_word(identity)}",
        f"title: {_both(title)}",
        f"jurisdiction: {jurisdiction}",
        f"known_until: {wish.since}  # {_KNOWN_UNTIL.in_(lang)}",
        "sources:",
        f"  {_word(key)}:",
        f"    title: {_both(Text('典拠の名称', 'name of the source'))}",
        f"    kind: {kind}",
        f"    verified: unverified  # {_VERIFIED.in_(lang)}",
        "rules:",
        *_rule(law, wish, f"{{ref: {_word(key)}}}  # {_CLAUSE.in_(lang)}", lang),
    ]
    return "".join(f"{line}\n" for line in lines)


def _rule(law: Law, wish: NewRuleOptions, source: str, lang: Lang) -> Iterator[str]:
    """Yield the lines of a rule, as an entry of `rules`."""
    kind = known_word(wish.kind, VOCABULARY, Text("種類", "kind"))
    strength = strength_of(wish)
    attribute = attribute_of(kind, wish.attribute)
    asked = ask(attribute, wish.about, wish.since)
    labels = VOCABULARY[kind].label, attribute.label
    title = Text(*(": ".join(each.in_(each_lang) for each in labels) for each_lang in LANGS))
    message = Text(
        f"「{{label}}」が要件を満たしていない({attribute.label.ja}: {{{attribute.name}}})",
        f"“{{label}}” does not meet the requirement ({attribute.label.en}: {{{attribute.name}}})",
    )
    keys = keys_of(law, kind, wish.keys)
    subject = f"{{{kind}: [{', '.join(keys)}]}}  # {_SUBJECT.in_(lang)}" if keys else kind
    day = wish.since
    yield f"  # {_HEAD.in_(lang)}"
    yield f"  - id: {wish.rule_id}"
    yield f"    title: {_both(title)}"
    yield f"    about: {wish.about}  # {_ABOUT[wish.about].in_(lang)}"
    yield f"    strength: {strength}"
    if strength == "consistency":
        yield "    severity: note"
    yield f"    draft: yes  # {_DRAFT.in_(lang)}"
    yield f"    source: {source}"
    yield f"    in_force: {{announced: {day}, from: {day}}}  # {_IN_FORCE.in_(lang)}"
    yield f"    subject: {subject}"
    yield f"    require: {asked.require}  # {_REQUIRE.in_(lang)}"
    yield f"    message: {_both(message)}"
    yield f"    remedy: {_both(Text('直し方を書く', 'Say how to mend it'))}"
    yield f"    question: {_both(_ASKED)}  # {_QUESTION.in_(lang)}"
    yield "    examples:"
    for expected, fact in asked.examples:
        yield f"      - {{expect: {expected}, fact: {fact}}}"


def _both(value: Text) -> str:
    ja, en = (json.dumps(value.in_(lang), ensure_ascii=False) for lang in LANGS)
    return f"{{ja: {ja}, en: {en}}}"


def _word(text: str) -> str:
    """Return a word as YAML can hold it."""
    bare = re.fullmatch(r"[\w./-]+", text, re.ASCII) and text != "null"
    return text if bare else json.dumps(text, ensure_ascii=False)


_NOTHING = "{}"


@frozen
class SimplestCondition:
    """What is asked, and examples of it by the outcome expected, as a ruleset file holds them."""

    require: str
    examples: tuple[tuple[str, str], ...]


def ask(attribute: Attribute, about: RuleAbout, day: date) -> SimplestCondition:
    """Ask for the best value of an attribute, and, if it is about the plan, that one is stated.

    `day` is the one by which a date is asked for. Raises UsageError for a text of the town:
    all that can be asked of a text is that it is stated, and silence must not fail a town.
    """
    if attribute.type == "text" and about == "town":
        raise UsageError.of(
            f"属性「{attribute.name}」について問えるのは記載の有無だけです。"
            "町が行うべきこと(about: town)には、ほかの属性を選んでください。",
            f'Of "{attribute.name}" a rule can ask only whether it is stated. For what the '
            "town must do (about: town) choose another attribute.",
        )
    question, good, bad = _compared(attribute, day)
    stated = ["known: yes"] if about == "plan" else []
    words = ", ".join([*stated, *question])
    return SimplestCondition(
        f"{{{attribute.name}: {{{words}}}}}",
        tuple(_examples(attribute.name, about, good, bad)),
    )


def _compared(attribute: Attribute, day: date) -> tuple[list[str], str, str | None]:
    """Return the comparison, a value that just meets it, and one that just does not."""
    match attribute.type:
        case "date":
            return [f"by: {day}"], day.isoformat(), (day + timedelta(days=1)).isoformat()
        case "number":
            return ["at_most: 0"], "0", "1"
        case "truth":
            return ["is: yes"], "yes", "no"
        case "code":
            good, bad, *_ = attribute.codes
            return [f"is: {good}"], good, bad
        case "text":
            return [], "…", None


def _examples(name: str, about: RuleAbout, good: str, bad: str | None) -> Iterator[tuple[str, str]]:
    yield "pass", f"{{{name}: {good}}}"
    if bad is not None:
        yield "fail", f"{{{name}: {bad}}}"
    yield ("fail" if about == "plan" else "unknown"), f"{{{name}: silent}}"
    yield "unknown", _NOTHING
