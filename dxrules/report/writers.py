"""The formats of a report: by name, by the ending of a file, and those of other packages.

A writer takes a dossier and how to write it, and returns the bytes of the report. Another
package adds one by an entry point of the group `dxrules.reports`, whose name is the format's:

    [project.entry-points."dxrules.reports"]
    minutes = "town_minutes:write"

A format of many plans is written in pieces, so that no more than one plan is held; see
`piecewise`. One that is not takes all plans at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from dxrules.errors import UsageError
from dxrules.frozen import frozen, replaced
from dxrules.report.terminal import Style
from dxrules.source import did_you_mean
from dxrules.source.repository import within
from dxrules.texts import Lang, Text, printable, shorten

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.exit_reason import Call
    from dxrules.report.json_values import Json
    from dxrules.report.piecewise import Piecewise
    from dxrules.report.shared_labels import Alone

GROUP = "dxrules.reports"


def _silent(_: Text) -> None:
    """Say nothing: a report that was cut says so itself."""


@frozen
class How:
    """How to write: language, width and colour; passes, too; and why there was one engine.

    `threshold`, and for what is undetermined `unknown`, are what the exit code counts. `locate`
    turns the name of a file into its path from the repository's root. `tell` takes a word for
    whoever made the call, such as that a report was cut.

    The text holds all that was found if it is `full`, else what to do first, or the counts alone
    as a `summary`. People see what a baseline knows if `show_known`. `ending` says why the call
    ends with its exit code, `call` how it was made.
    """

    style: Style
    everything: bool = False
    alone: Alone | None = None
    threshold: tuple[str, ...] = ("error",)
    unknown: tuple[str, ...] = ()
    locate: Callable[[str], str] = within
    tell: Callable[[Text], None] = _silent
    full: bool = True
    summary: bool = False
    show_known: bool = True
    ending: Text | None = None
    call: Call | None = None

    def seen(self, plan: PlanAssessment) -> PlanAssessment:
        """Return what people see of a plan: without what a baseline knows, unless that is asked."""
        if self.show_known or not any(finding.known for finding in plan.findings):
            return plan
        return replaced(plan, findings=tuple(f for f in plan.findings if not f.known))

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding counts for the exit code."""
        return finding.reaches(self.threshold, unknown=self.unknown)


def for_people(text: str, how: How) -> bytes:
    """Return a text as a terminal or a file of text takes it."""
    return printable(text, coloured=how.style.colour).encode()


Writer = Callable[[Any, How], bytes]
"""From what is reported (a dossier, or a comparison) to the bytes of the report."""


@frozen
class Format:
    """A format that dxrules brings: the endings of its files, and the home of its writer.

    The writer is the function `write` of a module of this package, or the one that is named;
    `pieces` names how it is written in pieces, if it is. What returns `data` is given no How: the
    data are written as JSON, with both languages. What returns rows, a `Table`, is written by the
    function of `tabular` that `rows` names.
    """

    endings: tuple[str, ...]
    home: str
    binary: bool = False
    function: str = "write"
    data: bool = False
    rows: str | None = None
    pieces: str | None = None

    def writer(self) -> Writer:
        """Import the writer."""
        function = getattr(import_module(f"{__package__}.{self.home}"), self.function)
        if self.rows:
            tabular = import_module(f"{__package__}.tabular")
            return partial(getattr(tabular, self.rows), function)
        return _in_json(function) if self.data else cast("Writer", function)


def _in_json(data_of: Callable[[Any], Json]) -> Writer:
    from dxrules.report.json_values import in_utf8

    return lambda reported, _: in_utf8(data_of(reported))


