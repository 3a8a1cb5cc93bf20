"""How it is told that a plan does not say something, in words that need no key.

A label and "not stated" make a riddle where the label names what is computed; what the town has
to look for is then said here. Attributes that are not listed are told by their label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.describe import describe
from dxrules.derivation.values import Absent
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.derivation.declaration import Attribute
    from dxrules.derivation.values import Value

_NO_REVIEW = Text(
    "最後に見直した日が書かれていない", "when the town last reviewed it is not stated"
)
_WHO = Text("誰を対象とするかが書かれていない", "whom it covers is not stated")
_NO_PERIOD = Text("計画期間が書かれていない", "no period is stated")
_NO_MOVE = Text(
    "移行した日も、移行の予定も書かれていない",
    "neither the day of the migration nor a day planned for it is stated",
)
_NO_START = Text(
    "収納を始めた日も、始める予定も書かれていない",
    "neither the day of the start nor a day planned for it is stated",
)

UNSAID: Mapping[str, Mapping[str, Text]] = {
    "plan": {
        "period_state": _NO_PERIOD,
        "days_left": _NO_PERIOD,
        "status": Text("案か策定済みかが書かれていない", "whether it is a draft is not stated"),
        "made_on": Text(
            "策定の日も改定の日も書かれていない",
            "neither the day of establishment nor that of a revision is stated",
        ),
        "cited_edition": Text(
            "踏まえた国の計画の版が書かれていない",
            "the edition of the national plan that it rests on is not stated",
        ),
        "published": Text(
            "公表したかどうかが書かれていない", "whether it is published is not stated"
        ),
        "measures_elsewhere": Text(
            "取組を載せた別の文書が既にあるかどうかが書かれていない",
            "whether another document that holds the measures exists is not stated",
        ),
        "cites_prefecture": Text(
            "都道府県の計画を踏まえたかどうかが書かれていない",
            "whether a plan of the prefecture was taken into account is not stated",
        ),
        "outside_parent_days": Text("上位計画が書かれていない", "no plan above this one is stated"),
    },
}
"""By kind and attribute, what is said where the plan does not say it, and nothing tells why."""

BETWEEN: Mapping[str, Mapping[str, Text]] = {
    "plan": {
        "lists_behind": Text(
            "引用した版の後に一覧が改められたかどうかが、判定日までは確かめられていない",
            "whether the list has been changed since the edition cited is not known up to the day "
            "judged",
        ),
    },
}
"""By kind and attribute, what is said of a range that leaves the answer open."""


APPLIES: Mapping[str, Text] = {
    "ai-guideline": Text(
        "AIを使っているかどうかが書かれていない", "whether AI is used is not stated"
    ),
    "caio": Text("AIを使っているかどうかが書かれていない", "whether AI is used is not stated"),
    "external-audit": Text(
        "採用しているモデル(α・α’・β・β’)が書かれていない",
        "the model in use (α, α’, β or β’) is not stated",
    ),
    "cloud-criteria": Text(
        "自治体機密性2以上の情報をクラウドサービスで扱うかどうかが書かれていない",
        "whether information of confidentiality 2 or more is handled in clouds is not stated",
    ),
}
"""By provision, what is said where the plan does not say whether it applies to the town."""


def open_value(kind: str, key: str, attribute: Attribute, value: Value) -> Text:
    """Say of a value of a fact, by kind and key, why it leaves an answer open."""
    unsaid = attribute.unsaid or UNSAID.get(kind, {}).get(attribute.name)
    if kind == "provision" and attribute.name == "applicable":
        unsaid = APPLIES.get(key, unsaid)
    if isinstance(value, Absent) and value.because is None and unsaid:
        return unsaid
    shown, label = describe(attribute, value), attribute.label
    between = attribute.between or BETWEEN.get(kind, {}).get(attribute.name)
    if isinstance(value, Range) and between and value.lo != value.hi:
        return between.format(value=shown)
    if isinstance(value, Absent) and value.silent:
        return Text(f"{label.ja}が書かれていない", f"{label.en}: not stated")
    return Text(f"{label.ja}: {shown.ja}", f"{label.en}: {shown.en}")
