"""What the gazetteer tells of the municipality that a plan file names: code, name, English name.

Towns merge and are renamed, and plans outlive that, so a name or a code that is not in the list
is remarked on, and is no fault. A code and a name that belong to two municipalities are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from dxrules.plan.municipality_code import check_municipality_code, with_name
from dxrules.reference.gazetteer import Government, gazetteer, same_name
from dxrules.source import Refusal
from dxrules.texts import Text, join, shorten

_SIX_DIGITS = re.compile("[0-9]{6}")
_FOR_EXAMPLES = range(990, 1000)
"""The third to fifth digits that no municipality has had: examples and tests take them."""
_MOST = 4

_END = Text("。", ".")
_SEVERAL = Text(
    "「{name}」という市区町村は{count}つあります。",
    'There are {count} municipalities called "{name}".',
)
_GIVE_CODE = Text("団体コードも書いてください: ", "Give the code, too: ")
_NO_SUCH = Text(
    "「{name}」という市区町村は一覧にないので、団体コードを補えません。",
    'No municipality called "{name}" is in the list, so that its code cannot be told.',
)
_OWN_CODE = Text(
    "code に団体コード6桁を書いてください(広域連合や一部事務組合なら、その団体コード)。",
    "Write its six digits under code (those of a union of municipalities are its own).",
)
_UNION = Text(
    "「{name}」は市区町村の組合として判定します(市区町村だけに求められることは問いません)。",
    '"{name}" is judged as a union: what is asked of municipalities alone is not asked of it.',
)
_OTHERS = Text(
    "団体コード {code} は{name}で、「{said}」ではありません。",
    '{code} is the code of {name}, not of "{said}".',
)
_RIGHT = Text("どちらかが誤りです: ", "One of them is wrong: ")
_NO_MUNICIPALITY = re.compile("(?:協議会|都|道|府|県)$")
_PART_OF_ONE = re.compile("(?:財産区|特例区|地域自治区)$")
_OF_THAT = Text(
    "財産区などは、市区町村の一部です(地方自治法第294条)。"
    "それを管理する市区町村の団体コードと名を書いてください。",
    "A 財産区 or the like is a part of a municipality (Article 294 of the Local Autonomy Act). "
    "Write the code and the name of the municipality that manages it.",
)
_OF_SEVERAL = Text("「{name}」は市区町村ではありません。", "{name} is no municipality.")
_ONE_BY_ONE = Text(
    "共同の計画なら、構成する市区町村ごとにその団体コードと名で書き、"
    "plan の joint に策定した団体を書いてください。",
    "Write a plan that several made for each municipality that shares it, with its own code and "
    "name, and who made it under joint in plan.",
)
_UNKNOWN_CODE = Text(
    "団体コード {code} は、{day} 現在の市区町村にはありません。",
    "No municipality had the code {code} on {day}. ",
)
_UNKNOWN_NAME = Text(
    "団体コード {code} は、{day} 現在では{name}です(「{said}」と書かれている)。",
    'On {day} {code} was the code of {name}; the file says "{said}". ',
)
_MERGED = Text(
    "合併や改称の前の計画であれば、このままで構いません。",
    "If the plan is older than a merger or a new name, leave it as it is.",
)
_NOW = Text("今「{said}」は、", 'Today "{said}" is ')


def plain_code(code: object) -> object:
    """Return a code with half-width digits and nothing between them, if it has six.

    >>> plain_code("３４９９９２"), plain_code("34545-8"), plain_code("x")
    ('349992', '345458', 'x')
    """
    if not isinstance(code, str):
        return code
    digits = re.sub(r"[\s\-‐–―ー－]", "", unicodedata.normalize("NFKC", code))
    return digits if _SIX_DIGITS.fullmatch(digits) else code


def completed(said: Any) -> Any:
    """Return what a file says of its municipality, with what follows from that.

    A code tells the name in both languages, and a name that only one municipality has its code.
    """
    if not isinstance(said, dict):
        return said
    code, name = plain_code(said.get("code")), said.get("name")
    ja = name.get("ja") if isinstance(name, dict) else None
    if code is None and isinstance(ja, str):
        code = _code_of(ja)
    if code is None:
        return said
    own = gazetteer().of(code) if isinstance(code, str) else None
    own = None if own is None or own.is_prefecture else own
    if (name is None and own is not None) or isinstance(name, dict):
        name = _named(name or {}, own)
    if name is None and _is_refused(code):
        name = {"ja": "?"}  # that it lacks one is no second fault
    return {**said, "code": code} if name is None else {**said, "code": code, "name": name}


def _is_refused(code: object) -> bool:
    try:
        return isinstance(code, str) and not check_municipality_code(code)
    except Refusal:
        return True


def _code_of(name: str) -> str | None:
    """Return the code of a name; a Refusal if no municipality has it, or several do."""
    found = gazetteer().named(name)
    if len(found) > 1:
        message = _SEVERAL.format(name=shorten(name), count=len(found))
        raise Refusal(message, _GIVE_CODE + _codes(found) + _END)
    if not found and name.strip():
        raise Refusal(_NO_SUCH.format(name=shorten(name)), _OWN_CODE)
    return found[0].code if found else None


def _named(name: dict[str, Any], own: Government | None) -> dict[str, Any]:
    """Return a name as the gazetteer has it, where that is the name of the code."""
    if own is None:
        return name
    ja = name.get("ja", own.name.ja)
    if not isinstance(ja, str):
        return name
    if not same_name(ja, own.name.ja):
        if own not in gazetteer().named(ja, own.prefecture):
            return name
        ja = own.name.ja  # it stood after its prefecture
    return {"en": own.name.en, **name, "ja": ja}


def check_name(code: str, name: str) -> None:
    """Raise Refusal where code and name are those of two municipalities, or the name of none."""
    if _PART_OF_ONE.search(name):
        raise Refusal(_OF_SEVERAL.format(name=shorten(name)), _OF_THAT)
    if _NO_MUNICIPALITY.search(name):
        raise Refusal(_OF_SEVERAL.format(name=shorten(name)), _ONE_BY_ONE)
    own = gazetteer().of(code)
    if own is None or same_name(own.name.ja, name):
        return
    others = gazetteer().named(name)
    if others and own not in others:
        full = gazetteer().full_name(own)
        raise Refusal(
            _OTHERS.format(code=code, name=full, said=shorten(name)),
            _RIGHT + _codes((own, *others)) + _END,
        )


def remark_on(code: str, name: str, *, is_union: bool) -> Text | None:
    """Say that a code or a name is not in the gazetteer, and what may be meant; None if it is.

    Of a union, which is not in it, how it is judged.
    """
    known = gazetteer()
    own, day = known.of(code), known.known_until.isoformat()
    if is_union and own is None:
        return _UNION.format(name=shorten(name))
    if own is not None:
        if same_name(own.name.ja, name):
            return None
        full = known.full_name(own)
        return _UNKNOWN_NAME.format(code=code, day=day, name=full, said=shorten(name)) + _MERGED
    if int(code[2:5]) in _FOR_EXAMPLES:
        return None
    message = _UNKNOWN_CODE.format(code=code, day=day)
    found = known.named(name, code[:2]) or known.named(name)
    if found:
        message += _NOW.format(said=shorten(name)) + _codes(found) + Text("です。", ". ")
    return message + _MERGED


def _codes(found: Iterable[Government]) -> Text:
    """List municipalities, each with its code."""
    told = [*dict.fromkeys(found)][:_MOST]
    return join(with_name(each.code) for each in told)
