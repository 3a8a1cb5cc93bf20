"""The files under `rulesets/reading/`: the words, phrases and cues by which documents are read."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from dxrules.draft.phrases import RESERVED
from dxrules.source import Strict, field
from dxrules.source.strict import Refusal
from dxrules.source.types import Line
from dxrules.texts import Text

Grade = Literal["sure", "doubtful"]
Voice = Literal["town", "quoted", "glossary", "past", "rule"]
"""Who speaks: the town of what is; nation and others; a glossary; the town of what was.

A `rule` is an ordinance of the town, by which posts and bodies are there; it tells of no plan.
"""


def _is_free(name: str) -> str:
    if name in RESERVED:
        raise Refusal(
            Text(
                "この名前は、言い回しの中で別の意味を持ちます。",
                "In a phrase this name means another thing.",
            ),
            Text("別の名前にしてください。", "Give it another name."),
        )
    return name


ListName = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(-[a-z0-9]+)*$"), AfterValidator(_is_free)
]
"""What a list of words is called; in the pattern of a phrase it is the name of a group."""
Words_ = Annotated[tuple[Line, ...], Field(min_length=1)]


class NameFile(Strict):
    """Names that end in one of some words, and hold one of others."""

    ends: Words_ = field("末尾の語", "words that they end in")
    holds: tuple[Line, ...] = field("含む語", "words, one of which they hold", ())


class HeadingFile(Strict):
    """What a heading is about, told by its words, and who speaks below it."""

    id: Line = field("id", "id")
    words: Words_ = field("見出しの語", "words of the heading")
    whole: tuple[Line, ...] = field("見出しの全体がこの語のときだけ", "only if it is all of it", ())
    ends: tuple[Line, ...] = field("見出しの終わりの語", "words that it ends in", ())
    voice: Voice | None = field("その下の語り手", "who speaks below it", None)


class VoiceFile(Strict):
    """Phrases by which a sentence tells who speaks."""

    voice: Voice = field("語り手", "who speaks")
    says: Words_ = field("文の言い回し", "phrases of the sentence")


class ThingFile(Strict):
    """Something that rules look for by its names: a post, a body, a document."""

    id: Line = field("id", "id")
    kind: Line = field("種類", "kind")
    names: Words_ = field("呼び名", "names")
    made: tuple[Line, ...] = field(
        "名称の作り(namesの名)", "lists under `names` by which further ones are made", ()
    )


class RuleFile(Strict):
    """A rule: where its phrase stands, what it gives."""

    id: Line = field("id", "id")
    tries: Line | None = field("何の種類について試すか", "the kind of things it is tried for", None)
    of: Line = field("計画ファイルのどこに書くか", "the mapping of the plan file it is about")
    grade: Grade = field("確かさ", "grade")
    under: tuple[Line, ...] = field("どの見出しの下か", "headings, one of which is above", ())
    cover: bool = field("表紙だけか", "whether on the cover alone", default=False)
    voice: tuple[Voice, ...] = field("語り手", "who may speak", ("town",))
    says: Words_ = field("言い回し", "phrases")
    unless: tuple[Line, ...] = field("文にあれば当てない", "phrases that the sentence lacks", ())
    beside: tuple[Line, ...] = field(
        "文になければ当てない", "phrases, one of which the sentence has", ()
    )
    gives: Mapping[str, Line] = field("得られる値", "the values")


class ReadingFile(Strict):
    """One file of `rulesets/reading/`."""

    format: Literal["dxrules/reading/1"]
    words: Mapping[ListName, Words_] = field("語の一覧", "lists of words", {})
    codes: Mapping[ListName, Mapping[str, Words_]] = field("符号ごとの語", "words by code", {})
    phrases: Mapping[str, Mapping[str, Words_]] = field("符号ごとの言い回し", "phrases by code", {})
    names: Mapping[ListName, NameFile] = field("名称の作り", "how names are made", {})
    headings: tuple[HeadingFile, ...] = field("見出し", "headings", ())
    voices: tuple[VoiceFile, ...] = field("語り手の手がかり", "cues of voice", ())
    things: tuple[ThingFile, ...] = field("探すもの", "things to look for", ())
    rules: tuple[RuleFile, ...] = field("規則", "rules", ())
