"""A fact with more fields than an object holds ends the batch; the rest is lost, with no error."""

from asking import ask

large = {f"a{n}": n for n in range(256)}
ask({"all": {"$and": [{"kind": "a"}]}}, [{"kind": "a"}, {**large, "kind": "a"}, {"kind": "a"}])
