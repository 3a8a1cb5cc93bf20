"""What keys of a plan file are called: as a document says them, and as a town tells them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from dxrules.dates import parse_date
from dxrules.errors import DateError
from dxrules.plan.answers import ANSWERED, key_of
from dxrules.plan.code_labels import in_words
from dxrules.plan.field_info import field_of, parsed_of, values_of
from dxrules.plan.sections.collection import Charge
from dxrules.plan.sections.measures import Measure
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization
from dxrules.source import description
from dxrules.texts import Text, same, shorten

if TYPE_CHECKING:
    from pydantic import BaseModel

_STATUS = Text("状況", "status")
_CALLED: Mapping[str, Text] = {
    "About.status": Text("案・策定の別", "draft or established"),
    "About.serves_perhaps": Text("兼ねるかもしれない計画", "plans that it may serve as"),
    "About.contents": Text("計画書に記載のある事項", "what the document contains"),
    "About.measure_count": Text("取組の数", "number of measures"),
    "About.joint": Text("共同で策定した団体", "made together with"),
    "Layer.kind": Text("種類", "kind"),
    "Layer.status": Text("案・策定の別", "draft or established"),
    "Revised.kind": Text("改定の種類", "kind of revision"),
    "Revised.results_stated": Text("期限の来た取組の結果", "results of what was due"),
    "Citation.followed": Text("踏まえると述べているか", "whether it is followed"),
    "DetailsIn.status": Text("その文書の有無", "whether it exists"),
    "Provision.status": _STATUS,
    "Standardization.target_covers": Text("移行目標の範囲", "what the target covers"),
    "System.exception": Text("特例の指定", "designated exception"),
    "Measure.id": Text("id", "id"),
    "Measure.status": _STATUS,
    "Measure.extent": Text("全体か一部か", "whole or part"),
    "Measure.because": Text("遅れ・中止などの理由", "why it is late or dropped"),
    "Measure.national_horizon": Text("国の期限そのものか", "a national horizon"),
    "Measure.elsewhere": Text("計画の別の箇所での状況", "status said elsewhere"),
    "Requirement.kind": Text("前後関係", "relation"),
    "Indicator.id": Text("id", "id"),
    "Indicator.counted": Text("単年度か累計か", "yearly or cumulative"),
    "Indicator.direction": Text("目指す向き", "direction"),
    "Result.achieved": Text("達成の状況", "achieved or not"),
    "Lost.part": Text("読み取れなかった内容", "what is lost"),
    "Passage.voice": Text("団体の言葉か引用か", "the municipality's words or quoted"),
}
"""What a key is called whose description begins otherwise: by its values, or at length."""
_TOLD = {
    "status": Text("状況", "status"),
    "scope": Text("対象", "covers"),
    "migrated": Text("移行済みの業務の数", "tasks migrated"),
    "applies": Text("当てはまるか(使っているかなど)", "whether it applies (is used, for instance)"),
}
"""What the plan file calls by what it is in a document, and not by what a town tells of it."""
DAY = Text("日付", "date")
DAYS = {
    "since": Text("いつから(予定ならいつまでに)", "since when (or, if planned, by when)"),
    "start": Text("開始の日(予定の日)", "day of the start (or that planned)"),
    "migrated": Text("移行した日", "day of the migration"),
    "migrated_on": Text("移行した日", "day of the migration"),
    "target": Text("移行の目標の日", "day aimed at"),
}


def key_label(model: type[BaseModel], key: str) -> Text:
    """Return what a key of a mapping of the plan file is called."""
    called = _CALLED.get(f"{model.__name__}.{key}")
    info = field_of(model, key)
    if called is not None or info is None:
        return called or same(shorten(key))
    return short_label(description(info))


@cache
def short_label(said: Text) -> Text:
    """Return a description up to its first bracket or colon."""
    return Text(re.split(r"[(:]", said.ja)[0].strip(), re.split(r"[(:;]", said.en)[0].strip())


SPOKEN: Mapping[tuple[type[BaseModel], str], Text] = {
    (Provision, "in-place"): Text("実施済み(整備済み)", "in place"),
    (Provision, "considered"): Text("検討中", "considered"),
    (Provision, "none"): Text("なし", "none"),
    (Charge, "considered"): Text("検討中", "considered"),
    (Charge, "none"): Text("行わない", "not to be done"),
    (Measure, "considered"): Text("検討中", "considered"),
    (Measure, "declined"): Text("行わない", "not to be done"),
    (Standardization, "considered"): Text("検討中", "considered"),
}
"""What a town says where the plan file has another word for what a document states."""


@cache
def key_name(key: str) -> Text:
    """Return what a key of the plan file is called where a town tells its value."""
    if key in _TOLD or key in DAYS:
        return _TOLD.get(key) or DAYS[key]
    found = (model.model_fields[key] for model in ANSWERED if key in model.model_fields)
    return short_label(description(next(found)))


def told_value(about: str, value: str) -> Text:
    """Return a value as a town tells it: what it does not have is not said to be stated."""
    return SPOKEN.get((key_of(about)[0], value)) or said_value(about, value)


def said_value(about: str, value: str) -> Text:
    """Return a value of an entry in the words of its choice; free words as they are.

    A day is told with its year by both calendars.
    """
    model, key = key_of(about)
    info = model.model_fields[key]
    if parsed_of(info.annotation, info) is not None:
        return _day(value)
    return in_words(values_of(info.annotation)).get(value, same(shorten(value)))


def _day(value: str) -> Text:
    """Return a day for people; several, or what is none, as it was written."""
    try:
        return parse_date(value).describe()
    except DateError:
        return same(shorten(value))
