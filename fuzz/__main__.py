"""`python -m fuzz`: fuzz one reader or all, show what an input does, make it smaller."""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz.worker import has_atheris, signature
from fuzz.worker import main as work

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".fuzz"
CORPUS = ROOT / "tests" / "fuzz_corpus"
_CRASHES = 20
"""After so many crashes of the whole process a run is given up."""


@dataclass(frozen=True)
class Result:
    """What a run came to."""

    reader: str
    guided: bool
    wall: float
    cpu: float
    executions: int
    outcomes: int
    branches: int
    lines: int
    of_lines: int
    crashes: int
    findings: tuple[str, ...]

    HEAD = (
        "| reader | by | wall (min) | CPU (min) | executions | outcomes | branches "
        "| lines of its modules | findings |\n|---|---|--:|--:|--:|--:|--:|--:|--:|"
    )

    def row(self) -> str:
        """Return a row of the table."""
        share = f"{self.lines:,} of {self.of_lines:,}"
        cells = (
            self.reader,
            "coverage" if self.guided else "mutation",
            f"{self.wall / 60:.1f}",
            f"{self.cpu / 60:.1f}",
            f"{self.executions:,}",
            f"{self.outcomes:,}",
            f"{self.branches:,}" if self.branches else "–",
            f"{share} ({100 * self.lines // max(self.of_lines, 1)} %)",
            str(len(self.findings) + self.crashes),
        )
        return f"| {' | '.join(cells)} |"


def run(name: str, minutes: float) -> Result:
    """Fuzz a reader in a process of its own, which is started again if it crashes."""
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    begun, cpu, executions, outcomes, crashes = time.monotonic(), 0.0, 0, 0, 0
    log = folder / "log"
    log.unlink(missing_ok=True)
    while (left := minutes * 60 - (time.monotonic() - begun)) > 0 and crashes < _CRASHES:
        (folder / "note.json").unlink(missing_ok=True)
        seed = int.from_bytes(os.urandom(3)) + 1
        words = ("work", name, "--seconds", str(left), "--seed", str(seed))
        with log.open("ab") as stream:
            done = _python(*words, stdout=stream, stderr=stream)
        note = _note(folder)
        cpu += note.get("cpu", 0.0)
        executions += note.get("executions", 0)
        outcomes = max(outcomes, note.get("outcomes", 0))
        if done.returncode == 0:
            break
        crashes += 1
        if (folder / "current").exists():
            (folder / "current").replace(folder / "findings" / f"crash-{crashes}-{done.returncode}")
    if not executions:
        raise SystemExit(f"{name}: no input was read; {log.relative_to(ROOT)} tells why.")
    wall = time.monotonic() - begun
    measured = json.loads(_python("measure", name, stdout=subprocess.PIPE).stdout or "[0, 0]")
    branches = re.findall(r"cov: ([0-9]+)", log.read_text(errors="replace"))
    signs = [_sign(path) for path in sorted((folder / "findings").glob("*.txt"))]
    result = Result(
        name, has_atheris(), wall, cpu, executions, outcomes,
        int(branches[-1]) if branches else 0, *measured, crashes, tuple(signs),
    )  # fmt: skip
    (folder / "result.json").write_text(json.dumps(asdict(result), indent=1), encoding="utf-8")
    return result


def _python(*words: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    call = [sys.executable, "-m", "fuzz", *words]
    return subprocess.run(call, cwd=ROOT, check=False, **streams)  # type: ignore[call-overload]


def _note(folder: Path) -> dict[str, float]:
    file = folder / "note.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _sign(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0]


def run_all(minutes: float, jobs: int, names: list[str]) -> None:
    """Fuzz readers, some at a time, and write a table of what came of it."""
    from fuzz.readers import READERS

    with ThreadPoolExecutor(jobs) as pool:
        done = list(pool.map(lambda name: run(name, minutes), names or READERS))
    table = "\n".join([Result.HEAD, *(result.row() for result in done)])
    found = [f"- {sign}" for result in done for sign in result.findings]
    (KEPT / "results.md").write_text("\n".join([table, "", *found, ""]), encoding="utf-8")
    print(table, *found, sep="\n")


def show(name: str, files: list[Path]) -> dict[str, str]:
    """Read inputs as the fuzzer does; return, by file, what was found, or nothing."""
    from fuzz.guard import bound_memory
    from fuzz.readers import READERS
    from fuzz.sandbox import Sandbox

    contents = {str(file): file.read_bytes() for file in files}
    sandbox, found = Sandbox(), {}
    bound_memory()
    for file, data in contents.items():
        found[file] = _found(READERS[name].read, data, sandbox)
    sandbox.close()
    return found


def _found(read: Callable[..., str], data: bytes, sandbox: object) -> str:
    try:
        read(data, sandbox)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  (whatever it is, it is shown)
        return f"{signature(error)}: {str(error)[:300]}"
    return ""


def corpus() -> dict[str, str]:
    """Read the whole corpus; return, by reader and name, what was found, or nothing."""
    from fuzz.guard import bound_memory
    from fuzz.known import KNOWN
    from fuzz.readers import READERS
    from fuzz.sandbox import Sandbox

    files = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
    inputs = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in files}
    sandbox = Sandbox()
    for reader, changes in KNOWN.items():
        seed = READERS[reader].seeds(sandbox)[0]
        inputs |= {f"{reader}/{name}": change(seed) for name, change in changes.items()}
    bound_memory()
    found = {
        name: _found(READERS[name.partition("/")[0]].read, data, sandbox)
        for name, data in inputs.items()
    }
    sandbox.close()
    return found


def measure(name: str, seconds: float = 120) -> tuple[int, int]:
    """Return how many lines of a reader's modules its kept inputs reach: seeds, then small ones."""
    from fuzz.lines import reached
    from fuzz.readers import READERS

    inputs = sorted(
        (KEPT / name / "inputs").iterdir(),
        key=lambda file: (not file.name.startswith("seed-"), file.stat().st_size),
    )
    return reached(READERS[name], (file.read_bytes() for file in inputs), seconds)


def main() -> None:
    """Read the command line of the fuzzer."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said = _parser().parse_args()
    if said.command == "run":
        result = run(said.reader, said.minutes)
        print(Result.HEAD, result.row(), *result.findings, sep="\n")
    elif said.command == "all":
        run_all(said.minutes, said.jobs, said.only)
    elif said.command == "work":
        work(said.reader, KEPT / said.reader, said.seconds, said.seed)
    elif said.command == "smaller":
        from fuzz.smaller import smaller

        for file in said.files:
            smaller(said.reader, file)
    else:
        asked = {"corpus": corpus, "measure": measure, "show": show}[said.command]
        words = [getattr(said, word) for word in _COMMANDS[said.command]]
        print(json.dumps(asked(*words), ensure_ascii=False, indent=1))


_COMMANDS = {
    "run": ("reader",),
    "all": (),
    "show": ("reader", "files"),
    "smaller": ("reader", "files"),
    "corpus": (),
    "work": ("reader",),
    "measure": ("reader",),
}
"""By name, the words that a command takes."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command, words in _COMMANDS.items():
        sub = commands.add_parser(command)
        if "reader" in words:
            sub.add_argument("reader")
        if "files" in words:
            sub.add_argument("files", nargs="+", type=Path)
        sub.add_argument("--minutes", type=float, default=60)
        sub.add_argument("--seconds", type=float, default=60)
        sub.add_argument("--seed", type=int, default=1)
        sub.add_argument("--jobs", type=int, default=2)
        sub.add_argument("--only", nargs="*", default=[])
    return parser


if __name__ == "__main__":
    main()
