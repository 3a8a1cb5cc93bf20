"""Documents drafted, each with what is true of it: of this folder, quoted, made, and real."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import made_plans
import yaml
from values_by_path import flat, town_of, without_doubts

from dxrules.document.reading_process import original_from
from dxrules.document.text import original_of
from dxrules.draft import Draft, DraftContext, draft
from dxrules.errors import UsageError
from dxrules.plan.municipality_code import check_digit
from dxrules.reference.gazetteer import Gazetteer, gazetteer
from dxrules.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.document.original import Original
    from dxrules.reference.gazetteer import Government


HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TODAY = date(2026, 11, 20)


def invented_names() -> list[str]:
    """Return the municipalities of the documents: there are none of these names."""
    truths = sorted((HERE / "documents").glob("*.yaml"))
    return list(dict.fromkeys([made_plans.TOWN, *(town_of(read(file).data) for file in truths)]))


def invented() -> Gazetteer:
    """Return a gazetteer that knows the invented municipalities and the prefectures, too."""
    known = {g.code: (g.name.ja, g.reading, g.name.en) for g in gazetteer().prefectures.values()}
    for number, name in enumerate(invented_names(), 101):
        five = f"34{number + 300}"
        code = five + check_digit(five)
        known[code] = (name, "", f"Town {number}")
    return Gazetteer(known, gazetteer().known_until)


def documents(
    source: DraftContext, some: slice = slice(None)
) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield the documents of this folder, or some, drafted, with what is true of them.

    Where a document does not tell whose plan it is, that counts as missed, and it is told.
    """
    found = (each for each in (HERE / "documents").iterdir() if each.suffix != ".yaml")
    files = sorted(found, key=lambda each: int(each.stem))
    for file in files[some]:
        truth = read(file.with_suffix(".yaml")).data
        original = original_from(file.read_bytes(), file.name)
        yield file.stem, drafted(original, truth, source), truth


def drafted(original: Original, truth: Mapping[str, Any], source: DraftContext) -> Draft:
    """Return a draft of a document; of one that does not tell whose plan it is, without a name."""
    try:
        return draft(original, source, TODAY)
    except UsageError:
        made = draft(original, source, TODAY, judged_as(truth, source))
        unnamed = made.data | {"municipality": "?"}
        return replace(made, data=unnamed)


def judged_as(truth: Mapping[str, Any], source: DraftContext) -> Government:
    """Return the municipality that a document counts as; a joint body of several is none itself."""
    name = town_of(truth)
    return source.gazetteer.named(made_plans.TOWN if name.endswith(JOINT) else name)[0]


JOINT = ("協議会", "連絡会")
"""Ends of the names of bodies that several municipalities form without becoming one."""


def fragments(source: DraftContext, of: int) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield quotations of a set as documents of their towns, with what is true of each."""
    known = yaml.safe_load((HERE / "fragments.yaml").read_text("utf-8"))
    for number, each in enumerate(known, 1):
        if each.get("set", 1) != of:
            continue
        town = each["town"]
        text = f"{town}DX推進計画\n\n{town}\n\n## はじめに\n\n{each['text']}\n"
        whose = source.gazetteer.named(town)[0]
        made = draft(original_of(text, "a.md"), source, TODAY, whose)
        cover = {"title": f"{town}DX推進計画", "author": town}
        truth = dict(each["truth"])
        yield (
            f"{number} {town}",
            made,
            truth
            | {
                "municipality": town,
                "plan": cover | truth["plan"],
            },
        )


BEFORE_AN_ANNEX = """# {town}DX推進計画

{town}

## 第1章 計画の概要

本計画を定めます。

趣旨を述べます。

背景を述べます。

"""


def made_ones(source: DraftContext, number: int) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield plans that are made, so many of each layout and format, with what is true of them."""
    for layout in made_plans.LAYOUTS:
        for form in made_plans.FORMS:
            for seed in range(number):
                plan = made_plans.noisy(made_plans.made(layout, seed), seed)
                original = original_from(made_plans.written(plan, form), f"plan.{form}")
                town = source.gazetteer.named(made_plans.TOWN)[0]
                yield f"{layout}.{form}.{seed}", draft(original, source, TODAY, town), plan.truth


def negatives(source: DraftContext) -> None:
    """Print what is sure of documents that say nothing of the town: as they are, as annexes."""
    print("\ndocuments in which nothing may be sure: sure values alone, as an annex of a plan\n")
    town = source.gazetteer.named(made_plans.TOWN)[0]
    for file in sorted((HERE / "negatives").glob("*.md")):
        text = file.read_text("utf-8")
        annex = BEFORE_AN_ANNEX.format(town=town.name.ja) + re.sub("(?m)^#", "##", text)
        found = []
        for said in (text, annex):
            made = draft(original_of(said, file.name), source, TODAY, town)
            sure = flat(without_doubts(made.data))
            found.append([path for path in sure if path not in {"municipality", "title", "author"}])
        print(f"| {file.stem} | {len(found[0])} | {len(found[1])} |")
        for path in found[0] + found[1]:
            print(f"  wrong  {file.stem} {path}")


def plans(folder: Path, source: DraftContext) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield real plans, drafted, with their facts."""
    for file in sorted(folder.glob("*.txt")):
        facts = ROOT / "facts" / f"{file.stem}.yaml"
        made = draft(original_of(file.read_text("utf-8"), file.name), source, TODAY)
        yield file.stem, made, read(facts).data
