"""Run by `compile.mjs` in the very Python that the page runs: makes what the page unpacks.

From `/in` (the sources as they were fetched) to `/out`: modules compiled to bytecode, so that
no browser has to compile any, and all of it compressed. Python and zlib are those of the lock,
whatever the machine has, so that the same sources give the same bytes everywhere.
"""

from __future__ import annotations

import ast
import decimal
import gzip
import importlib
import io
import json
import pickle
import platform
import pyexpat
import re
import sys
import sysconfig
import zipfile
import zlib
from importlib.util import MAGIC_NUMBER, source_hash
from marshal import dumps
from pathlib import Path

from compression import zstd

# What the standard library has for developers, and the desk for nobody.
LEFT_OUT = frozenset(
    {"_pyio", "_pyrepl", "bdb", "cProfile", "compileall", "curses", "dbm", "doctest", "ensurepip"}
    | {"ftplib", "idlelib", "imaplib", "mailbox", "multiprocessing", "optparse", "pdb"}
    | {"pickletools", "plistlib", "poplib", "profile", "pstats", "pydoc", "pydoc_data"}
    | {"smtplib", "sqlite3", "symtable", "test", "tkinter", "trace", "tracemalloc", "turtle"}
    | {"turtledemo", "unittest", "venv", "wsgiref", "xmlrpc", "zipapp"}
)
PYTHON = "python314.zip"
LAW = "law.pickle"
SITE = "lib/python3.14/site-packages"
_NEVER_CHECKED = 1  # the flag of bytecode that is not held against its source
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_SMALL = {
    zstd.CompressionParameter.compression_level: 12,
    zstd.CompressionParameter.window_log: 24,
}
_DATE = (1980, 1, 1, 0, 0, 0)


def bytecode(source: bytes, path: str) -> bytes:
    """Return the content of a .pyc file, without docstrings: no page shows any."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body[0].value.value = ""
    code = compile(tree, path, "exec", dont_inherit=True, optimize=0)
    return b"".join(
        (MAGIC_NUMBER, _NEVER_CHECKED.to_bytes(4, "little"), source_hash(source), dumps(code))
    )


def compiled(name: str, content: bytes, home: str) -> tuple[str, bytes]:
    """Return what stands for a file: for a module its bytecode, under the name that is imported."""
    if not name.endswith(".py"):
        return name, content
    return f"{name}c", bytecode(content, f"/{home}/{name}")


def standard_library(archive: bytes) -> bytes:
    """Return the archive of the standard library, with bytecode and without what nobody uses.

    It is not compressed in itself: what is around it is, and Python opens it faster so.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist()):
            top = name.split("/")[0].removesuffix(".py")
            if name.endswith("/") or top in LEFT_OUT:
                continue
            shown, content = compiled(name, old.read(name), f"lib/{PYTHON}")
            entry = zipfile.ZipInfo(shown, _DATE)
            entry.create_system = 3
            new.writestr(entry, content)
    return made.getvalue()


def packages(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder as the page has them."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in found)
    return dict(compiled(name, content, SITE) for name, content in named)


def packed(files: dict[str, bytes]) -> bytes:
    """Return files one after the other, behind a list of their names and sizes."""
    names = [(name, len(content)) for name, content in files.items()]
    head = json.dumps(names, ensure_ascii=True, separators=(",", ":")).encode()
    content = b"".join((len(head).to_bytes(4, "little"), head, *files.values()))
    return zstd.compress(content, options=_SMALL)


def law(files: dict[str, bytes]) -> bytes:
    """Return the law as dxrules holds it once it has read the rulesets, which takes seconds."""
    for name, content in files.items():
        path = Path("/", SITE, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    importlib.invalidate_caches()
    from dxrules import load_law

    return pickle.dumps(load_law(None, "rulesets", examples=False), 5)


def linked() -> dict[str, object]:
    """Return what is linked into this very Python, as it tells itself: by that goes the list."""
    line = str(sysconfig.get_config_var("MODLIBS"))
    emscripten = sys._emscripten_info  # noqa: SLF001  (nothing else tells)
    found = re.findall(r"-l(\w+)|-sUSE_(\w+)|/lib(\w+)\.a|/lib(\w+)/include", line)
    return {
        "links": sorted({name.lower() for each in found for name in each if name}),
        "modules": sorted(sys.builtin_module_names),
        "versions": {
            "cpython": platform.python_version(),
            "emscripten": ".".join(map(str, emscripten.emscripten_version)),
            "expat": pyexpat.EXPAT_VERSION.removeprefix("expat_"),
            "mpdec": decimal.__libmpdec_version__,
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
            "zstd": ".".join(map(str, zstd.zstd_version_info)),
        },
    }


def main() -> None:
    """Write everything that the page unpacks, and what Python itself is made of.

    Browsers unpack gzip, so that is what Python itself comes in; the rest is for Python to unpack.
    """
    source, made = Path("/in"), Path("/out")
    plain = {each.name: each.read_bytes() for each in source.iterdir() if each.is_file()}
    plain["python_stdlib.zip"] = standard_library(plain["python_stdlib.zip"])
    for name, content in sorted(plain.items()):
        (made / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    every = packages(source / "packages")
    every[LAW] = law(every)
    (made / "packages.zst").write_bytes(packed(every))
    (made / "later.zst").write_bytes(packed(packages(source / "later")))
    (made / "linked.json").write_text(json.dumps(linked(), indent=1, sort_keys=True), "utf-8")


main()
