"""Whether the title of a measure settles its area: it names one, and says nothing of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dxrules.draft.reading import Reading


def is_settled(title: str, area: str, reading: Reading) -> bool:
    """Tell whether a title says more of an area than a place, and nothing that is of another."""
    if any(word in title for word in reading.ends("area-open")):
        return False
    known = sorted(reading.codes.get("area", {}).items(), key=lambda each: -len(each[0]))
    words = [word for word, code in known if code == area and word in title]
    rest = title
    for word in words:
        rest = rest.replace(word, "")
    own = set(words) - set(reading.ends("area-by-place"))
    others = () if area == "regional-dx" else reading.ends("area-beside")
    return bool(own) and not any(other in rest for other in others)


_TRAINING: Final = "研修"
"""A training may be of what it teaches, or of those who are trained."""


def pairs_of_areas(reading: Reading) -> tuple[str, ...]:
    """Return areas of a title that leave it open where the text names the other one."""
    return tuple(reading.lists["area-with"].words)


def is_nothing_else(title: str, area: str, reading: Reading) -> bool:
    """Tell whether the words of a title are those of an area, and such as say what is done with it.

    Of コンビニ交付サービスの導入 nothing is left that could be of another area.
    """
    if any(word in title for word in reading.ends("area-open")):
        return False
    if area != "talent" and _TRAINING in title:
        return False
    known = reading.codes.get("area", {}).items()
    words = sorted((word for word, code in known if code == area), key=len, reverse=True)
    own = [word for word in words if word in title]
    if not set(own) - set(reading.ends("area-by-place")):
        return False
    rest = re.sub("|".join(map(re.escape, own)), "\n", title)
    neutral = (*reading.ends("doing-noun"), *reading.ends("area-neutral"))
    pattern = "|".join(map(re.escape, sorted(neutral, key=len, reverse=True)))
    return not re.sub(pattern, "", rest).replace("\n", "")
