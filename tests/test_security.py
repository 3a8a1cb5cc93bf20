"""What SECURITY.md says of bounds, of the network and of programs is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dxrules.source import bounds
from dxrules.source.bounds import GB, KB, MB, ArchiveBounds
from dxrules.source.read import from_bytes
from tests.helpers.goldens import UPDATE
from tests.helpers.source_code import modules, parsed, place_of, text_of

ROOT = Path(__file__).parent.parent
SECURITY = ROOT / "SECURITY.md"
_TABLE = re.compile(r"(?<=<!-- bounds -->\n).*?(?=<!-- /bounds -->)", re.DOTALL)
_UNITS = ("KB", "MB", "GB")
_NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "asyncio"}
_HARMLESS = {"urllib.parse"}


def described():
    """Yield of each bound its name, whether it counts bytes, and what its module says of it."""
    body = ast.parse(Path(bounds.__file__).read_text("utf-8")).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
            if name not in _UNITS and not name.startswith("_"):
                assert isinstance(after, ast.Expr), f"{name} says nothing of itself"
                in_bytes = any(f"* {unit}" in ast.unparse(node.value) for unit in _UNITS)
                yield name, in_bytes, " ".join(ast.literal_eval(after.value).split())


def size(number):
    """Return a number of bytes as people write it."""
    unit, name = next(
        (u, n) for u, n in ((GB, "GB"), (MB, "MB"), (KB, "KB"), (1, "B")) if number >= u
    )
    return f"{number / unit:,g} {name}"


def most(name, *, in_bytes):
    """Return a bound as a cell of the table."""
    bound = getattr(bounds, name)
    if isinstance(bound, ArchiveBounds):
        return (
            f"{size(bound.packed)}; unpacked {size(bound.unpacked)}, a file in it "
            f"{size(bound.entry)}; {bound.entries:,} files"
        )
    return size(bound) if in_bytes else f"{bound:,}"


def table():
    """Return the table of bounds."""
    rows = [f"| {said} | {most(name, in_bytes=kind)} |" for name, kind, said in described()]
    return "\n".join(["| what | at most |", "| --- | --- |", *rows, ""])


def test_the_table_of_bounds():
    """The table holds every bound with the figure that the readers use."""
    text = SECURITY.read_text("utf-8")
    if UPDATE:
        SECURITY.write_text(_TABLE.sub(lambda _: table(), text), "utf-8")
    found = _TABLE.search(SECURITY.read_text("utf-8"))
    assert found is not None
    assert found[0] == table()


def test_no_bound_stands_elsewhere():
    """What limits what is read stands in the table alone: a second figure would drift away."""
    called = re.compile(r"_?(MAX_\w+|\w*(MOST|LONGEST|LARGEST|DEEPEST|DEEP)\w*)")
    elsewhere = {
        (path.name, name.id)
        for path in modules()
        if path.parent.name in ("source", "sheets") and path.name != "bounds.py"
        for node in ast.parse(text_of(path)).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and re.search("[0-9]", ast.unparse(node))
        for name in ast.walk(node)
        if isinstance(name, ast.Name) and called.fullmatch(name.id)
    }
    # How many problems are shown; and what formats and single values are, which are no bounds.
    assert elsewhere == {
        ("build.py", "MAX_PROBLEMS"),
        ("spreadsheet.py", "LONGEST"),
        ("spreadsheet.py", "_LONGEST_NAME"),
        ("archive_headers.py", "_LONGEST_DESCRIPTOR"),
        ("cell_values.py", "_LONGEST_NUMBER"),
        ("types.py", "MAX_FRAGMENT"),
    }


def importing(*wanted):
    """Return the modules that import one of these."""
    return {
        place_of(path)
        for path in modules()
        if any(module in wanted for _, module in parsed(path).imported)
    }


def test_two_modules_reach_the_network():
    """One module asks a model whose address was named, two serve the desk; no other can send."""
    reaching = {
        place_of(path)
        for path in modules()
        for _, module in parsed(path).imported
        if module.partition(".")[0] in _NETWORK and module not in _HARMLESS
    }
    serving = {"dxrules/desk/local_server.py", "dxrules/desk/connections.py"}
    assert reaching == {*serving, "dxrules/draft/model_endpoint.py"}
    asking = importing("dxrules.draft.model_endpoint")
    assert asking == {"dxrules/cli/model_options.py", "dxrules/draft/model_reading.py"}


def test_one_module_starts_programs():
    """Git for revisions, and Python for documents and databases; nothing does by a shell."""
    starting = importing("subprocess")
    starting |= {place_of(path) for path in modules() if "os.system" in text_of(path)}
    assert starting == {"dxrules/source/other_process.py"}
    assert not [path for path in starting if "shell=True" in (ROOT / path).read_text("utf-8")]


def test_nothing_is_run_that_was_read():
    """No module unpickles, evaluates or compiles what it was given."""
    running = {"eval", "exec", "compile", "__import__"}
    calls = {(place_of(path), name) for path in modules() for name in parsed(path).calls & running}
    # Each of these writes the text that it runs itself: constructors from the names of fields, and
    # functions about facts from the names of attributes. What a file says is no part of either.
    writers = {"dxrules/frozen.py", "dxrules/rules/together.py"}
    assert calls == {(place, "exec") for place in writers}
    # It names an error alone: what processes of one call tell each other Python itself pickles.
    assert importing("pickle", "shelve") == {"dxrules/nation/cut_short.py"}


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_readmes_lead_to_it(readme):
    """Both READMEs link to SECURITY.md."""
    assert "(SECURITY.md" in (ROOT / readme).read_text("utf-8")


def test_both_languages_say_the_same_headings():
    """The Japanese part has a section for each of the English one."""
    english, japanese = SECURITY.read_text("utf-8").split("\n# セキュリティ\n")
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(
        re.findall(r"^## ", japanese, re.MULTILINE)
    )


def refused(text):
    """Return what is wrong with a file, in English."""
    return [problem.message.en for problem in from_bytes(text.encode(), "x.yaml").problems]


@pytest.mark.slow
def test_the_bounds_of_files_are_those_of_the_table():
    """A file at a bound is read; one more byte, level or value, and it is refused."""
    assert refused("a: " + "b" * (bounds.PLAN_BYTES - 3)) == []
    assert refused("a: " + "b" * (bounds.PLAN_BYTES - 2)) == ["Larger than 5 MB."]
    deepest = bounds.DEPTH
    assert refused("[" * deepest + "]" * deepest) == []
    assert refused("[" * (deepest + 1) + "]" * (deepest + 1)) == ["Nested deeper than 20 levels."]
    listed = ["- a\n"] * (bounds.PLAN_VALUES - 1)  # and the list itself
    assert refused("".join(listed)) == []
    assert refused("".join([*listed, "- a\n"])) == ["More than 200,000 values."]
