"""A corpus of plans with known faults: real codes and names, and verdicts by construction.

    python bench/corpus.py FOLDER [--plans N] [--seed WORD]

writes `plans/`, a file for each municipality; `prefectures/`, one for each prefecture, which is no
municipality and has to be refused; and `truth.csv`, what each rule has to say of each subject
that was seeded. A plan depends on its code and the seed alone.
"""

from __future__ import annotations

import argparse
import csv
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml
from seeds import ALL, INSTEAD, REMOVED, declared

from dxrules.reference.gazetteer import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seeds import Patch, Seed, Shape

    from dxrules.reference.gazetteer import Government

FACTS = Path(__file__).parent.parent / "facts"
SEED = "2026"
_ALONE, _SHAPED = 0.14, 0.06
"""How many plans hold one fault that stands alone, or have a shape of their own."""

_FAULTS = (4, 40)
_UNTOUCHED = frozenset({"regional-dx", "talent", "internal-systems", "cashless"})
"""Areas of measures that are taken over from the known plans; no seed is about them."""

_STYLES: tuple[Patch, ...] = (
    {},
    {"plan": {"period": "2026年度～2030年度", "established": "2026年3月"}},
    {"plan": {"period": "令和8(2026)年度～令和12(2030)年度"}},
    {"plan": {"period": "2026年4月1日～2031年3月31日"}, "recorded": "2026-03-31"},
    {"plan": {"period": "R8年度～R12年度", "established": "2026年3月31日"}},
)
"""Ways to write the same days."""

_TITLES = (
    "DX推進計画",
    "デジタル化推進計画",
    "自治体DX推進計画",
    "DX戦略",
    "スマート自治体推進計画",
)


@dataclass(frozen=True)
class Truth:
    """What is known of a plan by its construction.

    `seeded` are the outcomes that a rule may have on a subject, by rule and key. Of what is not
    seeded nothing fails and nothing is open, but for the rules that a seed may change `also`.
    """

    day: str
    seeded: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    of_rules: dict[str, tuple[str, ...]] = field(default_factory=dict)
    open_rules: frozenset[str] = frozenset()
    clean: bool = True
    never_fails: bool = False


@dataclass(frozen=True)
class Made:
    """A plan of the corpus: whose it is, the text of its file, and what is true of it."""

    code: str
    name: str
    text: str
    truth: Truth
    shape: str = ""


def kind_of(government: Government) -> str:
    """Return what a government is, in the words of the declarations."""
    number = int(government.code[2:5])
    if government.is_prefecture:
        return "prefecture"
    by_name = {"区": "special-ward", "町": "town", "村": "village"}
    first_city = 201
    other = "designated-city" if number < first_city else "city"
    return by_name.get(government.name.ja[-1], other)


def corpus(seed: str = SEED, most: int | None = None) -> Iterator[Made]:
    """Make a plan for each municipality, or for so many of them from all over the country."""
    governments = sorted(gazetteer().municipalities.values(), key=lambda each: each.code)
    step = 1 if most is None else max(1, len(governments) / most)
    chosen = range(len(governments) if most is None else min(most, len(governments)))
    return (made(governments[int(number * step)], seed) for number in chosen)


def of_prefectures() -> Iterator[tuple[str, str]]:
    """Make a plan file for each prefecture: its code, and the text of the file."""
    for each in sorted(gazetteer().prefectures.values(), key=lambda each: each.code):
        yield each.code, _text(_filled(declared().base, each.code, each.name.ja, "DX推進計画"))


def made(government: Government, seed: str = SEED) -> Made:
    """Make the plan of a municipality."""
    random = Random(f"{seed} {government.code}")
    draw = random.random()
    if draw < _SHAPED:
        shapes = [s for s in declared().shapes if not s.kinds or kind_of(government) in s.kinds]
        return shaped(government, random.choice(shapes))
    fitting = [s for s in declared().seeds if s.fits(government.prefecture, kind_of(government))]
    random.shuffle(fitting)
    if draw < _SHAPED + _ALONE:
        lone = next(each for each in fitting if each.alone)
        return seeded(government, [lone], random)
    days = sorted({each.day for each in fitting})
    weights = [sum(each.day == day for each in fitting) for day in days]
    (day,) = random.choices(days, weights)
    return seeded(government, _together(fitting, day, random.randint(*_FAULTS)), random)


