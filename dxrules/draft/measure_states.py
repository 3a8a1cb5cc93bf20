"""What words and marks say of where a measure stands, in cells and beside titles.

A key may explain them in the words of the document: 「新」は期間中に着手するもの; [済] 終えたもの;
🟢=すでに動いている/🟡=できるか考える.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.figures_in_text import is_date
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence

_MARK: Final = r"(?:[^\w\s「」『』()（）\[\]【】〔〕、。,.=＝:：/／・~\-]\uFE0F?)"
_KEY: Final = rf"({_MARK}|[一-龥]{{1,3}})"
_QUOTED: Final = re.compile(rf"「{_KEY}」(?:は|が|=)([^「」]{{2,60}}?)(?=、?「|を表|を示|。|$)")
_EQUALS: Final = re.compile(
    rf"(?:^|[\s/／:：、。]|(?<=もの)|(?<=こと)){_KEY}\s*[=＝]\s*([^\s/／=＝。]{{2,40}}?)"
    rf"(?=[\s/／。、]|$|{_KEY}\s*[=＝])"
)
_AFTER_MARK: Final = re.compile(
    rf"(?:^|[\s/／:：、])({_MARK})\s*(?:[:：]|…+|‥+)\s*([^\s/／:：…‥]{{2,40}})"
)
_BRACKETED: Final = re.compile(
    rf"^[\[［【〔(（]{_KEY}[\]］】〕)）]\s*(\S.{{1,40}}(?:もの|取組|事業|施策))。?$"
)
_OF_A_KEY: Final = re.compile("区分|欄|印|記号|符号|凡例|意味|見方|〕の|】の|を(?:表|示)(?:す|し)")
_EXPLAINED: Final = re.compile("(?:もの|こと|取組|取り組み|事業|施策)。?$")
"""The end of what a table of a key says of a word: 継続 | 引き続き行う取組."""
_OF_YEARS: Final = re.compile("→|▶|工程|升|セル")
_LEAST: Final = 2
"""Words or marks that a key explains at least."""


def key_to_states(sentences: Iterable[Sentence], reading: Lexicon) -> dict[str, str]:
    """Return of words and marks that a key explains a word for the state that each stands for.

    Where two keys differ on one, it stands for nothing.
    """
    told: dict[str, set[str]] = {}
    for sentence in sentences:
        text = sentence.text.strip()
        is_key = _OF_A_KEY.search(text) is not None and not _OF_YEARS.search(text)
        found = [*_pairs(text)] if is_key else []
        lines = [_BRACKETED.match(line.strip()) for line in text.split("\n")]
        found += [(each[1], each[2]) for each in lines if each is not None]
        found += _in_table(sentence)
        for key, said in found:
            if code := _state(squeezed(said), reading):
                told.setdefault(_plain(key), set()).add(code)
    known = {key: next(iter(codes)) for key, codes in told.items() if len(codes) == 1}
    words = {code: word for word, code in reversed([*reading.codes["measure-status"].items()])}
    return {key: words[code] for key, code in known.items()} if len(known) >= _LEAST else {}


def _in_table(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Yield the words of a table that is but a key, each with what it stands for."""
    rows = [[cell.text for cell in row] for row in sentence.block.rows()]
    if rows and all(len(row) == _LEAST for row in rows):
        told = [(key, said) for key, said in rows if _EXPLAINED.search(squeezed(said))]
        if len(told) >= max(_LEAST, len(rows) - 1):
            yield from (pair for pair in told if _IS_KEY.fullmatch(squeezed(pair[0])))


_IS_KEY: Final = re.compile(rf"{_MARK}|[一-龥ぁ-ん]{{1,4}}")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pattern in (_QUOTED, _EQUALS, _AFTER_MARK):
        for found in pattern.finditer(text):
            yield found[1], found[2]


def _state(said: str, reading: Lexicon) -> str | None:
    """Return the state that the words of a key tell; the first that any of its words stands for."""
    return reading.code_of("measure-status", said) or next(
        (code for word, code in reading.codes["measure-key"].items() if word in said), None
    )


def _plain(key: str) -> str:
    return squeezed(key).replace("\ufe0f", "")


STATE_BEFORE: Final = re.compile(
    r"[\[［【〔(（](?:\S|新規|継続|拡充|拡大|検討|完了|実施|実施中|検討中|着手|済み|見直し|重点|再掲)[\]］】〕)）]\s*"
    r"(?=\S{3})"
)
"""A bracket of the state before a title: 【新規】, [済]."""
_BEFORE: Final = re.compile(
    rf"(?:[\[［【〔(（]([^\[\]［］【】〔〕()（）\s]{{1,4}})[\]］】〕)）]|({_MARK}))\s*(?=\S{{3}})"
)
_LAST: Final = re.compile(r"[\[［【〔(（]([^\[\]［］【】〔〕()（）]{1,8})[\]］】〕)）]\s*$")


def state_beside(title: str, reading: Lexicon) -> str:
    """Return the word or mark of its state that stands before a title, or in a bracket after it.

    A mark counts only if a key explains it.
    """
    sign = sign_of(title)
    for text in (title, sign.rest if sign is not None else ""):
        if (found := _BEFORE.match(text.strip())) is not None:
            word = _plain(found[1] or found[2])
            if reading.word_of(word) != word or (found[1] and _is_state(word, reading)):
                return word
    last = _LAST.search(title)
    return last[1] if last is not None and _is_state(squeezed(last[1]), reading) else ""


def _is_state(word: str, reading: Lexicon) -> bool:
    return bool(reading.code_of("measure-status", reading.word_of(word)))


_NOTED: Final = re.compile(r"([^()]{1,12})\(([^()]{2,60})\).?")
_SIGN: Final = re.compile(r"^[◎○〇●△▲×✕▼▽■□◆◇☆★](?=.{2})")
_ENDED: Final = re.compile("(?:に|で)?(?:完了|終了|実施|導入|開始)?(?:済み?)?$")


def status_of(cell: str, reading: Lexicon) -> dict[str, str]:
    """Return what a cell of states says: the code of its word, and of what is done the day.

    A sign stands for the word that a key to the signs gives it; before a word it adds nothing. A
    note tells more: what is 未着手(計画どおり) is planned.
    """
    bare = squeezed(cell)
    if status := reading.code_of("measure-status", reading.word_of(bare)):
        return {"status": status}
    bare = _SIGN.sub("", bare)
    if status := reading.code_of("measure-status", bare):
        return {"status": status}
    noted = _NOTED.fullmatch(bare)
    status = reading.code_of("measure-status", noted[1]) if noted else None
    if noted is None or status is None:
        return {}
    day = _ENDED.sub("", noted[2])
    if status == "done" and is_date(day):
        return {"status": status, "completed": day}
    if status == "not-done" and any(word in noted[2] for word in reading.ends("as-planned")):
        return {"status": "planned"}
    return {"status": status}