@frozen
class Formats:
    """The formats of one kind of report; `group` is where other packages add theirs."""

    brought: Mapping[str, Format]
    group: str | None = None

    def named(self, name: str, *besides: str) -> Writer:
        """Return the writer of a format.

        Raises UsageError, with the nearest name, if nobody brings it; the caller takes the names
        `besides`, too.
        """
        if name in self.brought:
            return self.brought[name].writer()
        others = self._others()
        if name in others:
            return _loaded(others[name])
        known = [*self.brought, *besides, *sorted(others)]
        said = shorten(name)
        message = Text(f"{said} という形式はありません。", f"There is no format {said}.")
        hint = did_you_mean(name, known)
        raise UsageError(message.then(hint))

    def piecewise(self, name: str) -> Piecewise | None:
        """Return how a format is written in pieces; None where it takes all plans at once.

        A writer of another package has it as its attribute `piecewise`.
        """
        form = self.brought.get(name)
        if form is None:
            return cast("Piecewise | None", getattr(self.named(name), "piecewise", None))
        if form.pieces is None:
            return None
        home, _, name = form.pieces.rpartition(".")
        return cast("Piecewise", getattr(import_module(f"{__package__}.{home}"), name))

    def of_file(self, name: str) -> str | None:
        """Return the format that the ending of a file's name tells; None if it tells none.

        >>> CHECK.of_file("towns.txt"), CHECK.of_file("towns.doc")
        ('table', None)
        """
        fitting = [
            (len(ending), form)
            for form, brought in self.brought.items()
            for ending in brought.endings
            if name.lower().endswith(ending)
        ]
        return max(fitting)[1] if fitting else None

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings that tell a format."""
        return tuple(ending for form in self.brought.values() for ending in form.endings)

    def _others(self) -> dict[str, EntryPoint]:
        if self.group is None:
            return {}
        from importlib.metadata import entry_points

        return {entry.name: entry for entry in entry_points(group=self.group)}


def _loaded(entry: EntryPoint) -> Writer:
    """Return the writer of another package; raise UsageError if it cannot be loaded."""
    try:
        return cast("Writer", entry.load())
    except (ImportError, AttributeError) as error:
        raise UsageError(
            Text(
                f"形式 {entry.name} を読み込めません({entry.value}: {error})。",
                f"The format {entry.name} cannot be loaded ({entry.value}: {error}).",
            )
        ) from error


CHECK = Formats(
    {
        "table": Format((".txt",), "brief", pieces="brief.PIECES"),
        "concise": Format((), "concise", pieces="concise.PIECES"),
        "json": Format((".json",), "json_report", pieces="json_report.PIECES"),
        "markdown": Format((".md",), "markdown", pieces="markdown.PIECES"),
        "html": Format((".html", ".htm"), "html", pieces="html.PIECES"),
        "xlsx": Format((".xlsx",), "xlsx", binary=True, pieces="xlsx.pieces.PIECES"),
        "csv": Format((".csv",), "csv_report", pieces="csv_report.PIECES"),
        "sarif": Format((".sarif", ".sarif.json"), "sarif_pieces", pieces="sarif_pieces.PIECES"),
        "junit": Format((".xml",), "junit", pieces="junit.PIECES"),
        "github": Format((), "github", pieces="github.PIECES"),
        "oscal": Format((".oscal.json",), "oscal_pieces", pieces="oscal_pieces.PIECES"),
    },
    GROUP,
)
"""What `check` writes from a dossier."""

STORES = Formats(
    {
        "duckdb": Format((".duckdb",), "database.stores", binary=True, function="store_file"),
        "parquet": Format((".parquet",), "database.stores", binary=True, function="store_folder"),
    }
)
"""What `check` adds a run to: its functions take a path, plans in turn, and what is left."""

EVIDENCE = Formats(
    {
        "table": Format((".txt",), "unproven", pieces="unproven.PIECES"),
        "json": Format(
            (".json",), "unproven", function="write_json", pieces="unproven.JSON_PIECES"
        ),
    }
)
"""What `check --evidence` writes from a dossier."""

NATION = Formats(
    {
        "packet": Format((".zip",), "packet_pieces", pieces="packet_pieces.PIECES"),
        "site": Format((), "html.site", pieces="html.site.PIECES"),
        "rows": Format((), "database.plan_entries", pieces="database.plan_entries.PIECES"),
    }
)
"""What `check` writes of many plans that is no report: a packet, pages, rows of a database."""

_USUAL = {
    "table": Format((".txt",), ""),
    "json": Format((".json",), "", function="json_of", data=True),
    "csv": Format((".csv",), "", function="write_csv"),
    "markdown": Format((".md",), "", function="write_markdown"),
    "html": Format((".html", ".htm"), "", function="write_html"),
}
"""Usual formats, without the home of their writers."""
_ROWS = {
    "csv": Format((".csv",), "", function="rows", rows="write_csv"),
    "markdown": Format((".md",), "", function="rows", rows="write_markdown"),
    "xlsx": Format((".xlsx",), "", binary=True, function="rows", rows="write_xlsx"),
}
"""The formats of a report that is rows under headings; see `tabular`."""


def _usual(home: str, *names: str) -> dict[str, Format]:
    """Return usual formats, all of them by writers in the same module."""
    return {name: replaced(_USUAL[name], home=home) for name in names}


def _rows(home: str, *names: str) -> dict[str, Format]:
    """Return all formats of rows, or some, of what the function `rows` of a module returns."""
    return {name: replaced(_ROWS[name], home=home) for name in names or _ROWS}


QUOTATIONS = Formats(
    _usual("quotations", "table", "json") | _rows("quotations", "markdown", "xlsx", "csv")
)
"""What `evidence` writes from quotations that were looked for in a document."""

UPDATE = Formats(
    {
        **_usual("new_edition", "table", "json"),
        **_rows("new_edition", "markdown"),
        **_usual("new_edition", "html"),
        **_rows("new_edition", "xlsx", "csv"),
    }
)
"""What `draft --update` writes from a plan file held against a new edition."""

COMPARE = Formats(
    {
        **_usual("comparison", "table", "json", "markdown"),
        "html": Format((".html", ".htm"), "html", function="write_comparison"),
        "xlsx": Format((".xlsx",), "xlsx", binary=True, function="write_comparison"),
        **_usual("comparison", "csv"),
    }
)
"""What `compare` writes from a comparison."""


def render(dossier: Dossier, form: str, lang: Lang = "ja", *, everything: bool = False) -> bytes:
    """Return a report in a format of `check`, dxrules' own or another package's.

    `everything` shows passes and what is not applicable in formats that leave them out.
    Raises UsageError if nobody brings the format.
    """
    return CHECK.named(form)(dossier, How(Style(lang), everything))


GAPS = Formats(_usual("gaps", "table", "json") | _rows("gaps"))
"""What `gaps` writes from a gap report."""

ASK = Formats(
    {
        **_usual("inquiry", "table", "json"),
        **_rows("inquiry", "markdown"),
        **_usual("inquiry", "html"),
        "xlsx": Format((".xlsx",), "xlsx.inquiry", binary=True),
        **_rows("inquiry", "csv"),
    }
)
"""What `ask` writes from inquiries."""

GRAPH = Formats(
    {
        **_usual("graph", "table"),
        "json": Format((".json",), "json_report", function="graph_json", data=True),
        "mermaid": Format((".mmd",), "graph", function="write_mermaid"),
        "dot": Format((".dot", ".gv"), "graph", function="write_dot"),
        **_rows("graph"),
    }
)
"""What `graph` writes from a dependency graph."""

FORECAST = Formats(
    {
        **_usual("forecast", "table", "json"),
        "ics": Format((".ics",), "ics"),
        **_rows("forecast"),
    }
)
"""What `forecast` writes from a forecast."""

EXPLAIN = Formats(_usual("rules", "table", "json"))
"""What `explain` and `rules show` write from a rule explained."""

RULES = Formats(
    {
        **_usual("rule_list", "table"),
        "json": Format((".json",), "json_report", function="rules_json", data=True),
        **_rows("rule_list"),
    }
)
"""What `rules list` writes from a law."""

DIFF = Formats(
    {
        **_usual("diff", "table"),
        **_usual("diff_json", "json"),
        "yaml": Format((".yaml", ".yml"), "proofs", function="write_cases"),
        **_rows("diff"),
    }
)
"""What `rules diff` writes from the differences of two lawbooks."""

IMPACT = Formats(
    {
        **_usual("impact", "table", "json"),
        "html": Format((".html", ".htm"), "html.impact"),
        **_rows("impact"),
    }
)
"""What `rules impact`, and `compare` of two packets, write from an impact."""

QUERY = Formats(_usual("database.answers", "table", "json") | _rows("database.answers"))
"""What `query` writes from an answer."""

RULE_TESTS = Formats(_usual("rule_tests", "table", "json"))
"""What `rules test` writes from the results of tests."""

REPLAY = Formats(_usual("replay", "table", "json"))
"""What `replay` writes from what came of judging a packet again."""

SOURCES = Formats(_usual("sources", "table", "json"))
"""What `rules sources` writes from the sources of rules."""

WATCH = Formats(
    {
        **_usual("watch", "table", "json", "markdown"),
        "patch": Format((".patch", ".diff"), "watch", function="write_patch"),
    }
)
"""What `rules watch` writes from what revisions touch, and the draft of the change."""

LINT = Formats(
    {
        **_usual("lint", "table", "json"),
        "sarif": Format((".sarif", ".sarif.json"), "lint", function="write_sarif"),
        "github": Format((), "lint", function="write_github"),
    }
)
"""What `rules lint` writes from remarks."""
