"""The loop in a process of its own: guided by coverage with atheris, else by what comes out."""

from __future__ import annotations

import gc
import hashlib
import importlib
import importlib.util
import json
import os
import pkgutil
import sys
import time
import traceback
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from fuzz.readers import Reader
    from fuzz.sandbox import Sandbox

LARGEST = 400_000
"""Bytes of an input; larger ones are refused by bounds that have tests of their own."""
_EVERY = 5
"""Seconds from one note to the next."""
_GUIDED = ("dxrules", "yaml", "openpyxl", "zipfile")
_KEPT = 5_000
"""Inputs that the unguided loop keeps to change further."""


class Worker:
    """Runs inputs, keeps what was found, and notes how far it has come."""

    def __init__(self, reader: Reader, sandbox: Sandbox, folder: Path, seconds: float) -> None:
        self.reader, self.sandbox, self.folder = reader, sandbox, folder
        self.until = time.monotonic() + seconds
        self.note: dict[str, Any] = {"executions": 0}
        self.outcomes: Counter[str] = Counter()
        self.noted = 0.0
        (folder / "findings").mkdir(parents=True, exist_ok=True)
        self.current = folder / "current"

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.until

    def run(self, data: bytes) -> bool:
        """Read one input; tell whether what came out was not met before."""
        self.current.write_bytes(data)  # what a crash of the whole process leaves
        self.note["executions"] += 1
        try:
            said = self.reader.read(data, self.sandbox)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  (whatever it is, it is a finding)
            said = keep(error, data, self.reader, self.folder / "findings")
            self.sandbox.clean()
        if self.note["executions"] % 500 == 0:
            gc.collect()
        if time.monotonic() - self.noted > _EVERY:
            self.write()
        self.outcomes[said] += 1
        return self.outcomes[said] == 1

    def write(self) -> None:
        """Note how far it has come, for whoever started this process."""
        self.noted = time.monotonic()
        used = os.times()
        self.note |= {"outcomes": len(self.outcomes), "cpu": used.user + used.system}
        (self.folder / "note.json").write_text(json.dumps(self.note), encoding="utf-8")


def signature(error: BaseException) -> str:
    """Return by what a finding is told from others: its kind, and where in dxrules it arose."""
    kind = getattr(error, "what", type(error).__name__)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/dxrules/" in frame.filename]
    if not own or hasattr(error, "what"):
        return str(kind)
    file = own[-1].filename.rpartition("/dxrules/")[2]
    return f"{kind} in {file} {own[-1].name}"


def keep(error: BaseException, data: bytes, reader: Reader, folder: Path) -> str:
    """Keep an input that found something new, with the traceback; a smaller one replaces it."""
    sign = signature(error)
    name = hashlib.sha256(sign.encode()).hexdigest()[:10]
    file = folder / f"{name}{reader.ending}"
    if not file.exists() or len(data) < file.stat().st_size:
        file.write_bytes(data)
        trace = "".join(traceback.format_exception(error))
        said = f"{reader.name}: {sign}\n\npython -m fuzz show {reader.name} {file.name}\n\n{trace}"
        (folder / f"{name}.txt").write_text(said, encoding="utf-8", errors="backslashreplace")
    return sign


def prepare(name: str, folder: Path, seconds: float) -> tuple[Worker, list[bytes]]:
    """Load everything, and write the seeds of a reader into its folder of inputs."""
    from fuzz.guard import bound_memory
    from fuzz.readers import READERS
    from fuzz.sandbox import Sandbox

    sandbox, reader = Sandbox(), READERS[name]
    seeds = reader.seeds(sandbox)
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (inputs / f"seed-{hashlib.sha256(seed).hexdigest()[:16]}").write_bytes(seed)
    bound_memory()
    return Worker(reader, sandbox, folder, seconds), seeds


def mutate_only(name: str, folder: Path, seconds: float, seed: int) -> None:
    """Change seeds, and those inputs that came to something new, until the time is up."""
    worker, seeds = prepare(name, folder, seconds)
    mutation, rng = worker.reader.mutation(seeds), Random(seed)
    pool = [path.read_bytes() for path in sorted((folder / "inputs").iterdir())]
    for data in pool:
        worker.run(data)
    try:
        while not worker.over:
            data = mutation(rng.choice(pool), rng)[:LARGEST]
            if worker.run(data) and len(pool) < _KEPT:
                pool.append(data)
                made = folder / "inputs" / hashlib.sha256(data).hexdigest()[:40]
                made.write_bytes(data)
    finally:
        worker.write()
        worker.sandbox.close()


def guided(name: str, folder: Path, seconds: float, seed: int) -> None:
    """Let atheris choose what to change, by the code that an input reaches."""
    import atheris

    with atheris.instrument_imports(include=list(_GUIDED)):
        _load_all("dxrules")
        for each in ("yaml", "openpyxl", "zipfile"):
            importlib.import_module(each)
        worker, seeds = prepare(name, folder, seconds)
    mutation = worker.reader.mutation(seeds)

    def change(data: bytes, largest: int, seed: int) -> bytes:
        rng = Random(seed)
        made = atheris.Mutate(data, largest) if rng.randrange(6) == 0 else mutation(data, rng)
        return bytes(made[:largest])

    def one(data: bytes) -> None:
        worker.run(data)
        if worker.over:
            worker.write()
            worker.sandbox.close()
            sys.stderr.flush()
            os._exit(0)  # libFuzzer looks at its clock less often

    options = ["-timeout=600", "-rss_limit_mb=0", f"-max_len={LARGEST}", f"-seed={seed}"]
    options += ["-len_control=0", "-reload=0", f"-artifact_prefix={folder}/crash-"]
    atheris.Setup(["fuzz", *options, str(folder / "inputs")], one, custom_mutator=change)
    atheris.Fuzz()


def _load_all(package: str) -> None:
    """Import every module of a package, so that all of it is watched."""
    home = importlib.import_module(package)
    for module in pkgutil.walk_packages(home.__path__, f"{package}."):
        importlib.import_module(module.name)


def has_atheris() -> bool:
    """Tell whether this Python has atheris."""
    return importlib.util.find_spec("atheris") is not None


def main(name: str, folder: Path, seconds: float, seed: int) -> None:
    """Fuzz a reader for some seconds."""
    loop = guided if has_atheris() else mutate_only
    loop(name, folder, seconds, seed)
