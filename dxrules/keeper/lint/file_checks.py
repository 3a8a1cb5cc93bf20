"""Files that nothing reads, and rulesets of a prefecture that say it is another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dxrules.errors import Place
from dxrules.keeper.lint.remark import Remark, RulesetFolder
from dxrules.reference import Name
from dxrules.rules import Ruleset
from dxrules.rules.unread_files import unread
from dxrules.source import Document
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    import pathlib

_NUMBER = re.compile(r"(?<![0-9])([0-9]{2})(?![0-9])")


def not_read(root: pathlib.Path, name: str) -> Iterator[Remark]:
    """Yield a remark for each file of a folder that nothing reads."""
    for below, said in unread(root):
        yield Remark(Place(f"{name}/{visible(below)}", 1, 1), "not-read", said)


def prefectures(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each ruleset whose code is not the prefecture that it names elsewhere.

    Its rules would bind the towns of the one, and be missed in the other.
    """
    for ruleset, document in folder.rulesets:
        if ruleset.prefecture is None:
            continue
        known = folder.law.reference.prefectures
        said = {
            "id": ruleset.id.rpartition("/")[2],
            "title": f"{ruleset.title.ja} {ruleset.title.en}",
        }
        stem = PurePosixPath(document.file).stem
        for part, text in (*said.items(), ("", stem)):
            other = _other(text, ruleset.prefecture, known)
            if other is not None:
                yield _contradicts(ruleset, document, part, other, known)
                break


def _other(text: str, own: str, known: Mapping[str, Name]) -> str | None:
    """Return the code of another prefecture that a text names, by number or by name."""
    numbers = [number for number in _NUMBER.findall(text) if number in known]
    named = [code for code, entry in known.items() if _names(text, entry.name)]
    for found in (numbers, named):
        if found and own not in found:
            return found[0]
    return None


def _names(text: str, name: Text) -> bool:
    word = rf"(?<![a-z]){re.escape(name.en.casefold())}(?![a-z])"
    return name.ja in text or re.search(word, text.casefold()) is not None


def _contradicts(
    ruleset: Ruleset, document: Document, part: str, other: str, known: Mapping[str, Name]
) -> Remark:
    code = ruleset.prefecture or ""
    where = Text(part, part) if part else Text("ファイル名", "the name of the file")
    return Remark(
        document.place(("jurisdiction", "code")),
        "other-prefecture",
        Text(
            "code は {code}({name})ですが、{where} は {other} を示しています。",
            "The code is {code} ({name}), but {where} says {other}.",
        ).format(code=code, name=known[code].name, where=where, other=known[other].name),
        Text("正しい方に合わせてください。", "Make them agree."),
    )
