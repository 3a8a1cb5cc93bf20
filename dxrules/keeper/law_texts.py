"""Texts of laws that a keeper has, as e-Gov publishes them: each paragraph by its digest.

XML gives every paragraph its number. The Markdown form gives an article its number and each
paragraph or item a line without one, so that a paragraph is known there by its article alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from dxrules.errors import InputError
from dxrules.frozen import frozen
from dxrules.paths import open_file
from dxrules.reference.articles import is_article_path
from dxrules.source.bounds import (
    LAW_DEPTH,
    LAW_PARAGRAPH,
    LAW_PARAGRAPHS,
    LAW_TEXT_BYTES,
    MB,
)
from dxrules.source.os_errors import reason
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    import pathlib

_LAW_ID = re.compile(r"\d{3}[0-9A-Z]{2}\d{10}")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^)\[]*\)")  # no text is looked through twice
_HEADING = re.compile(r"\*\*第([〇一二三四五六七八九十百千の条]{1,30})\*\*")
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}
_FORMS = frozenset({".xml", ".md"})
_TWICE = Text(
    "同じ法令の条文が {file} にもあります。どちらか1つにしてください。",
    "{file} is a text of the same law. Keep one of them.",
)
_PASSED_OVER = Text(
    "{file}: 条文のファイル(<法令ID>.xml 又は .md)ではないので読まれません。",
    "{file}: is not read, as it is no text of a law (<law id>.xml or .md).",
)
_DIGEST = 16  # hexadecimal digits
_DEEP = Text(
    f"XMLの入れ子が{LAW_DEPTH}段を超えています。",
    f"The XML is nested more than {LAW_DEPTH} levels deep.",
)
_MANY = Text(
    f"項と号が{LAW_PARAGRAPHS:,}を超えています。",
    f"It has more than {LAW_PARAGRAPHS:,} paragraphs and items.",
)
_LONG = Text(
    f"1つの項又は号が{LAW_PARAGRAPH:,}字を超えています。",
    f"A paragraph or item is longer than {LAW_PARAGRAPH:,} characters.",
)


@frozen
class LawText:
    """The text of a law: each paragraph by its path, or by its article, and its digest."""

    law_id: str
    file: str
    paragraphs: tuple[tuple[str, str], ...]
    numbered: bool

    def at(self, path: str) -> frozenset[str]:
        """Return the digests of what stands at a path: of a whole article without numbers.

        An article without numbers has at most as many paragraphs as lines.
        """
        article, _, below = path.partition("-")
        wanted = path if self.numbered else article
        found = [digest for place, digest in self.paragraphs if place == wanted]
        paragraph = below.partition("-")[0]
        beyond = not self.numbered and paragraph.isdigit() and int(paragraph) > len(found)
        return frozenset(() if beyond else found)

    def places_of(self, digest: str) -> tuple[str, ...]:
        """Return the paths at which a paragraph stands; what has no such number is at none."""
        found = dict.fromkeys(place for place, each in self.paragraphs if each == digest)
        return tuple(place for place in found if is_article_path(place))


def digest_of(text: str) -> str:
    """Return the digest of a paragraph: without links and spaces, in one form of characters.

    >>> digest_of("第一条　[甲](./x.md)は、乙とする。") == digest_of("第一条甲は、 乙とする。")
    True
    """
    plain = unicodedata.normalize("NFKC", _LINK.sub(r"\1", text))
    return sha256("".join(plain.split()).encode()).hexdigest()[:_DIGEST]


def read_law_texts(folder: pathlib.Path, name: str) -> dict[str, LawText]:
    """Return the texts of a folder by law id: `<law_id>.xml`, `<law_id>_….xml`, `<law_id>.md`.

    `name` is how messages call the folder. Raises InputError if a file cannot be read, or a law
    has two texts: which of them holds, nobody said.
    """
    found: dict[str, LawText] = {}
    for text in law_texts_in(folder, name):
        first = found.setdefault(text.law_id, text)
        if first is not text:
            raise InputError.of_file(text.file, _TWICE.format(file=first.file))
    return found


def not_read(folder: pathlib.Path, name: str) -> list[Text]:
    """Say of each file in a folder that it is no text of a law by its name, and is not read."""
    return [
        _PASSED_OVER.format(file=f"{name}/{visible(path.name)}")
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") and _law_of(path) is None
    ]


def _law_of(path: pathlib.Path) -> str | None:
    named = _LAW_ID.match(path.name)
    return named[0] if named and path.suffix.lower() in _FORMS else None


def law_texts_in(folder: pathlib.Path, name: str) -> Iterator[LawText]:
    """Yield every text of a folder, be there several of a law."""
    for path in sorted(folder.iterdir()):
        law_id = _law_of(path)
        if law_id is None:
            continue
        shown = f"{name}/{visible(path.name)}"
        make = _of_xml if path.suffix.lower() == ".xml" else _of_markdown
        yield make(law_id, shown, _text(path, shown))


def bytes_within(most: int, path: pathlib.Path, shown: str) -> bytes:
    """Read a file of the law; raise InputError where it cannot be read, or holds more."""
    try:
        with open_file(path) as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        told = Text("読めません({reason})。", "Cannot be read ({reason}).")
        raise InputError.of_file(shown, told.format(reason=reason(error))) from error
    if len(raw) > most:
        size = most // MB
        raise InputError.of_file(
            shown, Text(f"{size} MBを超えています。", f"Larger than {size} MB.")
        )
    return raw


def _text(path: pathlib.Path, shown: str) -> str:
    try:
        return bytes_within(LAW_TEXT_BYTES, path, shown).decode()
    except UnicodeDecodeError as error:
        raise InputError.of_file(shown, Text("UTF-8ではありません。", "Not UTF-8.")) from error


class _Paragraphs:
    """The digests of paragraphs, by their places, as they are read within bounds."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.found: list[tuple[str, str]] = []

    def add(self, place: str, text: str) -> None:
        """Take a paragraph; raise InputError where there are too many, or it is too long."""
        if len(text) > LAW_PARAGRAPH:
            raise InputError.of_file(self.shown, _LONG)
        if len(self.found) == LAW_PARAGRAPHS:
            raise InputError.of_file(self.shown, _MANY)
        self.found.append((place, digest_of(text)))


