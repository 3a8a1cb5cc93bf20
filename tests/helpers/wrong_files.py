"""The plan files that are wrong in one way each, and the head of one that is not."""

from __future__ import annotations

from pathlib import Path

WRONG = Path(__file__).parent.parent / "wrong"
NAMES = sorted(path.name for path in WRONG.iterdir() if path.suffix != ".txt")

HEAD = """\
format: dxrules/plan/1
municipality: {code: "345458", name: {ja: 神石高原町, en: Jinsekikogen}}
recorded: 令和8年3月
plan: {title: 計画}
"""
