"""What a rule says of another: whose failure silences it, and which it refines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxrules.errors import Problem
from dxrules.rules.parse import Faults
from dxrules.rules.rule import SEVERITIES
from dxrules.rules.ruleset_models import Jurisdiction, RuleModel, RulesetFile
from dxrules.source import Document, Path
from dxrules.texts import Text

Files = Sequence[tuple[Document, RulesetFile]]


def wrong_links(files: Files, *, whole: bool) -> Iterator[Problem]:
    """Yield what is wrong with `unless_failed` and `refines`.

    Where not every file could be read (`whole`), a rule that is missing is no fault.
    """
    links = _Links(files)
    for document, file in files:
        faults = Faults(document)
        for position, model in enumerate(file.rules):
            path: Path = ("rules", position)
            if whole or model.unless_failed in links.by_id:
                links.check_root(model, (*path, "unless_failed"), faults)
            if whole or model.refines in links.by_id:
                links.check_refined(model, file.jurisdiction, (*path, "refines"), faults)
        yield from faults.found


class _Links:
    """The rules of all files by id; of an id used twice, the first."""

    def __init__(self, files: Files) -> None:
        owned = [(model, file.jurisdiction) for _, file in files for model in file.rules]
        self.by_id = {model.id: model for model, _ in reversed(owned)}
        self.jurisdictions = {model.id: where for model, where in reversed(owned)}
        self.roots = {m.id: m.unless_failed for m, _ in owned if m.unless_failed}
        self.refined = {m.id: m.refines for m, _ in owned if m.refines}

    def check_root(self, model: RuleModel, path: Path, faults: Faults) -> None:
        """Look at the rule whose failure silences this one.

        There is no such rule, it leads back to the rule itself, or it weighs less than the rule
        that it silences.
        """
        root = model.unless_failed
        if root is None:
            return
        if root not in self.by_id or self.by_id[root].kind != model.kind:
            faults.add(
                path,
                Text(
                    f"同じ種類の対象の点検項目 {root} がありません。",
                    f"There is no rule {root} on the same kind of subject.",
                ),
            )
        elif model.id in _chain(root, self.roots):
            faults.add(
                path,
                Text(
                    f"{root} をたどると {model.id} 自身に戻り、どれも不適合になりません。",
                    f"{root} leads back to {model.id} itself, so that none would ever fail.",
                ),
            )
        elif _weighs_less(self.by_id[root], model):
            faults.add(
                path,
                Text(
                    f"{root} は下書きか、{model.id} より軽い点検項目なので、"
                    f"{model.id} の不適合を隠してしまいます。",
                    f"{root} is a draft, or less grave than {model.id}, whose failures it "
                    "would hide.",
                ),
                Text(
                    "unless_failed を消すか、より重い点検項目を挙げてください。",
                    "Drop unless_failed, or name a rule at least as grave.",
                ),
            )

    def check_refined(
        self, model: RuleModel, own: Jurisdiction, path: Path, faults: Faults
    ) -> None:
        """Look at the rule that this one refines.

        There is no such rule, it is never judged beside this one, or it leads back to it.
        """
        refined = model.refines
        if refined is None:
            return
        if refined not in self.by_id:
            faults.unknown(path, refined, Text("点検項目", "rule"), self.by_id)
        elif not _meet(self.by_id[refined], model):
            faults.add(
                path,
                Text(
                    f"{refined} と {model.id} に、共通の対象がありません。",
                    f"{refined} and {model.id} have no subject in common.",
                ),
                Text(
                    "同じ種類で、キーの重なる点検項目を挙げてください。",
                    "Name a rule on the same kind, and on one of the same keys.",
                ),
            )
        elif not _reaches(self.jurisdictions[refined], own):
            faults.add(
                path,
                Text(
                    f"{refined} は、{model.id} が適用される計画のすべてには適用されません。",
                    f"{refined} is not applied to every plan that {model.id} is applied to.",
                ),
                Text(
                    "国の点検項目か、同じ都道府県の点検項目を挙げてください。",
                    "Name a rule of the nation or of the same prefecture.",
                ),
            )
        elif model.id in _chain(refined, self.refined):
            faults.add(
                path,
                Text(
                    f"{refined} をたどると {model.id} 自身に戻ります。",
                    f"{refined} leads back to {model.id} itself.",
                ),
            )


def _meet(refined: RuleModel, model: RuleModel) -> bool:
    """Tell whether some fact can be a subject of both rules."""
    subjects = [refined.subject, model.subject]
    keys = [{*each.get(model.kind, ())} for each in subjects if isinstance(each, dict)]
    return refined.kind == model.kind and (not keys or bool(set.intersection(*keys)))


def _reaches(refined: Jurisdiction, own: Jurisdiction) -> bool:
    """Tell whether a rule of one jurisdiction is judged wherever one of another is."""
    return refined.level == "national" or refined == own


def _weighs_less(root: RuleModel, model: RuleModel) -> bool:
    """Tell whether a root counts for less than what it would silence.

    A severity that has to be stated and is not is a fault of its own.
    """
    if any(each.strength == "consistency" and not each.severity for each in (root, model)):
        return False
    lighter = SEVERITIES.index(root.fails_as) > SEVERITIES.index(model.fails_as)
    return lighter or (root.draft and not model.draft)


def _chain(rule_id: str, links: Mapping[str, str]) -> set[str]:
    met = {rule_id}
    while (rule_id := links.get(rule_id, rule_id)) not in met:
        met.add(rule_id)
    return met
