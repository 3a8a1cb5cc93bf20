"""From the file of a document to what it holds, read in a process within bounds."""

from __future__ import annotations

import pathlib
import subprocess
import sys

from dxrules.document.faults import FAULTS, DocumentError, DocumentFault
from dxrules.document.forms import form_of
from dxrules.document.model import Form, Original
from dxrules.source.bounds import DOCUMENT, DOCUMENT_CARRIED, DOCUMENT_SECONDS, DOCUMENT_TEXT
from dxrules.source.other_process import talk
from dxrules.source.read import read_bytes
from dxrules.texts import visible

_TEXTS = frozenset({"html", "markdown", "text"})
_NO_MEMORY = (b"MemoryError", b"bad_alloc", b"failed to map segment", b"cannot allocate memory")
"""What Python, C++ and who loads libraries say where there is no memory."""


def read_original(file: pathlib.Path, name: str | None = None) -> Original:
    """Return what stands in a document.

    `name` is how messages call it. Raises InputError if the file cannot be read, and
    DocumentError if what is in it cannot: both say what to do.
    """
    shown = name or visible(file.as_posix())
    return original_from(read_bytes(file, shown, DOCUMENT.packed), shown)


def original_from(raw: bytes, name: str) -> Original:
    """Return what stands in the bytes of a document that is called `name`."""
    try:
        return _in_a_child(raw, _form(raw, name), name)
    except DocumentFault as fault:
        raise DocumentError(name, fault.name) from fault


def read_in_place(raw: bytes, name: str) -> Original:
    """Return what stands in a document, read in this process.

    It is for a home that has no other process and is closed itself, such as a page in a browser.
    Raises DocumentError if what is in it cannot be read.
    """
    from dxrules.document.child import read_within

    try:
        return read_within(raw, _form(raw, name), name)
    except DocumentFault as fault:
        raise DocumentError(name, fault.name) from fault
    except Exception as error:  # a process of its own would have died of it
        raise DocumentError(name, "broken") from error


def _form(raw: bytes, name: str) -> Form:
    """Return the format; raise DocumentFault if it is none that is read, or too large."""
    form = "large" if len(raw) > DOCUMENT.packed else form_of(raw, name)
    if form == "large" or (form in _TEXTS and len(raw) > DOCUMENT_TEXT):
        raise DocumentFault("large")
    return form


def _in_a_child(raw: bytes, form: Form, name: str) -> Original:
    """Return what another process reads; whatever it dies of is a fault of the document."""
    command = [sys.executable, "-P", "-m", "dxrules.document.child", form, name]
    with subprocess.Popen(  # noqa: S603  (ourselves; the name of the file is no option)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        said = talk(child, raw, DOCUMENT_SECONDS, DOCUMENT_CARRIED)
    if said.late or len(said.answer) > DOCUMENT_CARRIED:
        raise DocumentFault("slow" if said.late else "signs")
    if child.returncode:
        raise DocumentFault(_of_death(child.returncode, said.errors))
    return _unpacked(said.answer)


def _of_death(code: int, errors: bytes) -> str:
    """Return the fault of a document of which its reader died."""
    if any(each in errors for each in _NO_MEMORY):
        return "memory"
    import signal

    if code == -signal.SIGABRT and not errors.strip():  # PDFium, where it gets no more
        return "memory"
    slow = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")} - {0}
    return "slow" if code in slow else "broken"


def _unpacked(answer: bytes) -> Original:
    """Return what an answer holds, held to the shapes of the model: its writer is not trusted."""
    from pydantic import TypeAdapter, ValidationError

    from dxrules.document.answer import Answer

    try:
        said: Answer = TypeAdapter(Answer).validate_json(answer)
    except ValidationError as error:
        raise DocumentFault("broken") from error
    if said.original is None or said.fault is not None:
        fault = said.fault or ""
        raise DocumentFault(fault if fault in FAULTS else "broken")
    return said.original
