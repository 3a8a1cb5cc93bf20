"""A rule that begins with not-exists matches the message in which the engine keeps its state."""

from asking import ask

ask({"absent": {"$and": [{"$nex": {"x": 1}}]}}, [{"kind": "a", "x": 1}])
