"""What signs mean in a column of states, by the key to them: ◎完了 ○順調 △遅れ ×未着手."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.outline import Sentence

_SIGNS: Final = "◎○〇△▲×✕□■●◇◆☆★※☑☐☒→▶－A-Ha-h"
_PAIR: Final = re.compile(
    rf"[「『(（]?(?:([{_SIGNS}休済])[」』)）]?\s*[:：=＝はが…]?|([未中予])[」』)）]?\s*[:：=＝は])\s*"
    rf"([^\s、,，。/／「」『』()（）:：{_SIGNS}]{{2,16}})(?:[(（]([^()（）]{{2,12}})[)）])?"
)
_PARTS: Final = re.compile("[/／。\n]")
_OF_STATES: Final = re.compile("状況|進捗|進み|評価|達成|記号|結果")
_OF_YEARS: Final = re.compile("→|▶|工程|升|セル")
_LEAST: Final = 2
"""Signs that a key explains at least."""


def key_to_signs(
    sentences: Iterable[Sentence], code_of: Callable[[str], str | None]
) -> dict[str, str]:
    """Return the word that stands for each sign; a key to the signs of years is another one.

    `code_of` returns the state that a word tells, if any. A state in brackets is the one that
    counts: 実施中(遅れ) is late. Where two keys differ on a sign, it stands for nothing.
    """
    told: dict[str, set[str]] = {}
    guessed: dict[str, set[str]] = {}
    for sentence in sentences:
        for part in _PARTS.split(sentence.text):
            pairs = [
                (sign or letter, squeezed(note if code_of(squeezed(note)) else word))
                for sign, letter, word, note in _PAIR.findall(part)
            ]
            known = [(s, w) for s, w in pairs if code_of(w)]
            if len(known) < _LEAST or _OF_YEARS.search(part):
                continue
            found = told if _OF_STATES.search(part) else guessed
            for sign, word in known:
                found.setdefault(sign, set()).add(word)
    return {
        squeezed(sign): next(iter(words))
        for sign, words in (told or guessed).items()
        if len({code_of(word) for word in words}) == 1
    }
