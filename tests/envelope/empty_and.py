"""A rule with an empty `$and` matches every fact, whatever else it asks for."""

from asking import ask

ask({"kind_a": {"$and": [{"kind": "a"}, {"$and": []}]}}, [{"kind": "b"}])
