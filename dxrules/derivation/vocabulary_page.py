"""The reference page of the vocabulary, in Markdown.

`python -m dxrules.derivation.vocabulary_page > docs/facts.md` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping

from dxrules.derivation.declaration import Attribute, By, Kind
from dxrules.derivation.vocabulary import VOCABULARY
from dxrules.texts import Text

_TYPES = {
    "date": Text("日付", "date"),
    "number": Text("数", "number"),
    "truth": Text("はい・いいえ", "yes or no"),
    "code": Text("符号", "code"),
    "text": Text("文字", "text"),
}

BY_LABELS: Mapping[By, Text] = {
    "decide": Text("自ら決める", "decided by the municipality"),
    "state": Text("事実なら書く", "stated if it is so"),
}

_HEAD = """\
# 事実の語彙 / The vocabulary of facts

<!-- `python -m dxrules.derivation.vocabulary_page > docs/facts.md` で作成 / writes this page. -->

点検項目の条件は、ここにある種類と属性で書きます。

- 日付と数は幅を持ちます。
  値が無ければ、記載なし(読んだが書かれていない)か、要確認(理由つき)のどちらかです。
- 「0以上」の数は、どの計画でもそれより小さくなりません。
- 「文字」は表示のためのもので、条件に使えるのは `known` だけです。
- 「読むキー」は、値の元になる計画ファイルのキーです。
  無いものは、参照データと判定日から決まります。
- 「変え方」は、不適合を直すときに団体がその属性をどう変えられるかです。
  「事実なら書く」ものは、そうでないのに書いてはいけません。
  無いものは、国が定めたもの、時とともに決まるもの、表示のためのもので、団体には変えられません。

Conditions of rules are written in these kinds and attributes.

- Dates and numbers are ranges.
  Where there is no value, the document is silent, or it is unknown, with the reason.
- A number of "0 or more" is never less, whatever the plan says.
- A text is for messages; `known` is all that a condition can ask of it.
- "Reads" names the keys of the plan file that a value comes from.
  What reads none comes from the reference data and the day judged.
- "Change" is how a town can change the attribute when it mends a failure.
  What is stated if it is so must not be stated if it is not.
  Where there is none, the nation or time fixes it, or it is for messages: no town can change it.
"""


def vocabulary_page() -> str:
    """Return the page: every kind with its attributes, in both languages."""
    parts = [_HEAD, _contents()]
    parts += [_section(kind) for kind in VOCABULARY.values()]
    return "\n".join(parts)


def _contents() -> str:
    rows = (
        (f"[`{kind.name}`](#{kind.name})", *_both(kind.label), *_both(kind.one_per))
        for kind in VOCABULARY.values()
    )
    return _table(("種類 / kind", "日本語", "English", "何ごとに1件か", "one per"), rows)


def _section(kind: Kind) -> str:
    rows = (
        (
            f"`{attribute.name}`",
            _line(_type(attribute)),
            *_both(attribute.label),
            _line(attribute.unit) if attribute.unit else "",
            ", ".join(f"`{name}`" for name in attribute.reads),
            _changes(attribute),
        )
        for attribute in kind.attributes.values()
    )
    heads = (
        "属性 / attribute",
        "型 / type",
        "日本語",
        "English",
        "単位 / unit",
        "読むキー / reads",
        "変え方 / change",
    )
    return "\n".join([f"## {kind.name}\n", _table(heads, rows), *_codes(kind)])


def _type(attribute: Attribute) -> Text:
    type_, least = _TYPES[attribute.type], attribute.least
    return type_ if least is None else type_ + Text(f"({least}以上)", f", {least} or more")


def _changes(attribute: Attribute) -> str:
    ways = dict.fromkeys(lever.by for lever in attribute.levers)
    return "<br>".join(_line(BY_LABELS[way]) for way in ways)


def _codes(kind: Kind) -> Iterator[str]:
    for attribute in kind.attributes.values():
        if attribute.codes:
            yield f"`{attribute.name}`:\n"
            yield _table(("符号 / code", "日本語", "English"), _code_rows(attribute))


def _code_rows(attribute: Attribute) -> Iterator[tuple[str, ...]]:
    for code, label in attribute.codes.items():
        yield f"`{code}`", *_both(label)


def _both(text: Text) -> tuple[str, str]:
    return text.ja, text.en


def _line(text: Text) -> str:
    return f"{text.ja} / {text.en}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(vocabulary_page())
