"""Reports of five towns: the table alone, beside all formats in one call, and each by itself."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from processes import FACTS, check
from tables import Section, Table, Target

from dxrules.report.writers import CHECK

TABLE, ALL = "the table alone", "the table, and every other format in a file"
MOST = 5


def measure(rounds: int) -> Section:
    """Time each call once in every round."""
    times: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        files = {form: f"{form}={Path(folder) / form}" for form in CHECK.brought if form != "table"}
        calls = {TABLE: (), ALL: tuple(files.values())}
        calls |= {f"the table, and {form}": (file,) for form, file in files.items()}
        commands = {
            name: check(str(FACTS), *(word for file in outputs for word in ("--output", file)))
            for name, outputs in calls.items()
        }
        printed = {name: command.warm() for name, command in commands.items()}
        sizes = {form: (Path(folder) / form).stat().st_size for form in files}
        for _ in range(rounds):
            for name, command in commands.items():
                times.setdefault(name, []).append(command.time(printed[name]))
    ratios = {
        name: median(one / alone for one, alone in zip(each, times[TABLE], strict=True))
        for name, each in times.items()
    }
    size = {TABLE: 0, ALL: sum(sizes.values())}
    size |= {f"the table, and {form}": size for form, size in sizes.items()}
    rows = [
        (name, size[name] / 1000, min(each), median(each), ratios[name])
        for name, each in times.items()
    ]
    headings = ("call", "written, KB", "least, ms", "median, ms", "÷ the table")
    text = f"`dxrules check facts` in {rounds} interleaved rounds; ratios within a round."
    target = Target("five towns in every format ÷ the table alone", MOST, ratios[ALL])
    return Section("Formats", text, [Table(headings, rows)], [target])
