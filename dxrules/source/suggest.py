"""What someone who mistyped a word may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.texts import Text, shorten

_SHORT_LIST = 12
_NEAR = 0.65
"""Below that a word is another one: abandoned is 0.63 like planned."""
_AS_NEAR = 0.1


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """Name the nearest known words; failing that, all of them if they are few."""
    known = list(known)
    near = nearest(word, known)
    if near is None and 0 < len(known) <= _SHORT_LIST:
        shown = [shorten(each) for each in known]
        return Text(f"使えるのは: {'、'.join(shown)}。", f"Known here: {', '.join(shown)}.")
    return near


def nearest(word: str, known: Iterable[str]) -> Text | None:
    """Name the known words that are nearest to a word; None if none is near."""
    import difflib

    known = list(known)
    word = shorten(word)
    near = difflib.get_close_matches(word, known, n=2, cutoff=_NEAR)
    if near:
        like = [difflib.SequenceMatcher(None, each, word).ratio() for each in near]
        near = [
            shorten(each)
            for each, ratio in zip(near, like, strict=True)
            if ratio > like[0] - _AS_NEAR
        ]
        return Text(f"もしかして: {'、'.join(near)}", f"Did you mean {' or '.join(near)}?")
    return None