def _together(seeds: Sequence[Seed], day: str, most: int) -> list[Seed]:
    """Take seeds of a day in their order, as far as they stand beside each other."""
    chosen: list[Seed] = []
    for each in seeds:
        if len(chosen) == most:
            break
        if not each.alone and each.day == day and all(map(each.stands_beside, chosen)):
            chosen.append(each)
    return chosen


def covering() -> Iterator[Made]:
    """Make few plans that hold every seed once, then each shape."""
    groups: list[tuple[Government, list[Seed]]] = []
    order = sorted(gazetteer().municipalities.values(), key=lambda each: each.code)
    for each in declared().seeds:
        for government, group in groups:
            fits = each.fits(government.prefecture, kind_of(government))
            if fits and all(map(each.stands_beside, group)):
                group.append(each)
                break
        else:
            first = len(groups) * 37 % len(order)
            turned = order[first:] + order[:first]
            home = next(g for g in turned if each.fits(g.prefecture, kind_of(g)))
            groups.append((home, [each]))
    for number, (government, group) in enumerate(groups):
        yield seeded(government, group, Random(f"covering {number}"))
    for number, shape in enumerate(declared().shapes):
        turned = order[number * 131 :] + order[: number * 131]
        home = next(g for g in turned if not shape.kinds or kind_of(g) in shape.kinds)
        yield shaped(home, shape)


def seeded(government: Government, seeds: Sequence[Seed], random: Random) -> Made:
    """Make a plan that holds some seeds, all of one day."""
    said = declared()
    day = seeds[0].day
    plan = deepcopy(said.base)
    _merge(plan, random.choice(_STYLES))
    _merge(plan, said.prefectures.get(government.prefecture, {}))
    if day in said.days:
        _merge(plan, said.days[day])
    _merge(plan, {"measures": _as_in_known_plans(random)})
    for each in seeds:
        _with_defaults(plan, each.patch)
        _merge(plan, each.patch)
    open_rules = frozenset(rule for each in seeds for rule in each.also)
    truth = Truth(
        day,
        {(each.rule, each.key): (each.outcome,) for each in seeds},
        open_rules=open_rules,
        clean=day == said.day and ALL not in open_rules,
    )
    title = f"{government.name.ja}{random.choice(_TITLES)}"
    text = _text(_filled(plan, government.code, government.name.ja, title))
    return Made(government.code, government.name.ja, text, truth)


def shaped(government: Government, shape: Shape) -> Made:
    """Make a plan of a shape."""
    plan = deepcopy(declared().base)
    code, name = shape.code or government.code, shape.called or government.name.ja
    _merge(plan, declared().prefectures.get(code[:2], {}))
    _merge(plan, shape.patch)
    if shape.whole:
        plan |= deepcopy(shape.whole)
    truth = Truth(
        declared().day, of_rules=shape.expected, clean=False, never_fails=shape.never_fails
    )
    filled = _filled(plan, code, name, f"{name}DX推進計画")
    if shape.called:
        filled["municipality"]["name"] = {"ja": name}
    return Made(government.code, name, _text(filled), truth, shape.name)


def _with_defaults(plan: Patch, patch: Patch) -> None:
    """Add the measures and indicators that a patch brings, with what is usual of them.

    Each has a title of its own: those of one title are one.
    """
    for section, default in declared().defaults.items():
        entries = patch.get(section)
        for key in entries if isinstance(entries, dict) else ():
            usual = deepcopy(default) | {"title": f"{default['title']} {key}"}
            plan.get(section, {}).setdefault(key, usual)


