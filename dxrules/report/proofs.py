"""Effects of edits of rules on verdicts, in words; and cases that show them, as a test file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dxrules.errors import UsageError
from dxrules.keeper.diff import Diff
from dxrules.keeper.proof import EditProof, ProofExample, VerdictEffect, cases_of
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.terminal import Style
from dxrules.report.writers import How
from dxrules.texts import Text, join, same

EFFECTS: Mapping[VerdictEffect, Text] = {
    "same": Text("判定は変わらない(証明済み)", "no verdict changes (proved)"),
    "severity": Text(
        "結果は変わらず、重大度だけが変わる(証明済み)",
        "no outcome changes, only how grave it is (proved)",
    ),
    "moves": Text("判定が変わることがある", "verdicts change"),
    "open": Text(
        "判定が変わらないとは証明できない", "it could not be proved that no verdict changes"
    ),
}
CASES = Text("事例(dxrules rules test で実行できる)", "Cases (for dxrules rules test)")
_EXAMPLE = Text("点検項目の例: ", "example for the rule: ")
_NO_PLAN = Text("(手元の計画では変わらない)", " (no plan at hand is judged differently)")
_SHOWN = Text("(事例は末尾)", " (a case is at the end)")
_NOT_ASKED = Text(
    "事例を書き出すには --prove も付けてください。", "To write cases give --prove as well."
)
_NO_CASE = Text(
    "手元の計画では判定が一つも変わらないので、事例はありません。"
    "ほかの計画を --plan で加えてください。",
    "No plan at hand is judged otherwise, so there is no case. Name other plans by --plan.",
)


def counted(proofs: Sequence[EditProof]) -> Text:
    """Return how many edits do what to verdicts."""
    numbers = Counter(proof.effect for proof in proofs)
    said = [EFFECTS[effect] + same(f" {numbers[effect]}") for effect in EFFECTS if numbers[effect]]
    return Text("点検項目の変更: ", "edits of rules: ") + join(said)


def proof_lines(proof: EditProof) -> Iterator[Text]:
    """Yield what an edit does to verdicts, an example for each way, and where a case stands."""
    beside = same("") if proof.effect == "same" else _NO_PLAN if proof.case is None else _SHOWN
    yield same("→ ") + EFFECTS[proof.effect] + beside
    for example in proof.examples:
        if example.line is not None:
            yield _EXAMPLE + same(example.line) + _turned(example)


def _turned(example: ProofExample) -> Text:
    was = OUTCOMES[example.before]
    return Text(f"(これまでは{was.ja})", f" (before: {was.en})")


def case_lines(proofs: Sequence[EditProof], style: Style) -> list[str]:
    """Return the test file of all cases under a heading; nothing if there is none."""
    cases = cases_of(proofs)
    if cases is None:
        return []
    return ["", style.bold(f"■ {style.say(CASES)}"), *cases.splitlines()]


def write_cases(diff: Diff, how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return the cases as a test file; raise UsageError if none was asked for, or none is there."""
    if diff.proofs is None:
        raise UsageError(_NOT_ASKED)
    cases = cases_of(diff.proofs)
    if cases is None:
        raise UsageError(_NO_CASE)
    return cases.encode()
