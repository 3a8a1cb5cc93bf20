"""How it is told that a plan does not say something, in words that need no key.

A label and "not stated" make a riddle where the label names what is computed; what the town has
to look for is then declared with the attribute. Others are told by their label.
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

APPLIES: Mapping[str, Text] = {
    "ai-guideline": Text(
        "生成AIを使っているかどうかが書かれていない", "whether generative AI is used is not stated"
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
    unsaid = attribute.unsaid
    if kind == "provision" and attribute.name == "applicable":
        unsaid = APPLIES.get(key, unsaid)
    if isinstance(value, Absent) and value.because is None and unsaid:
        return unsaid
    shown, label = describe(attribute, value), attribute.label
    if isinstance(value, Range) and value.lo != value.hi:
        if attribute.between:
            return attribute.between.format(value=shown)
        if attribute.type == "number":  # a range of counts tells nobody what to look for
            return Text(f"{label.ja}がはっきりしない", f"{label.en}: not clear")
    if isinstance(value, Absent) and value.silent:
        return Text(f"{label.ja}が書かれていない", f"{label.en}: not stated")
    if attribute.type == "truth" and not label.ja.endswith("か"):
        return Text(f"{label.ja}かどうか: {shown.ja}", f"{label.en}: {shown.en}")
    return Text(f"{label.ja}: {shown.ja}", f"{label.en}: {shown.en}")
