"""What cells and labels say of a measure: who does it, where it stands, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.figures_in_text import is_date
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_states import status_of
from dxrules.draft.measure_words import UNTOLD, Said
from dxrules.draft.schedules import NOTHING, scheduled
from dxrules.draft.table_years import fiscal


def take_cells(said: Said, cells: Mapping[str, str], reading: Lexicon) -> None:
    """Take what labels say: who does it, where it stands, when it is done."""
    owner = cells.get("owner", "")
    if owner and squeezed(owner) not in NOTHING:
        said.put("owner", _NEXT.sub("、", owner))
    for key, value in status_of(cells.get("status", ""), reading).items():
        said.put(key, value)
    state = squeezed(cells.get("status", ""))
    if state in reading.ends("state-new") and reading.word_of(state) == state:
        said.doubt("status", ["planned", "ongoing"], UNTOLD)
    if state in reading.ends("state-put-off"):
        said.doubt("status", ["postponed", "declined"], UNTOLD)
    _doubt_beside_state(said, state)
    for key in ("start", "due"):
        _take_day(said, key, squeezed(cells.get(key, "")), reading)
    is_over = said.values.get("status") == "done"
    ended = squeezed(cells.get("completed", ""))
    _take_day(said, "completed" if is_over else "due", ended, reading)
    said.when = cells.get("when", "")
    when = cells.get("schedule", "")
    for key, value in scheduled(when, reading).items():
        said.put(key, value)
        if key == "due" and value == squeezed(when) and _MONTH_ALONE.search(value):
            said.doubt(key, [value], UNTOLD)


def _doubt_beside_state(said: Said, state: str) -> None:
    """Take as doubtful what a state leaves open."""
    if said.values.get("status") == "postponed" and _TO_ANOTHER.search(state):
        for key in ("start", "due"):  # what stood there before: 延期(R10以降)
            said.doubt(key, (), UNTOLD)
    if said.values.get("status") == "not-done":
        said.doubt("status", ["not-done", "planned"], UNTOLD)


def _take_day(said: Said, key: str, cell: str, reading: Lexicon) -> None:
    """Take what a cell says of when something begins or ends: a day, how often, or no end."""
    day = fiscal(_REMARK.sub("", cell))
    recurrence = reading.code_of("recurrence", cell)
    if is_date(day):
        said.put(key, day)
        return
    if recurrence:
        said.put("recurrence", recurrence)
    if key == "due" and (recurrence or cell in reading.ends("no-end")):
        said.is_endless = True


_NEXT: Final = re.compile(r"(?<=[課館所])\s+(?=[^\s:：]{1,12}[課館所](?:\s|$))")
"""Where one office ends, and another begins in the next line of a cell."""
_TO_ANOTHER: Final = re.compile(r"\((?:R|令和|20)[0-9]{1,2}(?:年度?)?(?:以降|以後|へ|に)?\)$")
_REMARK: Final = re.compile(r"(?<=[^(])\((?![^()]*[0-9])[^()]{1,20}\)$")
"""What a bracket adds to a day: 令和8年10月(一部は未定)."""
_MONTH_ALONE: Final = re.compile("(?:月|[.][0-9]{1,2}|[春夏秋冬旬日]|頃|ごろ|四半期)$")
"""A month or a season with no word beside it, in which something ends, or begins."""
