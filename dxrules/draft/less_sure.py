"""What a rule is sure of by its own words, and the words beside these leave open or give away.

「監査は行っていない。令和9年度から相互監査に加わる。」 is no town that does without, and the day
behind the name of a policy in the row of a post is that of the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Candidate
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence

_TALENT: Final = "provisions.talent-policy"
_TO_COME: Final = re.compile(
    "(?:しかし|ただし|なお|そこで|このため|今後は)?、?(?:(?:令和|平成|R|20)[0-9元]{1,4}年?度?(?:[0-9]{1,2}月)?末?"
    "(?:中|内)?(?:から|に|より|まで)|計画期間中に|今後、?)[^。]{0,40}"
    "(?:[うくすつむるぶ]|ます|予定)(?:(?:予定|こと|もの)[^。、]{0,8})?(?:。|$)"
)
"""The sentence behind one of what is not there, by which it is to come."""
_TO_HOLD: Final = re.compile(
    "(?:デジタル|DX|ICT)[^。、]{0,20}(?:盛り?込(?:む|み)|[をも](?:書き)?加え(?:る|ます)|[をも]追加(?:する|します)"
    "|(?:項目|記載|記述|内容|定め|視点)[がは](?:な[いく]|ありません|含まれて))"
)
"""Of a policy on all staff that is yet to hold what it is read for: one may be there, or none."""


def less_sure(
    found: Sequence[Candidate], sentences: Sequence[Sentence], reading: Lexicon
) -> Iterator[Candidate]:
    """Yield what is found; in doubt, what the words beside it leave open."""
    things = reading.things.items()
    posts = {f"provisions.{id_}" for id_, (kind, _) in things if kind == "post"}
    policies = re.compile("|".join(names for _, (kind, names) in things if kind == "policy"))
    names = re.compile("|".join(names for _, (_, names) in things))
    for each in found:
        said = sentences[each.entry].said if each.of.startswith("provisions.") else ""
        if not said or each.grade != "sure":
            yield each
        elif each.of in posts and each.key in {"since", "reviewed"} and policies.search(said):
            named = policies.search(said)
            day = said.find(squeezed(each.value))
            yield each if named is None or day < named.start() else replace(each, grade="doubtful")
        elif each.of == _TALENT and _TO_HOLD.search(said):
            yield replace(each, grade="doubtful")
            if each.key == "status":
                yield replace(each, grade="doubtful", value="planned")
        elif (each.key, each.value) == ("status", "none") and _goes_on(each, sentences, names):
            yield replace(each, grade="doubtful")
            yield replace(each, grade="doubtful", value="planned")
        else:
            yield each


def _goes_on(each: Candidate, sentences: Sequence[Sentence], names: re.Pattern[str]) -> bool:
    """Tell whether the next sentence of a block tells when that is to come which is not there."""
    here, next_ = sentences[each.entry], sentences[each.entry + 1 : each.entry + 2]
    return any(
        one.place == here.place and _TO_COME.match(one.said) and not names.match(one.said)
        for one in next_
    )
