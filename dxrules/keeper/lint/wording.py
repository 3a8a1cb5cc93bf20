"""Texts that are not there in one language, or whose placeholders do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dxrules.errors import Place
from dxrules.keeper.lint.remark import Remark, RulesetFolder
from dxrules.rules import Rule
from dxrules.source import Document, Path
from dxrules.texts import LANGS, Lang, Text, placeholders, shorten

_JAPANESE = re.compile("[ぁ-ヿ一-鿿々〆]")
_LATIN = re.compile("[A-Za-z]")
_LANGUAGES = {"ja": Text("日本語", "Japanese"), "en": Text("英語", "English")}


def wording(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each text that speaks one language alone, or names what is not there."""
    for document in folder.documents:
        yield from _languages(document, document.data, ())
    for rule, document, position in folder.rules():
        path: Path = ("rules", position)
        for name, text in (("message", rule.message), ("question", rule.question)):
            if text is None:
                yield _no_question(rule, document.place((*path, "id")))
            else:
                yield from _placeholders(rule, name, text, document.place((*path, name), key=True))


def _languages(document: Document, node: Any, path: Path) -> Iterator[Remark]:
    if isinstance(node, dict) and node.keys() == {*LANGS}:
        alone = _alone(**node)
        if alone:
            lang, text = alone
            other = "en" if lang == "ja" else "ja"
            yield _one_language(document.place((*path, other)), text, lang)
    elif isinstance(node, dict | list):
        for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _languages(document, inner, (*path, key))
            if key == "clause" and isinstance(inner, str) and _JAPANESE.search(inner):
                yield _one_language(document.place((*path, key)), inner, "ja")


def _alone(ja: str, en: str) -> tuple[Lang, str] | None:
    """Return the one language of a text with what it says there, as far as its letters tell.

    A name such as "CIO" is the same in both.
    """
    if _JAPANESE.search(en) and not _LATIN.search(en):
        return "ja", en
    return ("en", ja) if " " in ja and not _JAPANESE.search(ja) else None


def _one_language(place: Place, text: str, lang: Lang) -> Remark:
    shown, language = shorten(text), _LANGUAGES[lang]
    return Remark(
        place,
        "one-language",
        Text(f"「{shown}」は{language.ja}だけです。", f'"{shown}" is in {language.en} alone.'),
        Text(
            "{ja: …, en: …} の両方に、同じ内容を書いてください。",
            "Write the same content in both: {ja: …, en: …}.",
        ),
    )


def _no_question(rule: Rule, place: Place) -> Remark:
    return Remark(
        place,
        "no-question",
        Text(
            f"{rule.id} に question がなく、要確認のときに何を確かめればよいかが示せません。",
            f"{rule.id} has no question: nobody is told what to look up where it is undetermined.",
        ),
        Text(
            "何をどこで確かめるかを question: {ja: …, en: …} に書いてください。",
            "Write what to look up, and where: question: {ja: …, en: …}.",
        ),
    )


def _placeholders(rule: Rule, name: str, text: Text, place: Place) -> Iterator[Remark]:
    ja, en = ({*placeholders(text.in_(lang))} for lang in LANGS)
    if ja != en:
        alone = ", ".join(f"{{{word}}}" for word in sorted(ja ^ en))
        yield Remark(
            place,
            "placeholders-differ",
            Text(
                f"{rule.id} の {name} の {alone} が、一方の言語にしかありません。",
                f"{alone} stands in one language of {rule.id}'s {name} alone.",
            ),
            Text("両方に書いてください。", "Write it in both."),
        )
    if "due" in ja | en and rule.due is None:
        yield Remark(
            place,
            "no-due",
            Text(
                f"{rule.id} の {name} に {{due}} がありますが、点検項目に due がありません。",
                f"The {name} of {rule.id} says {{due}}, but the rule has no due.",
            ),
            Text("due を加えるか、{due} を消してください。", "Add due, or drop {due}."),
        )
