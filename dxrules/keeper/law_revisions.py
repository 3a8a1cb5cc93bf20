"""Announced revisions of laws: read from a folder of texts, or from a list.

A list is CSV or JSON as e-Gov offers it (the list of all laws, or the answers of its API), or
one with the same words: the id of a law, the revision, the day from which it holds. What is in
force by the text that was read is no news; what follows it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

from dxrules.dates import parse_date, parse_day_of_law
from dxrules.errors import DateError, InputError, Place, Problem
from dxrules.frozen import frozen
from dxrules.keeper.law_texts import LawText, bytes_within, law_texts_in
from dxrules.reference import Source
from dxrules.source.bounds import REVISION_LIST_BYTES, REVISIONS
from dxrules.source.file_kind import what_it_is
from dxrules.source.own_json import parsed
from dxrules.texts import Text, same, shorten

if TYPE_CHECKING:
    import pathlib

_LAW_ID = re.compile(r"\d{3}[0-9A-Z]{2}\d{10}")
_REVISION_ID = re.compile(r"(?P<law>\d{3}[0-9A-Z]{2}\d{10})_(?P<day>\d{8})(?:_[0-9A-Z]{1,30})?")
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_READ = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LONGEST = 200

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "law_id": ("law_id", "法令ID", "法令id"),
    "revision": ("revision", "law_revision_id", "改正履歴ID", "本文URL"),
    "effective": ("effective", "amendment_enforcement_date", "施行日"),
    "promulgated": (
        "promulgated",
        "amendment_promulgate_date",
        "改正法令公布日",
        "公布日",
    ),
    "title": ("title", "amendment_law_title", "改正法令名"),
}
"""The words of each column, the more telling first."""

_LIST_EXPECTED = Text(
    "e-Gov の CSV か JSON、又は law_id、revision、effective の列がある一覧を指定してください。",
    "Name a CSV or JSON of e-Gov, or a list with the columns law_id, revision and effective.",
)
_NO_LIST = (
    Text("改正の一覧として読めません。", "This cannot be read as a list of revisions. ")
    + _LIST_EXPECTED
)

_AGAIN = Text(
    "e-Govからもう一度ダウンロードするか、表計算ソフトで開いて保存し直してください。",
    " Download it from e-Gov again, or open it in a spreadsheet and save it again.",
)
_TWO_COLUMNS = Text("「{head}」という列が2つあります。", '"{head}" heads two columns.')


@frozen
class Notice:
    """A revision of a law: what it is called, from when it holds, and its text, if there is one.

    `place` is where it was found.
    """

    law_id: str
    name: str
    effective: date | None
    promulgated: date | None
    title: str
    place: Place
    text: LawText | None = None

    def holding_from(self, day: date | None) -> Notice:
        """Return it with a day where it tells none."""
        return self if self.effective or day is None else replace(self, effective=day)

    def follows(self, source: Source) -> bool:
        """Tell whether it is newer than the text of a source that was read.

        What has no day is newer unless it is called as the text that was read.
        """
        if self.law_id != source.law_id or (self.name and self.name == source.revision):
            return False
        read = read_as_of(source)
        return self.effective is None or read is None or self.effective > read


def read_as_of(source: Source) -> date | None:
    """Return the day as of which the text of a source was read, as far as that is written."""
    said = source.revision or ""
    named = _REVISION_ID.search(said)
    found = _day(named["day"]) if named else None
    for year, month, day in _READ.findall(said) if found is None else ():
        found = _day(f"{year}-{month}-{day}")
    return found or source.read_on


def read_revisions(path: pathlib.Path, name: str) -> list[Notice]:
    """Return the revisions of a folder of texts, or of a list.

    `name` is how messages call it. Raises InputError where it cannot be read, or holds none.
    """
    if path.is_dir():
        return [_of_text(text) for text in law_texts_in(path, name)]
    return _of_list(_content(path, name), name)


def _of_text(text: LawText) -> Notice:
    """Return the revision that a text is of, which the name of its file tells."""
    named = _REVISION_ID.search(text.file)
    day = _named_day(named)
    called = named[0] if named and day else ""
    return Notice(text.law_id, called, day, None, "", Place(text.file, 1, 1), text)


def _content(path: pathlib.Path, name: str) -> str:
    raw = bytes_within(REVISION_LIST_BYTES, path, name)

    if other := what_it_is(raw):
        raise _refused(Place(name, 1, 1), other + Text("", " ") + _LIST_EXPECTED)
    for encoding in ("utf-8-sig", "cp932"):  # e-Gov writes the one, Excel in Japan the other
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(
        Place(name, 1, 1),
        Text("UTF-8でもShift_JISでもありません。", "Neither UTF-8 nor Shift_JIS."),
    )


def _of_list(text: str, name: str) -> list[Notice]:
    rows = _json_rows(text, name) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text, name)
    found: list[Notice] = []
    problems: list[Problem] = []
    for row, place, entry in rows:
        if len(found) + len(problems) == REVISIONS:
            told = Text(
                f"{REVISIONS:,}件を超えています。", f"It holds more than {REVISIONS:,} of them."
            )
            raise _refused(place, told)
        try:
            found.append(_revision(row, place))
        except InputError as error:
            problems += [replace(each, message=entry + each.message) for each in error.problems]
    if problems:
        raise InputError(problems)
    if not found:
        raise _refused(Place(name, 1, 1), _NO_LIST)
    return found


def _revision(row: Mapping[str, str], place: Place) -> Notice:
    """Return the revision of a row; raise InputError where the row says something odd."""
    said = {name: _first(row, words) for name, words in _COLUMNS.items()}
    named = _REVISION_ID.search(said["revision"].replace("/", "_"))
    law_id = said["law_id"] or (named["law"] if named else "")
    if not _LAW_ID.fullmatch(law_id):
        told = Text("法令IDではありません: 「{said}」", 'No law id: "{said}"')
        raise _refused(place, told.format(said=shorten(law_id)))
    if named and named["law"] != law_id:
        told = Text(
            "法令ID {law} の行に、別の法令の版があります: 「{said}」",
            'The row of {law} names a revision of another law: "{said}"',
        )
        raise _refused(place, told.format(law=law_id, said=shorten(said["revision"])))
    days = {name: _day_of(said[name], place) for name in ("effective", "promulgated")}
    effective = days["effective"] or _named_day(named)
    called = named[0] if named else said["revision"]
    return Notice(
        law_id, called[:_LONGEST], effective, days["promulgated"], said["title"][:_LONGEST], place
    )


def _first(row: Mapping[str, str], words: Sequence[str]) -> str:
    return next((row[word].strip() for word in words if row.get(word, "").strip()), "")


def _day_of(said: str, place: Place) -> date | None:
    if not said:
        return None
    found = _day(said)
    if found is None:
        told = Text(
            "日付ではありません: 「{said}」。2027-04-01 のように書いてください。",
            'No day: "{said}". Write it as 2027-04-01.',
        )
        raise _refused(place, told.format(said=shorten(said)))
    try:
        return parse_day_of_law(found.isoformat())  # no ruleset could hold another
    except DateError as error:
        raise _refused(place, error.text) from error


def _named_day(named: re.Match[str] | None) -> date | None:
    """Return the day that a revision is called by; None where no ruleset could hold it."""
    day = _day(named["day"]) if named else None
    try:
        return day and parse_day_of_law(day.isoformat())
    except DateError:
        return None


def _day(said: str) -> date | None:
    """Return a day in digits; None if it is none.

    >>> _day("20260401"), _day("2026年4月1日"), _day("99999999")
    (datetime.date(2026, 4, 1), datetime.date(2026, 4, 1), None)
    """
    if parts := _DAY.fullmatch(said):
        try:
            return date(*map(int, parts.groups()))
        except ValueError:
            return None
    try:
        told = parse_date(said)
    except DateError:
        return None
    return told.earliest if told.earliest == told.latest else None


_Row = tuple["Mapping[str, str]", Place, Text]
"""What a list says of a revision, where, and which entry it is where lines do not tell."""


def _csv_rows(text: str, name: str) -> Iterator[_Row]:
    """Yield the rows of a table with their lines."""
    if "\0" in text:
        raise _refused(Place(name, 1, 1), _NO_LIST)
    reader = csv.DictReader(StringIO(text, newline=""), restval="", strict=True)
    try:
        heads = [(head or "").strip() for head in reader.fieldnames or ()]
        if not any(word in heads for word in (*_COLUMNS["law_id"], *_COLUMNS["revision"])):
            raise _refused(Place(name, 1, 1), _NO_LIST)
        known = {word for words in _COLUMNS.values() for word in words}
        if twice := [head for head in known if heads.count(head) > 1]:
            raise _refused(Place(name, 1, 1), _TWO_COLUMNS.format(head=min(twice)))
        reader.fieldnames = heads
        for row in reader:
            said = {key: value for key, value in row.items() if isinstance(value, str)}
            yield said, Place(name, reader.line_num, 1), same("")
    except csv.Error as error:
        told = Text("CSVとして読めません。", "Cannot be read as CSV.") + _AGAIN
        raise _refused(Place(name, reader.line_num or 1, 1), told) from error


def _json_rows(text: str, name: str) -> Iterator[_Row]:
    """Yield what a JSON says of revisions: a list of them, or an answer of the API of e-Gov."""
    try:
        said = parsed(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        told = Text("JSONとして読めません。", "Cannot be read as JSON.") + _AGAIN
        raise _refused(Place(name, line, getattr(error, "colno", 1)), told) from error
    for number, each in enumerate(_entries(said), 1):
        place, entry = Place(name, 1, 1), Text(f"{number}件目: ", f"entry {number}: ")
        if not isinstance(each, dict):
            raise _refused(place, entry + _NO_LIST)
        yield {key: value for key, value in each.items() if isinstance(value, str)}, place, entry


def _entries(said: Any) -> Iterator[Any]:
    """Yield the entries of a list, of the revisions of a law, or of several laws."""
    if isinstance(said, list):
        for each in said:
            deeper = isinstance(each, dict) and ("revisions" in each or "laws" in each)
            yield from _entries(each) if deeper else [each]
        return
    if not isinstance(said, dict):
        return
    info = said.get("law_info")
    shared = {"law_id": info.get("law_id")} if isinstance(info, dict) else {}
    for each in _list(said, "revisions"):
        yield {**shared, **each} if isinstance(each, dict) else each
    for law in _list(said, "laws"):
        if not isinstance(law, dict):
            yield law
            continue
        about = law.get("law_info")
        of = {"law_id": about.get("law_id")} if isinstance(about, dict) else {}
        parts = [law.get(part) for part in ("revision_info", "current_revision_info")]
        found = [part for part in parts if isinstance(part, dict)]
        yield from ({**of, **part} for part in found or [law])


def _list(said: Mapping[str, Any], key: str) -> list[Any]:
    found = said.get(key)
    return found if isinstance(found, list) else []


def _refused(place: Place, message: Text) -> InputError:
    return InputError([Problem(place, "", message)])
