"""Renews packages.txt, for `make lock`: as requirements/dev.txt, but as the page runs them.

Each line has the digest of one file: what is not meant for the page cannot be taken by mistake.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from sources import PACKAGES, digest, platforms

# pydantic and what it brings, and what dxrules imports when it judges, draws and reads documents.
WANTED = (
    "annotated-types",
    "et-xmlfile",
    "icalendar",
    "jinja2",
    "justhtml",
    "markupsafe",
    "networkx",
    "openpyxl",
    "pydantic",
    "pydantic-core",
    "pypdfium2",
    "python-dateutil",
    "pyyaml",
    "rapidfuzz",
    "typing-extensions",
    "typing-inspection",
    "tzdata",
)
OTHERS = Path(__file__).parents[1] / "requirements" / "dev.txt"
_PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
_HEAD = """\
# The wheels that the desk in the browser is made of: one file each.
# `make lock` renews them, after requirements/dev.txt, whose versions they have.
"""


def main() -> None:
    """Fetch the wheels, and write down what came."""
    pins = dict(_PIN.findall(OTHERS.read_text(encoding="utf-8")))
    newest = {**pins, "networkx": ""}  # several versions are locked there, by the Python
    with tempfile.TemporaryDirectory() as folder:
        for name in WANTED:
            version = newest.get(name, "")
            named = f"{name}=={version}" if version else name
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            options = ["--only-binary=:all:", *platforms(), f"--dest={folder}", named]
            subprocess.run([*command, *options], check=True)
        lines = []
        for wheel in sorted(Path(folder).glob("*.whl"), key=lambda each: each.name.casefold()):
            name, version = wheel.name.split("-")[:2]
            shown = name.replace("_", "-").lower()
            lines.append(f"{shown}=={version} \\\n    --hash=sha256:{digest(wheel)}\n")
    PACKAGES.write_text(_HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
