"""Writes the pages on the rules that travel along into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from dxrules.report.pages.folder import write_pages
from dxrules.rules import load_law

if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), load_law())
