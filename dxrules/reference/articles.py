"""Places in a law: paths such as `244_6-1` and how both languages write them.

A path is article, paragraph and item, joined by hyphens as in the identifiers of e-Gov; an
inserted article or item has its branch after an underscore. `附則` and the law in brackets that
brought it stand before a supplementary provision, whose article is 0 where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dxrules.frozen import frozen
from dxrules.texts import Text, join

_NUMBER = r"\d{1,4}(?:_\d{1,3})*"
_PATH = re.compile(
    rf"(?:(?P<supplement>附則(?:\([^()\s]{{1,40}}\))?)-)?(?P<article>{_NUMBER})"
    rf"(?:-(?P<paragraph>\d{{1,3}})(?:-(?P<item>{_NUMBER}))?)?"
)


@frozen
class Article:
    """A place in a law, by its path, and the days between which that was its number."""

    path: str
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Tell whether the place had this number on a day."""
        after = self.since is None or self.since <= day
        return after and (self.until is None or day <= self.until)


def is_article_path(path: str) -> bool:
    """Tell whether a text is the path of a place in a law.

    >>> all(map(is_article_path, ("15-2", "244_6-1", "附則(令和6年法律第65号)-1-3")))
    True
    >>> any(map(is_article_path, ("第15条", "0", "15-", "15-2-")))
    False
    """
    found = _PATH.fullmatch(path)
    return found is not None and (found["article"] != "0" or bool(found["supplement"]))


def article_text(path: str) -> Text:
    """Return a place in a law as both languages write it.

    >>> article_text("244_6-1").ja, article_text("16_3-1-5").en
    ('第244条の6第1項', 'Article 16-3, paragraph 1, item 5')
    >>> article_text("附則-0-2")
    Text(ja='附則第2項', en='supplementary provisions, paragraph 2')
    """
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError(path)
    ja, en = [found["supplement"] or ""], []
    if found["supplement"]:
        named = found["supplement"].removeprefix("附則")
        en.append(f"supplementary provisions{' ' + named if named else ''}")
    for name, sign, word in (
        ("article", "条", "Article"),
        ("paragraph", "項", "paragraph"),
        ("item", "号", "item"),
    ):
        if found[name] and found[name] != "0":
            number, *branches = found[name].split("_")
            ja.append(f"第{number}{sign}{''.join(f'の{branch}' for branch in branches)}")
            en.append(f"{word} {'-'.join((number, *branches))}")
    return Text("".join(ja), ", ".join(en))


def without_law(path: str) -> str:
    """Return the path of a supplementary provision without the law that brought it.

    >>> without_law("附則(令和6年法律第65号)-1-3")
    '附則-1-3'
    """
    return re.sub(r"^附則\([^()]*\)", "附則", path)


def clause_on(articles: Iterable[Article], day: date) -> Text | None:
    """Return the places that a rule cites, by their numbers of a day; None without any."""
    texts = [article_text(article.path) for article in articles if article.on(day)]
    if not texts:
        return None
    return join(texts, "、", "; ")
