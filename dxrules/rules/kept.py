"""The law of a folder, kept so that it is not read again while not a byte of it has changed.

What is kept stands beside the digest of all that it was made from: the files of the folder, the
modules that read them, and the versions of Python and of the libraries. It is data, so nothing
in it can run, and it has a digest of its own, so nothing in it can decay. Whatever does not fit
is passed over, and the folder is read.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from stat import S_IWGRP, S_IWOTH
from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.errors import UsageError
from dxrules.reference import data_root
from dxrules.rules.files import reference_files, ruleset_files
from dxrules.rules.plain import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.rules.ruleset import Law

FILE = "law"
_PACKAGE = Path(__file__).parent.parent
ROOMS = ("", "dates", "source", "reference", "plan", "derivation", "rules")
"""The rooms of which modules have a part in reading a law; the first is what stands beside."""


def law_to_judge(folder: Path | None, name: str, cache: Path | None) -> Law:
    """Return the law of a folder without the examples of its rules, which judge nothing.

    `name` is how messages call the folder, `cache` the folder where the law is kept, if at all.
    Raises RulesetError with every problem found.
    """
    root = folder or data_root() / "rulesets"
    key = _key(root, name) if cache else None
    if cache and key and (kept := _kept(cache, key)):
        return kept
    from dxrules.rules import load_law

    law = _without_examples(load_law(root, name))
    if cache and key and key == _key(root, name):  # else a file has changed while it was read
        _keep(cache, key, law)
    return law


def _without_examples(law: Law) -> Law:
    rulesets = (
        replace(ruleset, rules=tuple(replace(rule, examples=()) for rule in ruleset.rules))
        for ruleset in law.rulesets
    )
    return replace(law, rulesets=tuple(rulesets))


def _key(root: Path, name: str) -> str | None:
    """Return the digest of all that a law is made from; None if it is not all there to be seen."""
    try:
        modules = list(_modules())
        files, problems = ruleset_files(root, name)
        if not modules or problems:
            return None
        digest = sha256("\n".join([name, *_versions(), *modules]).encode())
        for path in sorted([*files, *reference_files(root)]):
            content = path.read_bytes()
            digest.update(f"\n{path.relative_to(root).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    except OSError:
        return None
    return digest.hexdigest()


def _versions() -> tuple[str, ...]:
    import pydantic
    import yaml

    libraries = pydantic.VERSION, yaml.__version__, str(yaml.__with_libyaml__)
    return __version__, str(_PACKAGE), sys.version, *libraries


def _modules() -> Iterator[str]:
    """Yield each module with what Python itself goes by to tell whether it has changed."""
    for room in ROOMS:
        with os.scandir(_PACKAGE / room) as entries:
            modules = [entry for entry in entries if entry.name.endswith(".py")]
        for module in sorted(modules, key=lambda entry: entry.name):
            state = module.stat()
            yield f"{room}/{module.name} {state.st_size} {state.st_mtime_ns}"


def _kept(cache: Path, key: str) -> Law | None:
    """Return what was kept under a key, if it is whole and nobody else can have written it."""
    try:
        with (cache / FILE).open("rb") as stream:
            if not (_is_ours(cache.stat()) and _is_ours(os.fstat(stream.fileno()))):
                return None
            said = stream.readline().split()
            content = stream.read()
    except OSError:
        return None
    if said != [key.encode(), sha256(content).hexdigest().encode()]:
        return None
    return from_plain(json.loads(content))


def _keep(cache: Path, key: str, law: Law) -> None:
    """Keep a law; where nothing can be written, or others could, it is not kept."""
    from dxrules.source import write_whole

    content = json.dumps(to_plain(law), ensure_ascii=False, separators=(",", ":")).encode()
    head = f"{key} {sha256(content).hexdigest()}\n".encode()
    with suppress(OSError, UsageError):
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(cache.stat()):
            write_whole({cache / FILE: head + content})


def _is_ours(state: os.stat_result) -> bool:
    """Tell whether only this user can write it; Windows sees to that by where the folder is."""
    if sys.platform == "win32":
        return True
    return state.st_uid == os.geteuid() and not state.st_mode & (S_IWGRP | S_IWOTH)
