"""Builds the desk for browsers: `python browser_desk/build.py`, or `make desk`.

dist/desk/                a folder of static files for a web server
dist/dxrules-desk.html    the same in one file, to be opened by a double click
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import licences
import pages
from sources import BuildError, Sources, fetch
from staging import staged

HERE = Path(__file__).parent
ROOT = HERE.parent
WORK = ROOT / "build" / "desk"
RUNTIME = {
    "loader": "pyodide.mjs",
    "glue": "pyodide.asm.mjs",
    "machine": "pyodide.asm.wasm",
    "library": "python_stdlib.zip",
}
LINKED = "linked.json"
PACKED = {"packages": "packages.zst", "later": "later.zst"}
MADE = PACKED | {name: f"{file}.gz" for name, file in RUNTIME.items()}
# A file on a share, opened by a double click: larger ones start too slowly.
MOST = 20_000_000


def main() -> int:
    """Build both homes; say where they are, and how large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist", metavar="FOLDER")
    into: Path = parser.parse_args().output
    try:
        build(into)
    except BuildError as error:
        print(f"The desk was not built. {error}", file=sys.stderr)
        return 2
    return 0


def build(into: Path) -> None:
    """Write both homes into a folder; raise BuildError where something is missing."""
    sources = fetch(WORK / "fetched")
    made, linked = compiled(staged(sources.wheels), sources.runtime, WORK)
    parts = _parts(made, sources, linked)
    one = pages.single(parts, bundled(sources.bundler))
    if len(one) > MOST:
        raise BuildError(f"The one file would be {len(one):,} bytes; {MOST:,} is the most.")
    folder = into / "desk"
    shutil.rmtree(folder, ignore_errors=True)
    several = pages.folder(parts)
    for name, content in several.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    file = into / "dxrules-desk.html"
    file.write_bytes(one)
    print(f"{folder}: {sum(map(len, several.values())):,} bytes in {len(several)} files")
    print(f"{file}: {len(one):,} bytes")


def compiled(
    files: dict[str, bytes], runtime: Path, work: Path
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return what Python comes in, made by that very Python, and what is linked into it.

    The same files are made once.
    """
    package = runtime.parents[1] / f"{runtime.parent.name}.tgz"
    scripts = [HERE / "inside.py", HERE / "compile.mjs", package]
    every = hashlib.sha256(b"".join(each.read_bytes() for each in scripts))
    for name in sorted(files):
        every.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    made = work / "made" / every.hexdigest()[:16]
    if not all((made / each).is_file() for each in (*MADE.values(), LINKED)):
        _compile(files, runtime, work / "staged", made)
    linked = json.loads((made / LINKED).read_text("utf-8"))
    return {name: (made / file).read_bytes() for name, file in MADE.items()}, linked


def _compile(files: dict[str, bytes], runtime: Path, stage: Path, made: Path) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    for name, content in files.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in RUNTIME.values():
        shutil.copyfile(runtime / name, stage / name)
    shutil.rmtree(made.parent, ignore_errors=True)  # what was made of older files
    unfinished = made.with_suffix(".part")
    unfinished.mkdir(parents=True)
    script = HERE / "compile.mjs"
    folders = (runtime, stage, unfinished)
    _done([_node(), str(script), *map(str, folders)], "compile the modules")
    unfinished.rename(made)


def _node() -> str:
    if (node := shutil.which("node")) is None:
        raise BuildError("There is no Node, in which Python for browsers compiles its modules.")
    return node


def _done(command: list[str], task: str) -> str:
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise BuildError(f"Node could not {task}:\n{done.stderr[-2_000:]}")
    return done.stdout


def bundled(bundler: Path) -> str:
    """Return the modules of the page as one, which begins with how it reaches Python."""
    command = [_node(), str(bundler / "bin" / "esbuild"), str(HERE / "one.js"), "--bundle"]
    options = ["--format=esm", "--charset=utf8", "--legal-comments=none", "--log-level=error"]
    return _done([*command, *options], "put the modules of the page into one")


def _parts(made: dict[str, bytes], sources: Sources, linked: dict[str, Any]) -> pages.Parts:
    carried = tuple(licences.carried(sources.wheels, sources.runtime, linked))
    lock = json.loads((sources.runtime / "pyodide-lock.json").read_text("utf-8"))
    return pages.Parts(
        files=made,
        info=lock["info"],
        carried=carried,
        licence_texts=licences.as_text(list(carried)),
        version=carried[0].version,
        known_until=_known_until(),
    )


def _known_until() -> str:
    """Return until when the rulesets are known: the earliest day that any of them names."""
    days = {
        day
        for path in (ROOT / "rulesets").rglob("*.yaml")
        for day in re.findall(r"(?m)^known_until: (\S+)$", path.read_text("utf-8"))
    }
    return min(days, default="")


if __name__ == "__main__":
    sys.exit(main())
