"""What the desk carries, and under which licences: the list, and the texts themselves."""

from __future__ import annotations

import email
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources import BuildError

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
ROOT = HERE.parent
_NAMED = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_CLASSIFIER = "License :: OSI Approved :: "
# Pyodide's package on npm names them nowhere, but its Python tells what it was linked with.
_ALWAYS = (
    ("cpython", "CPython", "PSF-2.0"),
    ("emscripten", "Emscripten (musl, compiler-rt)", "MIT"),
    ("hiwire", "Hiwire", "MPL-2.0"),  # holds what Pyodide has of JavaScript
)
_LIBRARIES = {
    "zlib": ("zlib", "Zlib"),
    "bz2": ("bzip2", "bzip2-1.0.6"),
    "lzma": ("liblzma", "0BSD"),
    "zstd": ("Zstandard", "BSD-3-Clause"),
    "expat": ("Expat", "MIT"),
    "ffi": ("libffi", "MIT"),
    "mpdec": ("libmpdec", "BSD-2-Clause"),
    "sqlite3": ("SQLite", "blessing"),
}
_OF_EMSCRIPTEN = frozenset({"m", "dl", "pthread"})
# Modules of CPython that hold the code of others, with whom nothing is linked.
_HACL = frozenset({"_blake2", "_hmac", "_md5", "_sha1", "_sha2", "_sha3"})


@dataclass(frozen=True)
class Carried:
    """Something that the desk carries."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...] = ()


def carried(wheels: list[Path], runtime: Path, linked: Mapping[str, Any]) -> list[Carried]:
    """Return everything that the desk carries, dxrules first.

    `linked` is what `inside.py` was told by Python.
    """
    own = Carried("dxrules", _own_version(), "MIT", ((ROOT / "LICENSE").read_text("utf-8"),))
    about = json.loads((runtime / "package.json").read_text("utf-8"))
    mozilla = (HERE / "licences" / "MPL-2.0.txt").read_text("utf-8")
    python = Carried("Pyodide", about["version"], about["license"], (mozilla,))
    return [
        own,
        python,
        *within_python(linked),
        *sorted(map(_of_wheel, wheels), key=lambda each: each.name),
    ]


def within_python(linked: Mapping[str, Any]) -> list[Carried]:
    """Return what is linked into Python; raise BuildError for what nobody knows the licence of."""
    versions: Mapping[str, str] = linked["versions"]
    found = {key: (name, licence) for key, name, licence in _ALWAYS}
    for key in linked["links"]:
        if key in _LIBRARIES:
            found[key] = _LIBRARIES[key]
        elif key not in _OF_EMSCRIPTEN:
            raise BuildError(f"Python is linked with {key}: name it and its licence in {__file__}.")
    if _HACL & {*linked["modules"]}:
        found["hacl"] = ("HACL*", "MIT")
    return [Carried(name, versions.get(key, ""), licence) for key, (name, licence) in found.items()]


def _own_version() -> str:
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "dxrules/__init__.py").read_text("utf-8"))
    return found[1] if found else ""


def _of_wheel(wheel: Path) -> Carried:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (each for each in names if each.endswith(".dist-info/METADATA"))
        about = email.message_from_bytes(archive.read(metadata))
        folder = metadata.removesuffix("METADATA")
        kept = [each for each in names if each.startswith(folder) and _is_licence(each, folder)]
        texts = tuple(archive.read(each).decode("utf-8", "replace") for each in sorted(kept))
    return Carried(about["Name"], about["Version"], _licence(about), texts)


def _is_licence(name: str, folder: str) -> bool:
    within = name.removeprefix(folder)
    return not name.endswith("/") and "v8_xfa" not in within and bool(_NAMED.search(within))


def _licence(about: email.message.Message) -> str:
    if said := about["License-Expression"]:
        return str(said)
    kinds = [
        each.removeprefix(_CLASSIFIER)
        for each in about.get_all("Classifier") or ()
        if each.startswith(_CLASSIFIER)
    ]
    return ", ".join(kinds) or str(about["License"] or "").split("\n")[0]


def as_text(every: list[Carried]) -> str:
    """Return the list and the texts as one plain text."""
    lines = ["What this page carries", ""]
    lines += [f"{each.name} {each.version}".strip() + f": {each.licence}" for each in every]
    lines += ["", f"The source of Pyodide stands at {_SOURCE}.", ""]
    for each in every:
        for text in each.texts:
            lines += ["=" * 72, f"{each.name} {each.version}", "=" * 72, "", text.strip(), ""]
    return "\n".join(lines)


_SOURCE = "https://github.com/pyodide/pyodide"
