"""The linter on the reference lists of the nation."""

from __future__ import annotations

import shutil

import pytest

from dxrules.keeper.lint import lint
from tests.helpers.lawbooks import ROOT, broken, folder
from tests.helpers.linted import LEAN

REFERENCE = "national/reference"


def changed_list(root, name, old, new):
    """Write a good folder with its own reference lists, one of them changed; return it."""
    shutil.copytree(ROOT / "rulesets" / REFERENCE, root / REFERENCE)
    path = root / REFERENCE / f"{name}.yaml"
    path.write_text(broken(old, new, path.read_text("utf-8")), "utf-8")
    return folder(root, {"national/test.yaml": LEAN})


LISTS = {
    "same-day": (
        ("guideline", '{id: "2022-03", on: 2022-03,', '{id: "2022-03", on: 2020-12,'),
        [
            (
                "r/national/reference/guideline.yaml:12:21",
                "same-day",
                "2022-03 begins on 2020-12-31, as 2020-12 does: neither is the newer one.",
                "2022-03 は 2020-12 と同じ 2020-12-31 から始まり、どちらが新しいか決まりません。",
            )
        ],
    ),
    "beyond-known": (
        ("guideline", "known_until: 2026-09-30", "known_until: 2026-03-26"),
        [
            (
                "r/national/reference/guideline.yaml:16:21",
                "beyond-known",
                "The day 2026-03-27 of 2026-03 lies beyond this file's known_until (2026-03-26).",
                "2026-03 の 2026-03-27 は、このファイルの known_until(2026-03-26)より後です。",
            )
        ],
    ),
    "before-source": (
        ("editions", "decided: 2025-12-17,", "decided: 2025-12-18,"),
        [
            (
                "r/national/reference/editions.yaml:25:17",
                "before-source",
                (
                    "The day 2025-12-17 of 5.0 lies before that of its source, "
                    "As quoted in the plan of Nakanojo (2025-12-18)."
                ),
                (
                    "5.0 の 2025-12-17 は、典拠「中之条町DX推進計画の引用」の"
                    "日(2025-12-18)より前です。"
                ),
            )
        ],
    ),
    "area-twice": (
        (
            "editions",
            "telework], items_verified: plan, along",
            "el-qr], items_verified: plan, along",
        ),
        [
            (
                "r/national/reference/editions.yaml:24:126",
                "area-twice",
                "el-qr stands twice in the items of 4.0.",
                "4.0 の items に el-qr が2回あります。",
            )
        ],
    ),
    "unused-source": (
        ("guideline", "on: 2001-03-30, source: first", "on: 2001-03-30, source: gl8"),
        [
            (
                "r/national/reference/guideline.yaml:7:3",
                "unused-source",
                "Nothing cites the source first.",
                "典拠 first は、どこからも引かれていません。",
            )
        ],
    ),
    "one-language": (
        ("guideline", "en: revision}", "en: 改定}"),
        [
            (
                "r/national/reference/guideline.yaml:12:66",
                "one-language",
                '"改定" is in Japanese alone.',
                "「改定」は日本語だけです。",
            )
        ],
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_reference_lists(case, tmp_path):
    """The lists of the nation are looked at, too."""
    change, expected = LISTS[case]
    remarks = lint(changed_list(tmp_path, *change), "r")
    assert [(str(r.place), r.check, r.message.en, r.message.ja) for r in remarks] == expected


def test_what_is_announced_may_lie_ahead(tmp_path):
    """An edition of a day to come is known, if its source was decided before."""
    first = "on: 2025-12-17, source: nakanojo"
    root = changed_list(tmp_path, "editions", first, "on: 2026-10-01, source: nakanojo")
    assert lint(root) == ()
