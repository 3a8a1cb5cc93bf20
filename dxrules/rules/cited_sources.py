"""Whether a ruleset cites laws so that each place can be found again."""

from __future__ import annotations

from dxrules.reference import LAW_KINDS, Source, is_article_path
from dxrules.rules.parse import Faults
from dxrules.rules.ruleset_models import RuleModel
from dxrules.source import Path
from dxrules.texts import Text, shorten

_BINDING = frozenset({"statute", "effort"})
_NEEDED = ("law_id", "revision", "read_on")
_HOW = Text(
    "law_id は e-Gov の法令ID、revision は読んだ条文の版、read_on は読んだ日です。",
    "law_id is the id on e-Gov, revision the text that was read, read_on the day.",
)
_PATHS = Text(
    "条-項-号の形で書いてください(例: 15-2、244_6-1、附則(令和8年総務省令第80号)-0-2)。",
    "Write article-paragraph-item, as in 15-2, 244_6-1 or 附則(令和8年総務省令第80号)-0-2.",
)


def check_source(source: Source, path: Path, faults: Faults) -> None:
    """Note what a law lacks to be found again; one that was not read lacks nothing."""
    for place in source.digests:
        _check_path(place, (*path, "digests", place), faults)
    if source.kind not in LAW_KINDS or source.verified == "unverified":
        return
    missing = [name for name in _NEEDED if getattr(source, name) is None]
    if missing:
        faults.add(
            path,
            Text(
                f"法令の典拠には {'、'.join(missing)} が必要です。",
                f"A law needs {', '.join(missing)}.",
            ),
            _HOW,
        )


def check_citation(model: RuleModel, source: Source, path: Path, faults: Faults) -> None:
    """Note where a rule does not say which article of a law it rests on."""
    articles = model.source.articles
    for article in articles:
        _check_path(article.path, (*path, "article"), faults)
        if article.since and article.until and article.until < article.since:
            faults.add(
                (*path, "article"),
                Text(
                    f"{article.path} の until({article.until})が from({article.since})より前です。",
                    f"until ({article.until}) of {article.path} comes before from "
                    f"({article.since}).",
                ),
            )
    if needs_article(source.kind, source.verified, model.strength) and not articles:
        faults.add(
            path,
            Text(
                f"{model.strength} の点検項目には、法令の条(article)が必要です。",
                f"A rule of strength {model.strength} names the article of the law.",
            ),
            _PATHS,
        )


def needs_article(kind: str, verified: str, strength: str) -> bool:
    """Tell whether a rule of a strength has to name an article of its source: of a law read."""
    return kind in LAW_KINDS and verified != "unverified" and strength in _BINDING


def _check_path(place: str, path: Path, faults: Faults) -> None:
    if not is_article_path(place):
        faults.add(
            path,
            Text(
                f"「{shorten(place)}」は条・項・号の形ではありません。",
                f'"{shorten(place)}" is not the path of an article.',
            ),
            _PATHS,
        )
