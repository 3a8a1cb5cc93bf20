"""A number that the parser refuses ends the batch; the facts after it are lost, with no error."""

from asking import ask

ask({"all": {"$and": [{"kind": "a"}]}}, [{"kind": "a"}, {"kind": "a", "x": 1e16}, {"kind": "a"}])
