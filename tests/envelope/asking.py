"""What the reproductions share: rules and facts put to durable_rules as they are, unguarded."""

from __future__ import annotations

import json
import sys

import durable_rules_engine as engine


def ask(rules, facts):
    """Print the code of the batch, or the error; then each match as rule and id of the fact.

    `rules` are patterns by name; facts get the ids f0, f1, ... unless they bring their own.
    """
    text = json.dumps({name: {"all": [{"m": pattern}]} for name, pattern in rules.items()})
    handle = engine.create_ruleset("envelope", text)
    batch = json.dumps([{"id": f"f{n}", "sid": "s", **fact} for n, fact in enumerate(facts)])
    try:
        code, state = engine.assert_facts(handle, batch)
    except engine.error as error:
        sys.stdout.write(f"{error}\n")
        return
    sys.stdout.write(f"code {code}\n")
    started = engine.start_action_for_state(handle, state)
    message = started and started[1]
    while message:
        [(rule, match)] = json.loads(message).items()
        sys.stdout.write(f"{rule} {match['m']['id']}\n")
        message = engine.complete_and_start_action(handle, state)
