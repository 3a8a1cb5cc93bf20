"""Readers of published documents, from which plan files are drafted.

PDF is left out: the library that reads it is not memory-safe, so it has a process of its own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dxrules.document.child import read_within
from dxrules.document.faults import DocumentError, DocumentFault
from dxrules.document.forms import form_of
from dxrules.draft.draft import draft
from dxrules.draft.draft_context import DraftContext
from dxrules.draft.draft_files import places, written
from dxrules.draft.lexicon import load_reading
from dxrules.errors import DxrulesError
from dxrules.plan.read import document_from, plan_of
from dxrules.reference.gazetteer import gazetteer
from dxrules.texts import LANGS
from fuzz import mutations as m
from fuzz.guard import Fault
from fuzz.oracle import judged, refused
from fuzz.reader import Reader, turn_of
from fuzz.sandbox import DAY, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from dxrules.document.original import Original
    from fuzz.mutations import Mutation
    from fuzz.sandbox import Sandbox

_TOWN = "345458"
_SHORTEST = 3
"""Of the documents of a format, so many are seeds: the longer ones take most of the time."""


def _read_document(name: str) -> Callable[[bytes, Sandbox], str]:
    def read(data: bytes, sandbox: Sandbox) -> str:
        turn = turn_of(data)
        source = _source(sandbox)
        with sandbox.watched():
            try:
                original = _read(data, name)
                if turn % 4 == 0 and _read(data, name) != original:
                    raise Fault("a document reads in two ways")
                return _drafted(original, source, sandbox, turn // 4)
            except DocumentFault as fault:
                return refused(DocumentError(name, fault.name), name)
            except DxrulesError as error:  # whose plan it is is not told
                return refused(error)

    return read


def _read(data: bytes, name: str) -> Original:
    """Read a document as its own process does, but so that what it dies of is seen."""
    return read_within(data, form_of(data, name), name)


def _drafted(original: Original, source: DraftContext, sandbox: Sandbox, turn: int) -> str:
    """Draft a plan from a document; it must read as a plan, and be judged as any other."""
    town = gazetteer().of(_TOWN) if turn % 8 else None
    made = draft(original, source, DAY, town)
    lang = LANGS[turn % len(LANGS)]
    text = written(made, original.file, lang)
    if turn % 4 == 0 and written(draft(original, source, DAY, town), original.file, lang) != text:
        raise Fault("a document is drafted in two ways")
    places(made, original.file)
    try:
        plan = plan_of(document_from(text.encode(), "draft.yaml"), sandbox.shipped.reference)
    except DxrulesError as error:
        raise Fault("a draft cannot be read as a plan", error.text.en) from error
    return judged(plan, sandbox.law, turn)


@cache
def _reading() -> Any:
    return load_reading()


def _source(sandbox: Sandbox) -> DraftContext:
    return DraftContext(_reading(), sandbox.shipped.reference, gazetteer())


def _documents(ending: str) -> Callable[[Sandbox], list[bytes]]:
    def seeds(_: Sandbox) -> list[bytes]:
        found = [path.read_bytes() for path in (ROOT / "bench" / "documents").glob(f"*{ending}")]
        return sorted(found, key=len)[:_SHORTEST]

    return seeds


def _of_text(_: list[bytes]) -> Mutation:
    return m.one_of(m.lines, m.lines, m.dates, m.bytes_)


def _of_markup(_: list[bytes]) -> Mutation:
    return m.one_of(*[m.xml] * 5, m.bytes_)


def _of_archives(_: list[bytes]) -> Mutation:
    archives = m.Archives(m.by_ending({".xml": m.xml, ".rels": m.xml}))
    return m.one_of(*[archives] * 5, m.headers, m.bytes_)


DOCUMENTS = tuple(
    Reader(
        name=f"document-{kind}",
        ending=ending,
        home=("draft", *homes),
        seeds=_documents(ending),
        mutation=mutation,
        read=_read_document(f"document{ending}"),
    )
    for kind, ending, homes, mutation in (
        ("text", ".txt", ("document/text.py",), _of_text),
        ("markdown", ".md", ("document/text.py",), _of_text),
        ("html", ".html", ("document/web.py",), _of_markup),
        ("word", ".docx", ("document/word.py", "document/word_package.py"), _of_archives),
        ("sheets", ".xlsx", ("document/sheets.py",), _of_archives),
    )
)
