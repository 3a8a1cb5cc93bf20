"""What a page shows: its code blocks, its commands, and their output."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path

from dxrules.cli import main
from tests.helpers.goldens import UPDATE


def blocks(path):
    """Return the language and the text of each code block of a page."""
    text = path.read_text("utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def without_code(text):
    """Return a page without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def commands_of(kind, text):
    """Return the commands of a code block."""
    if kind == "console":
        return [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    return text.splitlines() if kind == "sh" else []


def commands(path):
    """Return every command that a page shows, in order."""
    return [command for kind, text in blocks(path) for command in commands_of(kind, text)]


def call(command):
    """Run a command as a shell would; return its exit code and its output."""
    words = shlex.split(command)
    target = None
    if ">" in words:
        words, target = words[: words.index(">")], words[-1]
    assert words[0] == "dxrules"
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out):
        code = main(words[1:])
    out.flush()
    text = out.buffer.getvalue().decode("utf-8")
    if target:
        Path(target).write_text(text, "utf-8")
    return code, text


def like(line, printed):
    """Return the line printed that is this one, or else the first that differs in figures alone."""
    alike = [each for each in printed if re.sub(r"\d+", "0", each) == re.sub(r"\d+", "0", line)]
    return line if line in printed or not alike else alike[0]


def renewed(block, printed):
    """Return a console block with the figures that are printed now."""
    command, *lines = block.splitlines()
    lines = [line if line == "…" else like(line, printed) for line in lines]
    return "\n".join([command, *lines]) + "\n"


def kept(page, block, printed):
    """Return a console block of a page; if wanted, with the figures that are printed now."""
    if not UPDATE:
        return block
    new = renewed(block, printed)
    page.write_text(page.read_text("utf-8").replace(block, new), "utf-8")
    return new


def missing(lines, printed):
    """Return the first line shown that is not printed, in this order; None if all are."""
    rest = iter(printed)
    return next((line for line in lines if line != "…" and line not in rest), None)


def two_sentences(path):
    """Return the lines of prose that hold more than one sentence."""
    text = without_code(path.read_text("utf-8"))
    prose = [line for line in text.splitlines() if not line.startswith(("|", "#", "-", "<"))]
    return [line for line in prose if re.search(r"。.|[a-z]\. [A-Z]", line)]
