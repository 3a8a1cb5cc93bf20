"""Words of plans for how often something is done, and the codes of the plan file for them."""

from __future__ import annotations

import re

from dxrules.texts import unspaced

_MONTHS = "[かヶカケ箇ヵ]月"
_EACH = "(?:ごと|毎|おきに|に[1一](?:回|度)|以内ごと)"
_YEARS = {"2": "two", "3": "three", "4": "four", "5": "five"}
_WORDS = (
    *(
        (f"every-{name}-years", f"{n}(?:年度?|[かヶカケ箇ヵ]年){_EACH}")
        for n, name in _YEARS.items()
    ),
    ("every-two-years", "隔年度?"),
    ("quarterly", f"四半期(?:{_EACH})?|3{_MONTHS}{_EACH}|年度?に?4回(?:以上)?"),
    (
        "half-yearly",
        rf"半年(?:{_EACH})?|半期(?:\(6{_MONTHS}\))?{_EACH}|6{_MONTHS}{_EACH}|年度?に?2回(?:以上)?",
    ),
    ("every-two-months", f"隔月|2{_MONTHS}{_EACH}|年度?に?6回(?:以上)?"),
    ("every-four-months", f"4{_MONTHS}{_EACH}|年度?に?3回(?:以上)?"),
    ("monthly", rf"毎月|月に?1回(?:以上)?|月次|(?<!\d)1?{_MONTHS}{_EACH}|(?<!\d)月ごと|年12回"),
    ("weekly", "毎週|週に?1回(?:以上)?|週次|週ごと"),
    (
        "yearly",
        (
            rf"[毎各](?:会計)?年度?末?|年度?に?(?:1|数|複数)回(?:以上)?|(?<!\d)1?(?:会計)?年度?{_EACH}"
            r"|単年度ごと|(?<!\w)年度末(?!ま)に?|年次"
        ),
    ),
    ("pdca", "PDCA(?:サイクル)?"),
    ("ooda", "OODA(?:ループ)?"),
)
_TIMES = "[年月週期]|PDCA|OODA"
"""What stands in each of these words."""
_UNSTEADY = (
    ("as-needed", "随時|適宜|都度|必要に応じて"),
    ("continuous", "継続的?に?|常時|引き?続き"),
)
_AFTER = "(?:に|の)?(?:見直し?|見直す|実施|確認|検証|評価|更新|点検|開催|行う|程度)*"
_KANJI = str.maketrans("一二三四五六", "123456")


def interval_of(text: str) -> str | None:
    """Return the code that a value is the words for; None if they are no known interval.

    >>> interval_of("2年ごとに見直し"), interval_of("年１回"), interval_of("yearly")
    ('every-two-years', 'yearly', None)
    """
    said = _plain(text)
    if said.islower():  # a code, or a word of English
        return None
    found = (c for c, words in (*_WORDS, *_UNSTEADY) if re.fullmatch(f"(?:{words}){_AFTER}", said))
    return next(found, None)


def interval_in(text: str) -> str | None:
    """Return the interval that a text names somewhere; what is only as needed is none.

    >>> interval_in("進捗会議(四半期ごと)"), interval_in("10年ごと"), interval_in("必要に応じて")
    ('quarterly', None, None)
    """
    said = _plain(text)
    if not re.search(_TIMES, said, re.IGNORECASE):  # few titles name any
        return None
    return next((code for code, words in _WORDS if re.search(words, said, re.IGNORECASE)), None)


def _plain(text: str) -> str:
    said = unspaced(text)
    said = re.sub(
        f"[一二三四五六](?=年|{_MONTHS}|回|度)", lambda found: found[0].translate(_KANJI), said
    )
    return said.replace("毎に", "ごとに")
