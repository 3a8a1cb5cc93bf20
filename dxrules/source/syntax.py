"""What PyYAML says about bad syntax, and values that YAML cuts, said so that it can be mended.

A value is cut where it stands without quotes: at a comma, or at a # sign.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dxrules.frozen import frozen
from dxrules.source.placed_data import at
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    import yaml


@frozen
class _Case:
    """One complaint of PyYAML: how it is known, and what is said instead.

    `{char}` is the character at the place, `{line}` the line in which the construct begins,
    and `begin` puts the place there.
    """

    context: str
    problem: str
    message: Text
    hint: Text
    begin: bool = False
    chars: str = ""


_COLON = Text(
    "「キー: 値」の形(半角コロンと空白)で書いてください。",
    "Write `key: value`, with a half-width colon and a space.",
)
_QUOTE = Text("値を引用符で囲んでください。", "Put the value in quotes.")
_NO_START = Text("値を「{char}」で始めることはできません。", 'A value cannot begin with "{char}".')
_UNCLOSED = Text(
    "カンマか閉じ括弧がありません(括弧は{line}行目から)。",
    "A comma or the closing bracket is missing (the bracket opens in line {line}).",
)
_CLOSE = Text("括弧とカンマを確かめてください。", "Check the brackets and commas.")
_CLOSE_OR_QUOTE = Text(
    "括弧とカンマを確かめてください。: や , や # や [ を含む値は引用符で囲みます。",
    "Check the brackets and commas, and put a value that holds : or , or # or [ in quotes.",
)

_DIRECTIVE = Text(
    "「%」で始まる行(YAMLの指示)は使えません。",
    "A line that begins with % (a directive of YAML) is not allowed.",
)
_NO_DIRECTIVE = Text(
    "この行を消してください。値なら引用符で囲んでください。",
    "Delete the line, or put it in quotes if it is a value.",
)
TAGS_DECLARED = (_DIRECTIVE, _NO_DIRECTIVE)
"""What is said of a document that declares tags."""
_TAB = Text("タブで字下げはできません。", "A tab cannot indent.")
_NO_TAB = Text("空白で字下げしてください。", "Indent with spaces.")
_LITERAL_BACKSLASH = Text(
    "'…' で囲むか、\\\\ と書いてください。", "Use '...' around the text, or write \\\\."
)
_NO_CODE = Text(
    "\\ の後が文字コードになっていません。", "The backslash is followed by no code of a character."
)
_RIGHT_CODE = Text(
    "コードを直してください。\\ そのものは \\\\ と書きます。",
    "Correct the code. A backslash itself is written \\\\.",
)

_CASES = (
    _Case("directive", "", _DIRECTIVE, _NO_DIRECTIVE, begin=True),
    _Case("", "directive", _DIRECTIVE, _NO_DIRECTIVE),
    _Case("", "incompatible YAML", _DIRECTIVE, _NO_DIRECTIVE),
    _Case("", "duplicate tag handle", _DIRECTIVE, _NO_DIRECTIVE),
    _Case("", "undefined tag handle", _NO_START, _QUOTE, begin=True),
    _Case("", "tab character", _TAB, _NO_TAB),
    _Case(
        "quoted scalar",
        "document",
        Text(
            "引用符の中に、--- か ... で始まる行があります。",
            "A line inside the quotation marks begins with --- or with three dots.",
        ),
        Text(
            "引用符を閉じるか、その行を字下げしてください。",
            "Close the quotation mark, or indent that line.",
        ),
    ),
    _Case("quoted scalar", "hexdecimal", _NO_CODE, _RIGHT_CODE),
    _Case("quoted scalar", "Unicode", _NO_CODE, _RIGHT_CODE),
    _Case(
        "quoted scalar",
        "unexpected end",
        Text("この引用符が閉じられていません。", "This quotation mark is never closed."),
        Text("同じ引用符で閉じてください。", "Close it with the same mark."),
        begin=True,
    ),
    _Case(
        "quoted scalar",
        "unknown escape",
        Text(
            "\\ の後の文字に意味がありません。", "The character after the backslash has no meaning."
        ),
        _LITERAL_BACKSLASH,
    ),
    _Case(
        "",
        "cannot start any token",
        _TAB,
        _NO_TAB,
        chars="\t",
    ),
    _Case("", "cannot start any token", _NO_START, _QUOTE),
    _Case("scanning an a", "alphabetic", _NO_START, _QUOTE, begin=True),
    _Case("a tag", "", _NO_START, _QUOTE, begin=True),
    _Case("", "block sequence entries are not allowed", _NO_START, _QUOTE),
    _Case("", "mapping keys are not allowed", _NO_START, _QUOTE),
    _Case("block scalar", "", _NO_START, _QUOTE, begin=True),
    _Case(
        "",
        "mapping values are not allowed",
        Text("ここにコロンは置けません。", "A colon cannot stand here."),
        Text(
            "この行か上の行の「キー: 値」(半角コロンと空白)を確かめ、"
            "コロンを含む値は引用符で囲んでください。",
            "Check `key: value` (half-width colon, space) here and in the line above, "
            "and put a value that holds a colon in quotes.",
        ),
    ),
    _Case(
        "simple key",
        "expected ':'",
        Text("この行にはコロンがありません。", "This line lacks a colon."),
        _COLON,
        begin=True,
    ),
    _Case(
        "parsing a block",
        "expected",
        Text("閉じ括弧が余分です。", "This closing bracket has no opening one."),
        _CLOSE,
        chars="]}",
    ),
    _Case("parsing a block", "expected", _NO_START, _QUOTE, chars=","),
    _Case(
        "parsing a block",
        "expected",
        Text(
            "「...」(YAMLの文書の終わり)の前に内容がありません。",
            "Nothing stands before these three dots, which end a document of YAML.",
        ),
        Text(
            "この行を消すか、前に内容を書いてください。",
            "Delete the line, or write the content before it.",
        ),
        chars=".",
    ),
    _Case(
        "parsing a block",
        "expected",
        Text("字下げが上の行と合いません。", "The indentation does not fit the lines above."),
        Text(
            "同じ段のキーは同じ桁から書き、[ や { や引用符で始まる値は全体を引用符で囲んで"
            "ください。",
            "Begin the keys of one mapping in one column, and put all of a value that begins with "
            "a bracket or a quotation mark in quotes.",
        ),
    ),
    _Case("parsing a flow", "expected ','", _UNCLOSED, _CLOSE_OR_QUOTE),
    _Case(
        "parsing a flow",
        "expected",
        Text("ここに値か閉じ括弧がありません。", "A value or a closing bracket is missing here."),
        _CLOSE,
    ),
    _Case(
        "",
        "<document start>",
        Text(
            "内容が終わった後にまだ続きがあります。", "More follows after the end of the content."
        ),
        Text("1つのファイルには計画1件だけを書いてください。", "Keep to one document per file."),
    ),
)


def is_json(text: str, name: str) -> bool:
    """Tell JSON by the ending of a name; what has none, as standard input, by its beginning."""
    last = name.lower().rpartition("/")[2]
    return last.endswith(".json") or ("." not in last and text.lstrip().startswith("{"))


def explain(
    error: yaml.MarkedYAMLError, text: str, name: str
) -> tuple[tuple[int, int], Text, Text]:
    """Return the place of bad syntax, what is wrong there, and the way out."""
    end = error.problem_mark or error.context_mark
    start = error.context_mark or end
    context, problem = error.context or "", error.problem or ""
    for case in _CASES:
        mark = start if case.begin else end
        char = _char(text, mark)
        fits = case.context in context and case.problem in problem
        if fits and (not case.chars or char in case.chars):
            return at(mark), case.message.format(char=char, line=at(start)[0]), case.hint
    kind = "JSON" if is_json(text, name) else "YAML"
    return (
        at(end),
        Text(f"{kind}の文法に合いません。", f"Not valid {kind}."),
        Text(
            "字下げ、コロンの後の空白、引用符の閉じ忘れを確かめてください。",
            "Check the indentation, the space after a colon, and that quotes are closed.",
        ),
    )


def where_nesting_stopped(error: yaml.MarkedYAMLError) -> int | None:
    """Return the index at which libyaml refused to nest deeper; None for any other error.

    libyaml 0.2.6 and later go a thousand levels down, older ones and PyYAML's own parser as far
    as it takes.
    """
    too_deep = "maximum nesting depth" in (error.problem or "")
    return error.problem_mark.index if too_deep and error.problem_mark else None


def _char(text: str, mark: Any) -> str:
    line, column = at(mark)
    lines = text.splitlines()
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""


_A_KEY = re.compile("[A-Za-z][A-Za-z0-9_-]*")


_COMMENT = re.compile(r"[ \t]*#[^\s#]")


def is_rest_of_value(key: Any, empty: Any, former: object) -> bool:
    """Tell whether what reads as a key with an `empty` value is the rest of the `former` value.

    Between brackets {…} a comma ends a value, so that 1,000人 leaves the key 000人 behind. A key
    has a colon after it, and is a plain word.
    """
    if empty.start_mark.index != key.end_mark.index or key.style or not isinstance(former, str):
        return False
    name = re.split("[:：]", key.value, maxsplit=1)[0]
    return not _A_KEY.fullmatch(name.strip())


def cut_at_comma(name: str, value: str) -> tuple[Text, Text]:
    """Return what is said about a value that a comma has cut, and how to write it."""
    said = shorten(value)
    return (
        Text(f"{name} の値がカンマで切れています。", f"A comma has cut the value of {name}."),
        Text(
            f'カンマやコロンを含む値は引用符で囲んでください(例: {name}: "{said}")。',
            f'Put a value that holds a comma or a colon in quotes, as in {name}: "{said}".',
        ),
    )


def begins_with_comment(text: str, mark: Any) -> bool:
    """Tell whether a # stands where the value should: the rest of the line is a comment."""
    return _COMMENT.match(text[mark.index :] if hasattr(mark, "index") else "") is not None


QUOTE_NUMBER_SIGN = Text(
    "空白の後の # より後は注記になります。値なら引用符で囲んでください。",
    "What follows a # after a space is a comment. Put the value in quotes.",
)
