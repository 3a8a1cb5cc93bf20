"""Values that keys of a plan file take: codes, ids and days, and what is wrong with others."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NoReturn, get_args

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from dxrules.dates import NOT_KNOWN, PartialDate
from dxrules.plan.blank_marks import decides_nothing, says_nothing
from dxrules.plan.code_labels import PLAN_STATUS_IN_OTHER_WORDS
from dxrules.plan.intervals import interval_of
from dxrules.plan.municipality_code import check_municipality_code
from dxrules.source import Refusal, did_you_mean
from dxrules.source.types import Known, When
from dxrules.texts import Text, shorten, unspaced


def _in_code(value: object) -> object:
    """Return the code of an interval in words, such as 2年ごと; anything else as it is."""
    return (interval_of(value) if isinstance(value, str) else None) or value


def _several(said: object) -> object:
    """Return one word as a list of one."""
    return (said,) if isinstance(said, str) else said


def silent_where_blank(said: object) -> object:
    """Return None for a text that only says that there is nothing to write: － or 未定."""
    return None if isinstance(said, str) and says_nothing(said) else said


def silent_where_open(said: object) -> object:
    """Return None for such a text, and for one that only says that it is still to be settled."""
    return None if isinstance(said, str) and decides_nothing(said) else said


def refuse_blank(said: object) -> object:
    """Refuse a text that only says that there is nothing to write, where something has to be."""
    return _refused(said) if isinstance(said, str) and says_nothing(said) else said


def refuse_open(said: object) -> object:
    """Refuse such a text, and one that only says that it is still to be settled."""
    return _refused(said) if isinstance(said, str) and decides_nothing(said) else said


def _refused(said: str) -> NoReturn:
    raise Refusal(
        Text(f"「{shorten(said)}」は何も述べていません。", f'"{shorten(said)}" says nothing.'),
        Text(
            "書かれていないなら、この項目を消してください。",
            "If nothing is stated, leave the entry out.",
        ),
    )


def _one_or_several(codes: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON Schema of one code, or of a list of them."""
    one = {"enum": [*codes], "type": "string"}
    return {"anyOf": [one, {"items": one, "type": "array"}]}


Sure = Literal["sure", "doubtful"]
ProvisionStatus = Literal["in-place", "planned", "considered", "none"]
SystemStatus = Literal["migrated", "in-progress", "planned", "not-migrated"]
CollectionStatus = Literal["started", "preparing", "planned", "considered", "none"]
MeasureStatus = Literal[
    "done",
    "ongoing",
    "late",
    "planned",
    "considered",
    "watched",
    "not-done",
    "suspended",
    "postponed",
    "dropped",
    "declined",
]
Extent = Literal["whole", "part"]
_Interval = Literal[
    "weekly",
    "monthly",
    "every-two-months",
    "quarterly",
    "every-four-months",
    "half-yearly",
    "yearly",
    "every-two-years",
    "every-three-years",
    "every-four-years",
    "every-five-years",
]
Cycle = Annotated[Literal[_Interval, "pdca", "ooda", "as-needed"], BeforeValidator(_in_code)]
Cycles = Annotated[
    tuple[Cycle, ...],
    BeforeValidator(_several),
    WithJsonSchema(_one_or_several(get_args(get_args(Cycle)[0]))),
]
"""One interval or method, or several."""
Recurrence = Annotated[Literal[_Interval, "as-needed", "continuous"], BeforeValidator(_in_code)]
EdgeKind = Literal["finish-to-start", "informs", "together"]
ExceptionKind = Literal["transition-support", "migration-difficult", "none"]
ExclusionReason = Literal["run-by-prefecture", "run-by-union", "no-system", "no-such-task", "other"]
Rank = Literal["mayor", "deputy-mayor", "superintendent", "executive", "manager", "external"]
Ranks = Annotated[
    tuple[Rank, ...],
    BeforeValidator(_several),
    WithJsonSchema(_one_or_several(get_args(Rank))),
]
"""One rank, or several."""
Scope = Literal["all-staff", "staff", "managers", "new-staff"]


def _check_status(said: object) -> object:
    """Tell whoever writes a status in the document's words which code is meant."""
    meant = PLAN_STATUS_IN_OTHER_WORDS.get(said.strip()) if isinstance(said, str) else None
    if meant is None:
        return said
    raise Refusal(
        Text(f"「{shorten(str(said))}」は使えません。", f'"{said}" is not one of the values.'),
        Text(f"{meant} と書いてください。", f"Write {meant}."),
    )


PlanStatus = Annotated[
    Literal["draft", "outline", "public-comment", "provisional", "established", "none"],
    BeforeValidator(_check_status),
]
ServesAs = Literal["public-private-data-plan", "digital-use-plan"]
GuideItem = Literal[
    "current-state",
    "purpose",
    "position",
    "organization",
    "basic-policy",
    "measures",
    "security-and-privacy",
]
DocumentKind = Literal[
    "policy", "vision", "strategy", "plan", "action-plan", "ordinance", "page", "other"
]
Origin = Literal["plan", "town", "secondary"]
DocumentPart = Literal[
    "schedule",
    "organization",
    "owners",
    "indicators",
    "measures",
    "areas",
    "period",
    "text",
    "other",
]