def _of_markdown(law_id: str, shown: str, text: str) -> LawText:
    """Read the main part: where an article stands twice, the second is supplementary."""
    found = _Paragraphs(shown)
    begun: set[str] = set()
    article = ""
    for line in StringIO(text, newline=None):
        if heading := _HEADING.fullmatch(line.strip()):
            number = _article_number(heading[1])
            article = "" if number in begun else number
            begun.add(number)
        elif not line.strip():
            article = ""
        elif article:
            found.add(article, line)
    return LawText(law_id, shown, tuple(found.found), numbered=False)


def _article_number(written: str) -> str:
    """Return the number of an article as paths have it.

    >>> _article_number("二百四十四条の六"), _article_number("十条"), _article_number("一〇条")
    ('244_6', '10', '10')
    """
    return "_".join(str(_number(part)) for part in written.replace("条", "").split("の") if part)


def _number(kanji: str) -> int:
    if all(sign in _DIGITS for sign in kanji):
        return int("".join(str(_DIGITS[sign]) for sign in kanji))
    total, digit = 0, 0
    for sign in kanji:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def _of_xml(law_id: str, shown: str, text: str) -> LawText:
    """Read the standard XML of e-Gov, whose elements carry their numbers."""
    from xml.etree import ElementTree as ET

    if _DECLARED.search(text):
        raise InputError.of_file(
            shown, Text("DTDのあるXMLは読みません。", "XML with a DTD is not read.")
        )
    reader = _XmlReader(shown)
    # Without a DTD there are no entities; whatever encoding it declares, it was read as UTF-8.
    parser = ET.XMLParser(target=reader, encoding="utf-8")  # noqa: S314
    try:
        parser.feed(text.encode())
        parser.close()
    except ET.ParseError as error:
        raise InputError.of_file(
            shown, Text("XMLとして読めません。", "Cannot be read as XML.")
        ) from error
    return LawText(law_id, shown, tuple(reader.paragraphs.found), numbered=True)


class _Numbers(NamedTuple):
    """Where an element stands: the part of the law, the article, paragraph and item around it."""

    part: str | None = None
    article: str = "0"
    paragraph: str = ""
    item: str = ""

    @property
    def place(self) -> str:
        """The path of what stands here."""
        item = f"-{self.item}" if self.item else ""
        return f"{self.part}{self.article}-{self.paragraph}{item}"


_PARTS: Final = {"MainProvision": "", "SupplProvision": "附則-"}
_SENTENCES: Final = {"Paragraph": "ParagraphSentence", "Item": "ItemSentence"}


class _XmlReader:
    """Takes the elements of a law one after the other, each once and none held.

    A sentence counts for the article, paragraph and item next around it.
    """

    def __init__(self, shown: str) -> None:
        self.paragraphs = _Paragraphs(shown)
        self._around: list[tuple[str, _Numbers]] = [("", _Numbers())]
        self._said: list[str] = []
        self._length = 0
        self._sentence = 0
        """How deep the sentence that is being read stands; 0 where none is."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element."""
        if len(self._around) > LAW_DEPTH:
            raise InputError.of_file(self.paragraphs.shown, _DEEP)
        outer, numbers = self._around[-1]
        number = attributes.get("Num", "?")
        if self._sentence:
            pass
        elif tag in _PARTS:
            numbers = _Numbers(_PARTS[tag])
        elif tag == "Article":
            numbers = _Numbers(numbers.part, number)
        elif tag == "Paragraph":
            numbers = numbers._replace(paragraph=number, item="")
        elif tag == "Item" and outer == "Paragraph":
            numbers = numbers._replace(item=number)
        elif tag == _SENTENCES.get(outer) and numbers.part is not None and numbers.paragraph:
            self._sentence, self._said, self._length = len(self._around), [], 0
        self._around.append((tag, numbers))

    def data(self, text: str) -> None:
        """Take a text."""
        if self._sentence:
            self._length += len(text)
            if self._length > LAW_PARAGRAPH:
                raise InputError.of_file(self.paragraphs.shown, _LONG)
            self._said.append(text)

    def end(self, _: str) -> None:
        """Take the end of an element."""
        _, numbers = self._around.pop()
        if len(self._around) == self._sentence:
            self._sentence = 0
            self.paragraphs.add(numbers.place, "".join(self._said))

    def close(self) -> None:
        """Take the end of the text."""
