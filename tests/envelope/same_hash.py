"""Two ids that share a 32-bit hash are one fact; the second is dropped."""

from asking import ask

facts = [{"kind": "a", "id": "f6059"}, {"kind": "a", "id": "f264602"}, {"kind": "a", "id": "f1"}]
ask({"all": {"$and": [{"kind": "a"}]}}, facts)
