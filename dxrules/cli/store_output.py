"""`--output nation.duckdb`: a run added to a database, or to a folder of Parquet."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.cli.common import shown
from dxrules.cli.judged_count import code_of_number
from dxrules.cli.site_output import PlansInTurn, apart
from dxrules.cli.streams import complain
from dxrules.errors import FINDINGS, OK, UNTRUSTED, UsageError
from dxrules.frozen import frozen
from dxrules.report.writers import STORES
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dxrules.assessment.dossier import Dossier
    from dxrules.report.database.database import Stored
    from dxrules.report.writers import How
    from dxrules.texts import Lang

    Store = Callable[[Path, Iterable[Dossier], Callable[[], Dossier]], Stored]

_PLANS_BETWEEN_COLLECTING = 20
"""A process of the command line hardly looks for garbage by itself; each plan leaves some."""
_NO_NAME = Text(
    "--output {form}=: ファイルの名前がありません。シェル変数が未設定ではありませんか。",
    "--output {form}=: the name of the file is empty. Is a shell variable unset?",
)
_ADDED = Text(
    "{file}: 実行{number}({id}、計画{plans}件)を書きました。",
    "{file}: run {number} ({id}, {plans} plans) is written.",
)
_AGAIN = Text(
    "{file}: 同じ内容の実行{number}({id})が既にあるので、何も書き足していません。",
    "{file}: run {number} ({id}) is there already with the same content, so nothing is added.",
)


@frozen
class Stores:
    """Where a run is added to: each path, and what adds to it."""

    places: tuple[tuple[Path, Store], ...] = ()

    @classmethod
    def of(cls, outputs: Sequence[str]) -> tuple[Stores, tuple[str, ...]]:
        """Return those that outputs name, and the other outputs."""
        places: list[tuple[Path, Store]] = []
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
                raise UsageError(_NO_NAME.format(form=form))
            places.append((Path(name), STORES.named(form)))  # type: ignore[arg-type]
        return cls(tuple(places)), tuple(others)

    def __bool__(self) -> bool:
        return bool(self.places)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where they are."""
        return tuple(path for path, _ in self.places)

    def add(self, dossier: Dossier, lang: Lang) -> None:
        """Add what was judged to each."""
        for path, store in self.places:
            _say(path, store(path, apart(dossier), lambda: dossier), lang)

    def add_in_turn(self, in_turn: PlansInTurn, how: How, expected: int | None) -> int:
        """Add plans to the only one while they are read and judged; return the exit code."""
        from dxrules.assessment.assess import engines_of
        from dxrules.assessment.dossier import Dossier
        from dxrules.assessment.finding import Assessment

        ((path, store),) = self.places
        nothing = Assessment(in_turn.day, engines_of(in_turn.engine), ())
        worst, number = OK, 0

        def each() -> Iterator[Dossier]:
            nonlocal worst, number
            for judged in in_turn.judged():
                number += 1
                reached = judged.reaches(how.threshold, unknown=how.unknown)
                worst = max(worst, FINDINGS if reached else OK)
                worst = max(worst, OK if judged.trusted else UNTRUSTED)
                yield Dossier(judged, in_turn.law)
                if number % _PLANS_BETWEEN_COLLECTING == 0:
                    gc.collect()

        def rest() -> Dossier:
            return Dossier(nothing, in_turn.law, unreadable=tuple(in_turn.reading.unreadable))

        lang = in_turn.reading.lang
        _say(path, store(path, each(), rest), lang)
        return max(worst, in_turn.reading.code, code_of_number(expected, number, lang))


def _say(path: Path, stored: Stored, lang: Lang) -> None:
    said = (_AGAIN if stored.again else _ADDED).format(
        file=shown(path), number=stored.number, id=stored.id, plans=stored.plans
    )
    complain(said.in_(lang))
