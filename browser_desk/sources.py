"""What the desk is made of, as it is locked: fetched by pip and npm, held to its digests.

`packages.txt` is a requirements file with the one wheel of each package that is used, and
`node.txt` names two packages of npm in the same way. Neither says where they are fetched from:
that is the business of pip and npm as they are set up.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = HERE / "packages.txt"
FROM_NPM = HERE / "node.txt"
PYTHON = "3.14"  # of the runtime
WASM = "pyemscripten_2026_0_wasm32"  # its name for its own binaries
# Two packages have no wheel without binaries. Their modules are taken from a wheel for Linux:
# they do without those binaries, which are not taken along.
_FOREIGN = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64")
_LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+) \\?\s+--hash=sha256:(?P<digest>\w{64})")


class BuildError(Exception):
    """The desk cannot be built; the text says why and what to do."""


@dataclass(frozen=True)
class Sources:
    """What was fetched: the wheels, and the folders of Python for browsers and of the bundler."""

    wheels: list[Path]
    runtime: Path
    bundler: Path


def fetch(folder: Path) -> Sources:
    """Return what the desk is made of, fetched into a folder where it is missing."""
    wheels = _wheels(folder / "wheels")
    runtime, bundler = (_from_npm(each, folder) for each in _locked(FROM_NPM))
    return Sources(wheels, runtime, bundler)


def platforms() -> list[str]:
    """Return the options by which pip knows what runs in the page."""
    names = [f"--platform={each}" for each in (WASM, "any", *_FOREIGN)]
    abis = [f"--abi={each}" for each in (f"cp{PYTHON.replace('.', '')}", "abi3", "none")]
    return [*names, *abis, f"--python-version={PYTHON}", "--implementation=cp"]


def _wheels(folder: Path) -> list[Path]:
    wanted = {each["digest"]: each["name"] for each in _locked(PACKAGES)}
    if folder.is_dir():
        found = {digest(each): each for each in folder.glob("*.whl")}
        if found.keys() == wanted.keys():
            return sorted(found.values())
        shutil.rmtree(folder)
    command = ["download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", *command, *platforms()]
    _run([*pip, f"--requirement={PACKAGES}", f"--dest={folder}"], folder.parent, "pip")
    return sorted(folder.glob("*.whl"))


def _from_npm(locked: dict[str, str], folder: Path) -> Path:
    name, version = locked["name"], locked["version"]
    package = folder / f"{name}-{version}.tgz"
    if not package.is_file():
        if (npm := shutil.which("npm")) is None:
            raise BuildError(f"There is no npm, by which {name} is fetched: install Node.")
        _run([npm, "pack", "--silent", f"{name}@{version}"], folder, "npm")
    if digest(package) != locked["digest"]:
        package.unlink()
        raise BuildError(f"{package.name} was not what {FROM_NPM.name} has locked: try again.")
    unpacked = folder / f"{name}-{version}"
    if not unpacked.is_dir():
        with tarfile.open(package) as archive:
            archive.extractall(unpacked, filter="data")
    return unpacked / "package"


def _locked(lock: Path) -> list[dict[str, str]]:
    lines = lock.read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    found = [_LOCKED.match(line) for line in lines if line and not line.startswith("#")]
    return [each.groupdict() for each in found if each]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(command: list[str], folder: Path, client: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(
            f"{client} could not fetch what is locked:\n{done.stderr.strip()[-2_000:]}"
        )
