"""`--output nation.duckdb`: a run added to a database, or to a folder of Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dxrules.assessment.dossier import Dossier
from dxrules.cli.report_output import NO_NAME
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.paths import shown
from dxrules.report.writers import STORES
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.report.database.database import Stored
    from dxrules.report.database.plan_entries import PlanEntry
    from dxrules.report.piecewise import Pieces, Whole

    Store = Callable[[Path, Iterable[PlanEntry], Callable[[], Dossier]], Stored]

_ADDED = Text(
    "{file}: 第{number}回({id}、計画{plans}件)の結果を書き込みました。",
    "{file}: run {number} ({id}, {plans} plans) is written.",
)
_AGAIN = Text(
    "{file}: 同じ内容の第{number}回({id})が既にあるので、何も追加していません。",
    "{file}: run {number} ({id}) is there already with the same content, so nothing is added.",
)


@frozen
class Stores:
    """Where a run is added to: each path, and its format."""

    places: tuple[tuple[Path, str], ...] = ()

    @classmethod
    def of(cls, outputs: Sequence[str]) -> tuple[Stores, tuple[str, ...]]:
        """Return those that outputs name, and the other outputs."""
        places: list[tuple[Path, str]] = []
        others = []
        for output in outputs:
            form, separator, name = output.partition("=")
            if not (separator and form in STORES.brought):
                form, name = STORES.of_file(output) or "", output
                if separator and output.partition("=")[0].isidentifier():
                    form = ""  # another format, whatever the file is called
            if not form:
                others.append(output)
                continue
            if not name.strip():
                raise UsageError(NO_NAME.format(form=form))
            places.append((Path(name), form))
        return cls(tuple(places)), tuple(others)

    def __bool__(self) -> bool:
        return bool(self.places)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where they are."""
        return tuple(path for path, _ in self.places)

    def refuse_others(self) -> None:
        """Raise UsageError, before plans are judged, where a run cannot be added."""
        if self.places:
            from dxrules.report.database.stores import usable
        for path, form in self.places:
            usable(path, form)

    def add(self, whole: Whole, pieces: Pieces) -> None:
        """Add what was judged to each."""
        from dxrules.report.database.plan_entries import entries

        for path, form in self.places:
            store = cast("Store", STORES.named(form))
            stored = store(path, entries(whole, pieces), lambda: whole.dossier)
            said = (_AGAIN if stored.again else _ADDED).format(
                file=shown(path), number=stored.number, id=stored.id, plans=stored.plans
            )
            complain(said)
