"""How it is told that a plan does not say something, in words that need no key.

A label and "not stated" make a riddle where the label names what is computed; what the town has
to look for is then declared with the attribute. Others are told by their label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dxrules.dates import Range
from dxrules.derivation.declaration import Attribute
from dxrules.derivation.describe import describe
from dxrules.derivation.values import Absent, Value
from dxrules.texts import Text

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
    return open_values(kind, key, [(attribute, value)])[0]


def open_values(kind: str, key: str, values: Iterable[tuple[Attribute, Value]]) -> tuple[Text, ...]:
    """Say of values of a fact why they leave an answer open, each reason once.

    What is open for the same reason is named together: of a draft that nobody has read, that is
    all that a rule asks.
    """
    named: dict[Text, dict[Text, None]] = {}
    for attribute, value in values:
        label, why = _open(kind, key, attribute, value)
        named.setdefault(why, {}).update(dict.fromkeys([label] if label else []))
    return tuple(_of_all(labels, why) for why, labels in named.items())


def _of_all(labels: Collection[Text], why: Text) -> Text:
    if not labels:
        return why
    ja, en = "、".join(each.ja for each in labels), ", ".join(each.en for each in labels)
    return Text(f"{ja}: {why.ja}", f"{en}: {why.en}")


def _open(kind: str, key: str, attribute: Attribute, value: Value) -> tuple[Text | None, Text]:
    """Return why a value leaves an answer open, and before it the label if that does not tell."""
    unsaid = attribute.unsaid
    if kind == "provision" and attribute.name == "applicable":
        unsaid = APPLIES.get(key, unsaid)
    if isinstance(value, Absent) and value.because is None and unsaid:
        return None, unsaid
    shown, label = describe(attribute, value), attribute.label
    if isinstance(value, Range) and value.lo != value.hi:
        if attribute.between:
            return None, attribute.between.format(value=shown)
        if attribute.type == "number":  # a range of counts tells nobody what to look for
            return None, Text(f"{label.ja}がはっきりしない", f"{label.en}: not clear")
    if isinstance(value, Absent) and value.silent:
        return None, Text(f"{label.ja}が書かれていない", f"{label.en}: not stated")
    if attribute.type == "truth" and not label.ja.endswith("か"):
        return Text(f"{label.ja}かどうか", label.en), shown
    return label, shown
