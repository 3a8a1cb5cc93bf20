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

    from dxrules.texts import Lang


class Compiled(BytecodeCache):
    """Templates compiled for a language, kept in a folder; Jinja looks at their source.

    `options` are those of Jinja that have a part in what it makes of a template.
    """

    def __init__(self, folder: Path, lang: Lang, *options: str) -> None:
        versions = sys.version, jinja2.__version__, __version__, lang
        self._folder = folder
        self._lang = lang
        self._key = sha256("\n".join((*versions, *options)).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template as it was kept."""
        code = kept(self._folder, self._name(bucket), self._key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        keep(self._folder, self._name(bucket), self._key, bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return f"template-{self._lang}-{bucket.key}"
