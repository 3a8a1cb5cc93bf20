"""Sources and parameters that nothing refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.keeper.lint.remark import Remark
from dxrules.rules.checks import named
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dxrules.keeper.lint.remark import RulesetFolder
    from dxrules.source import Document


def sources(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each source that is not cited, and each parameter that is not named."""
    for ruleset, document in folder.rulesets:
        data = document.data
        cited = {rule.source_key for rule in ruleset.rules} | {
            value["source"]
            for parameter in data.get("parameters", {}).values()
            for value in parameter["values"]
        }
        cited |= {rule["in_force"].get("until_source") for rule in data["rules"]}
        yield from _uncited(document, cited)
    for document in folder.lists.values():
        cited = {entry["source"] for entry in document.data["entries"] if "source" in entry}
        if cited:  # where no entry names its source, the sources are those of the whole list
            yield from _uncited(document, cited)
    yield from _unnamed(folder)


def _uncited(document: Document, cited: Collection[str]) -> Iterator[Remark]:
    for key in document.data.get("sources", {}):
        if key not in cited:
            yield Remark(
                document.place(("sources", key), key=True),
                "unused-source",
                Text(
                    f"典拠 {key} は、どこからも引かれていません。",
                    f"Nothing cites the source {key}.",
                ),
                Text("引くか、消してください。", "Cite it, or drop it."),
            )


def _unnamed(folder: RulesetFolder) -> Iterator[Remark]:
    used = {name for rule, _, _ in folder.rules() for name in named(rule)}
    for ruleset, document in folder.rulesets:
        for name in ruleset.parameters:
            if name not in used:
                yield Remark(
                    document.place(("parameters", name), key=True),
                    "unused-parameter",
                    Text(
                        f"パラメータ {name} を使う点検項目がありません。",
                        f"No rule names the parameter {name}.",
                    ),
                    Text("使うか、消してください。", "Name it, or drop it."),
                )
