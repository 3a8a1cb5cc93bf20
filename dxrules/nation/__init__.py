"""Many plans at once: judged by several processes or machines, written one by one, and resumed."""

FEW = 30
"""Up to so many plans are held and judged at once: reports tell more of each of them."""
