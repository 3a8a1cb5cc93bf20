"""What titles of measures are, and which words say that something is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed, unwrapped
from dxrules.document.signs import sign_of
from dxrules.draft.candidates import without_notes
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_states import STATE_BEFORE
from dxrules.draft.schedules import NOTHING

LEAST_TITLE: Final = 3
"""Letters of a title, besides figures and signs."""
LONGEST_TITLE: Final = 60
_LEAD: Final = re.compile(
    r"^[・○●▶➤◎◇□■◆▷★☆*※→\-–\s\U0001F300-\U0001FAFF\u2600-\u27BF\u2B1B-\u2B55\uFE0F]+"
    r"|^[(（]?[0-9０-９①-⑳]{1,2}(?:[)）.．、]\s*|\s+)|^[①-⑳]\s*"
)
_ANGLE: Final = re.compile(r"\s*[<＜〈《][^<>＜＞〈〉《》]{1,20}[>＞〉》]$")
_SHORT: Final = re.compile(
    r".{1,5}[(（](?!.{0,2}[)）]|[^()（）]*(?:[課室局部係班館中済み]|年|新規|継続|拡充|再掲|検討|実施))[^()（）]+[)）]$"
)
"""A title that is short without what its bracket adds: 端末の更新(120台), not (総務課) or (新)."""
_NOTE: Final = re.compile(r"\s*[(（【\[［〔][^()（）【】\[\]［］〔〕]{1,40}[)）】\]］〕]$")
_TOLD: Final = re.compile(
    r"^((?:[^:：()（）〔〕【】]|[(（〔【][^()（）〔〕【】]*[)）〕】]){3,40})[:：](?=.{4})"
)
_HEADED: Final = re.compile(
    r"^([^。、:：()（）〔〕【】]{3,40}?)\s*[(（〔【][^()（）〔〕【】]{2,30}[)）〕】]\s*(?=[^\s。]{6,})"
)
"""A title before a bracket that tells who does it, and a sentence: 電子契約(担当:財政課) 始める."""
_NAMED: Final = re.compile(r"^([^\s、。0-9]{3,25})\s+(?=[^\s]{8,}(?:る|す|た|う|く)$)")
"""A title before a blank and a sentence: 書かない窓口 住所の異動を書かずに済むようにする."""
_NAMED_IN_LINE: Final = re.compile(r"^([^\s、。]{3,25})\s+(?=\S)")
_VERB: Final = re.compile("[るすたうく]$")
_CLAUSE: Final = re.compile("(?:ため|ために|よう|ように|図り|し|とともに|ほか)、")
OFFICES: Final = "<office-end|office-in-bracket|office-itself>"
_OFFICE: Final = (
    rf"[<(\[【〈《](?:[^()<>\[\]【】〈〉《》0-9]{{1,20}}{OFFICES}|<office-itself>)[>)\]】〉》]。?$"
)
_WHEN: Final = re.compile(
    r"\((?:[^()]{0,8}:)?(?:令和|平成|R|20)[0-9元]{1,4}[^()]{0,30}\)(?:<[^<>]*>)?$"
)
_COUNTED: Final = re.compile(
    r"^(?:やること|とりくみ|すること|プロジェクト)\s*[0-9①-⑳]{1,2}[\s:\N{FULLWIDTH COLON}]+"
)
_QUOTED: Final = re.compile("[「『]([^「」『』]+)[」』]")
"""A title that is all in quotation marks: プロジェクト1「書かない窓口」."""
_STARS: Final = "★☆"
"""What marks a title as new, or as one that counts most."""
_PARTICLES: Final = ("は、", "が、", "を、", "は,", "については", "について、")
"""What a title does not begin with: (ウ)は、… tells of what was named before."""
_REST: Final = re.compile(
    "の[一-龥ァ-ヶA-Z]"
    "|(?:令和|平成|20)[0-9元年月日度末()]{2,24}(?:から|より|に)(?:順次|本格)?"
    "(?:実施|運用|利用|提供|開始|稼働)(?:中|予定|済み?|して(?:いる|います)|する|します)?$"
    "|(?:令和|平成|20)[0-9元年月日度末()]{2,24}(?:一部)?(?:改[定訂正]|策定|更新|公表|現在|時点|版)[】〕)]?$"
)
"""What is left of 10のアクションを…, whose number is no item's; 令和8年4月改定, …から実施中."""
_WITH_PART: Final = re.compile(
    r"^(?:[0-9０-９]{1,2}|[Ⅰ-Ⅻ]|[IVX]{1,4})[-－‐–][(（]?[0-9０-９]{1,2}[)）]?(?![0-9０-９年月])[.．]?\s*"
)
"""A number with that of its part before it, as Ⅱ-4 and 1-(2)."""
_CODE_IN_BRACKETS: Final = re.compile(
    r"^[A-Z]?[-－]?[0-9]{1,2}(?:[-－.][0-9]{1,2})*[】\]］〕]\s*(?=\S)"
)
"""What is left of a number in brackets, without the first: A-1】電子申請."""


