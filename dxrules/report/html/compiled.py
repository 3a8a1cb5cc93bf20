"""The compiled templates, kept: compiling them takes longer than writing a page.

They run as code, as Python's own compiled modules do, and are taken only from where nobody but
this user can have written them. What was compiled by another version of anything is passed over.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import jinja2
from jinja2 import BytecodeCache

from dxrules import __version__
from dxrules.source.kept import keep, kept

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Templates kept in a folder; Jinja looks whether their source is still the same."""

    def __init__(self, folder: Path) -> None:
        versions = f"{sys.version}\n{jinja2.__version__}\n{__version__}"
        self._folder, self._key = folder, sha256(versions.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template as it was kept."""
        code = kept(self._folder, _name(bucket), self._key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        keep(self._folder, _name(bucket), self._key, bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    return f"template-{bucket.key}"
