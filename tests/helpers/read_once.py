"""Rulesets and reading rules of which not one byte has changed are read once in a process.

Most tests judge by the same two folders of rulesets. Reading them is most of what a small call
costs, and what is read is a value that nothing changes.
"""

from __future__ import annotations

from functools import cache, wraps
from pathlib import Path

import dxrules.draft.lexicon
import dxrules.rules.read
from dxrules.reference import data_root
from dxrules.source.folder import folder_of

KEPT = 16
"""So many rulesets are kept: the oldest give way."""


def install():
    """Let the readers answer again what they have read; to be called before tests import them."""
    dxrules.rules.read.load_law = _law_once(dxrules.rules.read.load_law)
    reading = _reading_once(dxrules.draft.lexicon.load_reading)
    dxrules.draft.load_reading = dxrules.draft.lexicon.load_reading = reading


def _law_once(load_law):
    kept = {}

    @wraps(load_law)
    def once(folder=None, *name, **options):
        content = _content(folder or data_root() / "rulesets")
        key = (content, folder is None, *name, *options.items())
        if content is None:
            return load_law(folder, *name, **options)
        if key not in kept:
            law = load_law(folder, *name, **options)  # what is wrong raises, and is read again
            if len(kept) == KEPT:
                del kept[next(iter(kept))]
            kept[key] = law
        return kept[key]

    return once


def _reading_once(load_reading):
    shipped = cache(load_reading)

    @wraps(load_reading)
    def once(own=None, called=""):
        return shipped() if own is None else load_reading(own, called)

    return once


def _content(folder):
    """Return each file of a folder by its path; None where one cannot be read."""
    files = folder_of(Path(folder) if isinstance(folder, str) else folder)
    try:
        return tuple((name, files.content(name)) for name in sorted(files.names()))
    except OSError:
        return None
