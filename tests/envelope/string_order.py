"""A string is not less than itself with an exclamation mark: the quote after it is compared."""

from asking import ask

patterns = {word: {"$and": [{"kind": "a"}, {"$lt": {"x": word}}]} for word in ("a!", "ab")}
ask(patterns, [{"kind": "a", "x": "a"}])
