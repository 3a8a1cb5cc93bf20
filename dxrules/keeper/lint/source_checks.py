"""Sources that cannot be found again, and those and parameters that nothing refers to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dxrules.keeper.lint.remark import Remark, RulesetFolder
from dxrules.reference import Source
from dxrules.rules.checks import named
from dxrules.source import Document
from dxrules.texts import Text


def sources(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each source that is not cited, and each parameter that is not named.

    So it does for each that nobody can find again, or that was read before it was there.
    """
    for document in folder.documents:
        yield from _not_found(document)
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


def _not_found(document: Document) -> Iterator[Remark]:
    """Yield a remark for each source without an address, and each read before it was decided.

    A plan of a municipality is at hand, a principle is the tool's own, and what was not verified
    has perhaps no address yet.
    """
    written: Mapping[str, object] = document.data.get("sources", {})
    for key, said in written.items():
        source = Source.model_validate(said)
        place = document.place(("sources", key), key=True)
        checked = source.verified in ("primary", "secondary") and source.kind != "principle"
        if checked and not source.url:
            yield Remark(
                place,
                "no-address",
                Text(
                    f"典拠 {key} は確認済みですが、どこで読めるか(url)がありません。",
                    f"The source {key} is verified, but nothing says where (url) it can be read.",
                ),
                Text(
                    "https:// で始まる url か、法令なら law_id を書いてください。",
                    "Write a url that begins with https://, or the law_id of a law.",
                ),
            )
        first = source.decided.earliest if source.decided else None
        if source.read_on and first and source.read_on < first:
            yield Remark(
                place,
                "read-early",
                Text(
                    f"典拠 {key} を読んだ日({source.read_on})が、その日({first})より前です。",
                    f"The source {key} was read ({source.read_on}) before it was there ({first}).",
                ),
                Text("どちらかの日を直してください。", "Correct one of the days."),
            )
