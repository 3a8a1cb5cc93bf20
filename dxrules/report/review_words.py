"""A question about a draft as people read it in a terminal: what is in doubt, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from dxrules.inquiry.confirmation import ALL, CLOSE, IS, NONE, OWN, Review
from dxrules.inquiry.doubt_order import OpenPoint
from dxrules.plan.alike_doubts import AlikeDoubts, stands
from dxrules.plan.open_doubts import OpenDoubt, is_list, offers
from dxrules.reference import Reference
from dxrules.report.entry_words import (
    entry_name,
    key_name,
    keys_name,
    list_name,
    own_name,
    section_name,
    value_words,
)
from dxrules.report.terminal import Style
from dxrules.source import Path
from dxrules.source.placed_data import value_at
from dxrules.texts import Text, join, same, shorten

_NUMBER: Final = "[{number}/{total}] "
_DOUBT: Final = Text("{entry} ― {keys}", "{entry} - {keys}")
_ENTRY: Final = Text(
    "{entry} ― この団体の計画の項目か", "{entry} - is it an entry of this municipality's plan?"
)
_TOGETHER: Final = Text("{entries} {count}件 ― {keys}", "{entries} ({count}) - {keys}")
_ENTRIES: Final = Text(
    "{entries} {count}件 ― この団体の計画の項目か",
    "{entries} ({count}) - are they entries of this municipality's plan?",
)
_SECTION: Final = Text(
    "「{section}」を読み終え、ほかに書くことはないか",
    "Has all of this section been read, and is nothing to be added: {section}?",
)
_HELD: Final = Text(
    "この節には未回答の確認が{count}件あり、済むまで要確認のままです。",
    "{count} doubts in this section are still open; until they are settled, it stays undetermined.",
)
_SAYS: Final = Text("書かれているもの: ", "written so far: ")
_QUOTED: Final = Text("原文 {place}「{text}」", 'quoted {place} "{text}"')
_AROUND: Final = Text("前後 …{text}…", "around it …{text}…")
_PAGE: Final = Text("{page}ページ", "page {page}")
_UNQUOTED: Final = Text("原文の引用はありません。", "Nothing is quoted.")
_BECAUSE: Final = Text("確認待ちの理由: ", "why it is in doubt: ")
_SETTLES: Final = Text("この答えで決まる判定: {now}件", "verdicts that an answer settles: {now}")
_AT_LAST: Final = Text("(ほかがすべて済めば{count}件)", " ({count} when all else is answered)")
_DRAFTED: Final = Text("(下書きの値)", " (as drafted)")
_IS: Final = Text("この団体の項目である", "it is an entry")
_IS_NOT: Final = Text("この団体の項目ではない(削除する)", "it is not an entry (remove it)")
_NOT_SAID: Final = Text(
    "文書には書かれていない(削除する)", "the document does not say it (remove it)"
)
_OWN: Final = Text("別の値を入力する", "another value")
_CLOSE: Final = Text("読み終えた。ほかに書くことはない", "read, and nothing is to be added")
_ALL: Final = Text("すべて", "all of these")
_SOME: Final = Text(
    "(一部だけが正しいなら、その番号を , でつなぐ)",
    " (if only some are right, their numbers joined by commas)",
)
_ALL_STAND: Final = Text(
    "値のあるものはすべて、このとおり(一部なら番号。例 1,3-5)",
    "all that have a value are right as they stand (if only some are, their numbers: 1,3-5)",
)
_ALL_ARE: Final = Text(
    "すべて、この団体の項目である(一部なら番号。例 1,3-5)",
    "all are entries (if only some are, their numbers: 1,3-5)",
)
_ALL_HAVE: Final = Text(
    "すべて「{value}」(一部なら 1,3-5={number})",
    "{value} for all (for some: 1,3-5={number})",
)
_NONE_ARE: Final = Text(
    "どれも、この団体の項目ではない(一部なら 1,3-5=n。削除する)",
    "none is an entry (of some: 1,3-5=n; they are removed)",
)
_NONE_SAID: Final = Text(
    "どれも、文書には書かれていない(一部なら 1,3-5=n。削除する)",
    "the document says none of them (of some: 1,3-5=n; they are removed)",
)
_ONE_BY_ONE: Final = Text("1件ずつ答える", "answer one by one")
_IN_QUOTES: Final = Text("「{text}」", '"{text}"')
_KEYS: Final = Text(
    "s あとで  b 1つ戻る  q ここまでを保存して終了", "s later  b back  q save and quit"
)
WHICH_VALUE: Final = Text("{key}の値(空欄なら今のまま): ", "{key} (empty: as it is): ")
NO_ANSWER: Final = Text(
    "「{said}」という答えはありません。上の番号か文字で答えてください。",
    '"{said}" is none of the answers. Give one of the numbers or letters above.',
)
_SHOWN: Final = 12
_CONTEXT: Final = 200


def lines(
    review: Review, reference: Reference, style: Style, around: Callable[[str], str]
) -> Iterator[str]:
    """Yield the lines of what is asked now; `around` tells what stands around quoted words."""
    asked = review.left[0]
    data = review.file.document.data
    yield ""
    head = same(_NUMBER.format(number=review.number, total=review.total))
    about = asked.about
    yield from style.block(style.bold(head + _asked(data, about, reference)), 0, 2)
    yield from _rows(data, about, reference, style)
    yield from (line for told in _told(review, reference, around) for line in _block(told, style))
    settles = _SETTLES.format(now=f"{asked.now:.3g}")
    if asked.in_the_end > asked.now:
        settles += _AT_LAST.format(count=asked.in_the_end)
    yield from _block(settles, style)
    for sign, answer in _answers(data, about, reference):
        yield from _signed(sign, answer, 4, style)
    yield from style.block(_KEYS, 5, 2)


def _asked(data: Mapping[str, Any], about: OpenPoint, reference: Reference) -> Text:
    """Return what a question is about."""
    if isinstance(about, str):
        return _SECTION.format(section=section_name(about))
    first = about if isinstance(about, OpenDoubt) else about.doubts[0]
    keys = keys_name(first.carrier, first.keys)
    if isinstance(about, OpenDoubt):
        entry = entry_name(data, about.carrier, reference)
        return (_DOUBT if about.keys else _ENTRY).format(entry=entry, keys=keys)
    entries, count = list_name(about.around), len(about.doubts)
    return (_TOGETHER if about.keys else _ENTRIES).format(entries=entries, count=count, keys=keys)


def _rows(
    data: Mapping[str, Any], about: OpenPoint, reference: Reference, style: Style
) -> Iterator[str]:
    """Yield the entries that are asked about together: what each says, and the words quoted."""
    for number, each in enumerate(about.doubts if isinstance(about, AlikeDoubts) else (), 1):
        entry = value_at(data, each.carrier)
        told = [value_words(each.carrier, key, entry.get(key), reference) for key in each.keys]
        name = own_name(data, each.carrier, reference)
        parts = [name, *([join(told)] if told else [])]
        quoted = next((shorten(said.get("text", "")) for said in _quoted(entry, each)), "")
        if quoted.rstrip("。") not in name.ja:
            parts.append(_IN_QUOTES.format(text=quoted))
        yield from _signed(str(number), _between(parts), 2, style)


def _signed(sign: str, text: Text, indent: int, style: Style) -> Iterator[str]:
    """Yield the lines of a text, with a number or letter before the first."""
    first, *rest = style.block(text, indent + 4)
    yield f"{sign:>{indent + 2}}  {first.lstrip()}"
    yield from rest


def _between(parts: Sequence[Text]) -> Text:
    return join(parts, " ― ", " - ")


def _quoted(entry: Mapping[str, Any], about: OpenDoubt) -> list[Mapping[str, Any]]:
    """Return the evidence for what is in doubt."""
    return [
        each
        for each in entry.get("evidence", ())
        if not about.keys or not each.get("of") or set(each["of"]) & set(about.keys)
    ]


def _block(text: Text, style: Style) -> list[str]:
    return style.block(text, 2, 2)


def _told(review: Review, reference: Reference, around: Callable[[str], str]) -> Iterator[Text]:
    """Yield what has to be known for an answer: the words quoted, or what a section holds."""
    about, data = review.left[0].about, review.file.document.data
    if isinstance(about, AlikeDoubts):
        if reasons := dict.fromkeys(each.because for each in about.doubts if each.because):
            yield _BECAUSE + join(same(shorten(each, _CONTEXT)) for each in reasons)
        return
    if isinstance(about, str):
        yield _SAYS + _contents(data, about, reference)
        held = [each for each in review.file.document.values if each[-2:-1] == ("doubts",)]
        if count := sum(path[0] == about for path in held):
            yield _HELD.format(count=count)
        return
    quoted = _quoted(value_at(data, about.carrier), about)
    for each in quoted:
        yield _QUOTED.format(place=_place(each), text=same(shorten(each.get("text", ""))))
        if context := around(each.get("text", "")):
            yield _AROUND.format(text=same(shorten(context, _CONTEXT)))
    if not quoted:
        yield _UNQUOTED
    if about.because:
        yield _BECAUSE + same(shorten(about.because, _CONTEXT))


def _place(said: Mapping[str, Any]) -> Text:
    section = same(shorten(said.get("section", "")))
    page = _PAGE.format(page=shorten(said["page"])) if said.get("page") else same("")
    return join(each for each in (section, page) if each.ja) + same(" ")


def _contents(data: Mapping[str, Any], section: str, reference: Reference) -> Text:
    """Return what stands in a section by the names of its entries, or of its keys."""
    said = data.get(section)
    paths: list[Path] = []
    if isinstance(said, list):
        paths = [(section, number) for number in range(len(said))]
    elif section == "provisions":
        paths = [(section, key) for key in said or {}]
    if paths:
        shown = [entry_name(data, path, reference) for path in paths[:_SHOWN]]
    else:
        shown = [key_name((section,), key) for key in said or {} if key not in _ASIDE]
    count = max(len(paths) - _SHOWN, 0)
    rest = [Text(f"ほか{count}件", f"{count} more")] if count else []
    return join([*shown, *rest]) if shown else Text("なし", "nothing")


_ASIDE: Final = frozenset({"evidence", "doubts", "drafted", "read", "closed"})


def _answers(
    data: Mapping[str, Any], about: OpenPoint, reference: Reference
) -> Iterator[tuple[str, Text]]:
    """Yield the answers by their signs."""
    if isinstance(about, str):
        yield CLOSE, _CLOSE
        return
    if isinstance(about, AlikeDoubts):
        yield from _answers_together(data, about, reference)
        return
    if not about.keys:
        yield "1", _IS
        yield NONE, _IS_NOT
        return
    entry = value_at(data, about.carrier)
    key = about.keys[0]
    several = len(about.keys) == 1 and is_list(about.carrier, key)
    for number, values in enumerate(offers(data, about), 1):
        shown = [
            value_words(about.carrier, name, value, reference) for name, value in values.items()
        ]
        if several and len(values[key]) > 1:
            for place, each in enumerate(values[key], 1):
                yield str(place), value_words(about.carrier, key, each, reference)
            yield ALL, _ALL + _SOME
            continue
        is_drafted = all(entry.get(name) == value for name, value in values.items())
        yield str(number), join(shown) + (_DRAFTED if is_drafted else same(""))
    yield OWN, _OWN
    yield NONE, _NOT_SAID


def _answers_together(
    data: Mapping[str, Any], about: AlikeDoubts, reference: Reference
) -> Iterator[tuple[str, Text]]:
    """Yield the answers about alike doubts, by their signs."""
    if any(stands(data, each) for each in about.doubts):
        yield ALL, _ALL_STAND if about.keys else _ALL_ARE
    for number, code in enumerate(about.codes, 1):
        value = value_words(about.doubts[0].carrier, about.keys[0], code, reference)
        yield f"{IS}{number}", _ALL_HAVE.format(value=value, number=number)
    yield NONE, _NONE_SAID if about.keys else _NONE_ARE
    yield OWN, _ONE_BY_ONE
