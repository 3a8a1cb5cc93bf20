"""What leaves an answer open is told in words that need no key."""

from __future__ import annotations

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, open_value, open_values, unknown
from dxrules.derivation.absence_words import APPLIES
from dxrules.reference import load_reference
from dxrules.rules import Outcome
from dxrules.texts import Text
from tests.helpers.lawbooks import TOWNS, judged

RIDDLES = {"ja": ("記載なし", "要確認"), "en": ("undetermined",)}


def test_each_provision_that_may_not_apply_is_known():
    """What is said of single provisions is said of entries of the reference list."""
    assert APPLIES.keys() <= load_reference().provisions.keys()


@pytest.mark.parametrize("name", TOWNS)
def test_no_riddles_in_what_is_open_of_the_five_towns(name):
    """No unknown of the five towns is told by a label and nothing else."""
    told = [f.message for f in judged(name).findings if f.outcome is Outcome.UNKNOWN]
    assert told
    for lang, riddles in RIDDLES.items():
        for message in told:
            assert not any(riddle in message.in_(lang) for riddle in riddles), message


@pytest.mark.parametrize(
    ("kind", "key", "name", "value", "said"),
    [
        (
            "provision",
            "security-policy",
            "unreviewed_days",
            SILENT,
            Text(
                "最後に見直した日が書かれていない",
                "when the municipality last reviewed it is not stated",
            ),
        ),
        (
            "provision",
            "external-audit",
            "applicable",
            SILENT,
            Text(
                "採用しているモデル(α・α’・β・β’)が書かれていない",
                "the model in use (α, α’, β or β’) is not stated",
            ),
        ),
        (
            "provision",
            "system-measures",
            "applicable",
            SILENT,
            Text(
                "この団体に当てはまるかどうかが書かれていない",
                "whether it applies to the municipality is not stated",
            ),
        ),
        (
            "collection",
            "health-insurance-premium",
            "asked",
            SILENT,
            Text(
                "国民健康保険が料か税かが書かれていない",
                "whether the health insurance is a premium or a tax is not stated",
            ),
        ),
        (
            "indicator",
            "i",
            "fits_area",
            UNKNOWN,
            Text(
                "指標がその分野の進み具合を測っているかどうかがはっきりしない",
                "whether the indicator measures the progress of its area is not clear",
            ),
        ),
        (
            "passage",
            "names-differ",
            "count",
            Range(0, 2),
            Text(
                "そうとは言い切れない箇所がある(読みや解釈が確かでない)",
                "there is a passage that may be one (its reading is not sure)",
            ),
        ),
        (
            "area",
            "ai",
            "measures",
            Range(0, 3),
            Text(
                f"{VOCABULARY['area'].attributes['measures'].label.ja}がはっきりしない",
                f"{VOCABULARY['area'].attributes['measures'].label.en}: not clear",
            ),
        ),
        (
            "passage",
            "names-differ",
            "count",
            Range(2, 2),
            Text("箇所の数: 2", "number of places: 2"),
        ),
        ("provision", "cio", "rank", SILENT, Text("職位が書かれていない", "rank: not stated")),
        (
            "provision",
            "cio",
            "status",
            unknown("失われている", "lost"),
            Text("状況: 失われている", "status: lost"),
        ),
    ],
)
def test_what_is_said(kind, key, name, value, said):
    """A reason comes first, then what the table says, then the label."""
    assert open_value(kind, key, VOCABULARY[kind].attributes[name], value) == said


def test_what_is_open_for_the_same_reason_is_named_together():
    """A reason that several values share is given once, after what they are called."""
    known = VOCABULARY["provision"].attributes
    draft = unknown("下書きのまま", "still a draft")
    values = [(known["in_place"], draft), (known["status"], SILENT), (known["published"], draft)]
    assert open_values("provision", "cio", values) == (
        Text(
            "整備済みかどうか、公表しているかどうか: 下書きのまま",
            "in place, published: still a draft",
        ),
        known["status"].unsaid,
    )
