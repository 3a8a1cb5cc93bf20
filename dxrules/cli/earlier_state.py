"""Earlier outcomes of plans: by a baseline, and at a revision of git."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.assessment.dossier import Dossier
from dxrules.cli.named_plans import is_plan_name
from dxrules.cli.streams import complain
from dxrules.paths import is_folder, shown
from dxrules.texts import Text, join, same, visible

if TYPE_CHECKING:
    from dxrules.nation.before import Earlier

_OTHER_PLANS = Text(
    "{file}: {number}件は、判定した団体の別の計画({plans})についてのもので、使いません。"
    "後継の計画なら、dxrules baseline update が今の状態に書き直します。",
    "{file}: {number} entries are of another plan ({plans}) of a town that was judged, and cover "
    "nothing. If this plan follows it, dxrules baseline update writes what is so now.",
)
_UNCOUNTED = Text(
    "{file}: 前の形式で、既知の箇所の数を記していません。箇所を数える{number}件は既知としません。"
    "確かめてから、dxrules baseline update で書き直してください。",
    "{file}: this earlier form does not say how many places were known. {number} findings that "
    "count places are not taken as known. Check them, then run dxrules baseline update.",
)


_GONE = Text(
    "{file}: {since} にはあった計画です。今はないので、判定していません。",
    "{file}: this plan stood in {since}. It is gone, and not judged.",
)


class EarlierState:
    """What the plans of a call are compared with: a baseline, a revision, both or neither."""

    def __init__(self, known: Path | None, since: str | None, rulesets: Path | None) -> None:
        self._known = known
        self.since = since
        self._paths: dict[str, Path] = {}
        self.touched = None if since is None else self._touched_since(since, rulesets)

    def _touched_since(self, since: str, rulesets: Path | None) -> Callable[[Path], bool]:
        """Return a function that tells whether a plan was touched, and keeps where it is."""
        from dxrules.keeper.changed_plans import touched_since

        is_touched = touched_since(since, rulesets)

        def touched(path: Path) -> bool:
            self._paths[shown(path)] = path
            return is_touched(path)

        return touched

    def tell_gone(self, plans: Iterable[str], judged: Iterable[str]) -> bool:
        """Say which plans of the folders that are named were at the revision and are gone.

        `judged` are the codes of the municipalities whose plans are there.
        """
        if self.since is None:
            return False
        from dxrules.keeper.changed_plans import gone_since

        folders = [Path(name) for name in plans if name != "-" and is_folder(Path(name))]
        gone = gone_since(self.since, folders, is_plan_name, {*judged})
        for path in gone:
            complain(_GONE.format(file=shown(path), since=visible(self.since)))
        return bool(gone)

    def compared(self, dossier: Dossier, *, waivers: bool) -> Dossier:
        """Mark what is known, and what failed before and is undetermined now, and say of it."""
        earlier = self.earlier()
        if earlier is None:
            return dossier
        from dxrules.nation.before import Before, Comparer

        comparer = Comparer(dossier.law, dossier.assessment.day, waivers=waivers)
        plans = []
        for plan in dossier.assessment.plans:
            code, path = plan.file.plan.municipality.code, self._paths.get(plan.file.name)
            files = () if earlier.files is None or path is None else earlier.files(path)
            marked, against = comparer.compared(plan, earlier.of_town(code, Before(files=files)))
            earlier.take((code, plan.file.name), against)
            plans.append(marked)
        self.tell(earlier)
        assessment = replace(dossier.assessment, plans=tuple(plans))
        return replace(dossier, assessment=assessment, stale=earlier.stale)

    def earlier(self) -> Earlier | None:
        """Return what plans are compared with, one after the other; None for nothing."""
        if self._known is None and self.since is None:
            return None
        from hashlib import sha256

        from dxrules.assessment.baseline_file import read_baseline
        from dxrules.keeper.changed_plans import EarlierFiles
        from dxrules.nation.before import Basis, Earlier

        known, since, digest = None, None, ""
        if self._known is not None:
            known = read_baseline(self._known, shown(self._known))
            digest = sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()
        if self.since is not None:
            since = EarlierFiles(self.since)
        basis = Basis(digest, "" if since is None else since.commit)
        return Earlier(basis, known, None if since is None else since.of)

    def tell(self, earlier: Earlier) -> None:
        """Say what of the baseline and the revision was not used, and what is a setback."""
        if self._known is not None:
            file = shown(self._known)
            if others := earlier.of_others:
                names = join(same(name) for name in dict.fromkeys(e.plan for e in others))
                complain(_OTHER_PLANS.format(file=file, number=len(others), plans=names))
            if uncounted := earlier.uncounted:
                complain(_UNCOUNTED.format(file=file, number=uncounted))
        for remark in earlier.remarks:
            complain(remark)
        if earlier.setbacks:
            from dxrules.report.plan_header import setbacks_text

            complain(setbacks_text(earlier.setbacks))
