"""65 tests that wait for one fact, one more than there is room for, lose the whole batch."""

from asking import ask

rules = {f"at_most_{n}": {"$and": [{"kind": "a"}, {"$lte": {"x": n}}]} for n in range(65)}
ask(rules, [{"kind": "a", "x": 64}, {"kind": "a", "x": 0}])