def _merge(into: Patch, patch: Patch) -> None:
    """Change a plan as a patch says."""
    for said, value in patch.items():
        key = said.removesuffix(INSTEAD)
        if said != key:
            into.pop(key, None)
        if value == REMOVED:
            into.pop(key, None)
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        elif isinstance(value, dict):
            into[key] = {}
            _merge(into[key], value)
        else:
            into[key] = deepcopy(value)


@cache
def _known_measures() -> tuple[tuple[dict[str, Any], ...], tuple[int, ...]]:
    """Return measures of the known plans that no seed is about, and how many each plan has."""
    plans = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FACTS.glob("*.y*ml"))
    ]
    measures = tuple(
        {"title": each["title"], "areas": each["areas"]}
        for plan in plans
        for each in plan["measures"]
        if each.get("areas") and _UNTOUCHED.issuperset(each["areas"])
    )
    return measures, tuple(len(plan["measures"]) for plan in plans)


def _as_in_known_plans(random: Random) -> Patch:
    """Return further measures, as many as in one of the known plans, with titles of theirs."""
    measures, sizes = _known_measures()
    most = random.choice(sizes) - len(declared().base["measures"])
    usual = declared().defaults["measures"] | {"recurrence": "yearly"}
    return {
        f"known-{number}": {**usual, **random.choice(measures)}
        for number in range(max(0, min(sizes) // 2, most))
    }


def _filled(plan: Patch, code: str, name: str, title: str) -> Patch:
    """Return the plan as its file has it, of a municipality."""
    plan = deepcopy(plan)
    for section in declared().defaults:
        entries = plan.get(section)
        if isinstance(entries, dict):
            plan[section] = [{"id": key, **entry} for key, entry in entries.items()]
    passages = plan.get("document", {}).get("passages")
    if isinstance(passages, dict):
        plan["document"]["passages"] = [
            {"problem": problem, "text": "該当する箇所", **entry}
            for problem, entry in passages.items()
        ]
    words = {"{code}": code, "{name}": name, "{title}": title}
    return _without_removed(_said(plan, words))


def _without_removed(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_removed(v) for k, v in value.items() if v != REMOVED}
    return [_without_removed(each) for each in value] if isinstance(value, list) else value


def _said(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _said(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_said(each, words) for each in value]
    for mark, word in words.items():
        value = value.replace(mark, word)
    return value


class _Plain(yaml.SafeDumper):
    """Writes texts as the plan files have them: quoted only where a number would lose a digit."""


_Plain.yaml_implicit_resolvers = {}


class _Quoted(str):
    __slots__ = ()


_Plain.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def _text(plan: Patch) -> str:
    plan["municipality"]["code"] = _Quoted(plan["municipality"]["code"])
    for cited in plan.get("plan", {}).get("cites", ()):
        if "edition" in cited:
            cited["edition"] = _Quoted(cited["edition"])
    return yaml.dump(plan, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=200)


def write(folder: Path, seed: str, most: int | None) -> int:
    """Write plans and truth into a folder, and return how many files it holds."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "prefectures").mkdir(exist_ok=True)
    count = 0
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("file", "day", "rule", "key", "outcomes"))
        for each in corpus(seed, most):
            name = f"plans/{each.code}.yaml"
            (folder / name).write_text(each.text, encoding="utf-8")
            for (rule, key), outcomes in each.truth.seeded.items():
                rows.writerow((name, each.truth.day, rule, key, " ".join(outcomes)))
            for rule, outcomes in each.truth.of_rules.items():
                rows.writerow((name, each.truth.day, rule, "", " ".join(outcomes)))
            count += 1
        for code, text in of_prefectures():
            (folder / f"prefectures/{code}.yaml").write_text(text, encoding="utf-8")
            rows.writerow((f"prefectures/{code}.yaml", declared().day, "", "", "refused"))
            count += 1
    return count


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, help="so many municipalities; all without it")
    parser.add_argument("--seed", default=SEED, help=f"another corpus for another word ({SEED})")
    options = parser.parse_args()
    print(f"{write(options.folder, options.seed, options.plans):,} files in {options.folder}")


if __name__ == "__main__":
    main()
