"""The formats of a report: by name, by the ending of a file, and those of other packages.

A writer takes a dossier and how to write it, and returns the bytes of the report. Another
package adds one by an entry point of the group `dxrules.reports`, whose name is the format's:

    [project.entry-points."dxrules.reports"]
    minutes = "town_minutes:write"

A format of many plans is written in pieces, so that no more than one plan is held; see
`piecewise`. One that is not takes all plans at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

from dxrules.errors import UsageError
from dxrules.frozen import frozen, replaced
from dxrules.report.how_to_write import How, Writer, for_people
from dxrules.report.terminal import Style
from dxrules.source import did_you_mean
from dxrules.texts import Lang, Text, shorten

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from dxrules.assessment.dossier import Dossier
    from dxrules.report.piecewise import Piecewise

GROUP = "dxrules.reports"


@frozen
class Format:
    """A format that dxrules brings: the endings of its files, and the home of its writer.

    The writer is the function `write` of a module of this package, or the one that is named. Of
    what is written in `pieces` that names a `Piecewise`. Of `data` it names the type, or what
    returns them: they are written as JSON, with both languages, so that it is given no How. What
    returns the lines of a `text` is written for people. What returns rows, a `Table`, is written
    by the function of `table_formats` that `rows` names, and so are such lines as Markdown.
    """

    endings: tuple[str, ...]
    home: str
    function: str = "write"
    binary: bool = False
    data: bool = False
    text: bool = False
    rows: str | None = None
    pieces: bool = False

    def named(self) -> Any:
        """Import what is named."""
        return getattr(import_module(f"{__package__}.{self.home}"), self.function)

    def writer(self) -> Writer:
        """Import the writer."""
        function = self.named()
        if self.pieces:
            return cast("Piecewise", function).write
        if self.rows:
            writers = import_module(f"{__package__}.table_formats")
            return partial(getattr(writers, self.rows), function)
        if self.text:
            return lambda reported, how: for_people("\n".join(function(reported, how)) + "\n", how)
        return _in_json(function) if self.data else cast("Writer", function)


def _in_json(shape: Any) -> Writer:
    from dxrules.report.json_values import in_utf8
    from dxrules.report.json_views import as_json

    data_of = shape if isinstance(shape, FunctionType) else partial(as_json, shape)
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
        return form.named() if form.pieces else None

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
        raise UsageError.of(
            f"形式 {entry.name} を読み込めません({entry.value}: {error})。",
            f"The format {entry.name} cannot be loaded ({entry.value}: {error}).",
        ) from error


def _in_pieces(home: str, *endings: str, binary: bool = False, function: str = "PIECES") -> Format:
    return Format(endings, home, function, binary=binary, pieces=True)


CHECK = Formats(
    {
        "table": _in_pieces("brief", ".txt"),
        "concise": _in_pieces("concise"),
        "json": _in_pieces("json_report", ".json"),
        "markdown": _in_pieces("markdown", ".md"),
        "html": _in_pieces("html", ".html", ".htm"),
        "xlsx": _in_pieces("xlsx.working_paper", ".xlsx", binary=True),
        "csv": _in_pieces("csv_report", ".csv"),
        "sarif": _in_pieces("sarif_pieces", ".sarif", ".sarif.json"),
        "junit": _in_pieces("junit", ".xml"),
        "github": _in_pieces("github"),
        "oscal": _in_pieces("oscal_pieces", ".oscal.json"),
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
        "table": _in_pieces("entries_without_evidence", ".txt"),
        "json": _in_pieces("json_outlook", ".json"),
    }
)
"""What `check --evidence` writes from a dossier."""

NATION = Formats(
    {
        "packet": _in_pieces("json_report", ".zip", function="PACKET"),
        "site": _in_pieces("html.site"),
        "rows": _in_pieces("database.plan_entries"),
    }
)
"""What `check` writes of many plans that is no report: a packet, pages, rows of a database."""

_USUAL = {
    "table": Format((".txt",), "", "text", text=True),
    "json": Format((".json",), "", data=True),
    "csv": Format((".csv",), "", "rows", rows="write_csv"),
    "markdown": Format((".md",), "", "rows", rows="write_markdown"),
    "xlsx": Format((".xlsx",), "", "rows", binary=True, rows="write_xlsx"),
    "html": Format((".html", ".htm"), "", "rows", rows="write_html"),
}
"""Usual formats, without the home of their writers; of rows, see `table_formats`."""
_ROWS = "csv markdown xlsx html"


def _page(home: str, function: str = "write_html") -> Format:
    """Return the format of a page of its own, where rows alone would not do."""
    return Format((".html", ".htm"), home, function)


def _outline(home: str) -> Format:
    """Return the format of the lines of a text as Markdown."""
    return Format((".md",), home, "text", rows="write_outline")


def _formats(home: str, names: str, json: str, **own: Format) -> Formats:
    """Return the formats of a report in their order: usual ones of a module, and its `own`.

    `json` is the module and the name of the type of its JSON.
    """
    module, _, shape = json.partition(".")
    usual = {name: replaced(each, home=home) for name, each in _USUAL.items()}
    usual["json"] = replaced(usual["json"], home=f"json_{module}", function=shape)
    return Formats({name: (usual | own)[name] for name in names.split()})


QUOTATIONS = _formats("quotations", f"table json {_ROWS}", "plans.Quotations")
"""What `evidence` writes from quotations that were looked for in a document."""

UPDATE = _formats(
    "new_edition",
    "table json markdown html xlsx csv",
    "plans.Update",
    html=_page("new_edition"),
)
"""What `draft --update` writes from a plan file held against a new edition."""

COMPARE = _formats(
    "comparison",
    "table json markdown html xlsx csv",
    "plans.Comparison",
    markdown=Format((".md",), "comparison", "write_markdown"),
    html=_page("html", "write_comparison"),
    xlsx=Format((".xlsx",), "xlsx", "write_comparison", binary=True),
    csv=Format((".csv",), "comparison_tables", "by_rule_and_town", rows="write_csv"),
)
"""What `compare` writes from a comparison."""


def render(dossier: Dossier, form: str, lang: Lang = "ja", *, everything: bool = False) -> bytes:
    """Return a report in a format of `check`, dxrules' own or another package's.

    `everything` shows passes and what is not applicable in formats that leave them out.
    Raises UsageError if nobody brings the format.
    """
    return CHECK.named(form)(dossier, How(Style(lang), everything))


GAPS = _formats("gaps", f"table json {_ROWS}", "outlook.gaps_of")
"""What `gaps` writes from a gap report."""

ASK = _formats(
    "inquiry",
    "table json markdown html xlsx csv",
    "plans.Inquiry",
    html=_page("inquiry"),
    xlsx=Format((".xlsx",), "xlsx.inquiry", binary=True),
)
"""What `ask` writes from inquiries."""

GRAPH = _formats(
    "graph",
    f"table json mermaid dot {_ROWS}",
    "outlook.Graph",
    mermaid=Format((".mmd",), "graph", "write_mermaid"),
    dot=Format((".dot", ".gv"), "graph", "write_dot"),
)
"""What `graph` writes from a dependency graph."""

FORECAST = _formats(
    "forecast", f"table json ics {_ROWS}", "outlook.forecasts_of", ics=Format((".ics",), "ics")
)
"""What `forecast` writes from a forecast."""

EXPLAIN = _formats("rules", "table json markdown", "rules.Explanation", markdown=_outline("rules"))
"""What `explain` and `rules show` write from a rule explained."""

RULES = _formats("rule_list", f"table json {_ROWS}", "rules.Rules")
"""What `rules list` writes from a law."""

DIFF = _formats(
    "diff",
    f"table json yaml {_ROWS}",
    "law.RulesDiff",
    yaml=Format((".yaml", ".yml"), "diff", "write_cases"),
)
"""What `rules diff` writes from the differences of two lawbooks."""

IMPACT = _formats(
    "impact",
    f"table json {_ROWS}",
    "law.RulesImpact",
    html=_page("impact"),
)
"""What `rules impact`, and `compare` of two packets, write from an impact."""

QUERY = _formats("database.query_tables", f"table json {_ROWS}", "plans.QueryAnswer")
"""What `query` writes from an answer."""

RULE_TESTS = _formats(
    "rule_tests",
    "table json junit",
    "rules_test.RulesTest",
    junit=Format((".xml",), "rule_tests_junit"),
)
"""What `rules test` writes from the results of tests."""

REPLAY = _formats("replay", "table json markdown", "outlook.Replay", markdown=_outline("replay"))
"""What `replay` writes from what came of judging a packet again."""

SOURCES = _formats("sources", f"table json {_ROWS}", "rules.Sources")
"""What `rules sources` writes from the sources of rules."""

WATCH = _formats(
    "watch",
    "table json markdown patch",
    "rules.RulesWatch",
    markdown=Format((".md",), "watch", "write_markdown"),
    patch=Format((".patch", ".diff"), "watch", "write_patch"),
)
"""What `rules watch` writes from what revisions touch, and the draft of the change."""

LINT = _formats(
    "lint",
    "table json sarif github",
    "law.Lint",
    sarif=Format((".sarif", ".sarif.json"), "lint", "write_sarif"),
    github=Format((), "lint", "write_github"),
)
"""What `rules lint` writes from remarks."""