AreaId = Annotated[str, Known("areas")]
ChargeId = Annotated[str, Known("charges")]
DocumentId = Annotated[str, Known("documents")]
ProblemId = Annotated[str, Known("problems")]
ProvisionId = Annotated[str, Known("provisions")]
TaskId = Annotated[str, Known("tasks")]
MunicipalityCode = Annotated[
    str,
    AfterValidator(check_municipality_code),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": "^[0-9０-９]{5}[-‐－]?[0-9０-９]$",
            "patternErrorMessage": "先頭の0も含め、検査数字までの6桁です。 / "
            "Six digits, leading zero and check digit included.",
        }
    ),
]


def _check_slug(value: str) -> str:
    if not re.fullmatch(_SLUG, value):
        raise Refusal(
            Text(
                f"「{shorten(value)}」は id にできません。", f'"{shorten(value)}" cannot be an id.'
            ),
            Text(
                "英小文字と数字をハイフンでつないでください(例: online-forms)。",
                "Join small letters and digits with hyphens, as in online-forms.",
            ),
        )
    return value


_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"

Slug = Annotated[
    str,
    AfterValidator(_check_slug),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": f"^{_SLUG}$",
            "patternErrorMessage": "英小文字と数字をハイフンでつなぎます(例: online-forms)。 / "
            "Small letters and digits joined by hyphens, as in online-forms.",
        }
    ),
]


def _check_closed(value: PartialDate) -> PartialDate:
    if value.earliest is None or value.latest is None or value.approximate:
        raise Refusal(
            Text(
                f"「{shorten(value.text)}」では、いつまでにと決まりません。",
                f'"{shorten(value.text)}" leaves the day open.',
            ),
            Text(
                "日・月・年度を書いてください(例: 2027-03-31)。",
                "Write a day, a month or a fiscal year, as in 2027-03-31.",
            ),
        )
    return value


ClosedWhen = Annotated[When, AfterValidator(_check_closed)]
"""A date of which both ends are known."""


def _check_told(value: PartialDate) -> PartialDate:
    if value.range.is_known or value.text in NOT_KNOWN:
        return value
    raise Refusal(
        Text(
            f"「{shorten(value.text)}」では、いつの時点の記載か分かりません。",
            f'"{shorten(value.text)}" does not tell which day the facts speak for.',
        ),
        Text(
            "分かる範囲で、日・月・年度を書いてください(例: 令和8年3月)。日付のないページなら、"
            "読んだ日を「2026-11-20以前」のように書くか、「不明」と書いてください。",
            "Write a day, a month or a fiscal year, as far as it is known, as in 2026-03. "
            "Of a page without a date write the day on which it was read, as in 2026-11-20以前, "
            "or unknown.",
        ),
    )


ToldWhen = Annotated[When, AfterValidator(_check_told)]
"""A date of which at least one end is known, or that is said not to be known."""

SectionName = Literal[
    "plan",
    "provisions",
    "standardization",
    "collection",
    "measures",
    "indicators",
    "document",
]

_DIGITS = 4


def known_edition(edition: str, known: list[str]) -> str:
    """Return an edition of the national plan as its list has it; refuse one that is not there."""
    if _bare_edition(edition) not in known:
        raise _no_edition(edition, known)
    return _bare_edition(edition)


def _bare_edition(said: str) -> str:
    """Return the number of an edition: 第4.0版 and 【第4.0版】 are 4.0; anything else as it is."""
    plain = unspaced(said)
    found = re.fullmatch(r"【?第?([0-9.]+)版?】?", plain)
    return found[1] if found else said


def _no_edition(edition: str, known: list[str]) -> Refusal:
    """Return what is wrong with an edition: it is mistyped, or newer than the reference data."""
    listed = ("、".join(known), ", ".join(known))
    message = Text(
        f"国の計画の版「{shorten(edition)}」は知られていません(あるのは {listed[0]})。",
        f'No edition "{shorten(edition)}" of the national plan is known (there are {listed[1]}).',
    )
    if _version(edition) > max(map(_version, known), default=()):
        return Refusal(
            message,
            Text(
                "新しい版なら、先に rulesets/national/reference/editions.yaml に加えてください。",
                "If it is new, add it to rulesets/national/reference/editions.yaml first.",
            ),
        )
    return Refusal(message, did_you_mean(edition, known))


def _version(edition: str) -> tuple[int, ...]:
    """Return an edition's numbers, to be compared; none if it is not made of numbers."""
    parts = edition.split(".")
    numbers = all(part.isdecimal() and len(part) <= _DIGITS for part in parts)
    return tuple(map(int, parts)) if numbers else ()