def title_of(said: str) -> str:
    """Return a title without number, mark and notes, and what stands in brackets at its end.

    >>> [title_of(said) for said in ("・ 書かない窓口(7年度導入)", "（1）電子決裁。", "Ⅱ-4 研修")]
    ['書かない窓口', '電子決裁', '研修']
    """
    text = _WITH_PART.sub("", unwrapped(without_notes(said)))
    if (state := STATE_BEFORE.match(text)) is not None:
        text = text[state.end() :]
    if (sign := sign_of(text)) is not None:
        text = sign.rest
        inner = sign_of(text) if sign.kind == "mark" else None
        text = inner.rest if inner is not None and inner.numbers else text  # ◎ 1-1 電子契約
    text = _COUNTED.sub("", _CODE_IN_BRACKETS.sub("", text))
    text = _LEAD.sub("", text).lstrip(":： ")
    text = _ANGLE.sub("", text)
    text = text if _SHORT.match(text) else _NOTE.sub("", text)
    text = text.rstrip("。.").rstrip(_STARS).strip()
    return quoted[1] if (quoted := _QUOTED.fullmatch(text)) is not None else text


def short_title(said: str, reading: Lexicon) -> str:
    """Return a title, or of a sentence that is too long for one its last clause that is not.

    窓口の改革：住所の異動を書かずに済むようにします。 has the title 窓口の改革.
    """
    text = title_of(said)
    if (headed := _HEADED.match(text)) and is_marked(squeezed(headed[0]), reading):
        return headed[1].strip()
    if told := _TOLD.match(text) or _NAMED.match(text):
        return told[1].strip()
    while len(text) > LONGEST_TITLE and (cut := _CLAUSE.search(text) or re.search("、", text)):
        text = text[cut.end() :]
    return text


def item_title(text: str, reading: Lexicon) -> str:
    """Return the title of an item: its first line, or the name before a sentence in its lines."""
    first = text.split("\n", maxsplit=1)[0]
    named = _NAMED_IN_LINE.match(title_of(first)) if first != text else None
    whole = title_of(text.replace("\n", "").rstrip("。"))
    return named[1] if named and _VERB.search(whole) else short_title(first, reading)


def is_title(text: str) -> bool:
    """Tell whether a text may be the title of a measure, by its length."""
    is_named = len(_NO_NAME.sub("", text)) > 1
    return (
        is_named and LEAST_TITLE <= len(text) <= LONGEST_TITLE and not text.startswith(_PARTICLES)
    )


_NO_NAME: Final = re.compile(r"[\W\d_]+")
"""Signs and figures, of which no title is made: │2026│2027│."""


def is_whole_title(text: str) -> bool:
    """Tell whether a text may be the whole title of an item or a heading."""
    is_whole = squeezed(text) not in NOTHING and _REST.match(squeezed(text)) is None
    is_whole = is_whole and not any(
        text.endswith(end) and text.count(begin) < text.count(end) for begin, end in _PAIRS
    )
    return is_whole and is_title(text)


_PAIRS: Final = ("【】", "〔〕", "「」", "『』", "〈〉", "《》")
"""Brackets; what ends with one that begins elsewhere is a part of something: アクション編】."""


def is_doing(said: str, reading: Lexicon) -> bool:
    """Tell whether words say that something is done: not that it is so, or lacks, or may be."""
    return _is_longest(said, ("doing-noun", "doing-end"), reading)


def is_sentence_of_doing(said: str, reading: Lexicon) -> bool:
    """Tell whether a sentence has a verb by which something is done; a bracket may end it."""
    return _is_longest(without_bracket(said), ("doing-end",), reading)


_LAST_OF_ALL: Final = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕](?=。?$)")
"""Who does it, in a bracket behind what a sentence says."""


def _is_longest(said: str, names: Sequence[str], reading: Lexicon) -> bool:
    """Tell whether words end in one of some lists, and in no longer one of a state."""
    text = squeezed(said).rstrip("。.")
    return max(reading.end_of(name, text) for name in names) > reading.end_of("state-end", text)


def is_marked(said: str, reading: Lexicon) -> bool:
    """Tell whether a squeezed item names in brackets who does it, or when.

    電子契約(令和8年度) and 電子契約<財政課> do, and not 電子契約(新).
    """
    return is_owned(said, reading) or _WHEN.search(said) is not None


def is_owned(said: str, reading: Lexicon) -> bool:
    """Tell whether a squeezed item names in brackets who does it."""
    return reading.pattern(_OFFICE).search(said) is not None


def without_bracket(said: str) -> str:
    """Return a squeezed sentence without the bracket at its end, which may say who does it."""
    return _LAST_OF_ALL.sub("", said)
