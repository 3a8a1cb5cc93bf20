"""Puts together what Python in the page finds: packages for every plan, and those for a few."""

from __future__ import annotations

import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
STAND_IN = HERE / "stand_in"
# Unpacked only when a document is read, or a calendar written.
LATER = frozenset(
    {"dateutil", "icalendar", "justhtml", "pypdfium2", "pypdfium2-cfg", "pypdfium2-raw"}
    | {"rapidfuzz", "tzdata"}
)
# The one zone that calendars of municipalities have, and what time is told against.
_ZONES = tuple(f"tzdata/zoneinfo/{each}" for each in ("Asia/Tokyo", "UTC", "Etc/UTC"))
# Nobody in a page calls a command, keeps rulesets or judges a nation, and no module that the desk
# comes to imports any of these.
_NOT_OF_DXRULES = ("cli/", "desk/page/", "keeper/", "nation/", "report/database/", "report/pages/")
_LEFT_OUT = ("tests/", "pypdfium2_cli/", "__pyinstaller/", "pydantic/v1/", "pydantic/mypy.py")
_FOREIGN = "linux-gnu.so"  # a binary for another machine: the module does without
_NO_MODULES = (".pyi", ".pyx", ".pxd", ".h", ".typed")


def staged(wheels: list[Path]) -> dict[str, bytes]:
    """Return every file by its path: `packages/…` or `later/…`."""
    files: dict[str, bytes] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if _is_used(name):
                    files[f"{_home(name)}/{name}"] = archive.read(name)
    files |= {f"packages/{name}": path.read_bytes() for name, path in _own()}
    for path in STAND_IN.rglob("*.py"):
        files[f"later/{path.relative_to(STAND_IN).as_posix()}"] = path.read_bytes()
    return files


def _home(name: str) -> str:
    top = name.split("/", 1)[0].removesuffix(".py").replace("_", "-")
    return "later" if top in LATER else "packages"


def _is_used(name: str) -> bool:
    is_zone = name.startswith("tzdata/zoneinfo/") and not name.endswith("__init__.py")
    return not (
        name.endswith(("/", _FOREIGN, *_NO_MODULES))
        or ".dist-info/" in name
        or any(each in name for each in _LEFT_OUT)
        or (is_zone and name not in _ZONES)
    )


def _own() -> list[tuple[str, Path]]:
    """Return the files of dxrules as a wheel has them, and what the page adds."""
    found = [("in_page.py", HERE / "in_page.py")]
    for folder, home in (("dxrules", "dxrules"), ("rulesets", "dxrules/_data/rulesets")):
        base = ROOT / folder
        for path in base.rglob("*"):
            name = path.relative_to(base).as_posix()
            is_cache = "__pycache__" in path.parts or name.startswith("_data/")
            if path.is_file() and not is_cache and not name.startswith(_NOT_OF_DXRULES):
                found.append((f"{home}/{name}", path))
    return found
