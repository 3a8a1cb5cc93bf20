"""A plan file to fill in: every key is there, explained, and what is optional is commented out.

An explanation starts with `# `, a key that can be switched on with `#` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_origin

from dxrules.frozen import frozen
from dxrules.plan.field_info import literals_of, model_in, plain_type, reference_of
from dxrules.plan.models import Plan
from dxrules.plan.schema import id_names
from dxrules.reference import Reference
from dxrules.source import description
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_HEAD = Text(
    """# 市町村DX計画の計画ファイル(dxrules)。`dxrules check このファイル` で判定します。
# 計画書に書いてあることだけを、書いてあるとおりに記入します。
# - 書いていないことは、キーごと書きません(コメントのままにします)。
# - 読んでいない節は書きません。読んで何もなかった節は [] または {} と書きます。
# - 日付は計画書の書き方のままで構いません(令和8年9月、R8.3末、令和8年度～令和12年度、概ね…)。
# - 終わりしか書かれていない期間は「令和12年度まで」と書けます。
# - 日付のないページなら、recorded に「不明」か、読んだ日を「2026-11-20以前」のように書きます。
# - コロン、カンマ、# を含む値は "…" で囲みます。
# - 「#キー:」の行は、先頭の # を消すと有効になります。
""",
    """# A plan file for dxrules; `dxrules check THIS-FILE` judges it.
# Write what the plan says, as it says it, and nothing else.
# - What it does not say is left out (leave the line commented out).
# - A section that was not read is left out; one read and found empty is written [] or {}.
# - Dates may stay as the plan writes them (令和8年9月, R8.3末, 令和8年度～令和12年度, 概ね...).
# - A period of which only the end is told can be written as 令和12年度まで.
# - Of a page without a date, recorded is unknown, or the day on which it was read: 2026-11-20以前.
# - A value that holds a colon, a comma or a # is put in quotes.
# - A line that starts with "#key:" is switched on by deleting the #.
""",
)
_VALUES = Text("値", "values")


@frozen
class _Line:
    """A line of the template: an explanation, or a key that may be switched off."""

    indent: int
    text: str
    key: bool
    off: bool = False

    def __str__(self) -> str:
        gap = " " * self.indent
        if not self.key:
            return f"{gap}# {self.text}"
        return f"{'#' if self.off else ''}{gap}{self.text}"


def template(lang: Lang, reference: Reference) -> str:
    """Return the text of a plan file in which every key is explained."""
    lines = _Template(lang, id_names(reference)).model(Plan, 0, off=False)
    return _HEAD.in_(lang) + "\n" + "\n".join(map(str, lines)) + "\n"


_ONCE = frozenset({"evidence", "doubts"})
"""Keys that many mappings share: what they hold is explained where they stand first."""


class _Template:
    def __init__(self, lang: Lang, ids: Mapping[str, Mapping[str, Text]]) -> None:
        self.lang = lang
        self.ids = ids
        self.shown: set[str] = set()

    def model(self, model: type[BaseModel], indent: int, *, off: bool) -> Iterator[_Line]:
        """Yield the keys of a model; `off` comments all of them out. Evidence comes last."""
        fields = sorted(model.model_fields.items(), key=lambda field: field[0] in _ONCE)
        for name, info in fields:
            switched_off = off or not info.is_required()
            yield from self._key(info.alias or name, info, indent, off=switched_off)

    def _key(self, key: str, info: FieldInfo, indent: int, *, off: bool) -> Iterator[_Line]:
        annotation = info.annotation
        explanation = description(info).in_(self.lang) + self._choices(annotation, info)
        yield _Line(indent, explanation, key=False)
        inner = model_in(annotation)
        example = info.examples[0] if info.examples else _example(annotation)
        if inner is None or key in self.shown:
            yield _Line(indent, f"{key}: {'[]' if inner else example}", key=True, off=off)
            return
        self.shown |= {key} & _ONCE
        yield _Line(indent, f"{key}:", key=True, off=off)
        if get_origin(plain_type(annotation)) is dict:
            first = next(iter(self.ids[reference_of(annotation, info) or ""]))
            yield _Line(indent + 2, f"{first}:", key=True, off=off)
            yield from self.model(inner, indent + 4, off=off)
        elif get_origin(plain_type(annotation)) is tuple:
            yield from _as_item(self.model(inner, indent + 4, off=off))
        else:
            yield from self.model(inner, indent + 2, off=off)

    def _choices(self, annotation: Any, info: FieldInfo) -> str:
        literals = literals_of(annotation)
        reference = reference_of(annotation, info)
        if reference:
            names = self.ids[reference]
            literals = [f"{key}({name.in_(self.lang)})" for key, name in names.items()]
        if len(literals) < 2:  # noqa: PLR2004  (one value is no choice)
            return ""
        return f" [{_VALUES.in_(self.lang)}: {', '.join(literals)}]"


def _as_item(lines: Iterator[_Line]) -> Iterator[_Line]:
    """Make the first key of a mapping the head of a list item."""
    first = True
    for line in lines:
        if line.key and first:
            yield replace(line, indent=line.indent - 2, text=f"- {line.text}")
            first = False
        else:
            yield line


def _example(annotation: Any) -> str:
    plain = plain_type(annotation)
    literals = literals_of(annotation)
    if get_origin(plain) is tuple:
        return f"[{literals[0]}]" if literals else "[]"
    if literals:
        return literals[0]
    if plain is bool:
        return "yes"
    return "…" if plain is str else "令和8年3月"
