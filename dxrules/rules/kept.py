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
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.paths import is_regular
from dxrules.reference import data_root
from dxrules.rules.files import reference_files, ruleset_files
from dxrules.rules.plain import from_plain, to_plain
from dxrules.rules.ruleset import Law
from dxrules.source.kept import keep, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    if cache and key and (law := _kept(cache, key)):
        return law
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
            if not is_regular(path):  # loading will tell
                return None
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
    """Return the law that was kept; None if what stands there is none, whatever its digest says."""
    content = kept(cache, FILE, key)
    if content is None:
        return None
    try:
        law: object = from_plain(json.loads(content))
    except Exception:  # noqa: BLE001  (what can be made again is read anew, whatever is wrong)
        return None
    return law if isinstance(law, Law) else None


def _keep(cache: Path, key: str, law: Law) -> None:
    content = json.dumps(to_plain(law), ensure_ascii=False, separators=(",", ":"))
    keep(cache, FILE, key, content.encode())
