"""The braces of a rule's texts: which names each of them may hold."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from dxrules.derivation import Kind
from dxrules.rules.parse import Faults
from dxrules.rules.rule import IN_A_QUESTION, TOWN
from dxrules.rules.ruleset_models import RuleModel
from dxrules.source import Path
from dxrules.texts import LANGS, PLACEHOLDER, Text, placeholders


def check_braces(model: RuleModel, kind: Kind, path: Path, faults: Faults) -> None:
    """Check that each name in braces can be filled, and that no brace stands alone.

    A message is filled with what is known of its subject, a question with what always is.
    """
    filled: dict[str, AbstractSet[str]] = {
        "message": kind.attributes.keys() | IN_A_QUESTION,
        "question": IN_A_QUESTION,
    }
    texts = {"message": model.message, "remedy": model.remedy}
    if model.question is not None:
        texts["question"] = model.question
    for name, text in texts.items():
        for lang in LANGS:
            shown, at = text.in_(lang), (*path, name, lang)
            known = filled.get(name, frozenset())
            for word in placeholders(shown) if known else ():
                if word not in known:
                    faults.unknown(at, word, Text("属性", "attribute"), sorted(known))
            rest = PLACEHOLDER.sub("", shown) if known else shown.replace(TOWN, "")
            if "{" in rest or "}" in rest:
                faults.add(
                    at,
                    Text(
                        "波かっこは message の {属性}、question の {label}・{due} と、"
                        "{town} にだけ使えます。",
                        "Braces are for {town}, for an {attribute} of a message, and for {label} "
                        "and {due} of a question.",
                    ),
                )
