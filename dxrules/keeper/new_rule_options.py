"""Options of `rules new`, checked against the existing rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, get_args

from dxrules.assessment.waivers import WAIVERS
from dxrules.derivation import VOCABULARY, Attribute, Type
from dxrules.derivation.vocabulary import subject_keys
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.reference import SourceKind
from dxrules.rules import Law, Ruleset
from dxrules.rules.cited_sources import needs_article
from dxrules.rules.rule import STRENGTH_RANK, STRONGEST, RuleAbout, Strength
from dxrules.rules.ruleset_models import ID_FORM
from dxrules.source import did_you_mean, from_text
from dxrules.texts import Text, shorten

_ID = re.compile(r"([A-Z0-9]{2,5})-([0-9]{2})")
_LAST = 99

_USUAL = (
    *("provided_for", "published", "outstanding", "days_outside_plan", "done_on", "covered"),
    *("has_baseline", "present", "count"),
)
"""What a new rule asks about unless an attribute is named: the first of these that there is."""

_PLAINEST: tuple[Type, ...] = ("truth", "number", "date", "code")
"""What it asks about of a kind that has none of them."""

_ONE_BY_ONE = frozenset({"provision", "collection", "citation", "passage"})
"""Kinds of which a rule hardly ever means all."""


@frozen
class NewRuleOptions:
    """What the new rule is to be; what is left out gets something that fits.

    `since` is the day from which it is to hold, and by which a date is asked for.
    """

    rule_id: str
    since: date
    kind: str = "provision"
    keys: tuple[str, ...] = ()
    attribute: str | None = None
    about: RuleAbout = "town"
    strength: str = "recommended"
    source: str | None = None


def attribute_of(kind: str, name: str | None) -> Attribute:
    """Return the attribute that is named, or that which a new rule asks about of its kind."""
    attributes = VOCABULARY[kind].attributes
    if name is not None:
        what = Text(f"属性({kind})", f"attribute of {kind}")
        return attributes[known_word(name, attributes, what)]
    usual = [attributes[each] for each in _USUAL if each in attributes]
    others = (each for type_ in _PLAINEST for each in attributes.values() if each.type == type_)
    return next(iter(usual), None) or next(others)


def keys_of(law: Law, kind: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys named; of a kind of which a rule hardly ever means all, the first one."""
    known = subject_keys(law.reference).get(kind, ())
    if named and not known:
        raise UsageError.of(
            f"{kind} の対象は計画ごとに違うので、点検項目ではキーを挙げられません。",
            f"The subjects of {kind} differ from plan to plan; a rule cannot name their keys.",
        )
    for key in named:
        known_word(key, known, Text(f"キー({kind})", f"key of {kind}"))
    return named or (known[:1] if kind in _ONE_BY_ONE else ())


def strength_of(wish: NewRuleOptions) -> Strength:
    """Return the strength wished for."""
    strengths: Mapping[str, Strength] = {each: each for each in get_args(Strength)}
    return strengths[known_word(wish.strength, strengths, Text("強さ", "strength"))]


def known_word(word: str, known: Iterable[str], what: Text) -> str:
    """Return a word that is among those known; raise UsageError, with the nearest, if not."""
    words = list(known)
    if word in words:
        return word
    said = shorten(word)
    message = Text(f"「{said}」という{what.ja}はありません。", f'There is no {what.en} "{said}".')
    hint = did_you_mean(word, words)
    raise UsageError(message.then(hint))


def check_id(law: Law, rule_id: str) -> None:
    """Raise UsageError for what is no id, or one that a rule has or had, with one that is free."""
    shape = _ID.fullmatch(rule_id)
    if shape is None:
        said = shorten(rule_id)
        no_id = Text(
            f"「{said}」は点検項目の id になりません。", f'"{said}" cannot be the id of a rule.'
        )
        raise UsageError(no_id.then(ID_FORM))
    owners = {
        each: rule.id
        for ruleset in (*law.rulesets, WAIVERS)
        for rule in ruleset.rules
        for each in (rule.id, *rule.formerly)
    }
    owner = owners.get(rule_id)
    if owner is None:
        return
    there = Text(f"{rule_id} は既にあります。", f"There is a rule {rule_id}.")
    former = Text(f"{rule_id} は {owner} の旧 id です。", f"{rule_id} is a former id of {owner}.")
    never = Text("id は再利用できません。", " Ids are never reused.")
    raise UsageError((there if owner == rule_id else former) + never + _free(shape[1], owners))


