"""What axe finds on a page that a browser shows."""

from __future__ import annotations

from importlib.resources import files

_FOUND = "(await axe.run({preload: false})).violations"  # without loading the style once more


def violations(page):
    """Return what axe finds, each with the first place."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    return page.evaluate(f"async () => {_FOUND}.map(v => [v.id, v.nodes[0].html.slice(0, 300)])")
