"""A draft confirmed in a terminal: question by question, saved after each answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dxrules.cli.common import style
from dxrules.cli.streams import complain, has_person, hear, say
from dxrules.errors import PlanError, UsageError
from dxrules.inquiry.confirmation import OWN, Reply, Review, reply, review, settled, value_of
from dxrules.inquiry.doubt_order import PlanJudge
from dxrules.paths import shown
from dxrules.plan import PlanFile
from dxrules.plan.alike_doubts import AlikeDoubts
from dxrules.plan.open_doubts import OpenDoubt, confirmed
from dxrules.plan.read import read_document
from dxrules.reference import Reference
from dxrules.report.entry_words import key_name
from dxrules.report.review_words import NO_ANSWER, WHICH_VALUE, lines
from dxrules.rules import Outcome
from dxrules.source import stamp, write_whole
from dxrules.texts import Text, same, shorten, visible

if TYPE_CHECKING:
    from dxrules.document import Original

LATER, BACK, QUIT = "s", "b", "q"

_NO_PERSON = Text(
    "--review は端末で1問ずつ尋ねるので、端末以外では使えません。計画ファイルの確認待ち(doubts)を"
    "直し、読み終えた節を document の closed に加えてください。",
    "--review asks question by question in a terminal, and there is none here. Settle the doubts "
    "in the plan file itself, and list the sections you have read under closed in document.",
)
_NOTHING = Text("{file}: 確認待ちの記載はありません。", "{file}: nothing is left to be confirmed.")
_CHANGED = Text(
    "{file}: ほかで書き換えられたので、上書きしませんでした。最後の答えは保存していません。"
    "もう一度 --review で開いてください。",
    "{file}: was changed by somebody else, so it is not written over. The last answer was not "
    "saved. Open it again with --review.",
)
_DONE = Text(
    "{file}: 確認 {answered}件、あとで {skipped}件、残り {left}件。"
    "要確認の判定 {before}件 → {after}件。",
    "{file}: {answered} answered, {skipped} for later, {left} left. "
    "Undetermined verdicts: {before} → {after}.",
)


def refuse_without_person() -> None:
    """Raise UsageError where nobody can be asked."""
    if not has_person():
        raise UsageError(_NO_PERSON)


def confirm_in_terminal(
    path: Path,
    file: PlanFile,
    judge: PlanJudge,
    reference: Reference,
    original: Original | None,
) -> None:
    """Ask about what is in doubt of a plan file, and write each answer into it."""
    current = review(file, judge, reference)
    if current.asked is None:
        complain(_NOTHING.format(file=shown(path)))
        return
    around = _around(original)
    try:
        while current.asked is not None:
            say("\n".join(lines(current, reference, style(), around)) + "\n")
            following = _next(current, reference)
            if following is None:
                break
            _save(path, current, following)
            current = following
    except KeyboardInterrupt:  # all that was answered is saved
        say("\n")
    before, after = (len(judge(each).of(Outcome.UNKNOWN)) for each in (file, current.file))
    said = _DONE.format(
        file=shown(path),
        answered=current.answered,
        skipped=current.skipped,
        left=len(current.left),
        before=before,
        after=after,
    )
    complain(said)


def _next(current: Review, reference: Reference) -> Review | None:
    """Return the review after what somebody types; None if they quit."""
    while True:
        typed = hear()
        said = unicodedata.normalize("NFKC", typed or "").strip().lower()
        if typed is None or said == QUIT:
            return None
        if said == BACK:
            return current.back()
        if said == LATER:
            return current.skip()
        about = current.left[0].about
        if said == OWN and isinstance(about, AlikeDoubts):
            return current.one_by_one()
        if said == OWN and isinstance(about, OpenDoubt) and about.keys:
            answer = _own(current, about)
        else:
            answer = reply(current, said)
        if answer is None:
            complain(NO_ANSWER.format(said=shorten(visible(said))))
            continue
        try:
            return current.answer(answer, reference)
        except PlanError as error:
            complain(error.text)


def _own(current: Review, about: OpenDoubt) -> Reply | None:
    """Return the answer with values that somebody types; None at the end of what is typed."""
    values: dict[str, Any] = {}
    for key in about.keys:
        say(WHICH_VALUE.format(key=key_name(about.carrier, key)) + same("\n"))
        typed = hear()
        if typed is None:
            return None
        if typed.strip():
            values[key] = value_of(about, key, typed)
    data = current.file.document.data
    return settled(data, (about,), lambda data, doubt: confirmed(data, doubt, values))


def _save(path: Path, current: Review, following: Review) -> None:
    """Write the plan file as it is after an answer; raise UsageError if somebody else wrote it."""
    if following.file.document.text == current.file.document.text:
        return
    seen = stamp(path)
    if read_document(path, current.file.name).text != current.file.document.text:
        raise UsageError(_CHANGED.format(file=shown(path)))
    write_whole({path: following.file.document.text.encode()}, {path: seen})


def _around(original: Original | None) -> Callable[[str], str]:
    """Return a function that tells what stands around words of a document; nothing without one."""
    if original is None:
        return lambda _: ""
    from dxrules.document.search import Index

    index, blocks = Index(original), original.blocks

    def around(words: str) -> str:
        spots: Sequence[Any] = index.find(words)
        text = " ".join(blocks[spots[0].block].text.split()) if spots else ""
        at = text.find(spots[0].text[:_FIRST]) if spots else 0
        start = max(at - _BEFORE, 0)
        return "" if text == words else text[start : start + _WIDTH]

    return around


_FIRST, _BEFORE, _WIDTH = 8, 60, 180