def _free(prefix: str, used: Collection[str]) -> Text:
    """Name the next id that nobody has or had: one after the last, or a gap."""
    taken = {int(each[-2:]) for each in used if each[:-3] == prefix}
    after = [n for n in (*range(max(taken) + 1, _LAST + 1), *range(1, _LAST)) if n not in taken]
    if not after:
        return Text("ほかの接頭辞を選んでください。", " Choose another prefix.")
    free = f"{prefix}-{after[0]:02}"
    return Text(f"次に空いているのは {free} です。", f" The next free one is {free}.")


def home_of(law: Law, wish: NewRuleOptions, named: str | None) -> Ruleset:
    """Return the ruleset that is named, or that whose ids start as the new one does."""
    rulesets = {each.id: each for each in law.rulesets}
    if named is not None:
        return rulesets[known_word(named, rulesets, Text("点検項目集", "ruleset"))]
    prefix = wish.rule_id[:-2]
    alike = [
        each for each in law.rulesets if any(rule.id.startswith(prefix) for rule in each.rules)
    ]
    if len(alike) == 1:
        return alike[0]
    raise UsageError.of(
        f"{wish.rule_id} をどの点検項目集に加えるのか分かりません。--ruleset で選ぶか"
        f"({'、'.join(rulesets)})、--output で新しいファイルに書いてください。",
        f"It is not clear to which ruleset {wish.rule_id} belongs. Name it with --ruleset "
        f"({', '.join(rulesets)}), or write a new file with --output.",
    )


def source_of(ruleset: Ruleset, wish: NewRuleOptions) -> tuple[str, bool]:
    """Return a source of a ruleset that bears the strength, or the one wished for.

    Its key, and whether a rule that rests on it has to name an article.
    """
    strength = strength_of(wish)
    place = next((rule.place.file for rule in ruleset.rules), ruleset.id)
    sources: dict[str, Any] = from_text(ruleset.text, place).data["sources"]
    bearing = [key for key, each in sources.items() if bears(each["kind"], strength)]
    if wish.source is not None:
        known_word(wish.source, sources, Text("典拠", "source"))
    if wish.source in bearing or (wish.source is None and bearing):
        key = wish.source or bearing[0]
        verified = str(sources[key]["verified"])
        return key, needs_article(sources[key]["kind"], verified, strength)
    if not bearing:
        raise UsageError.of(
            f"{ruleset.id} には、{strength} の強さを支える典拠がありません。"
            "先に典拠を sources に加えるか、弱い --strength を選んでください。",
            f"No source of {ruleset.id} bears the strength {strength}. Add one to its "
            "sources first, or choose a weaker --strength.",
        )
    raise UsageError.of(
        f"{wish.source} は {strength} の強さを支えません。支えるのは: {'、'.join(bearing)}。",
        f"{wish.source} does not bear the strength {strength}. "
        f"Those that do: {', '.join(bearing)}.",
    )


def bears(kind: SourceKind, strength: Strength) -> bool:
    """Tell whether a kind of source can give a rule a strength."""
    return STRENGTH_RANK[STRONGEST[kind]] >= STRENGTH_RANK[strength]


def check_prefecture(law: Law, code: str) -> None:
    """Raise UsageError if there is no such prefecture."""
    if code not in law.reference.prefectures:
        raise UsageError.of(
            f"「{code}」という都道府県はありません。01～47の2桁で書いてください。",
            f'There is no prefecture "{code}". Write two digits, 01 to 47.',
        )
