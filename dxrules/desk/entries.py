"""Entries of an open plan: values in words, evidence, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from dxrules.desk.entry_keys import ASIDE, HIDDEN, shown_value
from dxrules.desk.open_plan import OpenPlan
from dxrules.plan.field_info import field_of, model_in, reference_of
from dxrules.plan.key_names import key_label, short_label
from dxrules.plan.models import SECTIONS, Plan
from dxrules.plan.open_doubts import SECTION_NAMES, open_sections
from dxrules.plan.schema import id_names
from dxrules.reference import Reference
from dxrules.report.json_values import Json
from dxrules.source import Path, description
from dxrules.texts import Text, join, same, shorten

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_NAMES: Final = ("title", "name", "id", "document", "area", "task", "what", "on", "about", "year")
"""By what an entry of a list is called: the first of these that it has."""
_HEAD: Final = ("municipality", "recorded")
_WHOSE: Final = Text("団体と時点", "municipality and day")
_NUMBERED: Final = Text("{number}番目", "no. {number}")


def facts(plan: OpenPlan, reference: Reference) -> Json:
    """Return the sections of a plan, each with its entries and how far it was read."""
    names = id_names(reference)
    found = [_head(plan, names)]
    for section, info in Plan.model_fields.items():
        if section in ("format", *_HEAD):
            continue
        said = plan.data.get(section)
        label = short_label(description(info))
        entry = None if said is None else _of_section(section, said, label, names)
        if section == "answers" and entry is not None:
            _name_answers(entry, plan.data, names)
        found.append(
            {
                "name": section,
                "label": label,
                "state": state_of(plan, section),
                "closable": section in SECTION_NAMES,
                "model": _model_name(section),
                "doubts": sum(len(each["doubts"]) for each in _all(entry)),
                "entry": entry,
            }
        )
    return {"sections": found}


def state_of(plan: OpenPlan, section: str) -> str:
    """Tell how far a section was read: not at all, in part, to its end.

    `open`: something may be added; `closed`: a person has said that nothing is.
    """
    if section not in (*SECTIONS, "plan"):
        return "free"
    if section not in plan.data:
        return "unread"
    if not plan.data.get("document"):
        return "free"
    return "open" if section in open_sections(plan.data) else "closed"


def label_of(data: Any, path: Path, names: Mapping[str, Mapping[str, Text]]) -> Text:
    """Return what the entry at a path is called, from its section on."""
    labels: list[Text] = []
    model: type[BaseModel] | None = Plan
    found, kind = data, None
    for part in path:
        if isinstance(found, list) and isinstance(part, int):
            found = found[part] if part < len(found) else {}
            labels.append(_called(found, part, model, names))
            continue
        info = None if model is None or kind else field_of(model, str(part))
        found = found.get(part, {}) if isinstance(found, dict) else {}
        if info is None:
            labels.append(names.get(kind or "", {}).get(str(part), same(shorten(str(part)))))
            kind = None
            continue
        labels.append(key_label(model, str(part)) if model else same(str(part)))
        model = model_in(info.annotation)
        is_map = model is not None and isinstance(found, dict)
        kind = reference_of(info.annotation, info) if is_map else None
    return join(labels, " › ", " › ")


def about_label(data: Any, about: str, names: Mapping[str, Mapping[str, Text]]) -> Text:
    """Return what an answer of the town is about."""
    head, _, rest = about.partition(".")
    if head != "areas":
        return label_of(data, tuple(about.split(".")), names)
    area, _, _ = rest.partition(".")
    return key_label(Plan, "measures") + same(" › ") + names["areas"].get(area, same(shorten(area)))


def _head(plan: OpenPlan, names: Mapping[str, Mapping[str, Text]]) -> Json:
    data = {key: plan.data[key] for key in _HEAD if key in plan.data}
    entry = _entry(Plan, data, (), _WHOSE, names)
    return {
        "name": "municipality",
        "label": _WHOSE,
        "state": "free",
        "closable": False,
        "model": "Plan",
        "doubts": 0,
        "entry": entry,
    }


def _model_name(section: str) -> str:
    found = model_in(Plan.model_fields[section].annotation)
    return "" if found is None else found.__name__


def _of_section(
    section: str, said: Any, label: Text, names: Mapping[str, Mapping[str, Text]]
) -> Json:
    info = Plan.model_fields[section]
    model = model_in(info.annotation)
    if model is not None and _is_one(said, info):
        return _entry(model, said, (section,), label, names)
    children = [*_children(said, (section,), info, names)]
    return _plain_entry((section,), label, "", children)


def _name_answers(
    entry: Json, data: Mapping[str, Any], names: Mapping[str, Mapping[str, Text]]
) -> None:
    """Call answers by what they are about, and not by the keys of the plan file."""
    for each in entry["children"]:
        for field in each["fields"]:
            if field["key"] == "about":
                field["shown"] = each["label"] = about_label(data, field["value"], names)


def _is_one(said: Any, info: Any) -> bool:
    """Tell whether data is one mapping, and not a list or a table of such."""
    return isinstance(said, dict) and reference_of(info.annotation, info) is None


def _plain_entry(path: Path, label: Text, model: str, children: list[Json]) -> Json:
    return {
        "path": path,
        "label": label,
        "model": model,
        "fields": [],
        "children": children,
        "doubts": [],
        "evidence": [],
    }


def _entry(
    model: type[BaseModel],
    data: Any,
    path: Path,
    label: Text,
    names: Mapping[str, Mapping[str, Text]],
) -> Json:
    """Return a mapping of the plan file: its keys with their values, and what stands below."""
    fields, children = [], []
    doubts = data.get("doubts", [])
    for key, value in data.items():
        info = field_of(model, key)
        if info is None or key in ASIDE or f"{model.__name__}.{key}" in HIDDEN:
            continue
        own, inner = key_label(model, key), model_in(info.annotation)
        if inner is None or isinstance(value, str):
            in_doubt = any(not each.get("of") or key in each["of"] for each in doubts)
            fields.append(
                {
                    "key": key,
                    "label": own,
                    "value": value,
                    "shown": shown_value(value, info, names),
                    "in_doubt": in_doubt,
                }
            )
        elif _is_one(value, info):
            children.append(_entry(inner, value, (*path, key), own, names))
        else:
            below = [*_children(value, (*path, key), info, names)]
            children.append(_plain_entry((*path, key), own, inner.__name__, below))
    return _plain_entry(path, label, model.__name__, children) | {
        "fields": fields,
        "doubts": [_doubt(each, model, names) for each in doubts],
        "evidence": [_evidence(each, model) for each in data.get("evidence", ())],
    }


def _children(
    said: Any, path: Path, info: Any, names: Mapping[str, Mapping[str, Text]]
) -> Iterator[Json]:
    """Yield the entries of a list, or of a table by ids."""
    model = model_in(info.annotation)
    if model is None:
        return
    if isinstance(said, dict):
        kind = reference_of(info.annotation, info) or ""
        for key, value in said.items():
            label = names.get(kind, {}).get(key, same(shorten(key)))
            yield _entry(model, value, (*path, key), label, names)
    elif isinstance(said, list):
        for number, value in enumerate(said):
            yield _entry(model, value, (*path, number), _called(value, number, model, names), names)


def _called(
    value: Any,
    number: int,
    model: type[BaseModel] | None,
    names: Mapping[str, Mapping[str, Text]],
) -> Text:
    """Return what an entry of a list is called; what it names by an id, by its name."""
    named = value if isinstance(value, dict) else {}
    key = next((key for key in _NAMES if isinstance(named.get(key), str)), None)
    if key is None:
        return _NUMBERED.format(number=str(number + 1))
    info = None if model is None else field_of(model, key)
    kind = None if info is None else reference_of(info.annotation, info)
    return names.get(kind or "", {}).get(named[key], same(shorten(named[key])))


def _doubt(
    doubt: Mapping[str, Any], model: type[BaseModel], names: Mapping[str, Mapping[str, Text]]
) -> Json:
    """Return a doubt, with its candidates as they are written and in words."""
    keys = [*doubt.get("of", ())]
    info = field_of(model, keys[0]) if len(keys) == 1 else None
    return {
        "of": keys,
        "labels": [key_label(model, key) for key in keys],
        "candidates": [candidate(each, info, names) for each in doubt.get("candidates", ())],
        "because": doubt.get("because", ""),
    }


def candidate(value: str, info: FieldInfo | None, names: Mapping[str, Mapping[str, Text]]) -> Json:
    """Return a value that a draft offers, as it is written and in words."""
    shown = same(value) if info is None else shown_value(value, info, names)
    return {"value": value, "shown": shown}


def _evidence(evidence: Mapping[str, Any], model: type[BaseModel]) -> Json:
    return {
        "of": [key_label(model, key) for key in evidence.get("of", ())],
        "section": evidence.get("section", ""),
        "page": evidence.get("page", ""),
        "text": evidence.get("text", ""),
        "from": evidence.get("from", "plan"),
        "told": evidence.get("told", ""),
    }


def _all(entry: Json | None) -> Iterator[Any]:
    """Yield an entry and all that stands below it."""
    if entry is not None:
        yield entry
        for each in entry["children"]:
            yield from _all(each)
