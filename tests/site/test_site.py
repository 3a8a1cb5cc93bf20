"""The site that `make docs` builds, if it has been built."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.helpers.lawbooks import law

SITE = Path(__file__).parents[2] / "site"

pytestmark = pytest.mark.skipif(not SITE.exists(), reason="`make docs` has not built it")


def pages():
    """Return every page of the site."""
    return [path.read_text("utf-8") for path in SITE.rglob("*.html")]


def test_every_rule_is_on_it():
    """Each rule has a page, in both languages."""
    for ruleset in law().rulesets:
        for rule in ruleset.rules:
            page = (SITE / "docs" / "rules" / f"{rule.id}.html").read_text("utf-8")
            assert 'id="日本語"' in page
            assert 'id="english"' in page


def test_nothing_is_fetched_from_elsewhere():
    """No page loads a script, a style, a font or a picture from another host."""
    loads = r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
    styles = (
        r"<link\b[^>]*\brel=[\"']?(?:stylesheet|preload|preconnect)[^>]*\bhref=[\"']?(?:https?:)?//"
    )
    for page in pages():
        assert not re.search(f"{loads}|{styles}", page)
    for style in SITE.rglob("*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//|@import", style.read_text("utf-8"))


def test_search_knows_both_languages():
    """What is searched holds each rule with its title in Japanese and in English."""
    found = json.loads((SITE / "search.json").read_text("utf-8"))
    titles = " ".join(item["title"] for item in found["items"])
    for ruleset in law().rulesets:
        for rule in ruleset.rules:
            assert f"{rule.id} {rule.title.ja}" in titles
            assert rule.title.en in titles
