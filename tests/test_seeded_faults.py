"""Each seeded fault is found, and nothing is held against what is right beside it."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dxrules.rules import Outcome, load_law

BENCH = Path(__file__).parent.parent / "bench"


@pytest.fixture(scope="module")
def bench():
    """Return the modules of the bench, which are scripts beside each other."""
    sys.path.insert(0, str(BENCH))
    try:
        import corpus
        import detection
        import seeds
    finally:
        sys.path.remove(str(BENCH))
    return corpus, detection, seeds


def test_every_rule_has_a_plan_for_every_outcome(bench):
    """Or it is said why it cannot have one."""
    _, _, seeds = bench
    declared = seeds.declared()
    rules = {rule.id for rule in load_law().rules}
    wanted = {(rule, str(outcome)) for rule in rules for outcome in seeds.OUTCOMES}
    seeded = {(seed.rule, seed.outcome) for seed in declared.seeds}
    assert seeded | declared.never.keys() == wanted
    assert seeded & declared.never.keys() == set()
    assert all(declared.never.values())


@pytest.mark.slow
def test_every_seed_is_judged_as_its_source_asks(bench):
    """Few plans hold each seed once, each of them on its own day."""
    _, detection, seeds = bench
    judge = detection.covered()
    assert judge.misses == []
    told = Counter(
        {(rule, o): n for rule, tally in judge.tallies.items() for o, n in tally.right.items()}
    )
    assert told == Counter((seed.rule, seed.outcome) for seed in seeds.declared().seeds)


def test_a_wrong_verdict_is_counted(bench):
    """A fault that is not found, an alarm where there is none, a pass of what fails."""
    corpus, detection, _ = bench
    plan = next(made for made in corpus.corpus(most=40) if len(made.truth.seeded) > 10)
    pair, (was,) = next((p, o) for p, o in plan.truth.seeded.items() if o == ("pass",))
    judge = detection.Judge()
    judge.look_at([replace(plan, truth=replace(plan.truth, seeded={pair: ("fail",)}))])
    assert (judge.misses[0].rule, judge.misses[0].came) == (pair[0], was)
    assert judge.tallies[pair[0]].false_passes == 1
    untold = [miss for miss in judge.misses if miss.wanted == "no concern"]
    assert {miss.came for miss in untold} <= {Outcome.FAIL, Outcome.UNKNOWN}
    assert untold


def test_a_plan_depends_on_its_code_and_the_seed_alone(bench):
    """The same corpus twice, in parts or as a whole; another one for another word."""
    corpus, _, _ = bench
    some = {made.code: made for made in corpus.corpus(most=12)}
    again = {made.code: made for made in corpus.corpus(most=6)}
    assert all(some[code] == made for code, made in again.items())
    other = {made.code: made.text for made in corpus.corpus("other", most=6)}
    assert any(other[code] != again[code].text for code in again)
    assert len({code[:2] for code in some}) > 8


def test_corpus_written(bench, tmp_path):
    """A file for each plan, the prefectures apart, and what is true of them."""
    corpus, detection, _ = bench
    assert corpus.write(tmp_path, corpus.SEED, 4) == 51
    assert len(list((tmp_path / "plans").iterdir())) == 4
    prefectures = sorted((tmp_path / "prefectures").iterdir())
    assert len(prefectures) == 47
    assert detection.Judge().refuses(prefectures[12].read_text(encoding="utf-8"))
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["outcomes"] for row in rows if row["file"] == "prefectures/130001.yaml"} == {
        "refused"
    }
    assert len({row["file"] for row in rows}) == 51


def test_table(bench):
    """What was found of what was seeded, by rule, and a dash where there can be nothing."""
    _, detection, _ = bench
    section = detection.measure(3).markdown()
    assert "## Seeded faults" in section
    assert "| all |" in section
    assert "47 files of prefectures" in section
