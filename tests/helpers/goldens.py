"""Outputs that somebody has looked at, in files beside the tests.

`DXRULES_UPDATE_GOLDEN=1` takes over what comes out now; read the diff before you keep it.
"""

from __future__ import annotations

import os
import re

UPDATE = bool(os.environ.get("DXRULES_UPDATE_GOLDEN"))


def kept(file, found):
    """Return what a file says, as text or as bytes like what was found."""
    if UPDATE:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(found if isinstance(found, bytes) else found.encode())
    raw = file.read_bytes()
    return raw if isinstance(found, bytes) else raw.decode()


_EMBEDDED = re.compile(rb"(<(style|script)(?: [^>]*)?>).*?(?=</\2>)", re.DOTALL)
"""Styles and scripts, which have files and tests of their own."""
_DIGEST = re.compile(rb"sha256-[A-Za-z0-9+/=]+")


def without_embedded(page):
    """Return a page without its style, its script and their digests."""
    return _EMBEDDED.sub(rb"\1", _DIGEST.sub(b"sha256-", page))
