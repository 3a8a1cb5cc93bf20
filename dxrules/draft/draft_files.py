"""A draft as the plan file that a person goes on with, and as its side file of places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from dxrules.draft.draft import Draft
from dxrules.source.yaml_layout import several_lines
from dxrules.texts import Lang, Text, shorten

PLACES_FORMAT: Final = "dxrules/places/1"
_HEAD = Text(
    """# {name} から作った下書き。値{values}件、確認を待つもの{doubts}件。
# 確かめ方: doubts のある項目は、根拠(evidence)を文書で見て値を直し、その doubts を消す。
# ある節を読み終え、ほかに書くことがなければ、document の closed にその節の名を加える。
# それまでは、doubts のある値も、書かれていないことも、判定では要確認になる。
""",
    """# Drafted from {name}: {values} values, {doubts} of them to be confirmed.
# Where there are doubts, look at the evidence in the document, mend the value and delete its doubt.
# Once a section was read through and nothing is to be added, name it under closed in document.
# Until then what is doubtful, and what is not written here, is undetermined when it is judged.
""",
)


def written(made: Draft, name: str, lang: Lang = "ja") -> str:
    """Return a draft as YAML, with what to do at its top."""
    head = _HEAD.in_(lang).format(name=shorten(name), values=made.values, doubts=made.doubts)
    return head + several_lines(made.data)


def places(made: Draft, name: str) -> str:
    """Return where each value came from: for programs that show it, and free to be deleted."""
    data: Mapping[str, Any] = {
        "format": PLACES_FORMAT,
        "document": shorten(name),
        "values": list(made.places),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
