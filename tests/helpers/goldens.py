"""Outputs that somebody has looked at, in files beside the tests.

`DXRULES_UPDATE_GOLDEN=1` takes over what comes out now; read the diff before you keep it.
"""

from __future__ import annotations

import os

UPDATE = bool(os.environ.get("DXRULES_UPDATE_GOLDEN"))


def kept(file, found):
    """Return what a file says, as text or as bytes like what was found."""
    if UPDATE:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(found if isinstance(found, bytes) else found.encode())
    raw = file.read_bytes()
    return raw if isinstance(found, bytes) else raw.decode()
