"""Writes the pages on the rules that travel along into a folder: see `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

from dxrules.rules import load_law
from dxrules.source.write import write_whole
from rule_pages import pages

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write_whole({folder / name: text.encode() for name, text in pages(load_law()).items()})
