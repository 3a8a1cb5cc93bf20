"""What can be entered: the keys of each mapping of a plan file, in words, and their values."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, get_origin

from dxrules.plan.code_labels import in_words
from dxrules.plan.field_info import (
    is_whole,
    literals_of,
    model_in,
    parsed_of,
    plain_type,
    reference_of,
)
from dxrules.plan.models import Plan
from dxrules.plan.schema import id_names
from dxrules.report.json_values import text
from dxrules.source import description
from dxrules.texts import Text, same, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from dxrules.reference import Reference
    from dxrules.report.json_values import Json

ASIDE: Final = frozenset({"evidence", "doubts"})
"""Keys that are shown beside what they are about."""
HIDDEN: Final = frozenset({"Plan.format", "Reading.closed", "Reading.drafted"})
"""Keys that nobody enters: the desk sets them itself."""
_YES_NO: Final = ("yes", "no")
_STATUS: Final = Text("状況", "status")
_CALLED: Final[Mapping[str, Text]] = {
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
    "Passage.voice": Text("団体の言葉か引用か", "the town's words or quoted"),
}
"""What a key is called whose description begins otherwise: by its values, or at length."""


def shape(reference: Reference) -> Json:
    """Return every mapping of the plan file by the name of its model, and the lists of ids."""
    names = id_names(reference)
    used = {kind for model in _models(Plan) for kind in _lists_of(model)}
    return {
        "models": {
            model.__name__: [
                _key(model, name, info)
                for name, info in model.model_fields.items()
                if f"{model.__name__}.{name}" not in HIDDEN
            ]
            for model in _models(Plan)
        },
        "lists": {
            kind: {each: text(name) for each, name in names[kind].items()} for kind in sorted(used)
        },
    }


def key_label(model: type[BaseModel], key: str) -> Text:
    """Return what a key of a mapping of the plan file is called."""
    called = _CALLED.get(f"{model.__name__}.{key}")
    info = field_of(model, key)
    if called is not None or info is None:
        return called or same(shorten(key))
    return short_label(description(info))


@cache
def short_label(info_text: Text) -> Text:
    """Return a description up to its first bracket or colon."""
    return Text(
        re.split(r"[(:]", info_text.ja)[0].strip(), re.split(r"[(:;]", info_text.en)[0].strip()
    )


def key_of_file(name: str, info: FieldInfo) -> str:
    """Return how the plan file calls a field."""
    return info.alias or name


def field_of(model: type[BaseModel], key: str) -> FieldInfo | None:
    """Return the field that a key of the plan file is."""
    fields = model.model_fields
    return next((info for name, info in fields.items() if key_of_file(name, info) == key), None)


def values_of(info: FieldInfo) -> dict[str, Text]:
    """Return the values that a key is limited to, in words; none where it is written freely."""
    plain = plain_type(info.annotation)
    if plain is bool:
        return in_words(_YES_NO)
    found = tuple(dict.fromkeys(literals_of(info.annotation)))
    if not found or is_whole(info.annotation):
        return {}
    return in_words(found)


def shown_value(value: Any, info: FieldInfo, names: Mapping[str, Mapping[str, Text]]) -> Text:
    """Return a value in words: of a code its label, of several all of them."""
    if isinstance(value, list):
        parts = [shown_value(each, info, names) for each in value]
        if not parts:
            return Text("なし", "none")
        return Text("、".join(p.ja for p in parts), ", ".join(p.en for p in parts))
    said = str(value)
    kind = reference_of(info.annotation, info)
    if kind is not None:
        return names.get(kind, {}).get(said, same(said))
    return values_of(info).get(said, same(said))


def _models(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return a model and all that it holds, each once."""
    found: dict[type[BaseModel], None] = {}

    def visit(each: type[BaseModel]) -> None:
        if each in found:
            return
        found[each] = None
        for info in each.model_fields.values():
            inner = model_in(info.annotation)
            if inner is not None:
                visit(inner)

    visit(model)
    return tuple(found)


def _lists_of(model: type[BaseModel]) -> Iterator[str]:
    for info in model.model_fields.values():
        kind = reference_of(info.annotation, info)
        if kind is not None:
            yield kind


def _key(model: type[BaseModel], name: str, info: FieldInfo) -> Json:
    """Return one key: what it is called, what may be written, and an example."""
    said, inner = description(info), model_in(info.annotation)
    plain = plain_type(info.annotation)
    several = get_origin(plain) is tuple
    values, kind = values_of(info), reference_of(info.annotation, info)
    if inner is not None:
        form = "map" if get_origin(plain) is dict else "entries" if several else "entry"
    elif parsed_of(info.annotation, info) is not None:
        form = "date"
    elif values or kind:
        form = "choices" if several else "choice"
    else:
        form = "texts" if several else "number" if is_whole(info.annotation) else "text"
    return {
        "key": key_of_file(name, info),
        "label": text(key_label(model, key_of_file(name, info))),
        "help": text(said),
        "form": form,
        "required": info.is_required(),
        "values": {each: text(word) for each, word in values.items()},
        "list": kind,
        "model": None if inner is None else inner.__name__,
        "example": info.examples[0].strip("\"'") if info.examples else "",
    }
