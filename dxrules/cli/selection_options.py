"""`--select` and `--ignore`: the words that people write, and the findings that they mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import get_args

from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.assessment.selection import WHOLE_PLAN, Selection, Term, Trait
from dxrules.cli.bilingual import option, taken_as
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.report.shared_labels import OUTCOMES
from dxrules.rules import STRENGTH_LABELS, Law
from dxrules.source import did_you_mean
from dxrules.source.suggest import nearest
from dxrules.texts import Text, join, same, shorten

_TRAITS: tuple[Trait, ...] = get_args(Trait)
_WORDS: Mapping[Trait, Text] = {
    "rule": Text("点検項目", "rule"),
    "area": Text("分野", "area"),
    "strength": Text("強さ", "strength"),
    "outcome": Text("判定", "outcome"),
    "prefecture": Text("都道府県", "prefecture"),
}
_METAVAR = Text("条件", "WHICH")
_UNKNOWN = Text(
    "{option} {said}: 「{word}」という{trait}はありません。",
    '{option} {said}: there is no {trait} "{word}".',
)
_NO_TRAIT = Text(
    "{option} {said}: 「{word}:」では絞り込めません。",
    '{option} {said}: nothing is selected by "{word}:".',
)
_BEGINNING = Text("「{word}」で始まる点検項目", "rules whose ids begin with {word}")
_AREAS = Text("分野は: {areas}。", "Areas: {areas}.")
_LIST = Text("一覧は `dxrules rules list` で見られます。", "`dxrules rules list` lists them.")


_WHICH = Text(
    "点検項目のid(STD-02)かその頭(STD)、area:分野、strength:強さ、outcome:判定、prefecture:都道府県",
    "the id of a rule (STD-02) or how ids begin (STD), area:…, strength:…, outcome:… or "
    "prefecture:…",
)


@frozen
class Chosen:
    """What a call selects and leaves out, in its own words."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def selection(self, law: Law) -> Selection:
        """Return what is meant; raise UsageError, with what may be meant, at an unknown word."""
        words = _words(law) if self else {}
        return Selection(
            tuple(_term("--select", said, words) for said in self.select),
            tuple(_term("--ignore", said, words) for said in self.ignore),
        )

    def __bool__(self) -> bool:
        """Tell whether anything is selected, or left out."""
        return bool(self.select or self.ignore)

    def options(self) -> tuple[str, ...]:
        """Return the words as another call takes them."""
        words = [("--select", said) for said in self.select]
        words += [("--ignore", said) for said in self.ignore]
        return tuple(chain.from_iterable(words))


selection_options = taken_as(
    "chosen",
    Chosen,
    option(
        "--select",
        ja=f"これだけを示す(check は、終了コードにもこれだけを数える): {_WHICH.ja}。"
        "繰り返せる(同じ種類は「または」、違う種類は「かつ」)",
        en=f"show only this, and in check count only this: {_WHICH.en}; "
        "repeatable (of one sort: or, of several sorts: and)",
        called=_METAVAR,
        multiple=True,
    ),
    option(
        "--ignore",
        ja="これを除く(書き方は --select と同じ)",
        en="leave this out (as --select)",
        called=_METAVAR,
        multiple=True,
    ),
)
"""`--select` and `--ignore`; a command takes them as `chosen`."""


_Known = dict[str, tuple[str, "Text"]]
"""From how a value may be written to the value, and how reports call it."""


def _words(law: Law) -> dict[Trait, _Known]:
    """Return, for each trait, the values that there are by all their names."""
    reference = law.reference
    found: dict[Trait, _Known] = {trait: {} for trait in _TRAITS}
    for ruleset in (*law.rulesets, *BUILT_IN):
        for rule in ruleset.rules:
            for name in (rule.id, *rule.formerly):
                found["rule"].setdefault(_plain(name), (rule.id, same(rule.id)))
    _add(found["area"], WHOLE_PLAN, Text("計画全体", "the plan as a whole"))
    for area in reference.areas.values():
        _add(found["area"], area.id, area.name, area.aliases)
    for strength, label in STRENGTH_LABELS.items():
        _add(found["strength"], strength, label)
    for outcome, label in OUTCOMES.items():
        _add(found["outcome"], outcome.value, label)
    for home in reference.prefectures.values():
        _add(found["prefecture"], home.id, home.name, (home.name.ja[:-1],))
    return found


def _add(known: _Known, value: str, label: Text, others: Iterable[str] = ()) -> None:
    for name in (value, label.ja, label.en, *others):
        known.setdefault(_plain(name), (value, label))


def _plain(word: str) -> str:
    """Return a word as it is looked up: full-width signs, capitals, - and _ make no difference."""
    return unicodedata.normalize("NFKC", word).strip().casefold().replace("_", "-")


def _term(option: str, said: str, words: Mapping[Trait, _Known]) -> Term:
    head, colon, word = unicodedata.normalize("NFKC", said).partition(":")
    trait: Trait = "rule"
    if colon:
        found = next((each for each in _TRAITS if _plain(head) in (each, _WORDS[each].ja)), None)
        if found is None:
            message = _NO_TRAIT.format(option=option, said=shorten(said), word=shorten(head))
            raise _refused(message, _plain(head), _TRAITS)
        trait = found
    word = word if colon else head
    known, plain = words[trait], _plain(word)
    one = known.get(plain) or (None if trait == "rule" else _within(plain, known))
    if one is not None:
        value, label = one
        return Term(trait, frozenset([value]), _WORDS[trait] + same(" ") + label)
    if trait == "rule" and plain:
        begun = frozenset(value for name, (value, _) in known.items() if name.startswith(plain))
        if begun:
            return Term(trait, begun, _BEGINNING.format(word=plain.upper()))
    message = _UNKNOWN.format(
        option=option, said=shorten(said), word=shorten(word), trait=_WORDS[trait]
    )
    if trait == "rule":
        ids = dict.fromkeys(value for value, _ in known.values())
        raise _refused(message, plain.upper(), list(ids), _LIST)
    shown = {name for value, label in known.values() for name in (value, label.ja, label.en)}
    values = list(dict.fromkeys(value for value, _ in known.values()))
    near = nearest(plain, sorted(shown))
    if near:
        raise UsageError(message.then(near))
    if trait == "area":
        called = [label + Text(f"({id_})", f" ({id_})") for id_, label in known.values()]
        listed = _AREAS.format(areas=join(dict.fromkeys(called)))
        raise UsageError(message.then(listed))
    raise _refused(message, plain, values)


def _within(plain: str, known: _Known) -> tuple[str, Text] | None:
    """Return the one value whose names hold a word, as 標準化 is in those of one area."""
    meant = {known[name] for name in known if plain in name} if len(plain) > 1 else set()
    return meant.pop() if len(meant) == 1 else None


def _refused(
    message: Text, word: str, known: Sequence[str], otherwise: Text | None = None
) -> UsageError:
    hint = did_you_mean(word, known) or otherwise
    return UsageError(message.then(hint))
