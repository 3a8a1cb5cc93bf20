"""What keys and values of a plan file are called where a town tells them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dxrules.plan.answers import ANSWERED, key_of
from dxrules.plan.code_labels import in_words
from dxrules.plan.field_info import literals_of, plain_type
from dxrules.plan.models import Charge, Measure, Provision
from dxrules.source import description
from dxrules.texts import Text, same, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

_CALLED = {
    "status": Text("状況", "status"),
    "scope": Text("対象", "covers"),
    "migrated": Text("移行済みの業務の数", "tasks migrated"),
    "applies": Text("当てはまるか(使っているかなど)", "whether it applies (is used, for instance)"),
}
"""What the plan file calls by what it is in a document, and not by what a town tells of it."""
DAY = Text("その日", "its day")
DAYS = {
    "since": Text("いつから(予定ならいつまでに)", "since when (or, if planned, by when)"),
    "start": Text("開始の日(予定の日)", "day of the start (or that planned)"),
    "migrated": Text("移行した日", "day of the migration"),
    "migrated_on": Text("移行した日", "day of the migration"),
    "target": Text("移行の目標の日", "day aimed at"),
}


SPOKEN: Mapping[tuple[type[BaseModel], str], Text] = {
    (Provision, "none"): Text("無い", "none"),
    (Charge, "none"): Text("行わない", "not to be done"),
    (Measure, "declined"): Text("行わない", "not to be done"),
}
"""What a town says where the plan file says that a document states it."""


@cache
def key_name(key: str) -> Text:
    """Return what a key of the plan file is called where a town tells its value."""
    if key in _CALLED or key in DAYS:
        return _CALLED.get(key) or DAYS[key]
    found = (model.model_fields[key] for model in ANSWERED if key in model.model_fields)
    said = description(next(found))
    return Text(
        re.split(r"[(:]", said.ja)[0].strip(),
        re.split(r"[(:]", said.en)[0].strip(),
    )


def told_value(about: str, value: str) -> Text:
    """Return a value as a town tells it: what it does not have is not said to be stated."""
    return SPOKEN.get((key_of(about)[0], value)) or said_value(about, value)


def said_value(about: str, value: str) -> Text:
    """Return a value of an entry in the words of its choice; free words as they are."""
    model, key = key_of(about)
    annotation = plain_type(model.model_fields[key].annotation)
    values = ("yes", "no") if annotation is bool else tuple(literals_of(annotation))
    return in_words(values).get(value, same(shorten(value)))
