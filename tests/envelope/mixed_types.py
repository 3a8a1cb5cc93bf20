"""A string of a fact equals a number of a rule that reads alike."""

from asking import ask

ask({"five": {"$and": [{"kind": "a"}, {"x": 5}]}}, [{"kind": "a", "x": "5"}, {"kind": "a", "x": 5}])
